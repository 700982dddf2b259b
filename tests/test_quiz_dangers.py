"""What the quiz must never teach: that a point is safe which is not, or that one way of needling is wrong which a
source gives."""

from __future__ import annotations

import pytest
from flask import Flask

from bodymap.atlas import Atlas
from bodymap.quiz import questions
from bodymap.quiz.model import Card, Kind, Question

SEEDS = range(6)


@pytest.fixture
def atlas(real_app: Flask) -> Atlas:
    atlas = real_app.extensions["atlas"]
    assert isinstance(atlas, Atlas)
    return atlas


def asked(atlas: Atlas, kind: Kind) -> list[Question]:
    cards = questions.cards(atlas, atlas.points, "student", (kind,))
    return [questions.ask(atlas, card, seed) for card in cards for seed in SEEDS]


def test_no_point_is_offered_as_safe_that_carries_the_same_danger_in_other_words(atlas: Atlas) -> None:
    which = [question for question in asked(atlas, "danger") if question.ask == "which"]
    assert which
    for question in which:
        kind = atlas.cautions[question.given].kind
        for code in set(question.options) - set(question.right):
            assert kind not in {caution.kind for caution in atlas.cautions_of(code)}, (question.given, code)


def test_points_forbidden_in_pregnancy_are_never_set_against_each_other(atlas: Atlas) -> None:
    forbidden = {"LI4", "SP6", "GB21", "BL32", "CV4", "BL60", "BL67"}
    questions_of = [questions.ask(atlas, Card("danger", "LI4"), seed) for seed in range(60)]
    which = [question for question in questions_of if question.ask == "which"]
    assert len(which) > 10
    assert all(forbidden & set(question.options) == {"LI4"} for question in which)


def test_no_danger_is_offered_as_wrong_that_the_point_carries(atlas: Atlas) -> None:
    why = [question for question in asked(atlas, "danger") if question.ask == "why"]
    assert why
    for question in why:
        own = {caution.kind for caution in atlas.cautions_of(question.card.code)}
        wrong = set(question.options) - set(question.right)
        assert len(wrong) == 3
        assert not own & {atlas.cautions[item].kind for item in wrong}, question
        assert len({questions.heading(atlas.cautions[item].title) for item in question.options}) == 4


def test_the_words_of_a_danger_do_not_name_its_point(atlas: Atlas) -> None:
    for caution in atlas.cautions.values():
        shown = questions.heading(caution.title)
        names = [atlas.points[code].pinyin for code in caution.points] + list(caution.points)
        assert not [name for name in names if name in shown]


def test_what_is_used_for_another_complaint_is_not_called_wrong(atlas: Atlas) -> None:
    for question in asked(atlas, "use"):
        for code in set(question.options) - set(question.right):
            assert not atlas.conditions_of(code), (question.card.key, code)


def test_wrong_needling_differs_clearly_from_every_sources_way(atlas: Atlas) -> None:
    for question in asked(atlas, "needling"):
        ways = [option.split("|") for option in question.options]
        assert len(ways) == 4
        own = [item for item in atlas.points[question.card.code].needling if item.depth]
        for technique, angle, depth in (way for way in ways if "|".join(way) not in question.right):
            least, most = (float(number) for number in depth.removesuffix(" cun").split("–"))
            for item in own:
                assert item.depth is not None
                alike = technique == item.technique and angle == item.angle
                apart = abs(least - item.depth[0]) > 0.29 or abs(most - item.depth[1]) > 0.29
                assert not alike or apart, (question.card.key, item, depth)


def test_the_words_of_a_needling_do_not_tell_where_the_point_lies(atlas: Atlas) -> None:
    shown = {option.split("|")[1] for question in asked(atlas, "needling") for option in question.options}
    assert not [angle for angle in shown if "region" in angle or "not given" in angle]
