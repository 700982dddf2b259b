"""A plan: what it holds, how it is written down, and how much of STRICTA it tells."""

import json

import msgspec
import pytest
from msgspec import structs

from bodymap.plans.model import MOST_POINTS, Plan, PlannedPoint, Record, decode, encode
from bodymap.plans.stricta import ITEMS, completeness, missing, needle_count

FULL_POINT = PlannedPoint(
    "BL23", gauge=0.25, length=40, depth=(20, 25), retention=20, stimulation="By hand", response="De qi"
)
FULL = Plan(
    points=(FULL_POINT,), sessions=10, frequency="Twice a week", minutes=30,
    record=Record(
        style="Traditional Chinese", rationale="Cherkin 2009", sources=("cherkin-2009",), variation="fixed",
        make="steel", co_treatments="Exercise", setting="Practice", information="Risks told", consent=True,
        qualification="L.Ac.", years=20, red_flags_checked="2026-01-05", circumstances_checked="2026-01-05",
        adverse_events="none", outcome_scale="NRS", outcome_value="6", stop_rule="No change after 6",
    ),
)  # fmt: skip


def test_a_plan_is_written_as_json_that_names_its_format_and_leaves_out_what_is_empty() -> None:
    raw = json.loads(encode(Plan(title="Sciatica", points=(PlannedPoint("BL23", side="left"),))))
    assert raw == {"format": 1, "title": "Sciatica", "points": [{"code": "BL23", "side": "left"}]}


def test_plans_that_are_equal_are_written_alike() -> None:
    assert encode(Plan(title="A")) == encode(Plan(title="A", record=Record(), points=()))


def test_what_was_written_is_read_again() -> None:
    assert decode(encode(FULL)) == FULL


@pytest.mark.parametrize(
    "wrong",
    [b'{"title": 5}', b'{"titel": "x"}', b'{"format": 2}', b'{"points": [{}]}',
     b'{"points": [{"code": "BL23", "gauge": 9}]}',
     json.dumps({"points": [{"code": "BL23"}] * (MOST_POINTS + 1)}).encode(),
     json.dumps({"title": "x" * 161}).encode()],
)  # fmt: skip
def test_what_is_no_plan_is_refused(wrong: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(wrong)


def test_every_item_of_stricta_is_asked_once() -> None:
    asked = " ".join(item.id for item in ITEMS)
    assert asked == "1a 1b 1c 2a 2b 2c 2d 2e 2f 2g 3a 3b 4a 4b 5 6a 6b X1 X2 X3 X4 X5"


def test_a_full_plan_misses_nothing_that_only_a_study_needs() -> None:
    assert missing(FULL) == []
    assert [item.id for item, filled in completeness(FULL) if not filled] == ["6a", "6b"]


def test_an_empty_plan_misses_every_item_that_a_plan_wants() -> None:
    assert len(missing(Plan())) == 20


@pytest.mark.parametrize(
    ("item", "change"),
    [("2c", {"depth": None}), ("2d", {"response": ""}), ("2e", {"stimulation": ""}), ("2f", {"retention": None}),
     ("2g", {"gauge": None}), ("2g", {"length": None})],
)  # fmt: skip
def test_an_item_of_the_points_is_told_only_if_every_point_tells_it(item: str, change: dict[str, object]) -> None:
    plan = structs.replace(FULL, points=(FULL_POINT, structs.replace(FULL_POINT, code="BL25", **change)))
    assert [entry.id for entry in missing(plan)] == [item]


def test_a_depth_may_be_told_by_its_layer() -> None:
    point = structs.replace(FULL_POINT, depth=None, layer="into the muscle")
    assert missing(structs.replace(FULL, points=(point,))) == []


def test_needles_are_counted_by_sides_unless_the_record_says_otherwise() -> None:
    points = (PlannedPoint("BL23"), PlannedPoint("BL40", side="left"), PlannedPoint("GV3", side="midline"))
    assert needle_count(Plan(points=points)) == 4
    assert needle_count(Plan(points=points, record=Record(needles=9))) == 9
