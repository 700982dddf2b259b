"""How two versions of a plan that began as one come together: every change of either side is kept.

Where both cannot be kept, one's own wins and the other is named as a ``Clash``; nothing is dropped in silence, and
nothing that one took away comes back in silence. A point is the same point by its code (and its turn, where a code
stands twice).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any, TypeVar

from msgspec import Struct, structs

from bodymap.plans.model import MOST_POINTS, Pair, Part, Plan, PlannedPoint

P = TypeVar("P", bound=Part)
Key = tuple[str, ...]


class Clash(Struct, frozen=True):
    """What could not be kept as both have it: whose it is ("" the plan, a code, a pair), its field ("" the whole row),
    and both values. Named as the ``Difference`` that it settles."""

    of: str
    field: str
    mine: Any
    theirs: Any


class Merged(Struct, frozen=True):
    plan: Plan
    clashes: tuple[Clash, ...]
    left_out: tuple[str, ...] = ()
    """Names of the other's rows that found no room in the plan, each a clash too."""


class Difference(Struct, frozen=True):
    """Something that is not alike in two plans. A value of None: the point or pair is not there."""

    of: str
    field: str
    mine: Any
    theirs: Any


def merge(base: Plan | None, mine: Plan, theirs: Plan) -> Merged:
    """Both sides' changes since ``base``. Without a base what is in either is kept, and all that differs is a clash:
    whether one added it or the other took it away cannot be told."""
    clashes: list[Clash] = []
    start = base or Plan()
    values = {
        name: _field("", name, getattr(start, name), getattr(mine, name), getattr(theirs, name), clashes)
        for name in Plan.__struct_fields__
        if name not in {"points", "pairs", "record", "circumstances", "format"}
    }
    values["circumstances"] = _set(start.circumstances, mine.circumstances, theirs.circumstances)
    values["record"] = _fields("record", start.record, mine.record, theirs.record, clashes)
    joined = _rows("pairs", keyed(start.pairs), keyed(mine.pairs), keyed(theirs.pairs), clashes)
    needed = {(code, "0") for pair in joined.values() for code in (pair.first, pair.second)}
    placed = _rows("points", keyed(start.points), keyed(mine.points), keyed(theirs.points), clashes, needed)
    points = _fitting(placed, keyed(mine.points))
    codes = {point.code for point in points.values()}
    ends = {key: pair for key, pair in joined.items() if {pair.first, pair.second} <= codes}
    pairs = _fitting(ends, keyed(mine.pairs))
    left_out = [key for key in (*placed, *joined) if key not in points and key not in pairs]
    clashes += [Clash(named(key), "", None, placed.get(key) or joined.get(key)) for key in left_out]
    if base is None:
        clashes = [Clash(item.of, item.field, item.mine, item.theirs) for item in differences(mine, theirs)]
    plan = Plan(**values, points=tuple(points.values()), pairs=tuple(pairs.values()))
    return Merged(plan, tuple(dict.fromkeys(clashes)), tuple(named(key) for key in left_out))


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
    for rows in ("points", "pairs"):
        ours, others = keyed(getattr(mine, rows)), keyed(getattr(theirs, rows))
        if [key for key in ours if key in others] != [key for key in others if key in ours]:
            found.append(_order(rows, ours, others))
    return found


def _order(rows: str, mine: dict[Key, P], theirs: dict[Key, P]) -> Difference:
    """The order of the points or of the pairs as both have it, by their names."""
    return Difference("", f"order of the {rows}", tuple(map(named, mine)), tuple(map(named, theirs)))


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


def _rows(
    rows: str, base: dict[Key, P], mine: dict[Key, P], theirs: dict[Key, P], clashes: list[Clash],
    needed: Collection[Key] = (),
) -> dict[Key, P]:  # fmt: skip
    """The rows of both, in one's own order, or in the other's if only the other has moved rows. A row that one took
    away and the other changed or needs stays. Where an order cannot be kept, the other's is a clash."""
    found: dict[Key, P] = {}
    own, others = _turned(base, mine, theirs), _turned(base, theirs, mine)
    for key in _sequence(theirs, mine) if others and not own else _sequence(mine, theirs):
        was, one, other = base.get(key), mine.get(key), theirs.get(key)
        left = one or other
        if one and other:
            found[key] = _fields(named(key), was or _blank(one), one, other, clashes)
        elif left and was is None:
            found[key] = left
        elif left and (left != was or key in needed):  # taken away by one, changed or joined by the other
            clashes.append(Clash(named(key), "", one, other))
            found[key] = left
    # Where only one moved rows, one that the other took away and that stays can still part them.
    if (own and others) or _undone(base, mine, found) or _undone(base, theirs, found):
        order = _order(rows, mine, theirs)
        clashes.append(Clash(order.of, order.field, order.mine, order.theirs))
    return found


def _undone(base: dict[Key, P], rows: dict[Key, P], merged: dict[Key, P]) -> bool:
    """Whether two rows that were moved past each other here stand in the base's order again."""
    was, now = ({key: place for place, key in enumerate(side)} for side in (base, merged))
    kept = [key for key in rows if key in was and key in now]
    return any(was[one] > was[two] and now[one] > now[two] for one, two in combinations(kept, 2))


def _sequence(first: dict[Key, P], second: dict[Key, P]) -> list[Key]:
    """The rows in the first side's order; what only the second has stands behind the row that it follows there."""
    found = list(first)
    for place, key in enumerate(second):
        if key not in first:
            before = next((other for other in list(second)[:place][::-1] if other in found), None)
            found.insert(found.index(before) + 1 if before else 0, key)
    return found


def _turned(base: dict[Key, P], rows: dict[Key, P], others: dict[Key, P]) -> bool:
    """Whether two rows stand here in an order that neither the base nor the other side gives them."""
    was, other = ({key: place for place, key in enumerate(side)} for side in (base, others))
    common = [key for key in rows if key in other]
    return any(
        other[one] > other[two] and not (one in was and two in was and was[one] < was[two])
        for one, two in combinations(common, 2)
    )


def _fitting(rows: dict[Key, P], mine: Collection[Key]) -> dict[Key, P]:
    """As many rows as a plan holds, the other's last ones left out."""
    spare = [key for key in rows if key not in mine][::-1]
    gone = set(spare[: max(len(rows) - MOST_POINTS, 0)])
    return {key: row for key, row in rows.items() if key not in gone}


def _blank(row: P) -> P:
    """A row of the same name that says nothing: what two that both added it began from."""
    names = {name: getattr(row, name) for name in ("code", "first", "second") if hasattr(row, name)}
    return type(row)(**names)
