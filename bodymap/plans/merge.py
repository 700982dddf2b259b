"""How two versions of a plan that began as one come together: every change of either side is kept.

Where both changed the same field to different things, one's own wins and the other is named as a ``Clash``; nothing is
dropped in silence. A point is the same point by its code (and its turn, where a code stands twice).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from msgspec import Struct, structs

from bodymap.plans.model import MOST_POINTS, Pair, Part, Plan, PlannedPoint

P = TypeVar("P", bound=Part)
Key = tuple[str, ...]


class Clash(Struct, frozen=True):
    """A field that both changed: whose it is ("" the plan, a code, a pair), its name, and both values."""

    of: str
    field: str
    mine: Any
    theirs: Any


class Merged(Struct, frozen=True):
    plan: Plan
    clashes: tuple[Clash, ...]


class Difference(Struct, frozen=True):
    """Something that is not alike in two plans. A value of None: the point or pair is not there."""

    of: str
    field: str
    mine: Any
    theirs: Any


def merge(base: Plan | None, mine: Plan, theirs: Plan) -> Merged:
    """Both sides' changes since ``base``. Without a base, what is in either is kept, and one's own wins."""
    clashes: list[Clash] = []
    start = base or Plan()
    values = {
        name: _field("", name, getattr(start, name), getattr(mine, name), getattr(theirs, name), clashes)
        for name in Plan.__struct_fields__
        if name not in {"points", "pairs", "record", "circumstances", "format"}
    }
    values["circumstances"] = _set(start.circumstances, mine.circumstances, theirs.circumstances)
    values["record"] = _fields("record", start.record, mine.record, theirs.record, clashes)
    points = _rows(keyed(start.points), keyed(mine.points), keyed(theirs.points), clashes)
    codes = {point.code for point in points}
    pairs = _rows(keyed(start.pairs), keyed(mine.pairs), keyed(theirs.pairs), clashes)
    values["points"] = tuple(points[:MOST_POINTS])
    values["pairs"] = tuple(pair for pair in pairs if {pair.first, pair.second} <= codes)[:MOST_POINTS]
    return Merged(Plan(**values), tuple(clashes))


def differences(mine: Plan, theirs: Plan) -> list[Difference]:
    """All that is not alike, in the order of a plan's fields; the order of the points is one of them."""
    found = [
        Difference("", name, getattr(mine, name), getattr(theirs, name))
        for name in Plan.__struct_fields__
        if name not in {"points", "pairs", "record"} and getattr(mine, name) != getattr(theirs, name)
    ]
    found += _unlike("record", mine.record, theirs.record)
    for ours, others in ((keyed(mine.points), keyed(theirs.points)), (keyed(mine.pairs), keyed(theirs.pairs))):
        for key in dict.fromkeys((*ours, *others)):
            one, other = ours.get(key), others.get(key)
            if one and other:
                found += _unlike(named(key), one, other)
            elif one or other:
                found.append(Difference(named(key), "", one, other))
    both = [code for code in mine.codes if code in theirs.codes]
    if both != [code for code in theirs.codes if code in mine.codes]:
        found.append(Difference("", "order of the points", mine.codes, theirs.codes))
    return found


def keyed(rows: Sequence[PlannedPoint] | Sequence[Pair]) -> dict[Key, Any]:
    """The rows by what makes each the same row in two versions."""
    found: dict[Key, Any] = {}
    for row in rows:
        name = (row.code,) if isinstance(row, PlannedPoint) else (row.first, row.second)
        turn = sum(key[:-1] == name for key in found)
        found[(*name, str(turn))] = row
    return found


def named(key: Key) -> str:
    """A row's name for people: its code, or its two codes."""
    return "–".join(key[:-1])


def _unlike(of: str, mine: Part, theirs: Part) -> list[Difference]:
    return [
        Difference(of, name, getattr(mine, name), getattr(theirs, name))
        for name in mine.__struct_fields__
        if getattr(mine, name) != getattr(theirs, name)
    ]


def _field(of: str, name: str, base: Any, mine: Any, theirs: Any, clashes: list[Clash]) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    clashes.append(Clash(of, name, mine, theirs))
    return mine


def _fields(of: str, base: P, mine: P, theirs: P, clashes: list[Clash]) -> P:
    values = {
        name: _field(of, name, getattr(base, name), getattr(mine, name), getattr(theirs, name), clashes)
        for name in mine.__struct_fields__
    }
    return structs.replace(mine, **values)


def _set(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """What either ticked and what neither took away."""
    gone = (set(base) - set(mine)) | (set(base) - set(theirs))
    return tuple(slug for slug in dict.fromkeys((*mine, *theirs)) if slug not in gone)


def _rows(base: dict[Key, P], mine: dict[Key, P], theirs: dict[Key, P], clashes: list[Clash]) -> list[P]:
    """One's own rows in one's own order, with the other's new ones behind the row that they follow there; if only the
    other has moved rows, in the other's order. A row that one took away and the other changed stays."""
    shared = [key for key in mine if key in theirs and key in base]
    moved = shared != [key for key in base if key in mine and key in theirs]
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    for place, key in enumerate(second):
        if key not in first:
            before = next((other for other in list(second)[:place][::-1] if other in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)
    rows = []
    for key in order:
        was, one, other = base.get(key), mine.get(key), theirs.get(key)
        if one and other:
            rows.append(_fields(named(key), was or _blank(one), one, other, clashes))
        elif (left := one or other) and was is None:
            rows.append(left)
        elif left and left != was:  # taken away by one, changed by the other
            clashes.append(Clash(named(key), "", one, other))
            rows.append(left)
    return rows


def _blank(row: P) -> P:
    """A row of the same name that says nothing: what two that both added it began from."""
    names = {name: getattr(row, name) for name in ("code", "first", "second") if hasattr(row, name)}
    return type(row)(**names)
