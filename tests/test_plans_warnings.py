"""What to mind in a plan: the patient's circumstances, and combinations that no single point shows."""

from typing import Any

import pytest
from msgspec import structs

from bodymap.atlas import Atlas
from bodymap.plans.model import Pair, Plan, PlannedPoint
from bodymap.plans.warnings import concerns, marks, standing, unreasoned


@pytest.fixture(scope="module")
def atlas(real_app: Any) -> Atlas:
    found: Atlas = real_app.extensions["atlas"]
    return found


def planned(*codes: str, **changes: Any) -> Plan:
    return Plan(points=tuple(PlannedPoint(code) for code in codes), **changes)


def kinds(plan: Plan, atlas: Atlas) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.kind, item.level, item.codes) for item in concerns(plan, atlas)]


def test_a_point_is_marked_by_the_patients_circumstances(atlas: Atlas) -> None:
    found = marks(planned("LI4", "BL40", "GB34", circumstances=("pregnancy", "anticoagulants")), atlas)
    assert [mark.level if mark else "" for mark in found] == ["blocked", "caution", ""]


def test_a_point_may_be_blocked_by_its_technique(atlas: Atlas) -> None:
    plan = planned("BL23", "BL25", "BL40", circumstances=("pacemaker",))
    assert marks(plan, atlas) == [None, None, None]
    by_technique = structs.replace(
        plan, points=(PlannedPoint("BL23", technique="electroacupuncture"), *plan.points[1:])
    )
    assert [bool(mark) for mark in marks(by_technique, atlas)] == [True, False, False]


def test_a_blocked_current_takes_the_pair_away_and_leaves_its_needles(atlas: Atlas) -> None:
    plan = planned("BL23", "BL25", circumstances=("pacemaker",), pairs=(Pair("BL23", "BL25"),))
    assert marks(plan, atlas) == [None, None]
    assert ("no-current", "blocked", ("BL23", "BL25")) in kinds(plan, atlas)
    assert (standing(plan, atlas).codes, standing(plan, atlas).pairs) == (("BL23", "BL25"), ())
    free = structs.replace(plan, circumstances=())
    assert "no-current" not in {kind for kind, *_ in kinds(free, atlas)}
    assert standing(free, atlas).pairs == free.pairs


def test_a_blocked_point_without_a_reason_is_left_out_of_what_is_handed_over(atlas: Atlas) -> None:
    stays = PlannedPoint("GB34", reason="Asked the midwife about the current")
    plan = Plan(points=(PlannedPoint("LI4"), stays), circumstances=("pregnancy",), pairs=(Pair("LI4", "GB34"),))
    assert unreasoned(plan, atlas) == [0]
    assert ("reason", "blocked", ("LI4",)) in kinds(plan, atlas)
    assert standing(plan, atlas).codes == ("GB34",)
    assert standing(plan, atlas).pairs == ()


@pytest.mark.parametrize(("reason", "stays"), [("Agreed with the midwife", True), ("   ", False)])
def test_a_written_reason_keeps_it(atlas: Atlas, reason: str, stays: bool) -> None:
    plan = Plan(points=(PlannedPoint("LI4", reason=reason),), circumstances=("pregnancy",))
    assert (unreasoned(plan, atlas) == []) == stays
    assert (standing(plan, atlas).codes == ("LI4",)) == stays


@pytest.mark.parametrize(
    ("pair", "found"),
    [
        (Pair("BL23", "BL25"), []),
        (Pair("BL23", "BL25", "left"), []),
        (Pair("BL23", "BL25", "across"), [("across", "blocked", ("BL23", "BL25"))]),
        (Pair("LI4", "LI4", "across"), [("across", "blocked", ("LI4", "LI4"))]),
        (Pair("ST36", "ST36", "across"), [("across-legs", "caution", ("ST36", "ST36"))]),
        (Pair("BL65", "BL65", "across"), [("across-legs", "caution", ("BL65", "BL65"))]),
        (Pair("GV3", "GV4", "midline"), [("spine", "caution", ("GV3", "GV4"))]),
        (Pair("BL13", "BL15"), [("over-chest", "caution", ("BL13", "BL15"))]),
        (Pair("BL15", "ST18"), [("through-chest", "blocked", ("BL15", "ST18"))]),
    ],
)
def test_current_is_minded_where_it_would_run(atlas: Atlas, pair: Pair, found: list[Any]) -> None:
    plan = planned(*dict.fromkeys((pair.first, pair.second)), pairs=(pair,))
    current = [
        item
        for item in kinds(plan, atlas)
        if item[0] in {"across", "across-legs", "spine", "over-chest", "through-chest"}
    ]
    assert current == found


def of_current(plan: Plan, atlas: Atlas) -> list[tuple[str, str]]:
    """Kind and level of all that is said of where the plan's current runs."""
    return [(kind, level) for kind, level, _ in kinds(plan, atlas) if kind not in {"lungs", "current"}]


