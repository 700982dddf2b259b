"""Two versions of a plan come together: every change of either is kept, and what both changed is named."""

from hypothesis import given
from hypothesis import strategies as some
from msgspec import structs

from bodymap.plans.merge import Clash, differences, merge
from bodymap.plans.model import Pair, Plan, PlannedPoint, Record

BASE = Plan(
    title="Sciatica", sessions=10, circumstances=("pregnancy",), record=Record(style="TCM"),
    points=(PlannedPoint("BL23"), PlannedPoint("BL40"), PlannedPoint("GB30")), pairs=(Pair("BL23", "BL40"),),
)  # fmt: skip
CODES = ["BL23", "BL25", "BL40", "GB30", "GB34"]
POINTS = some.lists(
    some.builds(PlannedPoint, code=some.sampled_from(CODES), note=some.sampled_from(["", "a", "b"]),
                side=some.sampled_from(["both", "left"])), max_size=6,
).map(tuple)  # fmt: skip
PLANS = some.builds(
    Plan, title=some.sampled_from(["", "A", "B"]), sessions=some.none() | some.integers(1, 3), points=POINTS,
    circumstances=some.lists(some.sampled_from(["pregnancy", "epilepsy"]), unique=True).map(tuple),
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


def test_without_a_base_what_is_in_either_is_kept() -> None:
    mine, theirs = (
        Plan(points=(PlannedPoint("BL23", note="m"),)),
        Plan(title="T", points=(PlannedPoint("BL23", note="t"),)),
    )
    merged = merge(None, mine, theirs)
    assert (merged.plan.title, merged.plan.points) == ("T", (PlannedPoint("BL23", note="m"),))
    assert merged.clashes == (Clash("BL23", "note", "m", "t"),)


def test_differences_name_fields_rows_and_the_order() -> None:
    other = changed(title="Other", record=Record(style="Western"),
                    points=(PlannedPoint("BL40", side="left"), PlannedPoint("BL23"), PlannedPoint("KI3")))  # fmt: skip
    assert [(item.of, item.field) for item in differences(BASE, other)] == [
        ("", "title"), ("record", "style"), ("BL40", "side"), ("GB30", ""), ("KI3", ""), ("", "order of the points"),
    ]  # fmt: skip
    assert differences(BASE, BASE) == []
