"""The words of the quiz: a deck is what one learns from, a card what is remembered, a question what is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from bodymap.model import Audience, Entry, Figure

Kind = Literal["locate", "name", "names", "use", "danger", "needling", "order", "number"]
"""Where is it; which point is this; its other names; what it is used for; what to mind; how it is needled; its place in
a row along a channel or down the leg; what an older number means."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Grade = Literal["right", "near", "wrong"]
Form = Literal["place", "choice", "order", "typed"]


class Deck(Entry, frozen=True):
    """Points to learn, in order. ``slug`` names it in an address: ``condition:sciatica``, ``channel:BL``, ``all``."""

    slug: str
    name: str
    codes: tuple[str, ...]


class Card(Entry, frozen=True):
    """What is remembered: one kind of knowledge about one point."""

    kind: Kind
    code: str

    @property
    def key(self) -> str:
        """The card as one word: ``locate:BL23``."""
        return f"{self.kind}:{self.code}"

    @classmethod
    def of(cls, key: str) -> Card:
        """The card of a key. ValueError if it is none."""
        kind, _, code = key.partition(":")
        if kind not in KINDS:
            raise ValueError(f"{key[:40]} is not a card")
        return cls(kind, code)


class Question(Entry, frozen=True):
    """One asking of a card. The same card and seed give the same question, so it need not be kept.

    ``ask`` tells variants of a kind apart (which name is given and which is sought); ``given`` is what the words of
    the question need (a condition, a caution, an older number); ``options`` are values in the order shown, ``right``
    the value or values, in order where the form is ``order``.
    """

    card: Card
    seed: int
    form: Form
    figure: Figure = "female"
    audience: Audience = "student"
    ask: str = ""
    given: str = ""
    view: str = ""
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


class Verdict(Entry, frozen=True):
    """How an answer was graded. For a place: how far off in cun, which way in words, what was nearer than it, and how
    much of the distance goes each of the ways, in cun."""

    grade: Grade
    distance: float | None = None
    ways: tuple[str, ...] = ()
    nearer: str = ""
    parts: tuple[float, ...] = ()


class Answered(Entry, frozen=True):
    """One answer: of which card (its key), when (aware, UTC), how it was graded, and how far off it was, in cun, if it
    was a place on the figure."""

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
