"""How much of STRICTA 2010 a plan tells: which items are filled. It informs and never blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from bodymap.plans.model import Plan, PlannedPoint

Need = Literal["plan", "research"]


class Item(Struct, frozen=True):
    """One item of STRICTA 2010 (1a to 6b), or one that it leaves out (X1 to X5).

    ``words`` ask for it plainly; ``field`` is the id of the form's part that fills it; ``need`` says whether every plan
    wants it or only a study.
    """

    id: str
    words: str
    field: str
    filled: Callable[[Plan], bool]
    need: Need = "plan"


def _all(tells: Callable[[PlannedPoint], object]) -> Callable[[Plan], bool]:
    """Whether every point tells it; a plan without points tells nothing."""
    return lambda plan: bool(plan.points) and all(tells(point) for point in plan.points)


ITEMS: tuple[Item, ...] = (
    Item("1a", "Style of acupuncture", "record-style", lambda plan: bool(plan.record.style)),
    Item("1b", "Why these points, with a source", "record-rationale",
         lambda plan: bool(plan.record.rationale and plan.record.sources)),
    Item("1c", "How far the plan may vary", "record-variation", lambda plan: bool(plan.record.variation)),
    Item("2a", "Needles per session", "points", lambda plan: bool(plan.points)),
    Item("2b", "Points, with their sides", "points", lambda plan: bool(plan.points)),
    Item("2c", "Depth, in mm or by layer", "points", _all(lambda point: point.depth or point.layer)),
    Item("2d", "Response sought", "points", _all(lambda point: point.response)),
    Item("2e", "Stimulation", "points", _all(lambda point: point.stimulation)),
    Item("2f", "How long needles stay", "points", _all(lambda point: point.retention is not None)),
    Item("2g", "Needle width and length, make or metal", "points",
         lambda plan: bool(plan.record.make) and _all(lambda point: point.gauge and point.length)(plan)),
    Item("3a", "Number of sessions", "sessions", lambda plan: bool(plan.sessions)),
    Item("3b", "How often, and how long a session is", "frequency", lambda plan: bool(plan.frequency and plan.minutes)),
    Item("4a", "What else is given", "record-co_treatments", lambda plan: bool(plan.record.co_treatments)),
    Item("4b", "Setting, what was told, consent", "record-setting",
         lambda plan: bool(plan.record.setting and plan.record.information and plan.record.consent)),
    Item("5", "Who treats: qualification and years", "record-qualification",
         lambda plan: bool(plan.record.qualification and plan.record.years is not None)),
    Item("6a", "Why this comparison", "record-comparator_reason", lambda plan: bool(plan.record.comparator_reason),
         "research"),
    Item("6b", "The comparison itself", "record-comparator", lambda plan: bool(plan.record.comparator), "research"),
    Item("X1", "Red flags asked", "record-red_flags_checked", lambda plan: bool(plan.record.red_flags_checked)),
    Item("X2", "Circumstances asked", "record-circumstances_checked",
         lambda plan: bool(plan.record.circumstances_checked)),
    Item("X3", "Adverse events, or none", "record-adverse_events", lambda plan: bool(plan.record.adverse_events)),
    Item("X4", "An outcome score", "record-outcome_scale",
         lambda plan: bool(plan.record.outcome_scale and plan.record.outcome_value)),
    Item("X5", "When to stop", "record-stop_rule", lambda plan: bool(plan.record.stop_rule)),
)  # fmt: skip


def completeness(plan: Plan) -> list[tuple[Item, bool]]:
    """Every item and whether the plan fills it, in STRICTA's order."""
    return [(item, item.filled(plan)) for item in ITEMS]


def missing(plan: Plan) -> list[Item]:
    """The items that every plan wants and this one does not tell."""
    return [item for item, filled in completeness(plan) if not filled and item.need == "plan"]


def needle_count(plan: Plan) -> int:
    """Needles per session: as written, else as the points add up, two where both sides are needled."""
    return plan.record.needles or sum(2 if point.side == "both" else 1 for point in plan.points)
