"""Landmarks of the trunk: spine, shoulder girdle, front and pelvis. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure import surface
from bodymap.figure.landmarks.spine import LEVELS
from bodymap.figure.mesh import STATURE
from bodymap.figure.surface import FORWARD, LEFT, UP, bearing, unit

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    return _spine(marks) | _shoulder(marks) | _front(marks) | _pelvis(marks)


def _spine(marks: Landmarks) -> dict[str, Array]:
    """Joint-free: heights by stature and vertebral heights, depth from the skin of the midline."""
    found = {f"{name}-process": marks.back(marks.process[name]) for name in LEVELS}
    found |= {name: marks.back(marks.level[name]) for name in LEVELS}
    # WHO (BL54): the sacral hiatus is level with the fourth posterior sacral foramen.
    found["sacral-hiatus"] = found["S4"]
    found["coccyx"] = marks.back(marks.level["S4"] - 1.3)
    return found


def _shoulder(marks: Landmarks) -> dict[str, Array]:
    """Joint: the acromion's lateral end is some 1.4 cm lateral to the shoulder's centre. WHO: scapular spine at T3,
    inferior angle at T7, medial border 3 cun from the midline."""
    shoulder = marks.body.joints["l-shoulder"]
    acromion = marks.skin.seen_from(UP, shoulder + [0.6, 0, 0])
    behind = marks.skin.seen_from(unit(-FORWARD + 0.6 * UP), shoulder + [0.2, 0.9, 0])
    spine = marks.back(marks.process["T3"], 3.0)
    return {
        "acromion": acromion,
        "scapular-spine-medial": spine,
        "scapular-spine-middle": surface.along(way := marks.skin.line(spine, behind), surface.length(way) / 2),
        "inferior-angle": marks.back(marks.process["T7"], 3.5),
        "axilla-back": marks.skin.seen_from(-FORWARD, shoulder + [-0.3, -2.6, 0]),
    }


def _front(marks: Landmarks) -> dict[str, Array]:
    """Mesh: the navel is the hollow of the midline near 0.61 of stature. Stature: the upper border of the pubic
    symphysis; WHO: xiphisternal junction 8, suprasternal notch 17 of the abdomen's cun above it."""
    heights = np.arange(0.58 * STATURE, 0.64 * STATURE, 0.02)
    depth = np.array([marks.front(height)[2] for height in heights])
    # The belly leans, so the hollow is looked for below the straight line along it.
    hollow = depth - np.interp(heights, heights[[0, -1]], depth[[0, -1]])
    navel = float(heights[np.argmin(hollow)])
    return {
        "umbilicus": marks.front(navel),
        "pubic-symphysis": marks.front(0.517 * STATURE),
        "xiphisternal-junction": marks.front(0.715 * STATURE),
        "suprasternal-notch": marks.front(0.818 * STATURE),
    }


def _pelvis(marks: Landmarks) -> dict[str, Array]:
    hip = marks.body.joints["l-upper-leg"]
    crest = marks.process["L4"]
    width = marks.trunk.ring(np.array([0.0, crest, 0.0]), UP)[:, 0].max()
    front_height = 0.56 * STATURE  # stature: ANSUR iliospinale
    front_width = marks.trunk.ring(np.array([0.0, front_height, 0.0]), UP)[:, 0].max()
    fold = _gluteal_fold(marks)
    thigh = marks.ring("l-upper-leg", fold)
    return {
        "iliac-crest": marks.back(crest, 0.82 * width),
        "ASIS": marks.trunk.seen_from(unit(FORWARD + 0.5 * LEFT), np.array([0.76 * front_width, front_height, 2.0])),
        "PSIS": marks.back(marks.process["S2"] + 0.2, 1.9),  # GRAY, WHO: its lower border is level with S2
        # Joint: its tip is level with the hip's centre; the prominence is some 8 mm lower.
        "greater-trochanter": marks.lower.seen_from(LEFT, hip - [0, 0.35, 0.35]),
        "ischial-tuberosity": marks.lower.seen_from(-FORWARD, np.array([0.62 * hip[0], fold + 1.0, 0.0])),
        "gluteal-fold": bearing(thigh, thigh[:-1].mean(axis=0), -FORWARD),
    }


def _gluteal_fold(marks: Landmarks) -> float:
    """Mesh: going up the back of the thigh, where it first slopes five eighths as steeply as the buttock above."""
    skin = marks.body.vertices[np.unique(marks.body.triangles)]
    crotch = skin[(np.abs(skin[:, 0]) < 0.01) & (skin[:, 1] > 0.4 * STATURE), 1].min()
    aside = 0.65 * marks.body.joints["l-upper-leg"][0]
    heights = np.arange(crotch - 2.0, crotch + 1.0, 0.1)
    depth = np.array([marks.lower.seen_from(-FORWARD, np.array([aside, height, 0.0]))[2] for height in heights])
    steep = np.gradient(-depth, heights)
    return float(heights[np.argmax(steep > 0.62 * steep.max())])
