"""Points of arms and legs on the real mesh: WHO's distances (2008) and the order along each channel."""

from __future__ import annotations

import numpy as np
import pytest

from bodymap.figure.placement import SEGMENTS

ALONG = {
    # segment, where WHO counts from, and cun from there towards the segment's end
    ("forearm", "wrist-crease-dorsal"): {
        "LU8": 1, "LU7": 1.5, "LU6": 7, "PC6": 2, "PC5": 3, "PC4": 5, "HT6": 0.5, "HT5": 1, "HT4": 1.5, "LI6": 3,
        "LI7": 5, "TE5": 2, "TE6": 3, "TE7": 3, "TE8": 4, "SI7": 5},
    ("leg-outer", "lateral-malleolus"): {
        "GB39": -3, "GB38": -4, "GB37": -5, "GB36": -7, "GB35": -7, "ST40": -8, "BL59": -3, "BL58": -7},
    ("leg-outer", "popliteal-crease"): {"BL40": 0, "BL55": 2, "BL56": 5, "BL57": 8},
    ("leg-outer", "ST35"): {"ST36": 3, "ST37": 6, "ST38": 8, "ST39": 9},
    ("leg-inner", "medial-malleolus"): {"SP6": -3, "LR5": -5, "LR6": -7, "KI7": -2, "KI8": -2, "KI9": -5},
    ("thigh-back", "gluteal-fold"): {"BL36": 0, "BL37": 6},
    ("thigh-front", "patella-base"): {"ST34": -2, "ST33": -3, "ST32": -6, "SP10": -2, "LR9": -4},
    ("upper-arm", "axilla-front"): {"LU3": 3, "LU4": 4, "PC2": 2},
}  # fmt: skip
AWAY = [
    # runs of points that lie ever farther from a joint
    ("l-shoulder", ["LU3", "LU4", "LU5", "LU6", "LU7", "LU8", "LU9", "LU10", "LU11"]),
    ("l-shoulder", [f"PC{n}" for n in range(2, 10)]),
    ("l-shoulder", [f"HT{n}" for n in range(2, 10)]),
    (
        "l-shoulder",
        ["LI14", "LI13", "LI12", "LI11", "LI10", "LI9", "LI8", "LI7", "LI6", "LI5", "LI4", "LI3", "LI2", "LI1"],
    ),
    ("l-shoulder", ["TE13", "TE12", "TE11", "TE10", "TE9", "TE8", "TE6", "TE5", "TE4", "TE3", "TE2", "TE1"]),
    ("l-shoulder", ["SI9", "SI8", "SI7", "SI6", "SI5", "SI4", "SI3", "SI2", "SI1"]),
    (
        "l-upper-leg",
        [
            "ST31",
            "ST32",
            "ST33",
            "ST34",
            "ST35",
            "ST36",
            "ST37",
            "ST38",
            "ST39",
            "ST41",
            "ST42",
            "ST43",
            "ST44",
            "ST45",
        ],
    ),
    ("l-upper-leg", ["BL36", "BL37", "BL38", "BL40", "BL55", "BL56", "BL57", "BL58", "BL59", "BL60"]),
    ("l-upper-leg", ["GB31", "GB32", "GB33", "GB34", "GB35", "GB37", "GB38", "GB39", "GB40"]),
    ("l-upper-leg", ["SP11", "SP10", "SP9", "SP8", "SP7", "SP6", "SP5"]),
    ("l-upper-leg", ["LR10", "LR9", "LR8", "LR7", "LR6", "LR5", "LR4", "LR3", "LR2", "LR1"]),
    ("l-upper-leg", ["KI10", "KI9", "KI7", "KI3"]),
]


@pytest.mark.parametrize("start", ALONG, ids="-".join)
def test_points_keep_the_distances_of_the_standard(placer, spot, start):
    segment, landmark = start
    axis, cun = placer.axis(segment), placer.cun(segment)
    for code, wanted in ALONG[start].items():
        # A line that runs aslant, such as that of ST36 to ST39, is a little longer than its way along the bone.
        assert (spot[code] - placer.place[landmark]) @ axis / cun == pytest.approx(wanted, abs=0.15), code


@pytest.mark.parametrize(("joint", "codes"), AWAY, ids=lambda value: value[0] if isinstance(value, list) else None)
def test_channels_run_in_order_along_the_limb(placer, spot, joint, codes):
    reach = [float(np.linalg.norm(spot[code] - placer.body.joints[joint])) for code in codes]
    assert [code for code, one, other in zip(codes[1:], reach, reach[1:], strict=False) if other <= one] == []


def test_points_of_one_height_share_it(placer, spot):
    for segment, codes in {
        "leg-outer": ("ST40", "BL57"), "forearm": ("TE6", "TE7"), "leg-inner": ("KI7", "KI8"),
        "thigh-front": ("ST34", "SP10"),
    }.items():  # fmt: skip
        axis, cun = placer.axis(segment), placer.cun(segment)
        reached = [float(spot[code] @ axis) / cun for code in codes]
        assert max(reached) - min(reached) < 0.1, codes


def test_two_ways_down_the_shin_meet_at_half_its_length(placer, spot):
    # The standard counts ST38 from the knee's eye and ST40 from the ankle, and calls them level: on a leg whose knee's
    # eye lies below the crease they cannot be quite.
    axis, cun = placer.axis("leg-outer"), placer.cun("leg-outer")
    assert abs(float((spot["ST38"] - spot["ST40"]) @ axis)) / cun < 0.6


def test_points_lie_on_the_side_of_the_limb_that_their_channel_has(spot):
    inner, outer = ("SP6", "KI7", "LR5", "SP9", "KI10"), ("GB34", "GB39", "ST36", "BL58")
    assert max(spot[code][0] for code in ("SP6", "KI7", "LR5")) < min(spot[code][0] for code in ("GB39", "BL58"))
    assert spot["SP9"][0] < spot["BL40"][0] < spot["GB34"][0]
    assert len({*inner, *outer}) == 9


def test_segments_are_those_of_the_standard():
    assert {name: segment.cun for name, segment in SEGMENTS.items()} == {
        "thigh-back": 14, "thigh-side": 19, "leg-outer": 16, "leg-inner": 15, "thigh-front": 18, "upper-arm": 9,
        "forearm": 12,
    }  # fmt: skip
