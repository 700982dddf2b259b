"""Landmarks of the arm and hand. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.features import nails
from bodymap.figure.surface import FORWARD, bearing, unit

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    return _forearm(marks) | _hand(marks) | _upper_arm(marks) | _fingers(marks)


def _forearm(marks: Landmarks) -> dict[str, Array]:
    """Joint: wrist creases cross the centre of the wrist, the cubital crease that of the elbow."""
    wrist, elbow = marks.body.joints["l-hand"], marks.body.joints["l-elbow"]
    axis = unit(elbow - wrist)
    at_wrist, at_elbow = marks.arm.ring(wrist, axis), marks.arm.ring(elbow, axis)
    return {
        "wrist-crease-dorsal": bearing(at_wrist, wrist, -FORWARD),
        "wrist-crease-palmar": bearing(at_wrist, wrist, FORWARD),
        "cubital-crease": bearing(at_elbow, elbow, FORWARD),
        "olecranon": bearing(at_elbow, elbow, -FORWARD),
    }


def _hand(marks: Landmarks) -> dict[str, Array]:
    """Joint: knuckles are rig joints, and ``hand-3`` the second metacarpal's base. Mesh: the skin over them."""
    joint = marks.body.joints
    dorsal, radial, distal = _frame(marks)
    edge = unit(dorsal + 0.9 * radial)
    second, thumb = joint["l-hand-3"], joint["l-finger-1-1"]
    angle = (second + thumb) / 2 + 0.4 * distal + 0.4 * radial
    neck = joint["l-finger-5-1"] - 0.45 * distal
    return {
        "metacarpal-2-base": marks.arm.seen_from(edge, second + 0.6 * radial),
        "metacarpal-2-head": marks.arm.seen_from(edge, joint["l-finger-2-1"] + 0.6 * radial),
        "metacarpal-1-2-angle": marks.arm.seen_from(unit(dorsal + 0.4 * radial), angle),
        "metacarpal-5-head": marks.arm.seen_from(-radial, joint["l-finger-5-1"]),
        "metacarpal-5-neck": marks.arm.seen_from(unit(-radial + 0.25 * dorsal), neck),
    }


def _upper_arm(marks: Landmarks) -> dict[str, Array]:
    """Joint: the folds of the armpit lie 2.6 cun (6 cm) below the shoulder's centre, its hollow between them."""
    below = marks.body.joints["l-shoulder"] + [-0.3, -2.6, 0.0]
    ring = marks.arm.ring(below + [0.6, 0.0, 0.0], unit(marks.body.joints["l-elbow"] - marks.body.joints["l-shoulder"]))
    return {
        "axilla-front": marks.skin.seen_from(FORWARD, below),
        "axilla": np.asarray(ring[np.argmin(ring[:, 0])]),
    }


def _fingers(marks: Landmarks) -> dict[str, Array]:
    """Joint: knuckles, webs on the way to the next joint, tips. Mesh: the skin over them. Nails: their plates."""
    joint = marks.body.joints
    dorsal, radial, distal = _frame(marks)
    knuckle = {n: joint[f"l-finger-{n}-1"] for n in range(1, 6)}
    reach = {n: joint[f"l-finger-{n}-2"] - knuckle[n] for n in range(1, 6)}
    found = {}
    for n in range(2, 5):
        web = (knuckle[n] + knuckle[n + 1] + 0.3 * (reach[n] + reach[n + 1])) / 2
        between = (knuckle[n] + knuckle[n + 1]) / 2
        found[f"finger-web-{n}-{n + 1}"] = marks.arm.nearest(web + 0.25 * dorsal)
        found[f"metacarpals-{n}-{n + 1}-back"] = marks.arm.seen_from(dorsal, between - 0.55 * distal)
        found[f"metacarpals-{n}-{n + 1}-palm"] = marks.arm.seen_from(-dorsal, between - 0.35 * distal)
        # half way between the wrist crease and the knuckles
        found[f"metacarpals-{n}-{n + 1}-middle"] = marks.arm.seen_from(dorsal, (between + joint["l-hand"]) / 2)
    thumb_web = (knuckle[2] + joint["l-finger-1-2"]) / 2
    found["finger-web-1-2"] = marks.arm.nearest(thumb_web + 0.25 * dorsal)
    thenar = (joint["l-hand"] + 0.35 * distal + joint["l-finger-1-1"] + joint["l-finger-1-2"]) / 3
    found["metacarpal-1-middle"] = marks.arm.seen_from(unit(radial - 0.6 * dorsal), thenar)
    found["index-base"] = marks.arm.seen_from(radial, knuckle[2] + 0.3 * reach[2])
    found["index-neck"] = marks.arm.seen_from(unit(radial + 0.3 * dorsal), knuckle[2] - 0.45 * distal)
    found["little-finger-base"] = marks.arm.seen_from(-radial, knuckle[5] + 0.3 * reach[5])
    ulnar_base = joint["l-hand"] + 0.55 * distal + (knuckle[5] - knuckle[3]) * 0.5
    found["metacarpal-5-base"] = marks.arm.seen_from(-radial, ulnar_base)
    found["middle-finger-tip"] = marks.arm.seen_from(distal, joint["l-finger-3-4"])
    names = {1: "thumb", 2: "index", 3: "middle-finger", 4: "ring-finger", 5: "little-finger"}
    for n, plate in zip(names, nails(joint), strict=False):
        for side, way in (("radial", radial), ("ulnar", -radial)):
            found[f"{names[n]}-nail-{side}"] = marks.arm.nearest(plate.corner(way))
    return found


def _frame(marks: Landmarks) -> tuple[Array, Array, Array]:
    """The directions of the left hand: towards its back, the thumb's side and the fingers."""
    joint = marks.body.joints
    distal = unit(joint["l-finger-3-1"] - joint["l-hand"])
    radial = joint["l-finger-2-1"] - joint["l-finger-5-1"]
    radial = unit(radial - distal * (radial @ distal))
    dorsal = unit(np.cross(radial, distal))
    return (-dorsal if dorsal[2] > 0 else dorsal), radial, distal
