"""One gesture, one new plan."""

from typing import Any

import pytest
from msgspec import structs

from bodymap.atlas import Atlas
from bodymap.plans import changes
from bodymap.plans.model import MOST_POINTS, Pair, Plan, PlannedPoint, Record

THREE = Plan(
    points=(PlannedPoint("BL23", gauge=0.2, depth=(10, 20)), PlannedPoint("BL40"), PlannedPoint("GV3", "midline"))
)


@pytest.fixture(scope="module")
def atlas(real_app: Any) -> Atlas:
    found: Atlas = real_app.extensions["atlas"]
    return found


@pytest.mark.parametrize(
    ("words", "codes", "unknown"),
    [("BL23", ["BL23"], []), ("BL23 gv3,GB 34", ["BL23", "GV3", "GB34"], []), ("Shenshu", ["BL23"], []),
     ("腎俞; 委中", ["BL23", "BL40"], []), ("UB 40", [], ["UB 40"]),
     ("BL23 nonsense", ["BL23"], ["nonsense"]), ("", [], [])],
)  # fmt: skip
def test_words_are_read_as_points(atlas: Atlas, words: str, codes: list[str], unknown: list[str]) -> None:
    assert changes.meant(words, atlas) == (codes, unknown)


NEEDLED = PlannedPoint(
    "GB30", technique="dry-needling", gauge=0.3, length=75, depth=(40, 60), layer="to the bone", angle="deep",
    retention=25, stimulation="By hand", response="Twitch", note="Sore last time", reason="Agreed",
)  # fmt: skip


def test_a_new_point_takes_over_how_another_was_needled_but_not_depth_angle_or_words(atlas: Atlas) -> None:
    plan = changes.add(Plan(points=(NEEDLED,)), ["BL25", "GB30", "GV4"], atlas, NEEDLED)
    assert plan.codes == ("GB30", "BL25", "GV4")
    fresh = plan.points[1]
    assert [fresh.technique, fresh.gauge, fresh.length, fresh.retention, fresh.stimulation, fresh.response] == [
        "dry-needling", 0.3, 75, 25, "By hand", "Twitch",
    ]  # fmt: skip
    assert (fresh.depth, fresh.layer, fresh.note, fresh.reason) == (None, "", "", "")
    assert fresh.angle == changes.angle("BL25", atlas) != "deep"
    assert plan.points[2].side == "midline"
    assert changes.add(Plan(), ["BL25"], atlas).points == (PlannedPoint("BL25", angle=fresh.angle),)


def test_over_a_lung_no_length_of_a_needle_is_lent(atlas: Atlas) -> None:
    own = PlannedPoint("BL13", length=25)
    assert changes.add(Plan(), ["GB21"], atlas, NEEDLED).points[0].length is None
    assert changes.needle_like(Plan(points=(own,)), NEEDLED, atlas).points[0].length == 25
    assert changes.needle_like(Plan(points=(own,)), NEEDLED, atlas).points[0].gauge == 0.3


def test_the_last_point_that_says_how_it_is_needled_lends_it() -> None:
    in_and_out = PlannedPoint("BL40", retention=0)
    assert changes.lender(THREE) == THREE.points[0]
    assert changes.lender(Plan(points=(*THREE.points, in_and_out, PlannedPoint("KI3")))) == in_and_out
    assert changes.lender(Plan(points=(PlannedPoint("BL40", depth=(1, 2), angle="oblique", note="Slowly"),))) is None


@pytest.mark.parametrize(
    ("title", "condition", "about", "expected"),
    [("", "", "sciatica", ("Sciatica", "sciatica")), ("Mine", "", "sciatica", ("Mine", "sciatica")),
     ("", "spine-pain", "sciatica", ("", "spine-pain")), ("", "sciatica", "sciatica", ("Sciatica", "sciatica")),
     ("", "", "upper-back", ("Upper back", "upper-back-pain")), ("", "", "lower-back", ("Lower back", "")),
     ("", "", "nothing", ("", ""))],
)  # fmt: skip
def test_a_plan_is_named_for_where_its_points_come_from_unless_it_has_a_name(
    atlas: Atlas, title: str, condition: str, about: str, expected: tuple[str, str]
) -> None:
    plan = changes.meant_for(Plan(title=title, condition=condition), about, atlas)
    assert (plan.title, plan.condition) == expected


def test_a_plan_holds_no_more_than_sixty_points(atlas: Atlas) -> None:
    assert len(changes.add(THREE, list(atlas.points), atlas).points) == MOST_POINTS


@pytest.mark.parametrize(
    ("place", "by", "codes"),
    [(0, 1, ("BL40", "BL23", "GV3")), (2, -1, ("BL23", "GV3", "BL40")), (0, -1, ("BL23", "BL40", "GV3")),
     (2, 1, ("BL23", "BL40", "GV3"))],
)  # fmt: skip
def test_a_point_moves_by_one_and_not_beyond_the_ends(place: int, by: int, codes: tuple[str, ...]) -> None:
    assert changes.move(THREE, place, by).codes == codes


def test_a_removed_point_takes_its_pairs_along() -> None:
    plan = structs.replace(THREE, pairs=(Pair("BL23", "BL40"),))
    assert changes.remove(plan, 1) == Plan(points=(THREE.points[0], THREE.points[2]))
    assert changes.remove(plan, 2).pairs == plan.pairs


def test_all_points_may_be_needled_as_one_is() -> None:
    plan = changes.use_for_all(THREE, 0)
    assert [point.gauge for point in plan.points] == [0.2, 0.2, 0.2]
    assert [point.depth for point in plan.points] == [(10, 20), None, None]


def test_a_pair_is_set_as_the_one_before() -> None:
    plan = structs.replace(changes.join(THREE, "BL23", "BL40"), pairs=(Pair("BL23", "BL40", hz=2),))
    joined = changes.join(plan, "BL40", "GV3")
    assert joined.pairs[1] == Pair("BL40", "GV3", hz=2)
    assert changes.part(joined, 0).pairs == joined.pairs[1:]


@pytest.mark.parametrize(
    ("sides", "side"),
    [(("left", "both"), "left"), (("right", "midline"), "right"), (("left", "right"), "across"),
     (("both", "both"), "both"), (("midline", "midline"), "midline")],
)  # fmt: skip
def test_a_pair_lies_where_its_needles_stand(sides: tuple[Any, Any], side: str) -> None:
    plan = Plan(points=(PlannedPoint("BL23", sides[0]), PlannedPoint("BL25", sides[1])))
    assert changes.join(plan, "BL23", "BL25").pairs[0].side == side


def test_a_new_plan_takes_over_what_lasts_and_nothing_of_the_patient() -> None:
    last = Plan(
        title="Old", goal="Walk", contact="Call us", circumstances=("pregnancy",),
        record=Record(qualification="L.Ac.", years=5, outcome_value="7", consent=True, adverse_events="bruise"),
    )  # fmt: skip
    plan = changes.carry(Plan(title="New"), last)
    assert (plan.title, plan.goal, plan.contact, plan.circumstances) == ("New", "", "Call us", ())
    assert plan.record == Record(qualification="L.Ac.", years=5)
