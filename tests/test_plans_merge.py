"""Two versions of a plan come together: every change of either is kept, and what both changed is named."""

from itertools import combinations
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as some
from msgspec import structs

from bodymap.plans.merge import Clash, Merged, differences, keyed, merge, named
from bodymap.plans.model import MOST_POINTS, Pair, Part, Plan, PlannedPoint, Record

BASE = Plan(
    title="Sciatica", sessions=10, circumstances=("pregnancy",), record=Record(style="TCM"),
    points=(PlannedPoint("BL23"), PlannedPoint("BL40"), PlannedPoint("GB30")), pairs=(Pair("BL23", "BL40"),),
)  # fmt: skip
CODES = ["BL23", "BL25", "BL40", "GB30", "GB34", "KI3"]
POINTS = some.lists(
    some.builds(PlannedPoint, code=some.sampled_from(CODES), note=some.sampled_from(["", "a", "b"]),
                side=some.sampled_from(["both", "left"])), max_size=6,
).map(tuple)  # fmt: skip
PLANS = some.builds(
    Plan, title=some.sampled_from(["", "A", "B"]), sessions=some.none() | some.integers(1, 3), points=POINTS,
    circumstances=some.lists(some.sampled_from(["pregnancy", "epilepsy"]), unique=True).map(tuple),
    record=some.builds(Record, style=some.sampled_from(["", "TCM", "Western"])),
)  # fmt: skip
PAIRS = some.lists(
    some.builds(Pair, first=some.sampled_from(CODES), second=some.sampled_from(CODES),
                hz=some.sampled_from([None, 2.0])), max_size=3,
)  # fmt: skip


def joined(codes: list[str], note: str, pairs: list[Pair], **values: Any) -> Plan:
    """A plan with each code and pair once, so that a row's name says which it is in every version of the plan."""
    points = (PlannedPoint(code, note=note if place == 0 else "") for place, code in enumerate(codes))
    kept = {(pair.first, pair.second): pair for pair in pairs if pair.first != pair.second}
    ends = tuple(pair for both, pair in kept.items() if set(both) <= set(codes))
    return Plan(points=tuple(points), pairs=ends, **values)


JOINED = some.builds(
    joined, codes=some.permutations(CODES).flatmap(lambda codes: some.integers(3, 5).map(lambda most: codes[:most])),
    note=some.sampled_from(["", "a", "b"]), pairs=PAIRS, title=some.sampled_from(["", "A", "B"]),
    record=some.builds(Record, style=some.sampled_from(["", "TCM", "Western"])),
)  # fmt: skip


def changed(**changes: object) -> Plan:
    return structs.replace(BASE, **changes)


@given(PLANS, PLANS)
def test_where_only_one_changed_the_other_takes_it(base: Plan, other: Plan) -> None:
    assert merge(base, base, other).plan.points == other.points
    assert sets(merge(base, base, other).plan) == sets(other)
    assert merge(base, other, base).plan.points == other.points
    assert sets(merge(base, other, base).plan) == sets(other)
    assert merge(base, other, base).clashes == merge(base, base, other).clashes == ()


def sets(plan: Plan) -> Plan:
    return structs.replace(plan, circumstances=tuple(sorted(plan.circumstances)))


@given(PLANS, PLANS, PLANS)
def test_nothing_that_either_added_is_lost(base: Plan, mine: Plan, theirs: Plan) -> None:
    merged = merge(base, mine, theirs).plan
    added = (set(mine.codes) | set(theirs.codes)) - set(base.codes)
    assert added <= set(merged.codes)
    ticked = (set(mine.circumstances) | set(theirs.circumstances)) - set(base.circumstances)
    assert ticked <= set(merged.circumstances)


@given(PLANS, PLANS, PLANS)
def test_what_both_changed_is_named_and_ones_own_stays(base: Plan, mine: Plan, theirs: Plan) -> None:
    merged = merge(base, mine, theirs)
    both = base.title != mine.title != theirs.title != base.title
    assert (Clash("", "title", mine.title, theirs.title) in merged.clashes) == both
    if both:
        assert merged.plan.title == mine.title


