"""Points of the trunk and head on the real mesh: where WHO (2008) and an atlas have them, and as they relate."""

from __future__ import annotations

import numpy as np
import pytest

from bodymap.figure import features, surface
from bodymap.figure.surface import UP
from tests import bodies

MIDLINE = (*(f"GV{n}" for n in range(1, 29)), *(f"CV{n}" for n in range(1, 25)), "EX-B8", "EX-HN3")
INNER = {"T1": 11, "T2": 12, "T3": 13, "T4": 14, "T5": 15, "T6": 16, "T7": 17, "T9": 18, "T10": 19, "T11": 20,
         "T12": 21, "L1": 22, "L2": 23, "L3": 24, "L4": 25, "L5": 26, "S1": 27, "S2": 28, "S3": 29,
         "S4": 30}  # fmt: skip
OUTER = {"T2": 41, "T3": 42, "T4": 43, "T5": 44, "T6": 45, "T7": 46, "T9": 47, "T10": 48, "T11": 49, "T12": 50,
         "L1": 51, "L2": 52, "S2": 53, "S4": 54}  # fmt: skip
GOVERNOR = {"L4": 3, "L2": 4, "L1": 5, "T11": 6, "T10": 7, "T9": 8, "T7": 9, "T6": 10, "T5": 11, "T3": 12, "T1": 13}


def channel(code: str, first: int, last: int) -> list[str]:
    return [f"{code}{number}" for number in range(first, last + 1)]


def tape(placer, start, end) -> float:
    skin = placer.landmarks.skin
    return surface.length(surface.taut(skin.line(start, end), skin.normal(start) + skin.normal(end)))


def test_midline_points_lie_on_the_midline(spot):
    assert [code for code in MIDLINE if spot[code][0] != 0] == []


@pytest.mark.parametrize(
    "codes",
    [
        channel("CV", 1, 24),
        channel("KI", 11, 27),
        channel("SP", 12, 16)[1:],
        channel("SP", 17, 20),
        channel("GV", 1, 14),
    ],
    ids=lambda codes: codes[0],
)
def test_channels_that_run_up(spot, codes):
    heights = [spot[code][1] for code in codes]
    assert heights == sorted(heights)


@pytest.mark.parametrize("codes", [channel("ST", 12, 30), channel("BL", 11, 30), channel("BL", 41, 54)])
def test_channels_that_run_down(spot, codes):
    heights = [spot[code][1] for code in codes]
    assert heights == sorted(heights, reverse=True)


def test_the_lines_of_the_back_keep_their_levels_and_distances(placer, spot):
    level = placer.landmarks.level
    for name, number in INNER.items():
        assert spot[f"BL{number}"][:2] == pytest.approx((1.5, level[name]))
    for name, number in OUTER.items():
        assert spot[f"BL{number}"][:2] == pytest.approx((3.0, level[name]))
    for name, number in GOVERNOR.items():
        assert spot[f"GV{number}"][1] == pytest.approx(level[name])


def test_the_belly_is_measured_from_the_navel(placer, spot):
    place = placer.place
    upper = (place["xiphisternal-junction"][1] - place["umbilicus"][1]) / 8
    lower = (place["umbilicus"][1] - place["pubic-symphysis"][1]) / 5
    navel = place["umbilicus"][1]
    assert spot["CV12"][1] == pytest.approx((navel + place["xiphisternal-junction"][1]) / 2)
    for rows, cun in ((("CV9", "ST24"), upper), (("CV7", "KI15", "ST26"), -lower)):
        assert [spot[code][1] for code in rows] == pytest.approx([navel + cun] * len(rows))
    assert spot["SP14"][1] == pytest.approx(navel - 1.3 * lower)
    assert [spot[code][0] for code in ("KI16", "ST25", "SP15")] == pytest.approx([0.5, 2.0, 4.0])


def test_the_fourth_rib_space_runs_from_breastbone_to_flank(placer, spot):
    line = [spot[code] for code in ("CV17", "KI23", "ST17", "PC1", "SP18", "GB23", "GB22")]
    across = [place[0] for place in line]
    assert across == sorted(across)
    assert np.ptp([place[1] for place in line]) < 1.3
    assert tape(placer, spot["ST17"], spot["PC1"]) == pytest.approx(1, abs=0.1)
    assert tape(placer, spot["GB22"], spot["GB23"]) == pytest.approx(1, abs=0.1)
    assert abs(spot["GB22"][2] - placer.body.joints["l-shoulder"][2]) < 0.01


def test_points_of_the_collar_bone_lie_on_one_line(spot):
    heights = [spot[code][1] for code in ("CV21", "KI27", "ST13", "LU2")]
    assert np.ptp(heights) < 0.6
    assert spot["ST12"][1] > spot["ST13"][1] + 0.5
    assert spot["LU2"][1] - spot["LU1"][1] == pytest.approx(1, abs=0.1)


