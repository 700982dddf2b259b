"""Points: what they are called, the rule of their place, how they are needled and what lies beneath. Lengths in cun."""

from __future__ import annotations

from typing import Literal

from bodymap.model.said import Entry, Statement, Strength, Verified


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
    strength: Strength = "textbook"


class Danger(Entry, frozen=True):
    """A structure under or near the point that a needle can injure."""

    structure: str
    sources: tuple[str, ...]
    text: str = ""
    verified: Verified = "yes"
    strength: Strength = "textbook"


class Beneath(Entry, frozen=True):
    """What lies under the skin at a point, from the surface inwards, by its anatomical names."""

    muscles: tuple[str, ...]
    nerves: tuple[str, ...]
    vessels: tuple[str, ...]
    sources: tuple[str, ...]
    verified: Verified = "yes"
    strength: Strength = "textbook"


class Meeting(Entry, frozen=True):
    """Something that the tradition says of the point by name: what it meets, which set it is one of."""

    name: str
    sources: tuple[str, ...]
    verified: Verified = "yes"
    strength: Strength = "tradition"


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
    meets: tuple[Meeting, ...] = ()
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
    spoken: tuple[str, ...] = ()
    """Other names that people write before a number: ``"Triple Burner"`` 5."""


class Category(Entry, frozen=True):
    """A name that the tradition gives to certain points, such as back-shu, and what each of them is so called for."""

    slug: str
    name: str
    pinyin: str
    hanzi: str
    said: Statement
    points: dict[str, str]
    """Code -> the organ, channel, vessel, tissue or part of the body."""