@given(PLANS, PLANS)
def test_the_same_change_twice_is_one(base: Plan, both: Plan) -> None:
    merged = merge(base, both, both)
    assert (merged.plan.points, merged.clashes) == (both.points, ())


def test_changes_in_different_fields_of_one_point_are_both_kept() -> None:
    mine = changed(points=(PlannedPoint("BL23", side="left"), *BASE.points[1:]))
    theirs = changed(points=(PlannedPoint("BL23", note="slowly"), *BASE.points[1:]))
    assert merge(BASE, mine, theirs).plan.points[0] == PlannedPoint("BL23", side="left", note="slowly")


def test_points_added_by_both_stand_where_each_put_them() -> None:
    mine = changed(points=(PlannedPoint("GV3", "midline"), *BASE.points))
    theirs = changed(points=(*BASE.points, PlannedPoint("BL57")))
    assert merge(BASE, mine, theirs).plan.codes == ("GV3", "BL23", "BL40", "GB30", "BL57")


def test_an_order_that_only_the_other_changed_is_taken() -> None:
    theirs = changed(points=BASE.points[::-1])
    assert merge(BASE, changed(title="Mine"), theirs).plan.codes == ("GB30", "BL40", "BL23")
    assert merge(BASE, theirs, changed(title="Other")).plan.codes == ("GB30", "BL40", "BL23")


def test_a_point_that_one_removed_and_the_other_left_alone_goes_with_its_pair() -> None:
    merged = merge(BASE, changed(points=BASE.points[1:], pairs=()), changed(title="Other"))
    assert merged.plan.codes == ("BL40", "GB30")
    assert merged.plan.pairs == ()
    assert merged.clashes == ()


def test_a_point_that_one_removed_and_the_other_changed_stays_and_is_named() -> None:
    theirs = changed(points=(PlannedPoint("BL23", note="important"), *BASE.points[1:]))
    merged = merge(BASE, changed(points=BASE.points[1:], pairs=()), theirs)
    assert merged.plan.points[0].note == "important"
    assert [clash.of for clash in merged.clashes] == ["BL23"]


def test_without_a_base_what_is_in_either_is_kept_and_all_that_differs_is_named() -> None:
    mine, theirs = (
        Plan(points=(PlannedPoint("BL23", note="m"), PlannedPoint("BL40"))),
        Plan(title="T", points=(PlannedPoint("BL23", note="t"),)),
    )
    merged = merge(None, mine, theirs)
    assert (merged.plan.title, merged.plan.codes) == ("T", ("BL23", "BL40"))
    assert merged.plan.points[0].note == "m"
    assert merged.clashes == (
        Clash("", "title", "", "T"), Clash("BL23", "note", "m", "t"), Clash("BL40", "", PlannedPoint("BL40"), None),
    )  # fmt: skip


def test_a_point_that_one_removed_and_the_other_joined_by_current_stays_and_is_named() -> None:
    pair = Pair("BL40", "GB30", hz=2)
    mine, theirs = changed(pairs=(*BASE.pairs, pair)), changed(points=BASE.points[:2])
    for merged in (merge(BASE, mine, theirs), merge(BASE, theirs, mine)):
        assert merged.plan.codes == BASE.codes
        assert merged.plan.pairs == (*BASE.pairs, pair)
        assert [(clash.of, clash.field) for clash in merged.clashes] == [("GB30", "")]


def test_where_both_moved_points_ones_own_order_stays_and_the_others_is_named() -> None:
    one, two, three = BASE.points
    mine, theirs = changed(points=(two, one, three)), changed(points=(one, three, two))
    merged = merge(BASE, mine, theirs)
    assert merged.plan.codes == ("BL40", "BL23", "GB30")
    order = Clash("", "order of the points", ("BL40", "BL23", "GB30"), ("BL23", "GB30", "BL40"))
    assert merged.clashes == (order,)


