"""Landmarks of the leg and foot. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.mesh import STATURE
from bodymap.figure.surface import FORWARD, UP, bearing, direction

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    return _knee(marks) | _ankle(marks) | _foot(marks)


def _knee(marks: Landmarks) -> dict[str, Array]:
    """Joint: the crease lies behind the axis of flexion; the joint line is 1 cun lower, with the patella's apex;
    the head of the fibula is 0.9 cun below that line (2 cm), where the skin stands out most to the side."""
    knee = marks.body.joints["l-knee"]
    crease, shin = marks.ring("l-knee", knee[1]), marks.ring("l-knee", knee[1] - 1.9)
    apex_ring, base_ring = marks.ring("l-knee", knee[1] - 0.9), marks.ring("l-knee", knee[1] + 1.1)
    centre, apex_centre = crease[:-1].mean(axis=0), apex_ring[:-1].mean(axis=0)
    return {
        "popliteal-crease": bearing(crease, centre, -FORWARD),
        "biceps-femoris-tendon": bearing(crease, centre, direction(143)),
        "semitendinosus-tendon": bearing(crease, centre, direction(217)),
        "patella-apex": bearing(apex_ring, apex_centre, FORWARD),
        "patella-base": bearing(base_ring, base_ring[:-1].mean(axis=0), FORWARD),
        "ST35": bearing(apex_ring, apex_centre, direction(24)),
        "fibular-head": np.asarray(shin[np.argmax(shin[:, 0])]),
    }


def _ankle(marks: Landmarks) -> dict[str, Array]:
    """Stature: lateral malleolus at 0.039, medial at 0.047 of it (ANSUR); mesh: where the skin stands out most."""
    outer, inner = marks.ring("l-ankle", 0.039 * STATURE), marks.ring("l-ankle", 0.047 * STATURE)
    front = marks.ring("l-ankle", 0.049 * STATURE)
    ankle = marks.body.joints["l-ankle"]
    return {
        "lateral-malleolus": np.asarray(outer[np.argmax(outer[:, 0])]),
        "medial-malleolus": np.asarray(inner[np.argmin(inner[:, 0])]),
        "calcaneal-tendon-outer": np.asarray(outer[np.argmin(outer[:, 2])]),
        "calcaneal-tendon-inner": np.asarray(inner[np.argmin(inner[:, 2])]),
        "ST41": bearing(front, ankle * [1, 0, 1] + [0.0, front[0, 1], 0.0], FORWARD),
    }


def _foot(marks: Landmarks) -> dict[str, Array]:
    """Joint: metatarsal bases lie one bone's length behind the toes' joints, and nearer together."""
    heads = [marks.body.joints[f"l-toe-{n}-1"] for n in range(1, 6)]
    middle = heads[2][0]
    bases = {}
    for number, (head, bone) in enumerate(zip(heads, (2.75, 3.1, 3.0, 2.95, 2.9), strict=True), start=1):
        through = np.array([middle + 0.68 * (head[0] - middle) - 0.15, 1.0, head[2] - bone])
        bases[number] = marks.leg.seen_from(UP, through, 4.0)
        bases[10 + number] = marks.leg.seen_from(UP, head, 4.0)
    found = {f"metatarsal-{n}-base": bases[n] for n in range(1, 6)}
    found |= {f"metatarsal-{n}-head": bases[10 + n] for n in range(1, 6)}
    for a, b in ((1, 2), (4, 5)):
        found[f"metatarsal-{a}-{b}-bases"] = marks.leg.seen_from(UP, (bases[a] + bases[b]) / 2, 4.0)
        found[f"metatarsal-{a}-{b}-heads"] = marks.leg.seen_from(UP, (bases[10 + a] + bases[10 + b]) / 2, 4.0)
    return found
