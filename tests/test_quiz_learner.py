"""Learners made of numbers study by the scheduler: it keeps them at their target, and a week teaches a complaint."""

from statistics import mean

import pytest

from bench import learning
from bench.learner import Learner


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


def test_the_same_seed_is_the_same_learner_and_another_is_another() -> None:
    first, again, other = (learning.week(seed) for seed in (5, 5, 6))
    assert (first.known, first.asked, first.later) == (again.known, again.asked, again.later)
    assert first.known != other.known


def test_a_keen_learner_remembers_longer() -> None:
    forgetful, keen = (
        mean(learning.week(seed, keenness=keenness).known for seed in range(6)) for keenness in (0.7, 1.4)
    )
    assert keen > forgetful + 0.02


@pytest.fixture(scope="module", params=[0.8, 1.0, 1.25], ids=["forgetful", "as most", "keen"])
def half_year(request: pytest.FixtureRequest) -> learning.Study:
    return learning.half_year(seed=1, keenness=request.param)


def test_over_half_a_year_the_target_is_met_within_three_points(half_year: learning.Study) -> None:
    assert len(half_year.timed) > 1000
    assert half_year.retention_timed == pytest.approx(0.9, abs=0.03)


def test_with_the_first_days_of_every_card_counted_too_it_is_missed_by_little(half_year: learning.Study) -> None:
    # A card that was met yesterday holds for less than a day, and nobody comes by night to ask it.
    assert half_year.retention == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize("target", [0.8, 0.95])
def test_another_target_is_met_as_well(target: float) -> None:
    assert learning.half_year(seed=2, retention=target).retention_timed == pytest.approx(target, abs=0.03)


def test_who_knows_nothing_learns_the_twelve_points_of_sciatica_in_a_week_of_five_minutes_a_day() -> None:
    weeks = [learning.week(seed) for seed in range(12)]
    assert all(week.asked <= 7 * 35 for week in weeks)
    assert mean(week.known for week in weeks) >= 0.9  # on the morning after, before anything is asked
    assert min(week.known for week in weeks) >= 0.85
