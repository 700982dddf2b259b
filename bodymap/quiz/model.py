"""The words of the quiz: a deck is what one learns from, a card what is remembered, an answer what is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bodymap.model import Entry

Kind = Literal["locate", "name", "names", "use", "danger", "needling", "order", "number"]
"""The place on the figure; the point at a place; code, pinyin, hanzi and English; what it is used for; what is
dangerous and why; technique, depth and angle; the order along a pathway; the old number or the new."""
Grade = Literal["right", "near", "wrong"]


class Deck(Entry, frozen=True):
    """Points to learn, in order. ``slug`` names it in an address: ``condition:sciatica``, ``channel:BL``, ``all``."""

    slug: str
    name: str
    codes: tuple[str, ...]


class Answered(Entry, frozen=True):
    """One answer: of which card, when (aware, UTC), how it was graded, and how far off it was, in cun, if it was a
    place on the figure."""

    card: str
    at: datetime
    grade: Grade
    distance: float | None = None

    @property
    def kind(self) -> str:
        return self.card.partition(":")[0]

    @property
    def code(self) -> str:
        return self.card.partition(":")[2]

    @property
    def right(self) -> bool:
        return self.grade == "right"

    @property
    def remembered(self) -> bool:
        """Near is remembered, with effort."""
        return self.grade != "wrong"


def card(kind: Kind, code: str) -> str:
    """The card's name: ``locate:BL23``."""
    return f"{kind}:{code}"
