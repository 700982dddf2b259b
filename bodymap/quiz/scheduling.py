"""When a card is asked again: FSRS on UTC times, and days that begin where the learner lives.

Knows cards and times; knows no store and no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import fsrs
from msgspec import Struct, structs

from bodymap.quiz.model import Card, Grade

DAY_BEGINS = time(4)
"""A learner's day begins at four in the morning: who learns at one is still in the day before."""
LEECH = 6
"""After so many lapses a card is a leech: it is shown in another way instead of drilled."""
AHEAD = timedelta(minutes=20)
"""A card still being learnt may come this much early when nothing else is left."""
RATINGS: dict[Grade, fsrs.Rating] = {
    "right": fsrs.Rating.Good, "near": fsrs.Rating.Hard, "wrong": fsrs.Rating.Again,
}  # fmt: skip


class State(Struct, frozen=True):
    """What is remembered of a card, as FSRS has it. Times are seconds since 1970, UTC; stability is in days."""

    due: int
    state: int = 1
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last: int | None = None
    answers: int = 0
    lapses: int = 0

    @property
    def leech(self) -> bool:
        return self.lapses >= LEECH


class Settings(Struct, frozen=True):
    """What a learner has chosen: ``target`` is the share to remember, ``paused`` since when in seconds (0: not)."""

    new_per_day: int = 10
    target: float = 0.9
    zone: str = "UTC"
    paused: int = 0


@lru_cache(maxsize=64)
def scheduler(target: float) -> fsrs.Scheduler:
    """FSRS without chance, so that the same answers always give the same days."""
    return fsrs.Scheduler(desired_retention=target, enable_fuzzing=False)


def answered(state: State | None, grade: Grade, now: int, target: float) -> State:
    """The card's state after an answer at ``now``."""
    before = state or State(due=now)
    card, _ = scheduler(target).review_card(_card(before), RATINGS[grade], _utc(now))
    lapsed = before.state == fsrs.State.Review.value and grade == "wrong"
    return State(
        int(card.due.timestamp()), card.state.value, card.step, card.stability, card.difficulty, now,
        before.answers + 1, before.lapses + lapsed,
    )  # fmt: skip


def recall(state: State, now: int) -> float:
    """How likely the card is remembered now."""
    return float(scheduler(0.9).get_card_retrievability(_card(state), _utc(now))) if state.last else 0.0


def day_of(now: int, zone: str) -> tuple[int, int]:
    """When the learner's day that holds ``now`` began and when it ends, in seconds: 23, 24 or 25 hours apart."""
    home = zone_of(zone)
    local = _utc(now).astimezone(home)
    day = local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)
    ends = [datetime.combine(day + timedelta(days=later), DAY_BEGINS, home).timestamp() for later in (0, 1)]
    return int(ends[0]), int(ends[1])


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


class Queue(Struct, frozen=True):
    """What a deck holds for today: cards to ask in order, how many are due, and how many new ones are left to meet."""

    cards: tuple[Card, ...]
    due: int
    fresh: int


def queue(cards: Sequence[Card], states: Mapping[Card, State], now: int, settings: Settings, met_today: int) -> Queue:
    """Of a deck's cards, what to ask now: those being learnt that are due, then those to review, then new ones.

    When nothing else is left, those being learnt that fall due within AHEAD. Leeches come last of what is due.
    """
    _, midnight = day_of(now, settings.zone)
    known = [(states[card], card) for card in cards if card in states]
    learning = sorted((s for s in known if s[0].state != fsrs.State.Review.value), key=lambda pair: pair[0].due)
    review = [pair for pair in known if pair[0].state == fsrs.State.Review.value and pair[0].due < midnight]
    review.sort(key=lambda pair: (pair[0].leech, pair[0].due))
    ready = [pair for pair in learning if pair[0].due <= now]
    soon = [pair for pair in learning if now < pair[0].due <= now + AHEAD.total_seconds()]
    fresh = [card for card in cards if card not in states][: max(settings.new_per_day - met_today, 0)]
    order = [card for _, card in (*ready, *review)] + fresh + [card for _, card in soon]
    return Queue(tuple(order), len(ready) + len(review) + len(soon), len(fresh))


def resumed(states: Mapping[Card, State], settings: Settings, now: int) -> dict[Card, State]:
    """The states after a pause, as if the days of it had not been."""
    away = max(now - settings.paused, 0) if settings.paused else 0
    return {card: structs.replace(state, due=state.due + away) for card, state in states.items()}


def leeches(states: Mapping[Card, State], cards: Iterable[Card]) -> list[Card]:
    """Those of the cards that will not stick."""
    return [card for card in cards if card in states and states[card].leech]


def _card(state: State) -> fsrs.Card:
    return fsrs.Card(
        card_id=1, state=fsrs.State(state.state), step=state.step, stability=state.stability,
        difficulty=state.difficulty, due=_utc(state.due), last_review=_utc(state.last) if state.last else None,
    )  # fmt: skip


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
