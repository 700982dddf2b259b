"""Where a plan may start: the conditions of the atlas, and the schedules of trials from ``data/plan_templates.toml``.

A template says whose it is and how sure that is. What no source tells (depths above all) it leaves empty.
"""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from bodymap.atlas import Atlas
from bodymap.model import Condition, Entry, Strength, Verified
from bodymap.plans.changes import angle, over_lung
from bodymap.plans.model import Plan, PlannedPoint, PlanSide, Record
from bodymap.safety import BY_HAND
from bodymap.share import DATA

USUAL_GAUGE, USUAL_LENGTH = 0.25, 40.0
"""The needle of the 2024 sciatica trial in mm, within the usual sizes that ``techniques.toml`` names."""
DEEP_ENOUGH = 0.8
"""Cun. The usual needle is offered only where a source needles at least so deep and no lung lies beneath."""


class Template(Entry, frozen=True, rename={"audience": "for"}):
    """A start: a plan, and whose it is. ``audience``: for which complaint; ``told``: what it gives and what not."""

    slug: str
    name: str
    audience: str
    told: str
    strength: Strength
    sources: tuple[str, ...]
    plan: Plan
    verified: Verified = "yes"


@cache
def trials() -> dict[str, Template]:
    """The trials' schedules by slug."""
    raw = tomllib.loads((DATA / "plan_templates.toml").read_text(encoding="utf-8"))
    return {entry.slug: entry for entry in msgspec.convert(raw["template"], list[Template])}


def start(slug: str, atlas: Atlas) -> Plan | None:
    """The plan that a template starts with; None if there is no such template. "" starts with nothing."""
    if slug == "":
        return Plan()
    if slug in atlas.conditions:
        return of_condition(atlas.conditions[slug], atlas)
    return trials()[slug].plan if slug in trials() else None


def of_condition(condition: Condition, atlas: Atlas) -> Plan:
    """The atlas's points for a condition in their order, with what is usual where a source reaches deep enough."""
    sources = dict.fromkeys(source for item in condition.points for source in item.reason.sources)
    known = [source for source in sources if source in atlas.sources]
    return Plan(
        title=condition.name,
        condition=condition.slug,
        points=tuple(usual(item.code, atlas) for item in condition.points if item.code in atlas.points),
        record=Record(
            style="Traditional Chinese",
            rationale=f"The points of the Bodymap atlas for {condition.name.lower()}, to choose from.",
            sources=tuple(known[:20]),
            variation="partly",
        ),
    )


def usual(code: str, atlas: Atlas) -> PlannedPoint:
    """A point as it is usually needled by hand; depth is left to the practitioner."""
    point = atlas.points[code]
    side: PlanSide = "midline" if point.midline else "both"
    depths = [item.depth[1] for item in point.needling if item.technique == BY_HAND and item.depth]
    if not depths or max(depths) < DEEP_ENOUGH or over_lung(code, atlas):
        return PlannedPoint(code, side=side, angle=angle(code, atlas))
    return PlannedPoint(
        code, side=side, gauge=USUAL_GAUGE, length=USUAL_LENGTH, angle=angle(code, atlas), retention=20,
        stimulation="By hand", response="De qi",
    )  # fmt: skip
