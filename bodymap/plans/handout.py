"""What a patient is handed of a plan: the points in plain words, what to expect, what to do, when to call.

Only what patients may read comes through here. How a point is needled (depth, angle, layer, needle, stimulation), why
a blocked one stays and the whole record never do; free text that tells a depth or an angle is held back, and ``held``
says which, so that the practitioner learns of it. Knows the atlas, no pages.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct, structs

from bodymap.atlas import Atlas
from bodymap.depths import BETWEEN, tells_needling
from bodymap.model import Caution, Circumstance, Entry, Point, RedFlag, Statement
from bodymap.plans.model import Plan, PlannedPoint, PlanSide
from bodymap.plans.warnings import CURRENT, standing, unreasoned
from bodymap.safety import BY_HAND, STOPPING
from bodymap.share import DATA

Part = Literal["after", "tell", "call"]


class Line(Entry, frozen=True):
    """A line of ``data/handout.toml``: for everyone, or for one technique or circumstance (slugs)."""

    part: Part
    said: Statement
    technique: str = ""
    circumstance: str = ""
    covers: str = ""
    """A red flag (id) that need not be named again."""


class Lines(Entry, frozen=True):
    """The whole of ``data/handout.toml``."""

    settled: tuple[str, ...]
    """Cautions (ids) whose advice needs no telling once a practitioner has made a plan."""
    line: tuple[Line, ...]


class Step(Struct, frozen=True):
    """A point as it is shown and told to the patient. ``row`` counts the points of the handout from 0; ``number`` is
    the practitioner's own, so that both speak of the same place, and skips those that are left out."""

    row: int
    number: int
    point: Point
    side: PlanSide
    technique: str
    """Slug; needling by hand is ``BY_HAND``."""
    joined: bool
    """Whether a mild current joins it with another."""
    minutes: int | None
    why: Statement | None
    note: str


class Care(Struct, frozen=True):
    """Something about a place that its patient should know, and the numbers of the points that it is about."""

    caution: Caution
    numbers: tuple[int, ...]

    @property
    def pressing(self) -> bool:
        """Whether short paper keeps it: a vessel or nerve asks for no more than every handout's lines about pain and
        bleeding, unless it says when to get help."""
        return self.caution.kind != "vessel-nerve" or bool(re.search(r"\bhelp\b|ambulance", self.caution.todo, re.I))


class Handout(Struct, frozen=True):
    """All that a patient is handed. ``plan`` holds only what is theirs to read."""

    plan: Plan
    steps: tuple[Step, ...]
    skipped: tuple[int, ...]
    """Numbers before the last that no step has, their points being left out."""
    feel: tuple[Statement, ...]
    after: tuple[Statement, ...]
    tell: tuple[Statement, ...]
    care: tuple[Care, ...]
    call: tuple[Statement, ...]
    flags: tuple[RedFlag, ...]
    holds: tuple[Circumstance, ...]
    """What holds for this patient."""
    held: tuple[str, ...]
    """The fields whose words were held back, as the model names them: "goal", "points.2.note"."""

    @property
    def statements(self) -> Iterator[Statement]:
        """Every statement with sources, in the order of reading."""
        for step in self.steps:
            yield step.point.location
            if step.why:
                yield step.why
        yield from (*self.feel, *self.after, *(entry.said for entry in self.holds), *self.tell)
        yield from (item.caution.said for item in self.care)
        yield from (*self.call, *(flag.said for flag in self.flags))


@cache
def lines() -> Lines:
    """What every handout may say, in the order of the file."""
    return msgspec.convert(tomllib.loads((DATA / "handout.toml").read_text(encoding="utf-8")), Lines)


