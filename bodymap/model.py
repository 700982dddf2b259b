"""The vocabulary of the atlas: what a point, a place, a caution or a claim is.

Every entry of ``data/`` is decoded into one of these types, every row of the atlas is read back into one, and every
other room speaks in them. They are msgspec structs rather than dataclasses because msgspec refuses an unknown field,
which is how a misspelt key in a data file is caught, and because it writes their JSON Schema for the API.

Lengths are in cun (the body's own inch, stature / 75) unless a field says otherwise; view coordinates are SVG units.
"""

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
    "pneumothorax", "organ", "spinal-cord", "vessel-nerve", "pregnancy", "electroacupuncture", "dry-needling",
    "ear-scalp", "patient", "rate",
]  # fmt: skip
Chapter = Literal[
    "intro", "what-it-is", "how-it-helps", "research", "points", "techniques", "benefits", "session", "who",
    "side-effects", "left-out",
]  # fmt: skip
"""The article's parts in its order; ``left-out`` is what it does not say."""

Verdict = Literal["supported", "mixed", "overstated", "unsupported", "wrong", "omitted", "tradition"]
Side = Literal["left", "right", "midline"]
Figure = Literal["female", "male"]
Part = Literal["whole", "head", "trunk", "arm", "leg"]
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
                  "article", "dataset", "law"]  # fmt: skip
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
    note: str = ""


class Trunk(Entry, frozen=True, tag="trunk", tag_field="rule"):
    """On the trunk: a level (vertebra, rib space, landmark or point), cun below or above it, and cun to the side.

    ``face``: ``side`` is the midaxillary line, which takes no ``lateral``. In front, cun up and down are WHO's: 9 from
    the suprasternal notch to the xiphisternal junction, 8 from there to the navel, 5 to the pubic bone.
    """

    level: str
    lateral: float = 0.0
    below: float = 0.0
    above: float = 0.0
    face: Literal["back", "front", "side"] = "back"


class Scalp(Entry, frozen=True, tag="scalp", tag_field="rule"):
    """On the head: cun back from the front hairline over the midline (12 to the hairline of the nape; negative on the
    forehead), and from there level to the side, in cun of which 4.5 reach the corner of the forehead or the mastoid."""

    back: float
    lateral: float = 0.0


class Limb(Entry, frozen=True, tag="limb", tag_field="rule"):
    """On a limb: cun along a segment from its first landmark, at a bearing around its axis.

    ``bearing`` in degrees: 0 anterior, 90 lateral, 180 posterior, 270 medial, in anatomical position.
    """

    segment: str
    along: float
    bearing: float


class Between(Entry, frozen=True, tag="between", tag_field="rule"):
    """On the way over the surface from one landmark to another: a fraction of it, or cun of a named limb segment, or
    cun of the body (stature / 75) where none is named.

    ``via`` names landmarks that a curved way passes, in order.
    """

    start: str
    end: str
    fraction: float = 0.0
    cun: float = 0.0
    segment: str = ""
    via: tuple[str, ...] = ()


class At(Entry, frozen=True, tag="at", tag_field="rule"):
    """At a landmark, moved by cun over the surface: up, lateral and forward (anterior)."""

    landmark: str
    up: float = 0.0
    lateral: float = 0.0
    forward: float = 0.0


Place = Trunk | Scalp | Limb | Between | At


class Needling(Entry, frozen=True):
    """How one source needles the point. ``depth`` is the range in cun, shallowest and deepest; None if not given."""

    technique: str
    angle: str
    sources: tuple[str, ...]
    depth: tuple[float, float] | None = None
    note: str = ""
    verified: Verified = "yes"


class Danger(Entry, frozen=True):
    """A structure under or near the point that a needle can injure."""

    structure: str
    sources: tuple[str, ...]
    text: str = ""


class Beneath(Entry, frozen=True):
    """What lies under the skin at a point, from the surface inwards, by its anatomical names."""

    muscles: tuple[str, ...]
    nerves: tuple[str, ...]
    vessels: tuple[str, ...]
    sources: tuple[str, ...]
    verified: Verified = "yes"


class Alternative(Entry, frozen=True):
    """A second position that the standard itself records for a controversial point."""

    place: Place
    said: Statement


