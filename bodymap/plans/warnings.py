"""What to mind in a plan: points that the patient's circumstances mark, and combinations that no single point shows.

Says what and where; the words of each stand in the atlas's cautions and in the page. Never blocks: a plan is kept
whatever it says, but a point that is blocked without a written reason is left out of all that is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, structs

from bodymap.atlas import Atlas
from bodymap.model import Caution, Needling, Placement, Trunk
from bodymap.plans.model import Pair, Plan, PlannedPoint, alongside
from bodymap.safety import BY_HAND, Mark, MarkLevel
from bodymap.safety import marks as marks_of

CURRENT = "electroacupuncture"
SMALL, LARGE = 20.0, 25.0
"""One cun (stature / 75) of a person of 150 cm and of 188 cm, in mm: a person's own is taken to lie between them."""
LEG = ("BL", "GB", "ST", "SP", "KI", "LR", "EX")
"""Channels that run down the legs, and the points beyond the channels."""
ACROSS, CHEST_WALL, BOTH_LUNGS, NO_SAFE_DEPTH = "SE02", "SE05", "SL10", "SO06"
"""Ids of the atlas's cautions that tell why."""

Kind = Literal["reason", "no-current", "across", "across-legs", "spine", "through-chest", "over-chest", "limb-chest",
               "no-needle", "current", "lungs", "depth", "short"]  # fmt: skip


class Concern(Struct, frozen=True):
    """Something to mind: what kind, how grave, which points, the form's field, and the caution that says why."""

    kind: Kind
    level: MarkLevel
    codes: tuple[str, ...]
    path: str
    caution: Caution | None = None
    planned: float = 0.0
    """For a depth: the deepest planned, in mm; for a short needle its depth."""
    limit: float = 0.0
    """For a depth: the deepest that a source gives, in cun; for a short needle its length in mm."""
    sources: tuple[str, ...] = ()


def marks(plan: Plan, atlas: Atlas) -> list[Mark | None]:
    """For each point what the patient's circumstances say of it with its technique. A current that joins it with
    another is the pair's own matter: where that is blocked the needle may still stay."""
    found = marks_of(atlas, plan.circumstances)
    return [found.of(point.code, point.technique or BY_HAND) for point in plan.points]


def current(plan: Plan, atlas: Atlas) -> Mark | None:
    """What the patient's circumstances say of current through needles."""
    return marks_of(atlas, plan.circumstances).techniques.get(CURRENT)


def unreasoned(plan: Plan, atlas: Atlas) -> list[int]:
    """The places of the points that are blocked for this patient and have no written reason to stay."""
    return [
        place
        for place, (point, mark) in enumerate(zip(plan.points, marks(plan, atlas), strict=True))
        if mark and mark.level == "blocked" and not point.reason.strip()
    ]


def standing(plan: Plan, atlas: Atlas) -> Plan:
    """The plan as it may be handed over: without points that are blocked for no written reason, and their pairs; and
    without any current where the patient's circumstances block it."""
    blocked = current(plan, atlas)
    gone = set(unreasoned(plan, atlas))
    points = tuple(point for place, point in enumerate(plan.points) if place not in gone)
    codes = {point.code for point in points}
    kept = () if blocked and blocked.level == "blocked" else plan.pairs
    pairs = tuple(pair for pair in kept if {pair.first, pair.second} <= codes)
    return structs.replace(plan, points=points, pairs=pairs)


def concerns(plan: Plan, atlas: Atlas) -> list[Concern]:
    """All there is to mind beyond the single points' marks, gravest first."""
    found = [
        Concern("reason", "blocked", (plan.points[place].code,), f"p{place}-reason")
        for place in unreasoned(plan, atlas)
    ]
    against = current(plan, atlas)
    for place, pair in enumerate(plan.pairs):
        found += _of_pair(pair, plan, f"x{place}-first", atlas)
        if against:
            codes = (pair.first, pair.second)
            found.append(Concern("no-current", against.level, codes, f"x{place}-first", against.cautions[0]))
    found += _of_lungs(plan, atlas)
    for place, point in enumerate(plan.points):
        found += _of_depth(point, f"p{place}-depth_to", atlas)
    order = ("blocked", "caution", "ask")
    return sorted(found, key=lambda concern: order.index(concern.level))


def _of_pair(pair: Pair, plan: Plan, path: str, atlas: Atlas) -> Iterator[Concern]:
    """Where the current of a pair would run: across the body, through or over the chest, along the spine."""
    codes = (pair.first, pair.second)
    across, chest_wall = atlas.cautions.get(ACROSS), atlas.cautions.get(CHEST_WALL)
    first, second = (_sides(code, plan, atlas) for code in codes)
    crosses = pair.side == "across" or not alongside(first, second)
    if crosses:
        legs = all(_on_leg(code, atlas) for code in codes)
        yield Concern("across-legs" if legs else "across", "caution" if legs else "blocked", codes, path, across)
    if not _stands(pair, first, second):
        yield Concern("no-needle", "caution", codes, path.replace("first", "side"))
    midline = {code for code in codes if code in atlas.points and atlas.points[code].midline}
    if midline & (atlas.inside("spinal-canal") | {code for code in midline if code.startswith("GV")}):
        yield Concern("spine", "caution", codes, path, across)
    over = atlas.inside("lung-field") | atlas.inside("heart")
    chest = over | {code for code in midline if _level_with(code, over, atlas)}
    limbs = {code for code in codes if _on_arm(code, atlas) or _on_leg(code, atlas)}
    if set(codes) <= chest and {side for code in codes for side in _faces(code, atlas)} == {"front", "back"}:
        if not crosses:
            yield Concern("through-chest", "blocked", codes, path, across)
    elif set(codes) <= over:
        yield Concern("over-chest", "caution", codes, path, chest_wall)
    elif limbs and set(codes) & chest - limbs:
        yield Concern("limb-chest", "caution", codes, path, across)
    for code in dict.fromkeys(codes):
        for caution in atlas.cautions_of(code):
            if caution.kind == "electroacupuncture" and not caution.circumstance:
                level: MarkLevel = "blocked" if caution.level == "avoid" else "caution"
                yield Concern("current", level, (code,), path, caution)


