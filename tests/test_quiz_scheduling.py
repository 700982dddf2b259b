"""When a card comes back: as FSRS's own tests have it, by the learner's days, and fitted to how they remember."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from bodymap.quiz import calibration, scheduling
from bodymap.quiz.scheduling import Memory, Settings

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
PLAIN = Settings()
# What FSRS-6's own tests expect (go-fsrs TestBasicScheduler, py-fsrs test_review_card): days until the next review.
RATINGS = [Rating.Good] * 6 + [Rating.Again] * 2 + [Rating.Good] * 5
DAYS = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def answered(*steps: tuple[float, Rating], settings: Settings = PLAIN, card: str = "a") -> Memory:
    """The memory of a card after answers at days from the start."""
    memory = None
    for days, rating in steps:
        memory = scheduling.review(memory, card, rating, START + timedelta(days=days), settings)
    assert memory is not None
    return memory


def test_intervals_are_those_of_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "scheduler", lambda aim: Scheduler(desired_retention=aim, enable_fuzzing=False))
    memory, now, intervals = None, START, []
    for rating in RATINGS:
        memory = scheduling.review(memory, "a", rating, now, PLAIN)
        intervals.append((memory.due - now).days)
        now = memory.due
    assert intervals == DAYS
    assert (memory.answers, memory.slips, memory.first) == (13, 1, START)


def test_stability_and_difficulty_are_those_of_the_reference() -> None:
    days, steps = 0.0, []
    for rating, later in zip([Rating.Again] + [Rating.Good] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        days += later
        steps.append((days, rating))
    memory = answered(*steps)
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_what_slipped_is_asked_twice_more_on_the_same_day() -> None:
    known = answered((0, Rating.Easy), (20, Rating.Again))
    assert known.due - known.last == timedelta(minutes=5)
    once = scheduling.review(known, "a", Rating.Good, known.due, PLAIN)
    assert once.due - once.last == timedelta(minutes=10)
    twice = scheduling.review(once, "a", Rating.Good, once.due, PLAIN)
    assert twice.due - twice.last >= timedelta(days=1)
    assert not twice.learning


def test_who_comes_a_little_earlier_than_yesterday_has_still_slept() -> None:
    known = answered((0, Rating.Good), (0.01, Rating.Good))
    earlier = scheduling.review(known, "a", Rating.Good, START + timedelta(hours=22), PLAIN)
    exactly = scheduling.review(known, "a", Rating.Good, START + timedelta(hours=25), PLAIN)
    assert earlier.stability == exactly.stability > 1.5 * known.stability
    soon = scheduling.review(known, "a", Rating.Good, START + timedelta(hours=3), PLAIN)
    assert soon.stability < exactly.stability


def test_a_day_ends_at_the_learners_midnight_also_when_clocks_change() -> None:
    berlin = Settings(zone="Europe/Berlin")
    night = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # half past midnight; that day has 25 hours
    assert scheduling.day(night, berlin).isoformat() == "2026-10-25"
    assert scheduling.day_end(night, berlin) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    spring = datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert scheduling.day_end(spring, berlin) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert scheduling.day_end(spring, Settings(zone="Pacific/Auckland")).day == 30


def test_what_is_learnt_comes_first_then_what_is_likeliest_forgotten_then_what_is_new() -> None:
    learning = answered((60, Rating.Again), card="learning")
    old = answered((0, Rating.Good), (0.01, Rating.Good), card="old")
    older = answered((-30, Rating.Good), (-29.9, Rating.Good), card="older")
    elsewhere = answered((60.001, Rating.Easy), card="elsewhere")  # asked last, of another deck
    memories = {memory.card: memory for memory in (old, older, learning, elsewhere)}
    now, cards = START + timedelta(days=60, minutes=2), ["new", "old", "older", "learning"]
    asked = []
    while card := scheduling.upcoming(memories, cards, now, PLAIN):
        asked.append(card)
        memories[card] = scheduling.review(memories.get(card), card, Rating.Easy, now, PLAIN)
    assert asked == ["learning", "older", "old", "new"]


def test_a_day_brings_no_more_new_cards_than_wanted() -> None:
    settings, cards = Settings(new_per_day=3), [f"card {number}" for number in range(9)]
    memories: dict[str, Memory] = {}
    met = []
    for day in range(2):
        now = START + timedelta(days=day)
        while card := scheduling.upcoming(memories, cards, now, settings):
            memories[card] = scheduling.review(memories.get(card), card, Rating.Easy, now, settings)
        met.append(sorted(memories))
    assert [len(cards) for cards in met] == [3, 6]
    assert met[0] == cards[:3]


def test_a_card_that_is_being_learnt_is_asked_early_only_when_nothing_else_is_left() -> None:
    memories = {"a": answered((0, Rating.Good))}  # due in ten minutes
    now = START + timedelta(minutes=1)
    assert scheduling.upcoming(memories, ["a", "b"], now, PLAIN) == "b"
    assert scheduling.upcoming(memories, ["a"], now, PLAIN) == "a"
    assert scheduling.upcoming(memories, ["a"], START - timedelta(hours=1), PLAIN) is None


def test_what_is_due_comes_neither_in_blocks_of_a_kind_nor_of_a_point() -> None:
    cards = ["locate:BL23", "locate:BL40", "name:BL23", "name:BL40"]
    memories = {card: answered((0, Rating.Again), card=card) for card in cards}
    now, asked = START + timedelta(minutes=30), ["locate:BL23"]
    memories["locate:BL23"] = scheduling.review(memories["locate:BL23"], "locate:BL23", Rating.Good, now, PLAIN)
    for _ in range(2):
        now += timedelta(seconds=10)
        card = scheduling.upcoming(memories, cards, now, PLAIN)
        assert card is not None
        asked.append(card)
        memories[card] = scheduling.review(memories[card], card, Rating.Good, now, PLAIN)
    assert asked[1] == "name:BL40"  # another kind of another point
    assert asked[2] != asked[0]


def test_what_is_likeliest_forgotten_waits_for_a_few_others_at_most() -> None:
    memories = {f"locate:BL{number}": answered((0, Rating.Again), card=f"locate:BL{number}") for number in range(9)}
    memories["name:GB30"] = answered((0, Rating.Again), (0.001, Rating.Good), card="name:GB30")
    asked = scheduling.upcoming(memories, list(memories), START + timedelta(hours=2), PLAIN)
    assert asked in sorted(memories)[: scheduling.AMONG]


def test_a_pause_asks_nothing() -> None:
    memories = {"a": answered((0, Rating.Good), (0.01, Rating.Good))}
    paused = Settings(paused=1_700_000_000)
    assert scheduling.due(memories.values(), START + timedelta(days=99), PLAIN)
    assert scheduling.due(memories.values(), START + timedelta(days=99), paused) == []
    assert scheduling.upcoming(memories, ["a", "b"], START + timedelta(days=99), paused) is None


def test_a_card_that_slips_eight_times_is_a_leech() -> None:
    memory = answered((0, Rating.Easy))
    for slip in range(1, 9):
        assert not memory.leech
        memory = scheduling.review(memory, "a", Rating.Again, START + timedelta(days=20 * slip), PLAIN)
        memory = scheduling.review(memory, "a", Rating.Easy, START + timedelta(days=20 * slip, hours=1), PLAIN)
    assert memory.leech


def test_who_goes_on_gets_what_would_be_lost_first() -> None:
    strong = answered((0, Rating.Easy), card="strong")
    weak = answered((0, Rating.Again), card="weak")
    memories = {"strong": strong, "weak": weak}
    assert scheduling.weakest(memories, ["new", "strong", "weak"], START, PLAIN) == "weak"
    assert scheduling.weakest(memories, ["new"], START, PLAIN) is None


def test_without_answers_a_learner_is_taken_for_most_people() -> None:
    assert calibration.keenness([]) == pytest.approx(1.0, abs=0.01)
    assert Settings().aim == 0.9
    assert calibration.remembered(1.0) == pytest.approx(0.9)


@pytest.mark.parametrize("keen", [0.5, 1.0, 2.0])
def test_many_answers_tell_how_long_a_learner_remembers(keen: float) -> None:
    share = calibration.remembered(1.0, keen)
    reviews = [(1.0, number % 100 < round(100 * share)) for number in range(1000)]
    assert calibration.keenness(reviews) == pytest.approx(keen, rel=0.2)


def test_few_answers_say_little() -> None:
    few, many = (calibration.keenness([(1.0, False)] * count) for count in (2, 50))
    assert 0.7 < few < 1
    assert many < 0.5


@given(st.floats(0.7, 0.97), st.floats(0.4, 2.5))
def test_the_aim_makes_this_learner_remember_what_they_set(retention: float, keen: float) -> None:
    aim = calibration.aim(retention, keen)
    interval = (aim ** (-1 / calibration.DECAY) - 1) / calibration.FACTOR
    held = calibration.remembered(interval, keen)
    assert held == pytest.approx(retention) or aim in (calibration.LOWEST, calibration.HIGHEST)


def test_who_forgets_sooner_is_asked_sooner() -> None:
    steps = (0, Rating.Good), (0.01, Rating.Good), (3, Rating.Good)
    most, forgetful, keen = (answered(*steps, settings=Settings(keenness=keenness)).due for keenness in (1.0, 0.6, 1.8))
    assert forgetful < most < keen
