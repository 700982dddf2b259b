"""Plans from files and forms: everything that is wrong is named at once, and nothing that was typed is lost."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec import structs

from bodymap.atlas import Atlas
from bodymap.plans.model import MOST_BYTES, Pair, Plan, PlannedPoint, Record, encode
from bodymap.plans.reading import canonical, drafted, from_form, load, read_draft, unclear

WORDS = some.text(max_size=80)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
POINTS = some.builds(
    PlannedPoint, code=some.sampled_from(["BL23", "BL40", "GB30", "SI3"]),
    side=some.sampled_from(["both", "left", "right"]), gauge=some.none() | some.sampled_from([0.2, 0.25, 0.3]),
    depth=some.none() | some.just((20.0, 25.0)), angle=WORDS,
    retention=some.none() | some.integers(0, 240), note=WORDS, reason=WORDS,
)  # fmt: skip
PLANS = some.builds(
    Plan, title=WORDS, goal=WORDS, points=some.lists(POINTS, max_size=6).map(tuple),
    circumstances=some.lists(some.sampled_from(["pregnancy", "pacemaker"]), unique=True).map(tuple),
    sessions=some.none() | some.integers(1, 200), record=some.builds(Record, style=WORDS, consent=some.booleans()),
)  # fmt: skip


@pytest.fixture(scope="module")
def atlas(real_app: Any) -> Atlas:
    found: Atlas = real_app.extensions["atlas"]
    return found


def faults(raw: object, atlas: Atlas) -> dict[str, str]:
    plan, problems = load(json.dumps(raw).encode(), atlas)
    assert (plan is None) == bool(problems)
    return {problem.path: problem.why for problem in problems}


@given(PLANS)
def test_a_plan_that_was_exported_is_imported_as_it_was(atlas: Atlas, plan: Plan) -> None:
    assert load(encode(plan), atlas) == (plan, [])


@given(PLANS)
def test_a_plan_goes_through_a_form_unchanged(atlas: Atlas, plan: Plan) -> None:
    assert read_draft(drafted(plan), atlas) == (plan, [])


@given(JSON)
def test_any_json_is_read_or_refused_with_reasons(atlas: Atlas, raw: object) -> None:
    plan, problems = load(json.dumps(raw).encode(), atlas)
    assert (plan is None) == bool(problems)
    assert all(problem.why and problem.name for problem in problems)


@given(
    some.dictionaries(some.sampled_from(["title", "points", "pairs", "record", "format", "sessions", "needle"]), JSON)
)
def test_any_value_in_a_field_is_read_or_refused_with_reasons(atlas: Atlas, raw: dict[str, object]) -> None:
    plan, problems = load(json.dumps(raw).encode(), atlas)
    assert (plan is None) == bool(problems)


@given(some.binary(max_size=200))
def test_any_bytes_are_refused_with_a_reason_or_are_a_plan(atlas: Atlas, text: bytes) -> None:
    plan, problems = load(text, atlas)
    assert (plan is None) == bool(problems)


def test_a_file_that_begins_with_a_byte_order_mark_is_read(atlas: Atlas) -> None:
    assert load("\ufeff".encode() + b'{"format": 1, "title": "x"}', atlas) == (Plan(title="x"), [])


def test_an_empty_plan_that_was_exported_is_imported(atlas: Atlas) -> None:
    assert load(encode(Plan()), atlas) == (Plan(), [])


def test_everything_that_is_wrong_is_named_at_once(atlas: Atlas) -> None:
    raw = {
        "format": 1, "title": "x" * 161, "sessions": 0, "colour": "red",
        "points": [{"code": "BL23", "gauge": 3, "side": "up"}, {"side": "left"}],
        "record": {"years": "ten", "consent": 1},
    }  # fmt: skip
    assert faults(raw, atlas) == {
        "colour": "is not a field of a plan",
        "title": "is longer than 160",
        "sessions": "must be at least 1",
        "points.0.gauge": "can be at most 1.0",
        "points.0.side": "cannot be “up”",
        "points.1.code": "is missing",
        "record.years": "must be a whole number",
        "record.consent": "must be true or false",
    }


@pytest.mark.parametrize(
    ("raw", "path", "why"),
    [
        ({"format": 2}, "format", "it was written by a newer one"),
        ({"format": "x"}, "format", "reads formats 0 and 1"),
        ({"format": True}, "format", "reads formats 0 and 1"),
        ({"format": False}, "format", "is false, and"),
        ({"format": "1"}, "format", 'is "1", and this version of Bodymap reads formats 0 and 1, written as a number'),
        ({"format": [1]}, "format", "is [1], and"),
        ({}, "file", "has none of a plan's fields"),
        ({"name": "x", "version": 2}, "file", "has none of a plan's fields"),
        ([], "file", "is not a plan"),
        ({"format": 1, "points": [{"code": "XX9"}]}, "points.0.code", "is no point of this atlas"),
        ({"format": 1, "points": [{"code": "UB 40"}]}, "points.0.code", "can mean BL40 or"),
        ({"format": 1, "points": [{"code": "BL23"}] * 61}, "points", "are more than 60"),
        ({"format": 1, "pairs": [{"first": "BL23", "second": "BL25"}]}, "pairs.0.first", "not among the plan's points"),
        ({"format": 1, "points": [{"code": "BL23"}], "pairs": [{"first": "BL23", "second": "BL23"}]}, "pairs.0.second",
         "joins a point with itself"),
        ({"format": 1, "points": [{"code": "BL23", "technique": "magic"}]}, "points.0.technique", "cannot be “magic”"),
        ({"format": 1, "circumstances": ["rich"]}, "circumstances", "cannot be “rich”"),
        ({"format": 1, "condition": "flu"}, "condition", "cannot be “flu”"),
        ({"format": 1, "record": {"sources": ["nobody-1900"]}}, "record.sources", "cannot be “nobody-1900”"),
        ({"format": 1, "record": {"red_flags_checked": "yesterday"}}, "record.red_flags_checked", "must be a day"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(atlas: Atlas, raw: object, path: str, why: str) -> None:
    assert why in faults(raw, atlas)[path]


@pytest.mark.parametrize("number", ["1e400", "-1e999"])
def test_a_number_beyond_all_bounds_is_refused_in_words(atlas: Atlas, number: str) -> None:
    plan, problems = load(b'{"format": 1, "points": [{"code": "BL23", "gauge": %s}]}' % number.encode(), atlas)
    assert plan is None
    assert [problem.why for problem in problems] == [
        "holds a number beyond all bounds, such as 1e400: a plan's numbers are finite"
    ]
    draft = {**drafted(Plan()), "weeks": number}
    assert "out of range" not in str(read_draft(draft, atlas))
    assert read_draft(draft, atlas)[0] is None


def test_a_file_that_is_too_long_is_not_even_read(atlas: Atlas) -> None:
    plan, problems = load(b" " * (MOST_BYTES + 1), atlas)
    assert plan is None
    assert problems[0].why == "is longer than 64 KB"


def test_json_that_is_nested_without_end_is_refused_with_a_reason(atlas: Atlas) -> None:
    found, problems = load(b"[" * 50_000, atlas)
    assert found is None
    assert [problem.path for problem in problems] == ["file"]


def test_a_file_of_format_0_is_migrated(atlas: Atlas) -> None:
    raw = {
        "title": "Old", "points": ["BL 40 left", "gv3", "Shenshu"], "needle": "0,25 x 40 mm",
        "pairs": ["BL40-BL23 2/100 Hz"], "notes": "Rest for a day", "sessions": 10,
    }  # fmt: skip
    plan, problems = load(json.dumps(raw).encode(), atlas)
    assert problems == []
    assert plan == Plan(
        title="Old", advice="Rest for a day", sessions=10,
        points=(
            PlannedPoint("BL40", "left", gauge=0.25, length=40), PlannedPoint("GV3", "midline", gauge=0.25, length=40),
            PlannedPoint("BL23", "both", gauge=0.25, length=40),
        ),
        pairs=(Pair("BL40", "BL23", hz=2, hz_high=100),),
    )  # fmt: skip


def test_on_the_midline_there_are_no_sides_and_a_depth_runs_from_shallow_to_deep(atlas: Atlas) -> None:
    raw = {
        "format": 1,
        "points": [{"code": "GV3", "side": "left"}, {"code": "BL23", "side": "midline", "depth": [25, 20]}],
    }
    plan, _ = load(json.dumps(raw).encode(), atlas)
    assert plan is not None
    assert [(point.side, point.depth) for point in plan.points] == [("midline", None), ("both", (20, 25))]


@pytest.mark.parametrize(
    ("words", "code"),
    [("BL23", "BL23"), ("bl 23", "BL23"), ("Shènshū", "BL23"), ("腎俞", "BL23"), ("ex-b2", "EX-B2"), ("EXB2", "EX-B2"),
     ("BL 54", "BL54"), ("UB 40", None), ("nothing", None), ("", None)],
)  # fmt: skip
def test_a_point_may_be_written_in_any_way_that_means_one(atlas: Atlas, words: str, code: str | None) -> None:
    assert canonical(words, atlas) == code


def test_what_means_two_points_is_asked_about(atlas: Atlas) -> None:
    assert unclear("UB 40", atlas).startswith("“UB 40” can mean BL40 or ")


def test_a_form_is_read_in_the_order_of_its_rows() -> None:
    form = {
        "title": "A",
        "p0-code": "BL23",
        "p1-code": "BL25",
        "p2-code": "GV3",
        "p2-note": "x",
        "x0-first": "BL23",
        "x0-second": "BL25",
    }
    draft = from_form(form, ["pregnancy"], ["who"], ["2", "0", "9"])
    assert [row["code"] for row in draft["points"]] == ["GV3", "BL23", "BL25"]
    assert draft["points"][0]["note"] == "x"
    assert draft["pairs"][0]["second"] == "BL25"
    assert (draft["circumstances"], draft["record"]["sources"]) == (["pregnancy"], ["who"])


def test_a_form_may_hold_decimal_commas_and_one_end_of_a_depth(atlas: Atlas) -> None:
    draft = from_form({"p0-code": "BL23", "p0-gauge": " 0,25 ", "p0-depth_to": "25", "sessions": " 10 "}, [], [], [])
    plan, problems = read_draft(draft, atlas)
    assert problems == []
    assert plan is not None
    assert (plan.points[0].gauge, plan.points[0].depth, plan.sessions) == (0.25, (25, 25), 10)


def test_a_problem_names_the_field_of_the_form() -> None:
    draft = from_form({"p0-code": "BL23", "p1-code": "BL25", "p1-depth_to": "deep", "record-years": "-1"}, [], [], [])
    _, problems = read_draft(draft, _no_atlas())
    assert {problem.field: problem.name for problem in problems} == {
        "p1-depth_to": "point 2, depth", "record-years": "record, years",
    }  # fmt: skip


def _no_atlas() -> Atlas:
    """None is asked before the fields are right."""
    return msgspec.convert(None, Any)  # type: ignore[no-any-return]


def test_consent_is_a_tick(atlas: Atlas) -> None:
    ticked, _ = read_draft(from_form({"record-consent": "on"}, [], [], []), atlas)
    assert ticked == structs.replace(Plan(), record=Record(consent=True))
