"""Progress in figures: by the learner's own days, and honest about what few answers can tell."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from bodymap.quiz import progress, scheduling
from bodymap.quiz.model import Answered
from bodymap.quiz.progress import Standing
from bodymap.quiz.scheduling import Settings

BERLIN, TOKYO, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Pacific/Auckland")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def standing(code: str = "BL23", **changes: object) -> Standing:
    fields = {
        "code": code, "kind": "locate", "stability": 5.0, "recall": 0.95, "due": NOW + timedelta(days=5),
        "last": NOW - timedelta(days=1), "last_right": True,
    }  # fmt: skip
    return Standing(**{**fields, **changes})


def answered(days: float, grade: str = "right", code: str = "BL23", kind: str = "locate", **more: object) -> Answered:
    return Answered(f"{kind}:{code}", NOW + timedelta(days=days), grade, **more)


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({"stability": 40.0}, "strong"),
        ({"stability": 20.9}, "growing"),
        ({"stability": 40.0, "last_right": False}, "weak"),
        ({"stability": 40.0, "recall": 0.79}, "weak"),
        ({"recall": 0.81}, "growing"),
    ],
)
def test_a_card_is_weak_growing_or_strong(changes: dict[str, object], band: str) -> None:
    assert progress.band(standing(**changes), 0.9) == band


def test_a_point_is_as_its_weakest_card() -> None:
    cards = [
        standing(stability=40.0, answers=3, slips=1),
        standing(kind="name", recall=0.6, answers=2, last=NOW, due=NOW - timedelta(days=9)),
    ]
    found = progress.strengths([*cards, standing("GB30")], 0.9, BERLIN)
    weak = found["BL23"]
    assert (weak.band, weak.recall, weak.answers, weak.slips) == ("weak", 0.6, 5, 1)
    assert (weak.due, weak.last) == (date(2026, 11, 17), date(2026, 11, 26))
    assert found["GB30"].band == "growing"


def test_the_forecast_counts_by_the_learners_own_days() -> None:
    late = standing(due=datetime(2026, 11, 26, 23, 30, tzinfo=UTC))
    assert [day.due for day in progress.forecast([late], NOW, ZoneInfo("UTC"))[:2]] == [1, 0]
    assert [day.due for day in progress.forecast([late], NOW, TOKYO)[:2]] == [0, 1]
    assert progress.forecast([], NOW, AUCKLAND)[0].day == date(2026, 11, 27)


def test_what_is_overdue_is_due_today_and_beyond_two_weeks_nothing_shows() -> None:
    cards = [standing(due=NOW + timedelta(days=days)) for days in (-400, -1, 0, 1, 13, 14)]
    ahead = progress.forecast(cards, NOW, BERLIN)
    assert len(ahead) == 14
    assert (ahead[0].due, ahead[0].overdue, ahead[1].due, ahead[13].due) == (3, 2, 1, 1)
    assert sum(day.due for day in ahead) == 5


def test_a_change_of_the_clock_loses_no_day() -> None:
    before = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # 00:30 in Berlin on the day the clocks go back
    ahead = progress.forecast([standing(due=before + timedelta(hours=24))], before, BERLIN)
    assert [day.day for day in ahead[:3]] == [date(2026, 10, 25), date(2026, 10, 26), date(2026, 10, 27)]
    # 24 hours later it is 23:30 of the same day, which has 25.
    assert [day.due for day in ahead[:3]] == [1, 0, 0]


def test_only_answers_on_a_later_day_tell_what_is_remembered() -> None:
    answers = [
        answered(0, "wrong"),
        answered(0.01),
        answered(1),
        answered(1.01),
        answered(9, "near"),
        answered(12, "wrong"),
    ]
    assert [answer.at for answer in progress.again(answers, BERLIN)] == [answers[n].at for n in (2, 4, 5)]
    (found,) = progress.shares(answers, lambda answer: answer.kind, BERLIN)
    assert (found.count, found.right, found.again, found.remembered) == (6, 3, 3, 2)
    assert (found.accuracy, found.retention) == (0.5, 2 / 3)


def test_the_same_point_in_another_kind_is_another_card() -> None:
    answers = [answered(0), answered(1, kind="name")]
    assert progress.again(answers, BERLIN) == []
    kinds = progress.shares(answers, lambda answer: answer.kind, BERLIN)
    assert [(found.key, found.retention) for found in kinds] == [("locate", None), ("name", None)]


def test_groups_with_most_answers_come_first() -> None:
    answers = [answered(0, code="GB30"), answered(1), answered(2)]
    assert [found.key for found in progress.shares(answers, lambda answer: answer.code[:2], BERLIN)] == ["BL", "GB"]


def test_the_range_is_wilsons() -> None:
    low, high = progress.wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)  # as in Newcombe 1998 for 8 of 10
    assert progress.wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_the_range_holds_the_share_and_narrows_with_more_answers(count: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, count))
    low, high = progress.wilson(hits, count)
    assert 0 <= low <= hits / count + 1e-9
    assert hits / count - 1e-9 <= high <= 1
    closer_low, closer_high = progress.wilson(hits * 10, count * 10)
    assert closer_high - closer_low < high - low


def test_the_usual_distance_is_that_of_the_latest_taps() -> None:
    taps = [answered(day, distance=5.0) for day in range(30)] + [answered(30 + n, distance=0.5) for n in range(20)]
    assert progress.usual_distance([*reversed(taps), answered(99, kind="name")]) == 0.5
    assert progress.usual_distance([answered(1, kind="name")]) is None
    assert [answer.distance for answer in progress.throws(taps[::-1])] == [answer.distance for answer in taps]


def test_a_memory_stands_as_long_as_this_learner_remembers() -> None:
    settings = Settings(keenness=2.0)
    memory = scheduling.review(None, "locate:BL23", Rating.Easy, NOW - timedelta(days=9), settings)
    (found,) = progress.standings([memory], NOW, settings)
    assert (found.code, found.kind, found.answers, found.last_right) == ("BL23", "locate", 1, True)
    assert found.stability == 2 * memory.stability
    (most,) = progress.standings([memory], NOW, Settings())
    assert most.recall < found.recall < 1