def test_the_same_points_added_in_two_orders_are_named() -> None:
    first, second = PlannedPoint("GB34"), PlannedPoint("BL57")
    mine, theirs = changed(points=(*BASE.points, first, second)), changed(points=(*BASE.points, second, first))
    merged = merge(BASE, mine, theirs)
    assert merged.plan.codes == mine.codes
    assert [clash.field for clash in merged.clashes] == ["order of the points"]


def test_what_finds_no_room_in_the_plan_is_named_with_its_pair() -> None:
    mine = changed(points=tuple(PlannedPoint(f"BL{number}") for number in range(MOST_POINTS - 1)), pairs=())
    start = structs.replace(mine, points=mine.points[:40])
    added, pair = (PlannedPoint("GB30"), PlannedPoint("GB34")), Pair("GB30", "GB34")
    merged = merge(start, mine, structs.replace(start, points=(*start.points, *added), pairs=(pair,)))
    assert len(merged.plan.points) == MOST_POINTS
    assert set(mine.codes) < set(merged.plan.codes)
    assert merged.left_out == ("GB34", "GB30–GB34")
    assert merged.clashes == (Clash("GB34", "", None, added[1]), Clash("GB30–GB34", "", None, pair))


@given(some.none() | JOINED, JOINED, JOINED)
def test_nothing_that_either_changed_is_lost_without_a_clash(base: Plan | None, mine: Plan, theirs: Plan) -> None:
    with patch("bodymap.plans.merge.MOST_POINTS", 5):
        merged = merge(base, mine, theirs)
    assert len(merged.plan.points) <= 5
    assert {code for pair in merged.plan.pairs for code in (pair.first, pair.second)} <= set(merged.plan.codes)
    for side in (mine, theirs):
        assert lost(base or Plan(), side, merged) == []
    if base is None:
        assert {(clash.of, clash.field) for clash in merged.clashes} == {
            (item.of, item.field) for item in differences(mine, theirs)
        }


def lost(base: Plan, side: Plan, merged: Merged) -> list[tuple[str, str]]:
    """What a side changed, added, took away or moved that the merged plan neither has nor names."""
    missed = []
    for of, was, now, kept in (
        ("", base, side, merged.plan), ("record", base.record, side.record, merged.plan.record),
    ):  # fmt: skip
        missed += [
            (of, name) for name in unkept(was, now, kept) if name not in {"points", "pairs", "record", "circumstances"}
        ]
    for rows in ("points", "pairs"):
        before, own, both = (keyed(getattr(plan, rows)) for plan in (base, side, merged.plan))
        for key in {**before, **own}:
            missed += [(named(key), name) for name in unkept(before.get(key), own.get(key), both.get(key))]
        missed += [
            (named(one), f"order of the {rows}")
            for one, two in combinations([key for key in own if key in before and key in both], 2)
            if list(before).index(one) > list(before).index(two) and list(both).index(one) > list(both).index(two)
        ]
    said = {(clash.of, clash.field) for clash in merged.clashes}
    return [what for what in missed if not {what, (what[0], ""), ("", what[1])} & said]


def unkept(was: Part | None, now: Part | None, kept: Part | None) -> list[str]:
    """The fields that a side changed and that are not kept so; "" for a row that is there or gone against its will."""
    if was == now:
        return []
    if now is None or kept is None:
        return [""] if now is not kept else []
    return [
        name
        for name in now.__struct_fields__
        if (was is None or getattr(was, name) != getattr(now, name)) and getattr(kept, name) != getattr(now, name)
        and not (was is None and getattr(now, name) in ("", None, "both"))
    ]  # fmt: skip


def test_differences_name_fields_rows_and_the_order() -> None:
    other = changed(title="Other", record=Record(style="Western"),
                    points=(PlannedPoint("BL40", side="left"), PlannedPoint("BL23"), PlannedPoint("KI3")))  # fmt: skip
    assert [(item.of, item.field) for item in differences(BASE, other)] == [
        ("", "title"), ("record", "style"), ("BL40", "side"), ("GB30", ""), ("KI3", ""), ("", "order of the points"),
    ]  # fmt: skip
    assert differences(BASE, BASE) == []
