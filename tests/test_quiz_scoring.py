"""How good an answer is: the same in every view, at every zoom, on either figure; either side counts."""

from __future__ import annotations

import math

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap import model
from bodymap.atlas import Atlas
from bodymap.build import write
from bodymap.library import Library
from bodymap.model import Figure
from bodymap.quiz import places, questions, scoring
from bodymap.quiz.model import Card, Question
from tests.conftest import point, said

SCALES: dict[tuple[Figure, str], float] = {
    ("female", "back"): 13.0, ("female", "hip"): 60.0, ("male", "back"): 14.5, ("male", "hip"): 33.0,
}  # fmt: skip
"""One cun in SVG units of each view."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """One point on both sides, two cun from the midline, and another three cun below it, in four views."""
    path = tmp_path_factory.mktemp("quiz") / "atlas.db"
    views, spots = [], []
    for (figure, view), cun in SCALES.items():
        views.append(model.View(view, figure, view, 40 * cun, 40 * cun, cun, view == "hip", {}, left="left"))
        for code, down in (("BL23", 20), ("BL52", 23)):
            for side, across in (("left", 18), ("right", 22)):
                spots.append(model.Placement(code, figure, view, side, across * cun, down * cun, True))
    channel = model.Channel("BL", "Bladder", "", "", "", ("BL", "UB"), said(), 67)
    write(Library(points=[point(), point("BL52")], channels=[channel], views=views, placements=spots), path, "quiz")
    return Atlas(path)


def asked(figure: Figure = "female", view: str = "back", code: str = "BL23") -> Question:
    return Question(Card("locate", code), 0, "place", figure, view=view, right=(code,))


def tap(atlas: Atlas, across: float, down: float, **where: str) -> object:
    """The verdict on a tap so many cun from the view's left and top edge."""
    question = asked(**where)
    cun = atlas.views[question.figure, question.view].cun
    return scoring.place(atlas, question, across * cun, down * cun)


CUN = st.floats(1, 39, allow_nan=False)


@given(CUN, CUN)
def test_a_verdict_is_the_same_in_every_view_at_every_zoom_on_either_figure(across: float, down: float) -> None:
    verdicts = {str(tap(SHARED[0], across, down, figure=figure, view=view)) for figure, view in SCALES}
    assert len(verdicts) == 1


@given(CUN, CUN)
def test_a_verdict_is_the_same_on_either_side(across: float, down: float) -> None:
    mine, mirrored = tap(SHARED[0], across, down), tap(SHARED[0], 40 - across, down)
    assert mine == mirrored


@given(st.floats(0, 2 * math.pi), st.floats(0, 1.9))  # from two cun on the other side is nearer
def test_nearer_is_never_graded_worse(angle: float, distance: float) -> None:
    order = ["right", "near", "wrong"]
    far = tap(SHARED[0], 18 + distance * math.cos(angle), 20 + distance * math.sin(angle))
    near = tap(SHARED[0], 18 + distance / 2 * math.cos(angle), 20 + distance / 2 * math.sin(angle))
    assert order.index(near.grade) <= order.index(far.grade)  # type: ignore[attr-defined]


SHARED: list[Atlas] = []


@pytest.fixture(autouse=True)
def share(atlas: Atlas) -> None:
    SHARED[:] = [atlas]


@pytest.mark.parametrize(
    ("across", "down", "grade", "ways"),
    [
        (18.0, 20.0, "right", ()), (18.4, 20.0, "right", ("medial",)), (17.0, 20.0, "near", ("lateral",)),
        (18.0, 18.8, "wrong", ("high",)), (18.0, 23.0, "wrong", ("low",)), (21.0, 21.0, "wrong", ("low", "medial")),
        (22.0, 20.45, "right", ("low",)), (22.6, 19.4, "near", ("high", "lateral")),
    ],
)  # fmt: skip
def test_distance_and_direction_are_told_in_cun(
    atlas: Atlas, across: float, down: float, grade: str, ways: tuple[str, ...]
) -> None:
    verdict = tap(atlas, across, down)
    assert (verdict.grade, verdict.ways) == (grade, ways)  # type: ignore[attr-defined]


def test_a_distance_is_told_in_its_parts(atlas: Atlas) -> None:
    verdict = tap(atlas, 18.8, 19.1)
    assert (verdict.ways, verdict.parts) == (("high", "medial"), (0.9, 0.8))  # type: ignore[attr-defined]
    assert tap(atlas, 18.05, 23).parts == (3.0,)  # type: ignore[attr-defined]


def test_the_centre_of_a_neighbour_is_never_right(atlas: Atlas) -> None:
    verdict = tap(atlas, 18, 23)
    assert (verdict.grade, verdict.nearer) == ("wrong", "BL52")  # type: ignore[attr-defined]


def test_no_point_of_the_atlas_is_right_at_the_centre_of_another(real_app: Flask) -> None:
    atlas: Atlas = real_app.extensions["atlas"]
    for code in atlas.points:
        question = questions.ask(atlas, Card("locate", code), 0)
        view = atlas.views[question.figure, question.view]
        own = {(spot.x, spot.y) for spot in places.spots(atlas, view, code)}
        for spot in atlas.placements("female", question.view):
            if spot.visible and spot.position == "standard" and not atlas.points[spot.code].others:
                verdict = scoring.place(atlas, question, spot.x, spot.y)
                assert (verdict.grade == "right") == ((spot.x, spot.y) in own), (code, spot.code)


@pytest.mark.parametrize("text", ["BL23", "ub 23", "Shenshu", "shèn shū", "肾俞", "腎兪", "Kidney Transport", "UB-23"])
def test_a_name_may_be_typed_as_search_takes_it(atlas: Atlas, text: str) -> None:
    question = Question(Card("name", "BL23"), 0, "typed", right=("BL23",))
    assert scoring.typed(atlas, question, text).grade == "right"


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_no_text_breaks_the_grading(text: str) -> None:
    question = Question(Card("name", "BL23"), 0, "typed", right=("BL23",))
    assert scoring.typed(SHARED[0], question, text).grade in ("right", "wrong")


def test_an_order_with_two_neighbours_swapped_is_near() -> None:
    question = Question(Card("order", "BL2"), 0, "order", options=tuple("abcd"), right=tuple("abcd"))
    assert [scoring.choice(question, tuple(word)).grade for word in ("abcd", "bacd", "dbca", "abca", "aaaa")] == [
        "right", "near", "wrong", "wrong", "wrong",
    ]  # fmt: skip
