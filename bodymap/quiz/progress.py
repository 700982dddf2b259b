"""How far a learner has come: what is strong and what weak, what falls due, what is remembered, how near taps fall.

Pure: answers and the state of each card in, figures out. A day is a day where the learner lives. Knows no page, no
store and no drawing. Shares are of 1, distances in cun, stability in days.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from bodymap.model import Entry
from bodymap.quiz import scheduling
from bodymap.quiz.model import Answered
from bodymap.quiz.scheduling import Memory, Settings

Band = Literal["unseen", "weak", "growing", "strong"]

LASTING = 21.0
"""A card is strong once it will be remembered for three weeks: the age at which Anki calls a card mature."""
SLACK = 0.1
"""How far below the target the chance of remembering may fall before a card counts as weak."""
AHEAD = 14
"""Days of the forecast, today among them."""
SHOWN = 400
"""How many of the latest taps are drawn."""
LATEST = 20
"""How many of the last answers tell how near the taps fall now."""
GRAVITY: tuple[Band, ...] = ("weak", "growing", "strong", "unseen")


class Standing(Entry, frozen=True):
    """Where one card stands: its point, its kind, how long it lasts, and how likely it is remembered now."""

    code: str
    kind: str
    stability: float
    recall: float
    due: datetime
    last: datetime
    last_right: bool
    answers: int = 1
    slips: int = 0


class Strength(Entry, frozen=True):
    """A point as its weakest card has it; ``recall`` is that card's."""

    code: str
    band: Band
    recall: float
    answers: int
    slips: int
    due: date
    last: date


class Due(Entry, frozen=True):
    """How many cards fall due on a day; today's hold the ``overdue``."""

    day: date
    due: int
    overdue: int = 0


class Share(Entry, frozen=True):
    """Of one group's answers, how many were right, and how many of those asked again on a later day were remembered.

    ``low`` and ``high`` bound what the true share remembered may be (Wilson's interval of 95 %).
    """

    key: str
    count: int
    right: int
    again: int
    remembered: int
    low: float
    high: float

    @property
    def accuracy(self) -> float:
        return self.right / self.count if self.count else 0.0

    @property
    def retention(self) -> float | None:
        """None where nothing was asked again."""
        return self.remembered / self.again if self.again else None


def standings(memories: Iterable[Memory], now: datetime, settings: Settings) -> list[Standing]:
    """Where each card stands now."""
    return [
        Standing(
            memory.card.partition(":")[2], memory.card.partition(":")[0], memory.stability * settings.keenness,
            scheduling.recall(memory, now, settings), memory.due, memory.last, memory.last_right, memory.answers,
            memory.slips,
        )
        for memory in memories
    ]  # fmt: skip


def strengths(standings: Iterable[Standing], target: float, zone: ZoneInfo) -> dict[str, Strength]:
    """Each point that was met, by code, as its weakest card has it."""
    cards: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        cards[standing.code].append(standing)
    found = {}
    for code, own in cards.items():
        weakest = min(own, key=lambda card: (GRAVITY.index(band(card, target)), card.recall))
        found[code] = Strength(
            code, band(weakest, target), weakest.recall, sum(card.answers for card in own),
            sum(card.slips for card in own), min(card.due for card in own).astimezone(zone).date(),
            max(card.last for card in own).astimezone(zone).date(),
        )  # fmt: skip
    return found


def band(card: Standing, target: float) -> Band:
    """Weak: missed last time, or by now likelier forgotten than the learner allows. Strong: lasts three weeks."""
    if not card.last_right or card.recall < target - SLACK:
        return "weak"
    return "strong" if card.stability >= LASTING else "growing"


def forecast(standings: Iterable[Standing], now: datetime, zone: ZoneInfo, days: int = AHEAD) -> list[Due]:
    """What falls due today, the overdue with it, and on each of the days that follow."""
    today = now.astimezone(zone).date()
    due = Counter(standing.due.astimezone(zone).date() for standing in standings)
    overdue = sum(count for day, count in due.items() if day < today)
    ahead = [Due(today, due[today] + overdue, overdue)]
    return ahead + [Due(day, due[day]) for day in (today + timedelta(days=later) for later in range(1, days))]


def again(answers: Sequence[Answered], zone: ZoneInfo) -> list[Answered]:
    """Those answers whose card was last asked on an earlier day: they tell what is remembered, the rest what is held
    for a moment."""
    seen: dict[str, date] = {}
    found = []
    for answer in sorted(answers, key=lambda answer: answer.at):
        day = answer.at.astimezone(zone).date()
        if answer.card in seen and seen[answer.card] < day:
            found.append(answer)
        seen[answer.card] = day
    return found


def share(key: str, answers: Sequence[Answered], later: Sequence[Answered]) -> Share:
    """The group's figures; ``later`` are those of its answers that were asked again."""
    remembered = sum(answer.remembered for answer in later)
    low, high = wilson(remembered, len(later))
    return Share(key, len(answers), sum(answer.right for answer in answers), len(later), remembered, low, high)


def shares(answers: Sequence[Answered], key: Callable[[Answered], str], zone: ZoneInfo) -> list[Share]:
    """The figures of each group by its key, the group with most answers first."""
    groups, later = defaultdict(list), defaultdict(list)
    for answer in answers:
        groups[key(answer)].append(answer)
    for answer in again(answers, zone):
        later[key(answer)].append(answer)
    found = [share(name, own, later[name]) for name, own in groups.items()]
    return sorted(found, key=lambda share: (-share.count, share.key))


def wilson(hits: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """Between what the true share lies, with 95 % confidence; the whole range where nothing was counted."""
    if not count:
        return 0.0, 1.0
    share, spread = hits / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    reach = z * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def throws(answers: Iterable[Answered]) -> list[Answered]:
    """The latest answers given on the figure, in order of time."""
    return sorted((answer for answer in answers if answer.distance is not None), key=lambda answer: answer.at)[-SHOWN:]


def usual_distance(answers: Iterable[Answered], most: int = LATEST) -> float | None:
    """The median distance of the latest answers on the figure, in cun; None without any."""
    found = [answer.distance for answer in throws(answers) if answer.distance is not None]
    return median(found[-most:]) if found else None