class Point(Entry, frozen=True):
    """An acupuncture point. What no trusted source tells is left out: needling, what it feels like, what it is for."""

    code: str
    channel: str
    number: int
    pinyin: str
    hanzi: str
    hanzi_simplified: str
    english: str
    location: Statement
    place: Place
    uses: tuple[Statement, ...] = ()
    feel: Statement | None = None
    needling: tuple[Needling, ...] = ()
    dangers: tuple[Danger, ...] = ()
    beneath: Beneath | None = None
    aliases: tuple[str, ...] = ()
    others: tuple[Place, ...] = ()
    """The further places of a code that stands for several, such as the 17 pairs of EX-B2."""
    meets: tuple[str, ...] = ()
    """What else meets here in the tradition's words. Named kinds of points are in ``categories.toml``."""
    press: Statement | None = None
    history: tuple[Statement, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    midline: bool = False
    ring: float = 0.5
    finding: tuple[str, ...] = ()
    """Names of the measuring marks that show how the point is found (levels, landmarks, other points)."""


class Channel(Entry, frozen=True):
    """A channel (meridian): its WHO code and the other ways people write it."""

    code: str
    name: str
    pinyin: str
    hanzi: str
    hanzi_simplified: str
    prefixes: tuple[str, ...]
    summary: Statement
    count: int
    """How many points the standard gives it (0 where the standard gives none)."""
    courses: tuple[str, ...] = ()
    """The lines through its points, by number: ``"10 41-54 40"``. Without any, no line is drawn."""


class Category(Entry, frozen=True):
    """A name that the tradition gives to certain points, such as back-shu, and what each of them is so called for."""

    slug: str
    name: str
    pinyin: str
    hanzi: str
    said: Statement
    points: dict[str, str]
    """Code -> the organ, channel, vessel, tissue or part of the body."""


class Frequency(Entry, frozen=True):
    """How often something happens, as people count: ``count`` of ``of`` (people, treatments or sessions: ``unit``)."""

    count: int
    of: int
    unit: str
    what: str
    """What happens, in plain words."""
    sources: tuple[str, ...]
    strength: Strength


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
    comparator: Literal["sham", "usual-care", "no-treatment", "medicine"]
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


class Zone(Entry, frozen=True):
    """An area on the skin, defined by landmarks: a region people click, a danger beneath, the skin of a nerve root, an
    area of the ear or a line of the scalp that a technique uses.

    ``caution_kind`` (danger zones only): a point inside must carry a caution of that kind.
    """

    slug: str
    kind: Literal["region", "segment", "danger", "nerve", "ear", "scalp"]
    name: str
    shape: dict[str, object]
    said: Statement
    parent: str = ""
    caution_kind: CautionKind | None = None


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


class Correction(Entry, frozen=True):
    """Where the article errs: what it says (our words), and what is right."""

    article: str
    right: Statement


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


class TechniquePoints(Entry, frozen=True):
    """Which points of a condition the technique uses; ``pairs`` are joined (current, or master and couple)."""

    condition: str
    codes: tuple[str, ...]
    said: Statement
    pairs: tuple[tuple[str, str], ...] = ()


class Couple(Entry, frozen=True):
    """Two confluent points that are used together, the vessel that each opens, and for which parts of the body."""

    codes: tuple[str, str]
    vessels: tuple[str, str]
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


class View(Entry, frozen=True):
    """A picture of the body: its size and one B-cun (stature / 75) in its SVG units, and where its landmarks are.

    ``part`` is the part of the body it belongs to in a list; ``left`` is the edge of the picture on which the person's
    left is, empty where only one side is shown.
    """

    id: str
    figure: Figure
    name: str
    width: float
    height: float
    cun: float
    zoom: bool
    landmarks: dict[str, tuple[float, float]]
    part: Part = "whole"
    left: Literal["left", "right", ""] = ""


class Placement(Entry, frozen=True):
    """Where a point falls in a view, in SVG units. ``visible`` is False where the body hides it."""

    code: str
    figure: Figure
    view: str
    side: Side
    x: float
    y: float
    visible: bool
    position: Literal["standard", "alternative"] = "standard"


class Shape(Entry, frozen=True):
    """A zone's outline in a view, as SVG path data."""

    slug: str
    figure: Figure
    view: str
    side: Side
    path: str


class Mark(Entry, frozen=True):
    """A measuring mark that shows how a point is found in a view: a line to draw, with its label and where that goes.

    ``kind``: ``level`` a vertebral or other level line, ``midline``, ``ruler`` a measured distance with a tick at each
    cun, ``line`` an anatomical line, ``landmark`` a small cross. ``path`` is SVG path data;
    ``x`` and ``y`` place the label.
    """

    code: str
    figure: Figure
    view: str
    kind: Literal["level", "midline", "ruler", "line", "landmark"]
    label: str
    path: str
    x: float
    y: float