def handout(plan: Plan, atlas: Atlas) -> Handout:
    """The patient's copy of the plan. Points that the atlas does not know are left out, as are blocked ones."""
    held = tuple(held_back(plan))
    shown = _for_patient(standing(plan, atlas), atlas)
    gone = set(unreasoned(plan, atlas))
    numbers = [row + 1 for row, point in enumerate(plan.points) if row not in gone and point.code in atlas.points]
    techniques = tuple(dict.fromkeys(point.technique for point in shown.points))
    used = (*techniques, *((CURRENT,) if shown.pairs and CURRENT not in techniques else ()))
    condition = atlas.conditions.get(plan.condition)
    told = {line.covers for line in lines().line}
    flags = [atlas.red_flags[name] for name in (condition or atlas).red_flags if name not in told]
    return Handout(
        plan=shown,
        steps=tuple(_steps(shown, numbers, atlas)),
        skipped=tuple(sorted({*range(1, max(numbers, default=0))} - {*numbers})),
        feel=tuple(atlas.techniques[slug].feel for slug in used if slug in atlas.techniques),
        after=_said("after", used, plan),
        tell=_said("tell", used, plan),
        care=tuple(_care(shown, numbers, used, atlas)),
        call=_said("call", used, plan),
        flags=tuple(flag for flag in flags if flag.urgency in STOPPING),
        holds=tuple(atlas.circumstances[slug] for slug in plan.circumstances if slug in atlas.circumstances),
        held=held,
    )


def _open(text: str, of_point: bool = False) -> str:
    """The text without the sentences that tell it; nothing if what is left together still does."""
    left = "".join(part for part in BETWEEN.split(text) if not tells_needling(part, of_point)).strip()
    return "" if tells_needling(left, of_point) else left


def held_back(plan: Plan) -> Iterator[str]:
    """The fields of free text, as the model names them, of which the patient's copy leaves out something."""
    own = ("title", "goal", "frequency", "advice", "contact")
    yield from (name for name in own if tells_needling(getattr(plan, name)))
    yield from (f"points.{row}.note" for row, point in enumerate(plan.points) if tells_needling(point.note, True))


def _for_patient(plan: Plan, atlas: Atlas) -> Plan:
    """A plan with nothing but what the patient may read: built anew, so that a new field stays out by itself."""
    return Plan(
        title=_open(plan.title), goal=_open(plan.goal), condition=plan.condition, figure=plan.figure,
        points=tuple(
            PlannedPoint(
                code=point.code, side=point.side, technique=point.technique or BY_HAND, retention=point.retention,
                note=_open(point.note, of_point=True),
            )
            for point in plan.points if point.code in atlas.points
        ),
        pairs=tuple(structs.replace(pair, hz=None, hz_high=None, waveform="", pulse=None, current=None)
                    for pair in plan.pairs),
        sessions=plan.sessions, frequency=_open(plan.frequency), minutes=plan.minutes, weeks=plan.weeks,
        advice=_open(plan.advice), contact=_open(plan.contact),
    )  # fmt: skip


def _steps(plan: Plan, numbers: Sequence[int], atlas: Atlas) -> Iterator[Step]:
    joined = {code for pair in plan.pairs for code in (pair.first, pair.second)}
    for row, (number, point) in enumerate(zip(numbers, plan.points, strict=True)):
        entry = atlas.points[point.code]
        yield Step(
            row, number, entry, point.side, point.technique, point.code in joined, point.retention,
            _why(plan, entry, atlas), point.note,
        )  # fmt: skip


def _why(plan: Plan, point: Point, atlas: Atlas) -> Statement | None:
    """Why this point: for the plan's condition, else for the first that has it, else what it is used for."""
    meant = [entry for entry in atlas.conditions_of(point.code) if plan.condition in ("", entry.slug)]
    for condition in meant[:1]:
        return next(item.reason for item in condition.points if item.code == point.code)
    return point.uses[0] if point.uses else None


def _said(part: Part, techniques: Iterable[str], plan: Plan) -> tuple[Statement, ...]:
    return tuple(
        line.said
        for line in lines().line
        if line.part == part
        and (not line.technique or line.technique in techniques)
        and (not line.circumstance or line.circumstance in plan.circumstances)
    )


def _care(plan: Plan, numbers: Sequence[int], techniques: Iterable[str], atlas: Atlas) -> Iterator[Care]:
    """The cautions of the plan's places that ask something of the patient, each once, with its points' numbers."""
    found: dict[str, list[int]] = {}
    for number, point in zip(numbers, plan.points, strict=True):
        for caution in atlas.cautions_of(point.code):
            fits = not caution.techniques or bool(set(caution.techniques) & set(techniques))
            mild = caution.level not in {"high", "caution"} or caution.id in lines().settled
            if caution.todo and not caution.circumstance and fits and not mild:
                found.setdefault(caution.id, []).append(number)
    yield from (Care(atlas.cautions[name], tuple(own)) for name, own in found.items())