def test_the_flank(placer, spot):
    assert spot["SP21"][1] < spot["GB22"][1]
    assert spot["GB26"][1] == pytest.approx(placer.place["umbilicus"][1])
    assert spot["GB26"][1] < spot["LR13"][1]
    assert spot["GB25"][2] < spot["LR13"][2] - 1.0
    assert spot["GB27"][1] == pytest.approx(spot["CV4"][1], abs=0.3)
    assert np.linalg.norm(spot["GB28"] - spot["GB27"]) == pytest.approx(0.5, abs=0.05)


def test_the_neck_in_rows(spot):
    upper, lower = [spot[code] for code in ("ST9", "LI18", "SI16")], [spot[code] for code in ("ST10", "LI17")]
    assert np.ptp([place[1] for place in upper]) < 0.05
    assert np.ptp([place[1] for place in lower]) < 0.05
    assert [place[2] for place in upper] == sorted((place[2] for place in upper), reverse=True)
    assert spot["ST11"][1] < lower[0][1] < upper[0][1] < spot["TE16"][1]
    assert spot["SI17"][2] > spot["TE16"][2]


def test_points_over_the_pupil(placer, spot):
    pupil = placer.body.joints["l-eye"][0]
    for code in ("ST1", "ST2", "ST3", "GB14", "GB15"):
        assert spot[code][0] == pytest.approx(pupil, abs=0.15), code
    assert spot["SI18"][0] == pytest.approx(placer.place["outer-canthus"][0], abs=0.05)


def test_points_of_the_brow_lie_on_the_drawn_brow(placer, spot):
    for code in ("BL2", "TE23"):
        assert features.brows(placer.body.joints, spot[code]) > -0.12, code


def test_the_front_hairline_is_divided_as_who_divides_it(placer, spot):
    """Between GV24 and ST8: BL4 at one third, GB15 half way, GB13 at two thirds, BL3 half way to BL4."""
    line = placer.landmarks.scalp.level(0.5)
    reached = [surface.length(np.vstack([line[: 1 + _nearest(line, spot[code])], spot[code]]))
               for code in ("BL3", "BL4", "GB15", "GB13", "ST8")]  # fmt: skip
    assert np.array(reached) / reached[-1] == pytest.approx(np.array([1, 2, 3, 4, 6]) / 6, abs=0.03)


def _nearest(line, place) -> int:
    """The last place of the line before ``place``."""
    return int(np.flatnonzero(line[:, 0] <= place[0])[-1])


def test_the_temple_is_divided_in_four(placer, spot):
    steps = [
        tape(placer, spot[a], spot[b]) for a, b in (("ST8", "GB4"), ("GB4", "GB5"), ("GB5", "GB6"), ("GB6", "GB7"))
    ]
    assert np.ptp(steps) < 0.25
    assert spot["GB5"][2] > spot["GB7"][2]


def test_points_round_the_ear(placer, spot):
    apex = placer.place["auricle-apex"]
    assert spot["TE20"][2] == pytest.approx(apex[2], abs=0.05)
    assert spot["GB7"][1] == pytest.approx(apex[1], abs=0.05)
    assert tape(placer, spot["TE20"], spot["GB8"]) == pytest.approx(1.5, abs=0.1)
    for row in (("TE17", "TE18", "TE19", "TE20"), ("GB12", "GB11", "GB10", "GB9"), ("GB2", "SI19", "TE21", "TE22")):
        heights = [spot[code][1] for code in row]
        assert heights == sorted(heights), row
    assert spot["GB10"][2] < spot["TE19"][2] < spot["TE20"][2]
    assert spot["ST7"][2] > spot["SI19"][2] > spot["TE17"][2] > spot["GB12"][2]
    assert spot["GB3"][1] > spot["ST7"][1]


def test_the_back_of_the_head_keeps_its_levels(spot):
    assert np.ptp([spot[code][1] for code in ("GV17", "BL9", "GB19")]) < 0.05
    assert spot["GB19"][0] == pytest.approx(spot["GB20"][0], abs=0.25)
    assert spot["GB20"][1] == pytest.approx(spot["GV16"][1], abs=0.6)
    assert spot["GV16"][1] > spot["GV15"][1] == pytest.approx(spot["BL10"][1], abs=0.05)


def test_the_scalp_midline_is_measured_in_twelve(placer, spot):
    place = placer.place
    line = placer.landmarks.skin.line(place["anterior-hairline"], place["posterior-hairline"], outward=UP)
    line, cun = surface.part(line, 0.0, surface.length(line), 0.02), surface.length(line) / 12
    for code, back in (("GV24", 0.5), ("GV22", 2), ("GV20", 5), ("GV19", 6.5), ("GV17", 9.5), ("GV15", 11.5)):
        at = int(np.argmin(((line - spot[code]) ** 2).sum(axis=1)))
        assert surface.length(line[: at + 1]) / cun == pytest.approx(back, abs=0.1), code


def test_the_second_positions_of_who(spot):
    assert spot["LI19~"][1] > spot["LI19"][1]
    assert spot["LI20~"][1] < spot["LI20"][1]


def test_both_figures_agree_on_the_pattern_of_the_chest():
    for code in ("LU1", "ST15", "KI23", "SP19", "SP21"):
        pair = [next(p.spot for p in bodies.placed(figure) if p.code == code) for figure in ("female", "male")]
        assert abs(pair[0][1] - pair[1][1]) < 0.5, code
