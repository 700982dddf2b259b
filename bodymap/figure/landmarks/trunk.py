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
    found = _spine(marks) | _shoulder(marks) | _front(marks) | _pelvis(marks)
    return found | _chest(marks, found) | _shoulder_blade(marks, found)


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
    """Mesh: the navel is the hollow of the midline near 0.61 of stature, the suprasternal notch the sharpest one near
    0.82 (ANSUR suprasternale), the perineum the lowest skin of the midline. Stature: the upper border of the pubic
    symphysis and the xiphisternal junction, where male nipples stand two rib spaces above its level."""
    heights = np.arange(0.58 * STATURE, 0.64 * STATURE, 0.02)
    depth = np.array([marks.front(height)[2] for height in heights])
    # The belly leans, so the hollow is looked for below the straight line along it.
    hollow = depth - np.interp(heights, heights[[0, -1]], depth[[0, -1]])
    navel = float(heights[np.argmin(hollow)])
    return {
        "umbilicus": marks.front(navel),
        "pubic-symphysis": marks.front(0.517 * STATURE),
        "xiphisternal-junction": marks.front(0.715 * STATURE),
        "suprasternal-notch": marks.front(_notch(marks)),
        "perineum": _perineum(marks),
    }


def _notch(marks: Landmarks) -> float:
    """Where the midline of the throat turns most sharply into that of the chest."""
    heights = np.arange(0.81 * STATURE, 0.84 * STATURE, 0.05)
    depth = np.array([marks.front(height)[2] for height in heights])
    reach = 10  # half a cun
    bend = depth[2 * reach :] - 2 * depth[reach:-reach] + depth[: -2 * reach]
    return float(heights[reach + int(np.argmax(bend))])


def _perineum(marks: Landmarks) -> Array:
    skin = marks.body.vertices[np.unique(marks.body.triangles)]
    middle = skin[(np.abs(skin[:, 0]) < 0.01) & (skin[:, 1] > 0.4 * STATURE)]
    lowest = middle[np.argmin(middle[:, 1])] * [0.0, 1.0, 1.0]
    return marks.trunk.seen_from(-UP, lowest)


NIPPLE = range(8466, 8482)
"""Vertices of the base mesh round the left nipple."""
SPACE = 1.6
"""Cun of the chest between neighbouring rib spaces: WHO's 9 from notch to xiphisternal junction, the second rib at the
sternal angle, and the fifth space at the junction."""
SAG = (0.0, 2.0, 4.0, 5.0, 6.0), (0.0, 0.05, 0.1, 0.08, 0.05)
"""How far (cun, for each rib down to it) a rib space hangs below its height at the breastbone, by cun to the side: the
cartilages fall to the ends of their ribs near the midclavicular line, and the ribs rise from there to the back."""
RISE = 0.3
"""How far a rib space has risen above its height at the breastbone on the midaxillary line: the nipple, in the fourth
space, is level with the fifth there (the usual place of a chest drain), which would be a whole cun; but the tradition
has GB22 3 cun below the hollow of the armpit, and the mesh's armpit hangs low."""


def _chest(marks: Landmarks, found: dict[str, Array]) -> dict[str, Array]:
    """Vertex: the nipple. Mesh: the fold below the breast. WHO: rib spaces (`SPACE`). Joint: the clavicle, with the
    acromion's end. Stature: the free ends of the ribs, the eleventh at the height of L2 on the midaxillary line (2 cun
    above the navel in the tradition), the twelfth as high, at the edge of the back's long muscles."""
    levels = {f"ICS{n}": marks.front(_space(found, n)) for n in range(1, 8)}
    notch, acromion = found["suprasternal-notch"], found["acromion"]
    sternal = np.array([1.0, notch[1] - 1.1, 0.0])
    levels["clavicle"] = marks.front(sternal[1], 1.0)
    side = marks.side(marks.level["L2"])
    behind = marks.trunk.seen_from(-FORWARD, np.array([0.8 * side[0], marks.level["L2"] - 0.2, 0.0]))
    nipple = marks.trunk.nearest(marks.body.vertices[list(NIPPLE)].mean(axis=0))
    return levels | {
        "nipple": nipple,
        "breast-root": _breast_root(marks, nipple),
        "supraclavicular-fossa-lesser": marks.front(notch[1] - 0.1, 0.95),
        "rib-11-end": side,
        "rib-12-end": behind,
        "shoulder-hollow": marks.skin.seen_from(UP, acromion - [0.95, 0.0, 0.35]),
    }


def _breast_root(marks: Landmarks, nipple: Array) -> Array:
    """Mesh: below the nipple, where the breast turns most sharply into the chest."""
    line = np.array([marks.trunk.seen_from(FORWARD, nipple - [0.0, down, 0.0]) for down in np.arange(0.6, 3.0, 0.05)])
    reach = 8
    bend = line[2 * reach :, 2] - 2 * line[reach:-reach, 2] + line[: -2 * reach, 2]
    return np.asarray(line[reach + int(np.argmax(bend))])


def _space(found: dict[str, Array], number: int) -> float:
    """Height of a rib space at the breastbone."""
    junction, notch = found["xiphisternal-junction"][1], found["suprasternal-notch"][1]
    return float(junction + (5 - number) * SPACE * (notch - junction) / 9)


def curve(marks: Landmarks, level: str, lateral: float, face: str) -> float | None:
    """The height of a rib space (``ICS1`` to ``ICS7``) or of the clavicle's lower border, at a place of the chest."""
    point = marks.point
    if level == "clavicle":
        lateral_end = point["acromion"]
        ends = point["clavicle"][1], lateral_end[1] - 0.75
        return float(np.interp(lateral, (1.0, lateral_end[0]), ends))
    if not level.startswith("ICS"):
        return None
    height = float(point[level][1])
    return height + RISE if face == "side" else height - int(level[3:]) * float(np.interp(lateral, *SAG))


def _shoulder_blade(marks: Landmarks, found: dict[str, Array]) -> dict[str, Array]:
    """Joint: the scapular spine above the fold of the armpit, on the line from its medial end to the shoulder."""
    medial, fold = found["scapular-spine-medial"], found["axilla-back"]
    lateral = marks.body.joints["l-shoulder"] + [0.2, 0.9, 0.0]
    height = np.interp(fold[0], (medial[0], lateral[0]), (medial[1], lateral[1]))
    through = np.array([fold[0], height, 0.0])
    return {"scapular-spine-over-axilla": marks.skin.seen_from(-FORWARD, through)}


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
