"""Whether the scheduler does what it promises: learners made of numbers, who study by it for a week or half a year.

Prints nothing; ``python -m bench`` and the tests ask for its figures. All times are simulated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import fsrs
from msgspec import structs

from bench.learner import Learner
from bodymap.quiz import scheduling
from bodymap.quiz.calibration import keenness as keenness_of
from bodymap.quiz.model import KINDS
from bodymap.quiz.scheduling import Memory, Settings

START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
SECONDS = 9.0
"""How long an answer takes, with a look at its explanation."""


@dataclass
class Study:
    """One learner with a scheduler's memories of their cards."""

    learner: Learner
    cards: list[str]
    settings: Settings
    now: datetime = START

    def __post_init__(self) -> None:
        self.memories: dict[str, Memory] = {}
        self.asked = 0
        self.later: list[bool] = []
        """For each answer on a later day than the card's last: whether it was remembered."""
        self.timed: list[bool] = []
        """Of these, the ones whose time the scheduler could choose: it cannot ask by night what holds for hours."""
        self.reviews: list[tuple[float, bool]] = []

    @property
    def time(self) -> float:
        """Days since the start."""
        return (self.now - START) / timedelta(days=1)

    def session(self, minutes: float, eager: bool = False) -> None:
        """Answer what the scheduler asks until the time is up or, unless eager, it has nothing left."""
        end = self.now + timedelta(minutes=minutes)
        while self.now < end:
            card = scheduling.upcoming(self.memories, self.cards, self.now, self.settings)
            if card is None and eager:
                card = scheduling.weakest(self.memories, self.cards, self.now, self.settings)
            if card is None:
                return
            self.now += timedelta(seconds=SECONDS)
            self.answer(card)

    def answer(self, card: str) -> None:
        """The learner answers by their own memory; the scheduler hears right or wrong, and nothing else."""
        before = self.memories.get(card)
        right = self.learner.answer(card, self.time, guess(card))
        if before and scheduling.day(before.last, self.settings) < scheduling.day(self.now, self.settings):
            self.later.append(right)
            if before.stability >= 1:
                self.timed.append(right)
            self.reviews.append((scheduling.stabilities(before, self.now, self.settings), right))
        rating = fsrs.Rating.Good if right else fsrs.Rating.Again
        self.memories[card] = scheduling.review(before, card, rating, self.now, self.settings)
        self.asked += 1

    def sleep(self) -> None:
        """Until the next day, at a time that differs by up to two hours."""
        morning = START + timedelta(days=int(self.time) + 1)
        self.now = morning + timedelta(minutes=self.learner.random.uniform(0, 120))

    @property
    def retention(self) -> float:
        return sum(self.later) / len(self.later)

    @property
    def retention_timed(self) -> float:
        return sum(self.timed) / len(self.timed)

    def score(self, *kinds: str) -> float:
        """The share of the cards of these kinds, or of all, that would be answered rightly now, some by luck."""
        cards = [card for card in self.cards if not kinds or card.partition(":")[0] in kinds]
        known = [(self.learner.recall(card, self.time), guess(card)) for card in cards]
        return sum(recall + (1 - recall) * luck for recall, luck in known) / len(known)


def half_year(seed: int, keenness: float = 1.0, retention: float = 0.9, days: int = 180, cards: int = 200) -> Study:
    """A learner who comes every day for as long as there is something to ask."""
    names = [f"card {number}" for number in range(cards)]
    study = Study(Learner(seed, keenness=keenness), names, Settings(new_per_day=5, retention=retention))
    for day in range(days):
        study.session(minutes=60)
        study.sleep()
        if day % 7 == 6:
            study.settings = structs.replace(study.settings, keenness=keenness_of(study.reviews))
    return study


def week(seed: int, cards: Sequence[str], keenness: float = 1.0, days: int = 7) -> Study:
    """Five minutes a day for a week, or as many days, for a learner who knows nothing. Ends on the morning after,
    before anything is asked."""
    study = Study(Learner(seed, keenness=keenness), list(cards), Settings())
    for _ in range(days):
        study.session(minutes=5, eager=True)
        study.sleep()
    return study


def guess(card: str) -> float:
    """The chance to be right without knowing: nobody taps the place by luck; the other kinds offer four answers."""
    return 0.25 if card.partition(":")[0] in KINDS[1:] else 0.0
