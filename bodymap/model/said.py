"""What is said, on whose word and how surely: statements, sources, claims, cautions, results, words explained."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Strength = Literal["high", "moderate", "low", "very-low", "standard", "textbook", "tradition", "mechanism", "none"]
"""How sure one may be. Trials: high to very-low. ``standard``: the WHO location standard or a guideline says so.
``textbook``: taught, not tested. ``tradition``: an idea of a tradition. ``mechanism``: laboratory work only.
``none``: looked for, nothing found."""


Verified = Literal["yes", "partly", "no"]


Level = Literal["avoid", "high", "caution", "ask", "information"]
"""Gravity of a caution, gravest first."""


CautionKind = Literal[
    "pneumothorax", "organ", "spinal-cord", "vessel-nerve", "joint", "pregnancy", "electroacupuncture",
    "dry-needling", "ear-scalp", "patient", "rate",
]  # fmt: skip
BENEATH: tuple[CautionKind, ...] = ("pneumothorax", "organ", "spinal-cord", "vessel-nerve", "joint")
"""Kinds of cautions about what lies under the skin."""


Chapter = Literal[
    "intro", "what-it-is", "how-it-helps", "research", "points", "techniques", "benefits", "session", "who",
    "side-effects", "left-out",
]  # fmt: skip
"""The article's parts in its order; ``left-out`` is what it does not say."""


Verdict = Literal["supported", "mixed", "overstated", "unsupported", "wrong", "omitted", "tradition"]


Audience = Literal["patient", "practitioner", "student"]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """Base of all entries: immutable, and an unknown field is an error."""


class Statement(Entry, frozen=True):
    """Something said to the reader, and on whose word.

    ``plain`` is for patients: school grade 8 or lower and never a needle depth or angle. ``clinical`` is for
    practitioners and students; empty means that the plain words serve everyone.
    """

    plain: str
    strength: Strength
    sources: tuple[str, ...]
    clinical: str = ""
    verified: Verified = "yes"


class Source(Entry, frozen=True):
    """A work that statements rest on. ``read`` says how much of it was read when the statement was written, ``checked``
    (an ISO date) when that was. ``authors`` are written "Family GG" or, for a body, its name between quotes."""

    id: str
    kind: Literal["standard", "guideline", "review", "trial", "cohort", "survey", "laboratory", "textbook", "web",
                  "article", "dataset", "law", "teaching", "search", "untraced"]  # fmt: skip
    """``teaching`` is what is generally taught, with no single text; ``search`` our own; ``untraced`` a text that was
    read and whose address is not known. Those and the article may have no address."""
    citation: str
    title: str
    year: int
    read: Literal["full", "part", "abstract", "secondary", "no"]
    authors: tuple[str, ...] = ()
    container: str = ""
    """The journal or book that holds it."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    checked: str = ""
    doi: str = ""
    url: str = ""
    identifier: str = ""
    """A stable number where there is no DOI: "ISBN 978-…", "PMID …", or the number of a standard or a report."""
    note: str = ""


class Frequency(Entry, frozen=True):
    """How often something happens, as people count: ``count`` of ``of`` (people, treatments or sessions: ``unit``)."""

    count: int
    of: int
    unit: str
    what: str
    """What happens, in plain words."""
    sources: tuple[str, ...]
    strength: Strength


class Remark(Entry, frozen=True):
    """A clinical sentence that pages say in passing, wherever it fits: who says so holds for it too."""

    id: str
    said: Statement


class Caution(Entry, frozen=True):
    """What can go wrong, with which points, techniques or people, and what to do."""

    id: str
    kind: CautionKind
    level: Level
    title: str
    said: Statement
    points: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    circumstance: str = ""
    """The circumstance of a person (slug) in which it holds; empty where it holds for everyone."""
    todo: str = ""
    frequencies: tuple[Frequency, ...] = ()


class Circumstance(Entry, frozen=True):
    """Something about a person that changes what is safe for them. The cautions that name it say how."""

    slug: str
    name: str
    """Short, as shown beside what it changes: "Pregnant, or may be"."""
    tell: str
    """What to tell the practitioner, in the person's own words."""
    said: Statement


class RedFlag(Entry, frozen=True):
    """A warning sign, whom to call and how soon."""

    id: str
    title: str
    urgency: Literal["emergency", "same-day", "urgent", "appointment"]
    signs: tuple[str, ...]
    said: Statement


class Correction(Entry, frozen=True):
    """Where the article errs: what it says (our words), and what is right."""

    article: str
    right: Statement


class Claim(Entry, frozen=True):
    """One claim of the article, or one that it leaves out, beside what was found."""

    id: str
    topic: str
    title: str
    article: str
    """What the article says, in our words; empty where it is silent."""
    verdict: Verdict
    finding: Statement
    effect: str = ""
    points: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    stance: Literal["for", "against", "conditional", ""] = ""
    """For guidelines: which way it points on acupuncture; its title says for what."""
    chapter: Chapter = "left-out"
    """Where in the article it stands."""


class Effect(Entry, frozen=True):
    """One result of a trial or review, as it stands in a plot: how much better people did with acupuncture.

    ``value`` with its 95% interval ``low`` to ``high`` is in ``scale``: ``pain`` is points less pain on a scale of 0 to
    100, ``responders`` is how many more of 100 people got clearly better. Above zero is better with acupuncture.
    """

    id: str
    study: str
    year: int
    kind: Literal["sciatica", "chronic", "acute"]
    comparator: Literal["sham", "usual-care", "no-treatment", "medicine", "mixed"]
    scale: Literal["pain", "responders"]
    value: float
    people: int
    when: str
    """When it was measured, in words: "4 weeks"."""
    certainty: Strength
    sources: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    claim: str = ""
    """The claim that tells more of it."""
    note: str = ""
    verified: Verified = "yes"


class Regimen(Entry, frozen=True):
    """How a trial or guideline scheduled treatment: sessions over weeks, minutes with the needles in."""

    id: str
    name: str
    condition: str
    """What people it was for, in plain words."""
    sessions: tuple[int, int]
    """Fewest and most."""
    weeks: float
    schedule: str
    sources: tuple[str, ...]
    minutes: int | None = None
    """Minutes that the needles stayed in; None where not told."""
    codes: tuple[str, ...] = ()
    """The points it fixed; empty where they were chosen for each person or not told."""
    note: str = ""
    verified: Verified = "yes"


class Term(Entry, frozen=True):
    """A word of the field, explained. ``forms`` are the ways it is written; its first use in running text is linked."""

    slug: str
    name: str
    forms: tuple[str, ...]
    said: Statement
    pinyin: str = ""
    hanzi: str = ""
    idea: bool = False
    """Whether it is an idea of a tradition rather than a thing that was found."""
