"""Whether what refers to something leads there: every field that names an entry of another list. Knows no texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct

from bodymap import library, model
from bodymap.library import Fault, Library, within

FIELDS: tuple[tuple[type[Any], str, str], ...] = (
    # the type of the part that refers, its field, what it refers to
    (model.Point, "channel", "channels"), (model.Needling, "technique", "techniques"),
    (model.Region, "conditions", "conditions"), (model.Region, "red_flags", "red_flags"),
    (model.Region, "view", "views"), (model.RegionPoint, "code", "points"), (model.Zone, "parent", "zones"),
    (model.Condition, "region", "regions"), (model.Condition, "red_flags", "red_flags"),
    (model.Condition, "claims", "claims"), (model.Condition, "techniques", "techniques"),
    (model.ConditionPoint, "code", "points"), (model.Technique, "claims", "claims"),
    (model.Technique, "cautions", "cautions"), (model.Technique, "views", "views"),
    (model.Technique, "zones", "kinds of zones"), (model.TechniquePoints, "condition", "conditions"),
    (model.TechniquePoints, "codes", "points"), (model.TechniquePoints, "pairs", "points"),
    (model.Couple, "codes", "points"), (model.Claim, "points", "points"), (model.Claim, "conditions", "conditions"),
    (model.Claim, "techniques", "techniques"), (model.Caution, "points", "points"),
    (model.Caution, "techniques", "techniques"), (model.Caution, "circumstance", "circumstances"),
    (model.Effect, "claim", "claims"), (model.Regimen, "codes", "points"), (model.Section, "claims", "claims"),
    (model.Section, "cautions", "cautions"), (model.Section, "red_flags", "red_flags"),
    (model.Category, "points", "points of channels"), (library.OldNumber, "code", "points of channels"),
    (model.Placement, "code", "points"), (model.Placement, "view", "views"), (model.Shape, "slug", "zones and courses"),
    (model.Shape, "view", "views"), (model.Mark, "code", "points"), (model.Mark, "view", "views"),
    (library.Inside, "zone", "zones"), (library.Inside, "code", "points"),
)  # fmt: skip
FIGURE = ("placements", "shapes", "marks", "inside")
"""Lists that ``bodymap figure`` writes, by file."""


def faults(content: Library) -> Iterator[Fault]:
    """References that lead nowhere, each once."""
    known = targets(content)
    found = {}
    referring = defaultdict[type[Any], list[tuple[str, str]]](list)
    for kind, field, target in FIELDS:
        referring[kind].append((field, target))
    for file, name, entry in (*library.entries(content), *_rows(content)):
        for part in within(entry, Struct):
            for field, target in referring[type(part)]:
                for reference in _named(getattr(part, field)):
                    if reference not in known[target]:
                        fault = dangling(file, name, field, reference, target)
                        found[str(fault)] = fault
    yield from found.values()


def dangling(file: str, name: str, field: str, reference: str, target: str) -> Fault:
    return Fault(file, name, f"refers to unknown {field} “{reference}”", f"Use an entry of {target}")


def targets(content: Library) -> dict[str, Collection[str]]:
    """What there is to refer to, by the name of its list."""
    lists = ("channels", "points", "regions", "zones", "conditions", "techniques", "cautions", "circumstances",
             "red_flags", "claims", "sources", "views")  # fmt: skip
    known: dict[str, Collection[str]] = {
        name: {library.key(entry) for entry in getattr(content, name)} for name in lists
    }
    numbered = {f"{channel.code}{number}" for channel in content.channels for number in range(1, channel.count + 1)}
    return known | {
        "points of channels": {*known["points"], *numbered},
        "kinds of zones": {zone.kind for zone in content.zones},
        "zones and courses": {*known["zones"], *(f"channel-{code}" for code in known["channels"])},
    }


def _rows(content: Library) -> Iterator[tuple[str, str, Any]]:
    for table in FIGURE:
        for row in getattr(content, table):
            yield f"{table}.csv", str(getattr(row, "code", "") or row.slug), row
    for row in content.numbering:
        yield "numbering.csv", row.code, row


def _named(value: Any) -> Iterator[str]:
    """The names in a field, however they are nested; an empty one refers to nothing."""
    if isinstance(value, str):
        yield from filter(None, (value,))
    else:
        for part in value:
            yield from _named(part)
