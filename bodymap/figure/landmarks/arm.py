"""Landmarks of the arm and hand. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.surface import FORWARD, bearing, unit

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    return _forearm(marks) | _hand(marks)


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
    distal = unit(joint["l-finger-3-1"] - joint["l-hand"])
    radial = joint["l-finger-2-1"] - joint["l-finger-5-1"]
    radial = unit(radial - distal * (radial @ distal))
    dorsal = unit(np.cross(radial, distal))
    dorsal = -dorsal if dorsal[2] > 0 else dorsal
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
