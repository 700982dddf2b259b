"""Fingers as a measure: words, and outlines that are as wide as what they measure."""

from __future__ import annotations

import math
import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from bodymap import fingers, model
from bodymap.views.present import _in_breadths

WIDE = {4: 3.0, 2: 1.5, 1: 1.0}


def ruler(path: str, label: str = "1.5 cun") -> model.Mark:
    return model.Mark("BL23", "female", "lower-back", "ruler", label, path, 0, 0)


@pytest.mark.parametrize(
    ("cun", "words"),
    [(1, "a thumb"), (1.5, "two fingers"), (2, "two thumbs"), (3, "four fingers"), (4, "four fingers and a thumb"),
     (4.5, "six fingers"), (6, "eight fingers (two hands)"), (0.5, ""), (2.25, ""), (8, ""), (0, "")],
)  # fmt: skip
def test_a_distance_is_said_in_fingers(cun: float, words: str) -> None:
    assert fingers.words(cun) == words


@given(st.integers(2, 12))
def test_fingers_add_up_to_what_they_measure(halves: int) -> None:
    assert sum(WIDE[one] for one in fingers.breadths(halves / 2)) == halves / 2


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_whatever_the_number_it_is_measured_or_not(cun: float) -> None:
    found = fingers.breadths(cun)
    assert not found or math.isclose(sum(WIDE[one] for one in found), cun)


def test_fingers_lie_along_the_ruler_side_by_side() -> None:
    area = fingers.laid(ruler("M100 50c-10 0 -20 0 -30 0M100 40L100 60M70 40L70 60"), 0, "f")
    assert area is not None
    assert area.label == "two fingers, side by side"
    assert len(area.paths) == 2
    across = [float(number) for path in area.paths for number in re.findall(r"[ML](-?[\d.]+) ", path)]
    assert 70 <= min(across) <= 71
    assert 99 <= max(across) <= 100


@pytest.mark.parametrize("inwards", [0, 500])
def test_fingers_on_an_upright_ruler_come_from_the_outside(inwards: float) -> None:
    area = fingers.laid(ruler("M100 50c0 10 0 20 0 30", "3 cun"), inwards, "f")
    assert area is not None
    base = float(re.match(r"M(-?[\d.]+)", area.paths[0])[1])
    assert (base > 100) == (inwards < 100)


def test_fingers_on_a_level_ruler_point_up() -> None:
    for path in ("M100 50c10 0 20 0 30 0", "M100 50c-10 0 -20 0 -30 0"):
        area = fingers.laid(ruler(path), 0, "f")
        assert area is not None
        assert float(re.match(r"M-?[\d.]+ (-?[\d.]+)", area.paths[0])[1]) > 50


@pytest.mark.parametrize("mark", [ruler("M1 1"), ruler("M1 1c0 0 0 0 0 0"), ruler("M1 1c3 0 6 0 9 0", "1/2")])
def test_what_cannot_be_measured_draws_nothing(mark: model.Mark) -> None:
    assert fingers.laid(mark, 0, "f") is None


def test_no_mark_of_the_real_atlas_speaks_of_cun_to_a_patient(real_app: Flask) -> None:
    atlas = real_app.extensions["atlas"]
    marks = [mark for code in atlas.points for mark in atlas.marks(code, "female")]
    assert len(marks) > 500
    assert [mark.label for mark in marks if "cun" in _in_breadths(mark)] == []
