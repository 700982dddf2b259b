"""A learner made of numbers: a memory that knows nothing of the scheduler it is tested with.

It forgets by the curve of FSRS-6, as people's reviews have been found to, but by parameters of its own: each of the
published ones is stretched at random, and so is each card's staying power, so that the scheduler never knows this
memory's state and has to do with right and wrong. All randomness comes from the seed. Times are in days.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

PUBLISHED = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""FSRS-6's default parameters, found on some 10,000 people's reviews."""
AGAIN, GOOD, EASY = 1, 3, 4


@dataclass
class Trace:
    """What is left of a card in memory: how long it lasts, how hard it is, and when it was last met."""

    stability: float
    difficulty: float
    last: float
    knack: float


class Learner:
    """Answers cards, and learns from each answer's explanation."""

    def __init__(self, seed: int, stretch: float = 0.1, keenness: float = 1.0) -> None:
        """``stretch``: how far parameters and cards differ from the published ones (a log-normal's sigma).
        ``keenness``: how much longer than most people this one remembers."""
        self.random = random.Random(seed)
        self.stretch = stretch
        self.keenness = keenness
        self.w = [value * math.exp(self.random.gauss(0, stretch)) for value in PUBLISHED]
        self.traces: dict[str, Trace] = {}

    def recall(self, card: str, now: float) -> float:
        """The chance that the card is remembered at this moment; nothing is known before it was met."""
        trace = self.traces.get(card)
        if trace is None:
            return 0.0
        factor = 0.9 ** (-1 / self.w[20]) - 1
        return float((1 + factor * (now - trace.last) / trace.stability) ** -self.w[20])

    def answer(self, card: str, now: float, guess: float = 0.0) -> bool:
        """Whether the card is answered rightly, by memory or by a lucky guess; then what was shown is learnt."""
        remembered = self.random.random() < self.recall(card, now)
        self._learn(card, now, remembered)
        return remembered or self.random.random() < guess

    def _learn(self, card: str, now: float, remembered: bool) -> None:
        grade = GOOD if remembered else AGAIN
        trace = self.traces.get(card)
        if trace is None:
            knack = self.keenness * math.exp(self.random.gauss(0, self.stretch))
            self.traces[card] = Trace(self.w[0] * knack, self._difficulty(AGAIN), now, knack)
            return
        if now - trace.last < 1:
            trace.stability = self._soon(trace.stability, grade)
        else:
            trace.stability = self._later(trace, self.recall(card, now), remembered)
        pull = -self.w[6] * (grade - 3) * (10 - trace.difficulty) / 9
        settled = self.w[7] * self._difficulty(EASY) + (1 - self.w[7]) * (trace.difficulty + pull)
        trace.difficulty = min(max(settled, 1.0), 10.0)
        trace.last = now

    def _difficulty(self, grade: int) -> float:
        return min(max(self.w[4] - math.exp(self.w[5] * (grade - 1)) + 1, 1.0), 10.0)

    def _soon(self, stability: float, grade: int) -> float:
        """After a second look on the same day."""
        growth = math.exp(self.w[17] * (grade - 3 + self.w[18])) * stability ** -self.w[19]
        return stability * (max(growth, 1.0) if grade == GOOD else growth)

    def _later(self, trace: Trace, recall: float, remembered: bool) -> float:
        """After a day or more."""
        stability, w = trace.stability, self.w
        if remembered:
            rise = math.exp(w[8]) * (11 - trace.difficulty) * stability ** -w[9] * (math.exp((1 - recall) * w[10]) - 1)
            return stability * (1 + rise * trace.knack)
        lapsed = w[11] * trace.difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * math.exp((1 - recall) * w[14])
        return min(lapsed, stability / math.exp(w[17] * w[18]))