@pytest.mark.parametrize(
    ("sides", "side", "found"),
    [
        (("left", "right"), "both", [("across", "blocked")]),
        (("left", "left"), "both", []),
        (("left", "both"), "left", []),
        (("left", "left"), "right", [("no-needle", "caution")]),
        (("left", "right"), "right", [("across", "blocked"), ("no-needle", "caution")]),
        (("both", "both"), "midline", [("no-needle", "caution")]),
        (("left", "left"), "across", [("across", "blocked"), ("no-needle", "caution")]),
        (("right", "left"), "across", [("across", "blocked")]),
    ],
)
def test_the_sides_of_the_needles_tell_where_current_runs(
    atlas: Atlas, sides: tuple[Any, Any], side: Any, found: list[Any]
) -> None:
    points = (PlannedPoint("BL23", sides[0]), PlannedPoint("BL25", sides[1]))
    assert of_current(Plan(points=points, pairs=(Pair("BL23", "BL25", side),)), atlas) == found


def test_current_from_leg_to_leg_is_told_by_the_needles(atlas: Atlas) -> None:
    points = (PlannedPoint("ST36", "left"), PlannedPoint("GB34", "right"))
    assert of_current(Plan(points=points, pairs=(Pair("ST36", "GB34"),)), atlas) == [("across-legs", "caution")]


@pytest.mark.parametrize("codes", [("CV17", "GV9"), ("CV17", "GV11"), ("CV15", "GV9"), ("CV17", "BL15")])
def test_current_from_front_to_back_at_the_heart_is_through_the_chest_on_the_midline_too(
    atlas: Atlas, codes: tuple[str, str]
) -> None:
    assert ("through-chest", "blocked") in of_current(planned(*codes, pairs=(Pair(*codes),)), atlas)


@pytest.mark.parametrize("codes", [("CV4", "GV4"), ("CV12", "GV3"), ("GV9", "GV11"), ("CV15", "CV17")])
def test_current_below_the_chest_or_on_one_face_of_it_is_not_through_it(atlas: Atlas, codes: tuple[str, str]) -> None:
    assert "through-chest" not in {kind for kind, _ in of_current(planned(*codes, pairs=(Pair(*codes),)), atlas)}


@pytest.mark.parametrize(
    ("codes", "warned"),
    [(("PC6", "CV17"), True), (("HT7", "BL15"), True), (("ST18", "BL60"), True), (("PC6", "HT7"), False),
     (("BL23", "BL60"), False), (("LI4", "LI11"), False)],
)  # fmt: skip
def test_current_between_a_limb_and_the_chest_is_minded(atlas: Atlas, codes: tuple[str, str], warned: bool) -> None:
    found = of_current(planned(*codes, pairs=(Pair(*codes),)), atlas)
    assert found == ([("limb-chest", "caution")] if warned else [])


def test_a_point_where_no_current_belongs_is_named_with_the_reason(atlas: Atlas) -> None:
    plan = planned("GV20", "GB34", pairs=(Pair("GV20", "GB34"),))
    found = [item for item in concerns(plan, atlas) if item.kind == "current"]
    assert [(item.codes, item.level, item.caution and item.caution.id) for item in found] == [
        (("GV20",), "blocked", "SE02")
    ]


def test_needles_over_both_lungs_are_minded_and_over_one_are_not(atlas: Atlas) -> None:
    assert kinds(planned("BL13"), atlas) == [("lungs", "caution", ("BL13",))]
    one = Plan(points=(PlannedPoint("BL13", "left"), PlannedPoint("GB21", "left")))
    both = Plan(points=(PlannedPoint("BL13", "left"), PlannedPoint("GB21", "right")))
    assert kinds(one, atlas) == []
    assert kinds(both, atlas) == [("lungs", "caution", ("BL13", "GB21"))]
    assert kinds(planned("EX-B2", "BL23"), atlas) == []
    assert concerns(both, atlas)[0].caution == atlas.cautions["SL10"]


@pytest.mark.parametrize(("depth", "warned"), [(16, False), (17, True), (40, True)])
def test_a_depth_beyond_the_sources_limit_is_minded(atlas: Atlas, depth: float, warned: bool) -> None:
    """BL13 is needled to 0.8 cun at most, which is 16 mm in a person of 150 cm."""
    plan = Plan(points=(PlannedPoint("BL13", "left", depth=(10, depth)),))
    found = [item for item in concerns(plan, atlas) if item.kind == "depth"]
    assert bool(found) == warned
    if found:
        assert (found[0].planned, found[0].limit) == (depth, 0.8)
        assert found[0].sources


def test_a_needle_shorter_than_its_depth_is_minded(atlas: Atlas) -> None:
    plan = Plan(points=(PlannedPoint("BL40", length=13, depth=(10, 20)),))
    assert kinds(plan, atlas) == [("short", "caution", ("BL40",))]


def test_every_concern_about_safety_carries_a_caution_with_its_source(atlas: Atlas) -> None:
    plan = Plan(
        points=(*(PlannedPoint(code, depth=(50, 90)) for code in ("BL13", "BL15", "ST18", "GV4", "GV20")),),
        pairs=(Pair("BL15", "ST18"), Pair("BL13", "BL13", "across"), Pair("GV4", "GV20")),
    )
    found = concerns(plan, atlas)
    assert {item.kind for item in found} == {
        "across",
        "through-chest",
        "over-chest",
        "spine",
        "current",
        "lungs",
        "depth",
    }
    assert all(item.caution and item.caution.said.sources for item in found)
