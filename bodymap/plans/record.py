"""The practitioner's record of a plan: every item of STRICTA 2010 with what is told of it, points with their needles,
marks and written reasons. For practitioners only; what patients may read is ``handout``'s.

Words for people and one structure for JSON (``as_json``), whose form is ``FORMAT``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct, structs

from bodymap.atlas import Atlas
from bodymap.model import Caution
from bodymap.plans import handout, stricta, warnings
from bodymap.plans.model import Plan, PlannedPoint
from bodymap.plans.warnings import Concern
from bodymap.safety import BY_HAND, Mark

FORMAT = "bodymap-record/1"


class Told(Struct, frozen=True):
    """An item of STRICTA and what the plan tells of it; ``lacking`` names the points that do not tell it."""

    id: str
    words: str
    need: stricta.Need
    filled: bool
    told: str
    lacking: tuple[str, ...] = ()


class Row(Struct, frozen=True):
    """A point of the record. ``left_out``: blocked without a reason, so not in the patient's copy."""

    number: int
    point: PlannedPoint
    name: str
    technique: str
    mark: Mark | None
    left_out: bool


class PlanRecord(Struct, frozen=True):
    """The whole record. ``held`` is what the patient's copy leaves out of free text, by the model's field names."""

    plan: Plan
    rows: tuple[Row, ...]
    items: tuple[Told, ...]
    concerns: tuple[Concern, ...]
    """Gravest first."""
    needles: int
    held: tuple[str, ...]


def record(plan: Plan, atlas: Atlas) -> PlanRecord:
    """The record of a plan, whatever it leaves open."""
    marks, gone = warnings.marks(plan, atlas), set(warnings.unreasoned(plan, atlas))
    return PlanRecord(
        plan=plan,
        rows=tuple(
            Row(place + 1, point, _name(point.code, atlas), _technique(point.technique, atlas), mark, place in gone)
            for place, (point, mark) in enumerate(zip(plan.points, marks, strict=True))
        ),
        items=tuple(_told(item, filled, plan) for item, filled in stricta.completeness(plan)),
        concerns=tuple(warnings.concerns(plan, atlas)),
        needles=stricta.needle_count(plan),
        held=tuple(handout.held_back(plan)),
    )


def together(concerns: Iterable[Concern]) -> list[tuple[Caution | None, list[Concern]]]:
    """The concerns by the caution that tells why, so that it need be said only once, in their order."""
    found: dict[str, tuple[Caution | None, list[Concern]]] = {}
    for concern in concerns:
        own = found.setdefault(concern.caution.id if concern.caution else "", (concern.caution, []))
        own[1].append(structs.replace(concern, caution=None))
    return list(found.values())


