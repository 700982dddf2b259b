"""Learners made of numbers study by the scheduler: it keeps them at their target, and a week teaches a complaint."""

from statistics import mean

import pytest
from flask import Flask

from bench import learning
from bench.learner import Learner
from bodymap.quiz import decks, questions


def test_the_learner_forgets_and_learns_by_a_memory_of_its_own() -> None:
    learner = Learner(seed=1)
    assert not learner.answer("a", 0.0)  # never met
    assert learner.recall("a", 0.0) == 1.0
    curve = [learner.recall("a", days) for days in (0.01, 0.5, 1, 3, 10, 60)]
    assert curve == sorted(curve, reverse=True)
    assert curve[-1] < 0.6
    before = learner.traces["a"].stability
    for day in range(1, 30):
        learner.answer("a", float(day))
    assert learner.traces["a"].stability > 10 * before


CARDS = [f"{kind}:{point}" for kind in ("locate", "name") for point in range(11)]


@pytest.fixture(scope="module")
def sciatica(real_app: Flask) -> list[str]:
    """Every card of the deck that a newcomer is given, in the order in which the quiz asks them."""
    atlas = real_app.extensions["atlas"]
    deck = decks.deck(atlas, decks.FIRST)
    assert deck is not None
    return [card.key for card in questions.cards(atlas, deck.codes, "student")]


def test_the_same_seed_is_the_same_learner_and_another_is_another() -> None:
    first, again, other = (learning.week(seed, CARDS) for seed in (5, 5, 6))
    assert (first.score(), first.asked, first.later) == (again.score(), again.asked, again.later)
    assert first.score() != other.score()


def test_a_keen_learner_remembers_longer() -> None:
    forgetful, keen = (
        mean(learning.week(seed, CARDS, keenness).score("locate") for seed in range(6)) for keenness in (0.7, 1.4)
    )
    assert keen > forgetful + 0.02


@pytest.fixture(scope="module", params=[0.8, 1.0, 1.25], ids=["forgetful", "as most", "keen"])
def half_years(request: pytest.FixtureRequest) -> list[learning.Study]:
    return [learning.half_year(seed, keenness=request.param) for seed in range(3)]


def test_over_half_a_year_the_target_is_met_within_three_points(half_years: list[learning.Study]) -> None:
    assert all(len(study.later) > 1500 for study in half_years)
    assert mean(study.retention for study in half_years) == pytest.approx(0.9, abs=0.03)


def test_where_the_scheduler_can_choose_the_time_it_meets_it_closely(half_years: list[learning.Study]) -> None:
    # A card that was met or slipped yesterday may hold for less than a day, and nobody comes by night to ask it.
    assert mean(study.retention_timed for study in half_years) == pytest.approx(0.9, abs=0.015)
    assert all(study.retention_timed == pytest.approx(0.9, abs=0.03) for study in half_years)


@pytest.mark.parametrize("target", [0.8, 0.95])
def test_another_target_is_met_as_well(target: float) -> None:
    assert learning.half_year(seed=2, retention=target).retention_timed == pytest.approx(target, abs=0.03)


def test_who_knows_nothing_learns_the_points_of_sciatica_in_a_week_of_five_minutes_a_day(sciatica: list[str]) -> None:
    points = [card for card in sciatica if card.startswith(("locate:", "name:"))]
    weeks = [learning.week(seed, points) for seed in range(12)]
    assert all(week.asked <= 7 * 35 for week in weeks)
    # On the morning after, before anything is asked: places by tap, where luck is no help, and names.
    assert mean(week.score("locate") for week in weeks) >= 0.9
    assert mean(week.score("name") for week in weeks) >= 0.9


def test_every_kind_of_question_leaves_the_points_themselves_learnt_in_that_week(sciatica: list[str]) -> None:
    assert len({card.partition(":")[0] for card in sciatica}) == 8
    assert len({card.partition(":")[2] for card in sciatica}) == 12
    weeks = [learning.week(seed, sciatica) for seed in range(24)]
    assert mean(week.score("locate", "name") for week in weeks) >= 0.9
    # The week is too short to meet every card, and a card that was never met is known by luck alone.
    assert all(len(week.memories) < len(sciatica) for week in weeks)
    assert mean(week.score() for week in weeks) >= 0.73


def test_the_second_week_teaches_the_whole_deck(sciatica: list[str]) -> None:
    studies = [learning.week(seed, sciatica, days=14) for seed in range(12)]
    assert mean(study.score() for study in studies) >= 0.9
