"""What a treatment plan is: points in order with their needles, sessions, words for the patient, and STRICTA 2010.

Knows the limits of every field and no atlas: whether a code exists is asked in ``reading``. Lengths are millimetres,
times minutes, currents milliampere. A plan holds nothing that names a patient.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

FORMAT = 1
"""The version of the exchange format that is written; ``reading`` migrates older ones."""
MOST_POINTS = 60
MOST_BYTES = 64 * 1024
"""Of a plan as JSON, of an import and of what a form makes."""

PlanSide = Literal["left", "right", "both", "midline"]
PairSide = Literal["left", "right", "both", "across", "midline"]
Variation = Literal["", "fixed", "partly", "individual"]
SIDES: tuple[PlanSide, ...] = ("both", "left", "right", "midline")

Code = Annotated[str, Meta(min_length=1, max_length=12)]
Slug = Annotated[str, Meta(max_length=60)]
Word = Annotated[str, Meta(max_length=80)]
Line = Annotated[str, Meta(max_length=160)]
Text = Annotated[str, Meta(max_length=2000)]
Note = Annotated[str, Meta(max_length=500)]
Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all parts of a plan: immutable; what is empty is not written; an unknown field is an error."""


Millimetres = Annotated[float, Meta(ge=0, le=150)]


class PlannedPoint(Part, frozen=True):
    """One point of a plan and how it is needled. None and "" mean: not said."""

    code: Code
    side: PlanSide = "both"
    technique: Slug = ""
    """A technique of the atlas by its slug; "" is traditional needling."""
    gauge: Annotated[float, Meta(ge=0.05, le=1)] | None = None
    """Needle diameter in mm."""
    length: Annotated[float, Meta(ge=1, le=150)] | None = None
    """Needle length in mm."""
    depth: tuple[Millimetres, Millimetres] | None = None
    """Shallowest and deepest in mm. Never shown to patients."""
    layer: Word = ""
    """How deep in words: subcutaneous, into the muscle, to the bone."""
    angle: Word = ""
    retention: Annotated[int, Meta(ge=0, le=240)] | None = None
    """Minutes that the needle stays; 0 is in and out."""
    stimulation: Line = ""
    response: Line = ""
    """What is sought: de qi, a twitch, nothing."""
    note: Note = ""
    """For the patient's copy as well as the record."""
    reason: Note = ""
    """Why it stays although the patient's circumstances block it. In the record only."""


class Pair(Part, frozen=True):
    """Two points of the plan joined by current. ``side`` is where both lie; ``across`` joins left with right."""

    first: Code
    second: Code
    side: PairSide = "both"
    hz: Annotated[float, Meta(gt=0, le=1000)] | None = None
    hz_high: Annotated[float, Meta(gt=0, le=1000)] | None = None
    """The other frequency where two alternate (dense-disperse)."""
    waveform: Word = ""
    pulse: Annotated[float, Meta(gt=0, le=10)] | None = None
    """Pulse width in ms."""
    current: Annotated[float, Meta(gt=0, le=50)] | None = None
    """mA; usually left out and set to strong but comfortable."""
    minutes: Annotated[int, Meta(ge=1, le=120)] | None = None


class Record(Part, frozen=True):
    """The rest of STRICTA 2010, and what it leaves out (X1 to X5). Never in the patient's copy."""

    style: Line = ""
    rationale: Text = ""
    sources: Annotated[tuple[Slug, ...], Meta(max_length=20)] = ()
    """Ids of the atlas's sources that the plan follows."""
    variation: Variation = ""
    needles: Annotated[int, Meta(ge=1, le=200)] | None = None
    """Needles per session as they are put in, if it is not what the points add up to."""
    needles_least: Annotated[int, Meta(ge=0, le=200)] | None = None
    needles_most: Annotated[int, Meta(ge=0, le=200)] | None = None
    make: Line = ""
    """Make and metal of the needles."""
    co_treatments: Text = ""
    setting: Line = ""
    information: Text = ""
    """What patients are told about the treatment."""
    consent: bool = False
    qualification: Line = ""
    years: Annotated[int, Meta(ge=0, le=80)] | None = None
    """Years in practice."""
    experience: Line = ""
    comparator_reason: Text = ""
    comparator: Text = ""
    red_flags_checked: Day = ""
    """The day on which red flags were asked, as YYYY-MM-DD."""
    circumstances_checked: Day = ""
    adverse_events: Text = ""
    outcome_scale: Word = ""
    outcome_value: Word = ""
    stop_rule: Note = ""


class Plan(Part, frozen=True):
    """A plan. ``advice`` and ``contact`` are the practitioner's own words on the patient's page."""

    format: Literal[1] = 1
    title: Line = ""
    goal: Note = ""
    condition: Slug = ""
    """The condition of the atlas that it is for, by its slug; "" where it is for none."""
    figure: Literal["female", "male"] = "female"
    circumstances: Annotated[tuple[Slug, ...], Meta(max_length=30)] = ()
    """What holds for the patient, as slugs of the atlas's circumstances: ticks only."""
    points: Annotated[tuple[PlannedPoint, ...], Meta(max_length=MOST_POINTS)] = ()
    pairs: Annotated[tuple[Pair, ...], Meta(max_length=MOST_POINTS)] = ()
    sessions: Annotated[int, Meta(ge=1, le=200)] | None = None
    frequency: Line = ""
    minutes: Annotated[int, Meta(ge=1, le=300)] | None = None
    """Of one session."""
    weeks: Annotated[int, Meta(ge=1, le=104)] | None = None
    advice: Text = ""
    contact: Note = ""
    record: Record = Record()

    @property
    def codes(self) -> tuple[str, ...]:
        """The points' codes in order; a code that stands on two rows comes twice."""
        return tuple(point.code for point in self.points)

    def sides(self, code: str) -> set[str]:
        """Where the needles of a code stand: left, right, midline; empty without one."""
        at = {point.side for point in self.points if point.code == code}
        return (at - {"both"}) | ({"left", "right"} if "both" in at else set())


def alongside(one: set[str], two: set[str]) -> set[str]:
    """The sides, left and right, on which current can run from one point to the other without crossing the body."""
    return {side for side in ("left", "right") if one & {side, "midline"} and two & {side, "midline"}}


def encode(plan: Plan) -> bytes:
    """The plan as JSON, its format always written, with line ends so that people can read it."""
    fields = msgspec.to_builtins(plan)
    raw = {"format": FORMAT, **{name: value for name, value in fields.items() if value != {}}}
    return msgspec.json.format(msgspec.json.encode(raw), indent=2) + b"\n"


def too_long(plan: Plan) -> bool:
    """Whether the plan, written as it is kept, is longer than a plan may be."""
    return len(encode(plan)) > MOST_BYTES


_DECODER = msgspec.json.Decoder(Plan)


def decode(text: bytes) -> Plan:
    """A plan that this version wrote. ``reading`` is for files of others."""
    return _DECODER.decode(text)
