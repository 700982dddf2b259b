"""What readers choose between: regions, conditions, techniques, and the guide."""

from __future__ import annotations

from typing import Literal

from bodymap.model.said import Correction, Entry, Statement, Strength, Verified


class RegionPoint(Entry, frozen=True):
    code: str
    reason: Statement


class Region(Entry, frozen=True):
    """Part of the body that people choose on the map, with its points in order."""

    slug: str
    name: str
    summary: Statement
    points: tuple[RegionPoint, ...]
    conditions: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    view: str = "back"
    """The view that shows it best."""


class ConditionPoint(Entry, frozen=True):
    """A point of a condition, why it is chosen, and who says so.

    ``written``: how the article writes it, where that differs from the standard's code.
    """

    code: str
    origin: Literal["article", "trial"]
    reason: Statement
    written: str = ""


class Condition(Entry, frozen=True):
    slug: str
    name: str
    region: str
    summary: Statement
    points: tuple[ConditionPoint, ...]
    corrections: tuple[Correction, ...]
    red_flags: tuple[str, ...]
    claims: tuple[str, ...]
    techniques: tuple[str, ...]
    order: int = 0


class Parameter(Entry, frozen=True):
    """A usual setting of a technique. Patients do not see those marked ``practitioner`` (depth, angle, current)."""

    name: str
    value: str
    sources: tuple[str, ...]
    audience: Literal["all", "practitioner"] = "all"
    verified: Verified = "yes"
    strength: Strength = "textbook"


class TechniquePoints(Entry, frozen=True):
    """Which points of a condition the technique uses; ``pairs`` are joined (current, or master and couple)."""

    condition: str
    codes: tuple[str, ...]
    said: Statement
    pairs: tuple[tuple[str, str], ...] = ()


class Vessel(Entry, frozen=True):
    """One of the eight extraordinary vessels of the tradition: its names, and the course it is said to take."""

    english: str
    pinyin: str
    hanzi: str
    hanzi_simplified: str
    said: Statement


class Couple(Entry, frozen=True):
    """Two confluent points that are used together, the vessel that each opens, and for which parts of the body."""

    codes: tuple[str, str]
    vessels: tuple[Vessel, Vessel]
    said: Statement


class Technique(Entry, frozen=True):
    slug: str
    name: str
    summary: Statement
    done: tuple[Statement, ...]
    feel: Statement
    parameters: tuple[Parameter, ...]
    points: tuple[TechniquePoints, ...]
    corrections: tuple[Correction, ...]
    claims: tuple[str, ...]
    cautions: tuple[str, ...]
    order: int = 0
    hanzi: str = ""
    couples: tuple[Couple, ...] = ()
    zones: tuple[str, ...] = ()
    """Kinds of zones (ear, scalp) on which it works, shown on its page."""
    views: tuple[str, ...] = ()
    """The views that show them."""


class Phase(Entry, frozen=True):
    """A stretch of a session and the minutes that it takes in the example drawn."""

    name: str
    minutes: int
    kind: Literal["talk", "needles", "rest", "after"]
    said: Statement


class Section(Entry, frozen=True):
    """A part of a guide page. The ids pull in claims, cautions and red flags in full."""

    heading: str
    statements: tuple[Statement, ...] = ()
    claims: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    """A session as a line of time, drawn."""
    picture: Literal["courses", "evidence", "frequencies", ""] = ""
    """What else is drawn: courses of treatment in trials, the plot of the evidence, or how often harm comes."""


class GuidePage(Entry, frozen=True):
    slug: str
    title: str
    summary: Statement
    sections: tuple[Section, ...]
    order: int = 0
