"""Landmarks of the leg and foot. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.features import nails
from bodymap.figure.mesh import STATURE
from bodymap.figure.surface import FORWARD, LEFT, UP, bearing, direction

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    return _knee(marks) | _ankle(marks) | _foot(marks) | _toes(marks)


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
        "patella-eye-inner": bearing(apex_ring, apex_centre, direction(336)),
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


def _toes(marks: Landmarks) -> dict[str, Array]:
    """Joint: webs along the first bones of two toes; edges of the foot beside the joints of the first and fifth
    toes and the bases of their metatarsals. Nails: their plates. Mesh: the skin over or beneath them."""
    joint, leg = marks.body.joints, marks.leg
    head = {n: joint[f"l-toe-{n}-1"] for n in range(1, 6)}
    reach = {n: joint[f"l-toe-{n}-2"] - head[n] for n in range(1, 6)}
    found = {}
    for n in range(1, 5):
        web = (head[n] + head[n + 1] + 0.45 * (reach[n] + reach[n + 1])) / 2
        found[f"toe-web-{n}-{n + 1}"] = leg.nearest(web + 0.3 * UP)
        between = (head[n] + head[n + 1]) / 2 - [0.0, 0.0, 0.55]
        found[f"metatarsals-{n}-{n + 1}"] = leg.seen_from(UP, between, 4.0)
    for n, side, way in ((1, "inner", -LEFT), (5, "outer", LEFT)):
        low = np.array([0.0, -0.45, 0.0])
        found[f"toe-{n}-base-{side}"] = leg.seen_from(way, head[n] + 0.35 * reach[n] + low, 5.0)
        found[f"metatarsal-{n}-neck-{side}"] = leg.seen_from(way, head[n] - [0.0, 0.0, 0.6] + low, 5.0)
    first, fifth = marks.body.joints["l-foot-1"], head[5]
    found["metatarsal-1-base-inner"] = leg.seen_from(-LEFT, np.array([first[0], 0.9, head[1][2] - 2.55]), 5.0)
    found["metatarsal-5-base-outer"] = leg.seen_from(LEFT, np.array([fifth[0], 0.55, fifth[2] - 2.4]), 5.0)
    found["sole"] = leg.seen_from(-UP, (head[2] + head[3]) / 2 - [0.0, 0.0, 0.5], 4.0)
    plates = [plate for plate in nails(joint) if plate.root[0] > 0 and plate.root[1] < 3.0]
    names = ("great-toe", "toe-2", "toe-3", "toe-4", "little-toe")
    for name, plate in zip(names, plates, strict=True):
        for side, way in (("inner", -LEFT), ("outer", LEFT)):
            found[f"{name}-nail-{side}"] = leg.nearest(plate.corner(way))
    return found
