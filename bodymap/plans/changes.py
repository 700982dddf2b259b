"""What a practitioner does to a plan in one gesture: add, move, remove, use for all, join. Each answers a new plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import structs

from bodymap.atlas import Atlas
from bodymap.plans.model import MOST_POINTS, Pair, PairSide, Plan, PlannedPoint, alongside
from bodymap.plans.reading import canonical
from bodymap.safety import BY_HAND

SAME_HAND = ("technique", "gauge", "length", "retention", "stimulation", "response")
"""What one point lends to another. Never its depth, its layer or its angle: what is right over one place can reach a
lung or a vessel at the next, so these stay each point's own, told by its sources and set by hand."""


def meant(words: str, atlas: Atlas) -> tuple[list[str], list[str]]:
    """The codes that words name ("BL23, UB 40 GV3", a name in any spelling), and what names none or several."""
    codes: list[str] = []
    unknown: list[str] = []
    for part in re.split(r"[,;\n]+", words):
        whole = canonical(part.strip(), atlas) if part.strip() else None
        pieces = [part] if whole else part.split()
        for piece in pieces:
            code = whole or canonical(piece, atlas)
            if code:
                codes.append(code)
        missed = [] if whole else [piece for piece in pieces if not canonical(piece, atlas)]
        if missed:  # "UB 23 of old" is one thing that was not understood, not four
            unknown.append(" ".join(missed) if len(missed) < len(pieces) else part.strip())
    return codes, unknown


def lender(plan: Plan) -> PlannedPoint | None:
    """The last point that says how it is needled; None where none does."""
    return next((point for point in plan.points[::-1] if set(hand(point).values()) - {None, ""}), None)


def hand(point: PlannedPoint) -> dict[str, Any]:
    """What a point lends to another, by field."""
    return {name: getattr(point, name) for name in SAME_HAND}


def add(plan: Plan, codes: Sequence[str], atlas: Atlas, like: PlannedPoint | None = None) -> Plan:
    """The plan with further points at its end, needled ``like`` another; those it holds already are left out."""
    fresh = [code for code in dict.fromkeys(codes) if code not in plan.codes]
    points = [
        PlannedPoint(code, side="midline" if atlas.points[code].midline else "both", angle=angle(code, atlas))
        for code in fresh
    ]
    points = [_needled(like, point, atlas) for point in points] if like else points
    return structs.replace(plan, points=(*plan.points, *points)[:MOST_POINTS])


def _needled(like: PlannedPoint, point: PlannedPoint, atlas: Atlas) -> PlannedPoint:
    """The point needled as another is. Over a lung no length is lent: a long needle invites depth there."""
    own = {"length": point.length} if over_lung(point.code, atlas) else {}
    return structs.replace(point, **hand(like) | own)


def over_lung(code: str, atlas: Atlas) -> bool:
    """Whether a deep needle could reach a lung here."""
    return any(caution.kind == "pneumothorax" for caution in atlas.cautions_of(code))


def meant_for(plan: Plan, about: str, atlas: Atlas) -> Plan:
    """The plan with the condition and the title of a condition or region (a slug), where it has none of its own. A
    region names a condition only if it is the only one there."""
    condition, region = atlas.conditions.get(about), atlas.regions.get(about)
    entry = condition or region
    if entry is None or (plan.condition and plan.condition != about):
        return plan
    slugs = (about,) if condition else region.conditions if region else ()
    known = plan.condition or (slugs[0] if len(slugs) == 1 else "")
    return structs.replace(plan, title=plan.title or entry.name, condition=known)


def angle(code: str, atlas: Atlas) -> str:
    """The angle that the first source gives for needling by hand; "" where none does."""
    given = [item.angle for item in atlas.points[code].needling if item.technique == BY_HAND]
    return given[0][:80] if given else ""


def move(plan: Plan, place: int, by: int) -> Plan:
    """The plan with one point moved up (-1) or down (1); at the end it stays."""
    points = list(plan.points)
    target = min(max(place + by, 0), len(points) - 1)
    points.insert(target, points.pop(place))
    return structs.replace(plan, points=tuple(points))


def remove(plan: Plan, place: int) -> Plan:
    """The plan without a point and without the pairs that it was joined in."""
    points = tuple(point for row, point in enumerate(plan.points) if row != place)
    codes = {point.code for point in points}
    pairs = tuple(pair for pair in plan.pairs if {pair.first, pair.second} <= codes)
    return structs.replace(plan, points=points, pairs=pairs)


def use_for_all(plan: Plan, place: int) -> Plan:
    """Every point needled as this one is; depth, angle and layer stay each point's own."""
    lent = hand(plan.points[place])
    return structs.replace(plan, points=tuple(structs.replace(point, **lent) for point in plan.points))


def needle_like(plan: Plan, like: PlannedPoint, atlas: Atlas) -> Plan:
    """Every point needled as a point of another plan was."""
    return structs.replace(plan, points=tuple(_needled(like, point, atlas) for point in plan.points))


def join(plan: Plan, first: str, second: str) -> Plan:
    """The plan with two of its points joined by current, set as the pair before was, on the side of their needles."""
    before = plan.pairs[-1] if plan.pairs else Pair(first, second, minutes=20)
    pair = structs.replace(before, first=first, second=second, side=_side(plan.sides(first), plan.sides(second)))
    return structs.replace(plan, pairs=(*plan.pairs, pair)[:MOST_POINTS])


def _side(one: set[str], two: set[str]) -> PairSide:
    """Where a pair lies whose two points have their needles on these sides."""
    if one == two == {"midline"}:
        return "midline"
    along = alongside(one, two)
    if len(along) == 2:
        return "both"
    return "across" if not along else "left" if "left" in along else "right"


def part(plan: Plan, place: int) -> Plan:
    """The plan without one of its pairs."""
    return structs.replace(plan, pairs=tuple(pair for row, pair in enumerate(plan.pairs) if row != place))


def carry(plan: Plan, last: Plan) -> Plan:
    """A new plan with what stays the same from one to the next: who treats, where, what is told, whom to call."""
    lasting = ("style", "make", "setting", "information", "qualification", "years", "experience", "stop_rule")
    lent = {name: getattr(plan.record, name) or getattr(last.record, name) for name in lasting}
    return structs.replace(
        plan, contact=plan.contact or last.contact, advice=plan.advice or last.advice,
        record=structs.replace(plan.record, **lent),
    )  # fmt: skip
