"""What is asked of every card of the real atlas: one right option, wrong ones that are wrong, the same for a seed."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from random import Random

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.atlas import Atlas
from bodymap.model import Figure
from bodymap.quiz import neighbours, questions
from bodymap.quiz.model import KINDS, Card, Kind, Question

REAL: list[Atlas] = []


@pytest.fixture(autouse=True)
def share(real_app: Flask) -> None:
    REAL[:] = [real_app.extensions["atlas"]]


@cache
def all_cards(kind: Kind) -> list[Card]:
    return questions.cards(REAL[0], REAL[0].points, "student", (kind,))


def true_of(atlas: Atlas, question: Question, value: str) -> bool:
    """Whether an option answers the question, judged by the atlas and not by the question."""
    code = question.card.code
    match question.card.kind:
        case "names":
            _, sought = question.ask.split("-")
            own, other = atlas.points[code], atlas.points[value]
            return value == code or getattr(own, sought) == getattr(other, sought)
        case "use":
            return value in {item.code for item in atlas.conditions[question.given].points} and (
                question.ask == "used" or value == code
            )
        case "danger" if question.ask == "which":
            return value in atlas.cautions[question.given].points
        case "danger":
            return atlas.cautions[value].title in {item.title for item in atlas.cautions_of(code)}
        case "needling":
            return value in {questions._told(item) for item in atlas.points[code].needling if item.depth}
        case "number":
            older = {meaning.code: old for meaning, old in atlas.older_numbers}
            return older.get(value) == question.given
        case _:
            return value == code


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "order"])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_every_choice_has_one_right_option_and_no_other_is_true(kind: Kind, seed: int) -> None:
    atlas = REAL[0]
    for card in all_cards(kind):
        question = questions.ask(atlas, card, seed, form="words" if kind == "locate" else "")
        assert len(set(question.options)) == len(question.options) >= 2, question
        assert len(question.right) == 1
        assert [value for value in question.options if true_of(atlas, question, value)] == list(question.right), (
            question
        )


def test_an_order_along_a_channel_is_a_row_of_it_and_is_not_given_in_order() -> None:
    asked = [questions.ask(REAL[0], card, seed) for card in all_cards("order") for seed in (3, 4)]
    for question in (one for one in asked if one.ask == questions.CHANNEL):
        numbers = [REAL[0].points[code].number for code in question.right]
        assert numbers == list(range(numbers[0], numbers[0] + 4))
        assert question.card.code in question.right
        assert sorted(question.options) == sorted(question.right)
        assert question.options != question.right


@pytest.mark.parametrize("figure", ["female", "male"])
def test_an_order_down_the_leg_goes_by_the_place_on_the_body(figure: Figure) -> None:
    asked = [questions.ask(REAL[0], card, seed, figure) for card in all_cards("order") for seed in range(8)]
    down = [one for one in asked if one.ask == questions.PATHWAY]
    codes = {item.code for item in REAL[0].regions["sciatic-pathway"].points}
    assert {one.card.code for one in down} == codes - {"EX-B2"}  # which is a whole row of points
    for question in down:
        heights = [
            spot.y / REAL[0].views[figure, "back"].cun
            for code in question.right
            for spot in REAL[0].placements_of(code, figure)
            if spot.view == "back" and spot.side == "left" and spot.position == "standard"
        ]
        assert question.card.code in question.right
        assert set(question.right) <= codes
        assert len(question.right) == len(heights) == 4
        assert all(below - above >= 1 for above, below in pairwise(heights))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from(KINDS))
def test_the_same_seed_asks_the_same_question(seed: int, kind: Kind) -> None:
    cards = all_cards(kind)
    card = cards[seed % len(cards)]
    assert questions.ask(REAL[0], card, seed) == questions.ask(REAL[0], card, seed)


def test_every_point_can_be_located_named_and_called() -> None:
    for code in REAL[0].points:
        assert {"locate", "name", "names"} <= set(questions.kinds(REAL[0], code, "student"))


def test_patients_are_never_asked_how_a_point_is_needled() -> None:
    assert all("needling" not in questions.kinds(REAL[0], code, "patient") for code in REAL[0].points)


def test_the_wrong_options_are_neighbours_of_three_sorts() -> None:
    for code in ("BL23", "GB30", "ST36", "LI4"):
        near, beside, alike = (
            sort(REAL[0], code) for sort in (neighbours.nearest, neighbours.beside, neighbours.alike)
        )  # fmt: skip
        wrong = neighbours.distractors(REAL[0], code, Random(1))
        assert len(set(wrong)) == 3
        assert code not in wrong
        assert set(wrong) <= {*near, *beside, *alike}
    assert "BL52" in neighbours.nearest(REAL[0], "BL23")
    assert neighbours.beside(REAL[0], "BL23")[:2] == ("BL22", "BL24")
    assert "ST32" in neighbours.alike(REAL[0], "LI18")  # Fútù and Fútū


def test_first_each_point_is_located_and_named_then_all_else_is_asked() -> None:
    cards = questions.cards(REAL[0], ["BL23", "BL40", "GB30"], "student")
    assert [card.key for card in cards[:6]] == [
        "locate:BL23", "locate:BL40", "name:BL23", "locate:GB30", "name:BL40", "name:GB30",
    ]  # fmt: skip
    assert not {"locate", "name"} & {card.kind for card in cards[6:]}
    assert (
        len(cards)
        == len(set(cards))
        == sum(len(questions.kinds(REAL[0], code, "student")) for code in ("BL23", "BL40", "GB30"))
    )


def test_new_cards_next_to_one_another_differ_in_point_and_mostly_in_kind() -> None:
    codes = [item.code for item in REAL[0].conditions["sciatica"].points]
    cards = questions.cards(REAL[0], codes, "student")
    assert len(codes) == 12
    assert all(one.code != other.code for one, other in pairwise(cards))
    assert sum(one.kind == other.kind for one, other in pairwise(cards)) <= len(cards) / 20


def test_a_large_deck_is_learnt_a_dozen_points_at_a_time() -> None:
    codes = [point.code for point in REAL[0].channel_points("BL")]
    cards = questions.cards(REAL[0], codes, "student")
    assert {card.code for card in cards[: cards.index(Card("locate", codes[12]))]} == set(codes[:12])
    assert len({card.kind for card in cards[: cards.index(Card("locate", codes[12]))]}) > 3


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_an_older_number_is_offered_with_what_it_is_taken_for(seed: int) -> None:
    atlas = REAL[0]
    older = {meaning.code: old for meaning, old in atlas.older_numbers}
    today = {old: code for code, old in older.items()}
    for card in all_cards("number"):
        question = questions.ask(atlas, card, seed)
        confused = {question.given, *({today[card.code]} if card.code in today else ())}
        assert len(question.options) == 4
        assert confused <= set(question.options)  # what it means today; what this point's number meant once
        for value in set(question.options) - confused - {card.code}:
            assert abs(int(older[value][2:]) - int(question.given[2:])) <= 4, (card, value)


@pytest.mark.parametrize("seed", [0, 1])
def test_no_wrong_depth_lies_within_what_a_source_gives(seed: int) -> None:
    atlas = REAL[0]
    for card in all_cards("needling"):
        question = questions.ask(atlas, card, seed)
        for value in set(question.options) - set(question.right):
            technique, angle, depth = value.removesuffix(" cun").split("|")
            least, most = (float(number) for number in depth.split("–"))
            for known in questions.needlings(atlas.points[card.code]):
                same = known.technique == technique and questions._angle(known) == angle
                assert not (same and known.depth and known.depth[0] <= least and most <= known.depth[1]), (card, value)
