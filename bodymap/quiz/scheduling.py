"""When a card is asked again: FSRS-6 for each card, days as the learner has them, and what comes next.

Pure: memories in, memories out. Times are aware and in UTC; a learner's day begins at their own midnight, so that a
change of clocks or a journey moves the day and loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import fsrs
from msgspec import structs

from bodymap.model import Entry
from bodymap.quiz import calibration
from bodymap.quiz.model import Grade

AHEAD = timedelta(minutes=20)
"""A card that is being learnt may be asked so much early where nothing else is left, as Anki does it."""
AGAIN = (timedelta(minutes=5), timedelta(minutes=10))
"""When a card that slipped is asked again: twice, where FSRS asks once, because what slipped holds for less than a day
and nobody can be asked by night. Simulated learners remember 0.4 to 1.2 points more by it, for about as many answers
(``make bench``)."""
AMONG = 3
"""Among how many of what comes first the next card may be chosen for being unlike the last."""
LEECH = 8
"""Slips after which a card is called a leech: it costs more time than it is worth as it stands."""


class Settings(Entry, frozen=True):
    """What the learner decides: new cards a day, the share to be remembered, and where their midnight is."""

    new_per_day: int = 10
    retention: float = 0.9
    zone: str = "UTC"
    paused: int = 0
    """Since when the learner is away, in seconds since 1970; 0 while learning."""
    keenness: float = 1.0
    """How long the learner remembers beside most people: see ``calibration``."""

    @property
    def aim(self) -> float:
        """What FSRS is asked for, in whole percent."""
        return round(calibration.aim(self.retention, self.keenness), 2)


class Memory(Entry, frozen=True):
    """What the scheduler knows of one card that was asked. ``state``: 1 learning, 2 known, 3 learning again."""

    card: str
    state: int
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    first: datetime
    last: datetime
    answers: int = 0
    slips: int = 0
    last_right: bool = True

    @property
    def learning(self) -> bool:
        return self.state != fsrs.State.Review

    @property
    def leech(self) -> bool:
        """Whether it slips so often that it should be learnt in another way."""
        return self.slips >= LEECH


@cache
def scheduler(retention: float) -> fsrs.Scheduler:
    """FSRS with its published parameters. Without fuzz: the same answers lead to the same days."""
    return fsrs.Scheduler(desired_retention=retention, relearning_steps=AGAIN, enable_fuzzing=False)


def review(memory: Memory | None, card: str, rating: fsrs.Rating, now: datetime, settings: Settings) -> Memory:
    """The card's memory after an answer; ``memory`` is None if it was never asked."""
    right = rating != fsrs.Rating.Again
    before = _card(memory, now, settings) if memory else fsrs.Card(card_id=0, due=now)
    after, _ = scheduler(settings.aim).review_card(before, rating, now)
    assert after.stability is not None
    assert after.difficulty is not None
    slipped = memory is not None and memory.state == fsrs.State.Review and not right
    return Memory(
        card, int(after.state), after.step, after.stability, after.difficulty, after.due,
        memory.first if memory else now, now, (memory.answers if memory else 0) + 1,
        (memory.slips if memory else 0) + slipped, right,
    )  # fmt: skip


RATINGS: dict[Grade, fsrs.Rating] = {
    "right": fsrs.Rating.Good, "near": fsrs.Rating.Hard, "wrong": fsrs.Rating.Again,
}  # fmt: skip
"""What FSRS is told of a grade."""


def resumed(memory: Memory, away: timedelta) -> Memory:
    """The memory after a pause: what falls due is moved by as long as it was."""
    return structs.replace(memory, due=memory.due + away)


def stabilities(memory: Memory, now: datetime, settings: Settings) -> float:
    """How long ago the card was last answered, in days over its stability."""
    passed = day(now, settings) - day(memory.last, settings)
    return passed.days / memory.stability


def recall(memory: Memory, now: datetime, settings: Settings) -> float:
    """The chance that this learner remembers the card now."""
    return calibration.remembered(stabilities(memory, now, settings), settings.keenness)


def day(now: datetime, settings: Settings) -> date:
    """The learner's own day."""
    return now.astimezone(ZoneInfo(settings.zone)).date()


def day_end(now: datetime, settings: Settings) -> datetime:
    """The learner's next midnight, in UTC."""
    tomorrow = datetime.combine(day(now, settings) + timedelta(days=1), time(), ZoneInfo(settings.zone))
    return tomorrow.astimezone(UTC)


def new_left(memories: Iterable[Memory], now: datetime, settings: Settings) -> int:
    """How many new cards may still be asked today."""
    today = day(now, settings)
    return max(0, settings.new_per_day - sum(day(memory.first, settings) == today for memory in memories))


def due(memories: Iterable[Memory], now: datetime, settings: Settings) -> list[Memory]:
    """What is to be asked today: first what is being learnt and ready, then what was known, likeliest forgotten first.

    Nothing while the learner has paused.
    """
    if settings.paused:
        return []
    end = day_end(now, settings)
    found = [memory for memory in memories if memory.due <= (now if memory.learning else end)]
    return sorted(found, key=lambda memory: (not memory.learning, recall(memory, now, settings), memory.card))


def upcoming(memories: Mapping[str, Memory], cards: Sequence[str], now: datetime, settings: Settings) -> str | None:
    """The next card of ``cards`` to ask, which come in the order in which new ones are met; None: done for today.

    What is due, then what is new, then what is being learnt and nearly due.
    """
    own = [memories[card] for card in cards if card in memories]
    if ready := due(own, now, settings):
        return _unlike(memories, ready)
    if settings.paused:
        return None
    if new_left(memories.values(), now, settings):
        for card in cards:
            if card not in memories:
                return card
    nearly = [memory for memory in own if memory.learning and memory.due <= now + AHEAD]
    return min(nearly, key=lambda memory: memory.due).card if nearly else None


def weakest(memories: Mapping[str, Memory], cards: Sequence[str], now: datetime, settings: Settings) -> str | None:
    """For whoever goes on though nothing is due: of what was met, a card that is likeliest to be lost by tomorrow,
    those asked longest ago first among equals; None if nothing was met."""
    met = [memories[card] for card in cards if card in memories]
    met.sort(key=lambda memory: (round(memory.stability, 1), memory.last))
    return _unlike(memories, met) if met else None


def _unlike(memories: Mapping[str, Memory], ready: Sequence[Memory]) -> str:
    """Of the first few the first that is least like the card asked last, so that neither kinds nor points come in
    blocks: telling apart is learnt from changing tasks."""
    kind, _, code = max(memories.values(), key=lambda memory: memory.last).card.partition(":")

    def likeness(memory: Memory) -> int:
        own_kind, _, own_code = memory.card.partition(":")
        return 2 * (own_code == code) + (own_kind == kind)

    return min(ready[:AMONG], key=likeness).card


def _card(memory: Memory, now: datetime, settings: Settings) -> fsrs.Card:
    """The card as FSRS takes it. FSRS counts whole days of 24 hours; here a day has passed when the learner's midnight
    has, so that who comes a little earlier than yesterday is not taken for one who repeats on the same day."""
    passed = day(now, settings) - day(memory.last, settings)
    return fsrs.Card(
        card_id=0, state=fsrs.State(memory.state), step=memory.step, stability=memory.stability,
        difficulty=memory.difficulty, due=memory.due, last_review=now - passed if passed else memory.last,
    )  # fmt: skip