def as_json(made: PlanRecord, atlas: Atlas, **about: Any) -> bytes:
    """The record as JSON that says its format. ``about`` is what the store knows: version, days."""
    whole = {
        "format": FORMAT,
        **about,
        "needles": made.needles,
        "stricta": [
            {"item": item.id, "question": item.words, "for": item.need, "filled": item.filled, "told": item.told,
             "lacking": list(item.lacking)}
            for item in made.items
        ],
        "points": [
            {"number": row.number, "name": row.name, "technique_name": row.technique, "mark": _mark(row.mark),
             "left_out_for_patient": row.left_out, **msgspec.to_builtins(row.point)}
            for row in made.rows
        ],
        "concerns": [
            {"kind": concern.kind, "level": concern.level, "points": list(concern.codes),
             "caution": concern.caution.title if concern.caution else ""}
            for concern in made.concerns
        ],
        "sources": {name: atlas.sources[name].citation for name in made.plan.record.sources if name in atlas.sources},
        "held_back_from_patient": list(made.held),
        "plan": {"format": made.plan.format, **msgspec.to_builtins(made.plan)},
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def _name(code: str, atlas: Atlas) -> str:
    return atlas.points[code].pinyin if code in atlas.points else ""


def _technique(slug: str, atlas: Atlas) -> str:
    slug = slug or BY_HAND
    return atlas.techniques[slug].name if slug in atlas.techniques else slug


def _mark(mark: Mark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {"level": mark.level, "cautions": [{"id": item.id, "title": item.title} for item in mark.cautions]}


def _told(item: stricta.Item, filled: bool, plan: Plan) -> Told:
    tells, lacks = TELLS[item.id], LACKS.get(item.id)
    lacking = tuple(point.code for point in plan.points if lacks and lacks(point))
    return Told(item.id, item.words, item.need, filled, tells(plan), lacking)


def _needles(plan: Plan) -> str:
    kept = plan.record
    if not plan.points and not kept.needles:
        return ""
    few, many = kept.needles_least, kept.needles_most
    between = f" ({'–' if few is None else few} to {'–' if many is None else many})" if few or many else ""
    return f"{stricta.needle_count(plan)}{between}"


def _points(plan: Plan) -> str:
    return ", ".join(f"{point.code} {point.side}" for point in plan.points)


def _each(tell: Callable[[PlannedPoint], str]) -> Callable[[Plan], str]:
    """What the points tell, those that agree together: "20 min: BL23, BL25; 30 min: GB30", or "20 min" for all."""

    def told(plan: Plan) -> str:
        by: dict[str, list[str]] = {}
        for point in plan.points:
            if words := tell(point):
                by.setdefault(words, []).append(point.code)
        if [len(codes) for codes in by.values()] == [len(plan.points)]:
            return next(iter(by))
        return "; ".join(f"{words}: {', '.join(codes)}" for words, codes in by.items())

    return told


def depth(point: PlannedPoint) -> str:
    """How deep, in mm and by layer, as far as it is told."""
    span = "–".join(dict.fromkeys(f"{end:g}" for end in point.depth)) + " mm" if point.depth else ""
    return ", ".join(filter(None, (span, point.layer)))


def needle(point: PlannedPoint) -> str:
    """Width by length in mm; what is not told is a question mark."""
    if not point.gauge and not point.length:
        return ""
    width, length = (f"{size:g}" if size else "?" for size in (point.gauge, point.length))
    return f"{width} × {length} mm"


def retention(point: PlannedPoint) -> str:
    """How long it stays: minutes, or in and out."""
    return "" if point.retention is None else f"{point.retention} min" if point.retention else "in and out"


def _course(plan: Plan) -> str:
    lasts = f"{plan.minutes} min each" if plan.minutes else ""
    weeks = f"over {plan.weeks} weeks" if plan.weeks else ""
    return ", ".join(filter(None, (plan.frequency, weeks, lasts)))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


TELLS: dict[str, Callable[[Plan], str]] = {
    "1a": lambda plan: plan.record.style,
    "1b": lambda plan: _joined(plan.record.rationale, ", ".join(plan.record.sources)),
    "1c": lambda plan: plan.record.variation,
    "2a": _needles,
    "2b": _points,
    "2c": _each(depth),
    "2d": _each(lambda point: point.response),
    "2e": _each(lambda point: point.stimulation),
    "2f": _each(retention),
    "2g": lambda plan: _joined(_each(needle)(plan), plan.record.make),
    "3a": lambda plan: str(plan.sessions or ""),
    "3b": _course,
    "4a": lambda plan: plan.record.co_treatments,
    "4b": lambda plan: _joined(
        plan.record.setting, plan.record.information, "consent was given" if plan.record.consent else ""
    ),
    "5": lambda plan: _joined(
        plan.record.qualification, "" if plan.record.years is None else f"{plan.record.years} years",
        plan.record.experience,
    ),
    "6a": lambda plan: plan.record.comparator_reason,
    "6b": lambda plan: plan.record.comparator,
    "X1": lambda plan: plan.record.red_flags_checked,
    "X2": lambda plan: _joined(plan.record.circumstances_checked, ", ".join(plan.circumstances)),
    "X3": lambda plan: plan.record.adverse_events,
    "X4": lambda plan: " ".join(filter(None, (plan.record.outcome_scale, plan.record.outcome_value))),
    "X5": lambda plan: plan.record.stop_rule,
}  # fmt: skip
"""What the plan tells of each item, in words; "" where it tells nothing."""
LACKS: dict[str, Callable[[PlannedPoint], bool]] = {
    "2c": lambda point: not depth(point),
    "2d": lambda point: not point.response,
    "2e": lambda point: not point.stimulation,
    "2f": lambda point: point.retention is None,
    "2g": lambda point: not (point.gauge and point.length),
}
"""Which points leave an item open that each should tell."""