def _sides(code: str, plan: Plan, atlas: Atlas) -> set[str]:
    """Where a point's needles stand: a point of the midline there, whatever side the plan gives it, and one that the
    plan does not hold on both sides, so that nothing is said of it."""
    return {"midline"} if code in atlas.points and atlas.points[code].midline else plan.sides(code) or {"left", "right"}


def _stands(pair: Pair, first: set[str], second: set[str]) -> bool:
    """Whether both points have a needle where the pair says that it lies."""
    if pair.side in {"left", "right"}:
        return pair.side in alongside(first, second)
    if pair.side == "midline":
        return first == second == {"midline"}
    mirrored = {{"left": "right", "right": "left"}.get(side, side) for side in second}
    return pair.side != "across" or bool(alongside(first, mirrored))


def _level_with(code: str, others: set[str], atlas: Atlas) -> bool:
    """Whether a point lies as high as others do that are seen from before: between the top and the bottom one."""
    heights = [spot.y for other in others for spot in _seen(other, atlas) if spot.view == "front"]
    return any(min(heights) <= spot.y <= max(heights) for spot in _seen(code, atlas)) if heights else False


def _seen(code: str, atlas: Atlas) -> list[Placement]:
    """Where a point is seen on the whole body from before and from behind; both are drawn to one scale."""
    return [spot for spot in atlas.placements_of(code, "female") if spot.visible and spot.view in {"front", "back"}]


def _on_arm(code: str, atlas: Atlas) -> bool:
    """Whether a point lies further out than the tip of the shoulder: the arms are drawn held away from the body. Above
    the knee, since the little toe stands out as far."""
    view = atlas.views["female", "front"]
    half = view.width / 2
    tip = abs(view.landmarks.get("acromion-left", (0.0, 0.0))[0] - half)
    knee = view.landmarks.get("patella-apex-left", (0.0, view.height))[1]
    return any(abs(spot.x - half) > tip and spot.y < knee for spot in _seen(code, atlas))


def _on_leg(code: str, atlas: Atlas) -> bool:
    """Whether a point lies below the crease under the buttock, as drawn from behind and from before."""
    point = atlas.points.get(code)
    if point is None or point.channel not in LEG or _on_arm(code, atlas):
        return False
    crease = atlas.views["female", "back"].landmarks.get("gluteal-fold-left", (0.0, 0.0))[1]
    places = [spot for spot in atlas.placements_of(code, "female") if spot.view in {"front", "back", "left"}]
    return bool(places) and min(spot.y for spot in places) >= crease


def _faces(code: str, atlas: Atlas) -> set[str]:
    """On which side of the trunk a point lies: "front" or "back"; empty where neither is said."""
    place = atlas.points[code].place
    if isinstance(place, Trunk) and place.face != "side":
        return {place.face}
    seen = {spot.view for spot in _seen(code, atlas)}
    return seen if len(seen) == 1 else set()


def _of_lungs(plan: Plan, atlas: Atlas) -> Iterator[Concern]:
    """Needles over both lungs in one session. A code that stands for many places, as EX-B2, is not judged by it."""
    over = atlas.inside("lung-field")
    points = [point for point in plan.points if point.code in over and not atlas.points[point.code].others]
    sides = {side for point in points for side in (("left", "right") if point.side == "both" else (point.side,))}
    if {"left", "right"} <= sides:
        codes = tuple(dict.fromkeys(point.code for point in points if point.side != "midline"))
        place = next(row for row, point in enumerate(plan.points) if point.code == codes[0])
        yield Concern("lungs", "caution", codes, f"p{place}-side", atlas.cautions.get(BOTH_LUNGS))


def _of_depth(point: PlannedPoint, path: str, atlas: Atlas) -> Iterator[Concern]:
    """A depth beyond what any source gives for the point, a cun being a small person's; a needle that is too short."""
    if point.depth is None:
        return
    deepest, why = point.depth[1], atlas.cautions.get(NO_SAFE_DEPTH)
    limit = _limit(point, atlas)
    if limit and limit.depth and deepest > limit.depth[1] * SMALL:
        yield Concern("depth", "caution", (point.code,), path, why, deepest, limit.depth[1], limit.sources)
    if point.length and deepest > point.length:
        yield Concern("short", "caution", (point.code,), path, None, deepest, point.length)


def _limit(point: PlannedPoint, atlas: Atlas) -> Needling | None:
    """The source that needles the point deepest with this technique, or with any if none names it."""
    given = [item for item in atlas.points[point.code].needling if item.depth] if point.code in atlas.points else []
    same = [item for item in given if item.technique == (point.technique or BY_HAND)]
    return max(same or given, key=lambda item: item.depth[1] if item.depth else 0.0, default=None)
