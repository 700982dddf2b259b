"""How long this learner remembers, beside most people.

FSRS comes with parameters found on thousands of people's reviews. Whoever forgets sooner than they misses the target
that was set, whoever forgets later repeats too often. One number mends most of it: by how much this learner's memory
outlasts what FSRS expects (1: as expected), the likeliest given the answers so far, and drawn towards 1 while these are
few. To fit all 21 parameters takes an optimizer of some hundred megabytes and more answers than most learners give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

DECAY = 0.1542
"""Of FSRS-6's forgetting curve, as published; then 90 % are left after one stability."""
FACTOR = 0.9 ** (-1 / DECAY) - 1
DOUBT = 0.35
"""How far learners differ from one another (the sigma of a log-normal): how strongly few answers are drawn to 1."""
LATEST = 1000
"""How many of the last answers count."""
LEAST, MOST = 0.4, 2.5
HIGHEST, LOWEST = 0.97, 0.7
"""What FSRS may be asked to aim for: beyond lies more work than use."""


def remembered(stabilities: float, keenness: float = 1.0) -> float:
    """The share remembered after so many times the stability that FSRS expects."""
    return float((1 + FACTOR * stabilities / keenness) ** -DECAY)


def keenness(reviews: Sequence[tuple[float, bool]]) -> float:
    """By how much this learner's memory outlasts what FSRS expects: 1 if just as expected.

    Each review is the time since the card's last answer over its stability, and whether it was remembered.
    """
    latest = reviews[-LATEST:]

    def unlikelihood(log: float) -> float:
        keen, cost = math.exp(log), (log / DOUBT) ** 2 / 2
        for stabilities, right in latest:
            share = min(max(remembered(stabilities, keen), 1e-6), 1 - 1e-6)
            cost -= math.log(share if right else 1 - share)
        return cost

    low, high, golden = math.log(LEAST), math.log(MOST), (math.sqrt(5) - 1) / 2
    for _ in range(12):  # to within half a percent
        left, right = high - golden * (high - low), low + golden * (high - low)
        if unlikelihood(left) < unlikelihood(right):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def aim(retention: float, keen: float) -> float:
    """What to ask of FSRS so that this learner remembers the share ``retention``."""
    wanted = remembered(keen * (retention ** (-1 / DECAY) - 1) / FACTOR)
    return min(max(wanted, min(LOWEST, retention)), max(HIGHEST, retention))
