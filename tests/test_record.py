"""The practitioner's record: all of it, behind the edit link alone."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec import structs

from bodymap.atlas import Atlas
from bodymap.plans import stricta
from bodymap.plans.model import Pair, Plan, PlannedPoint, Record
from bodymap.plans.record import FORMAT, LACKS, TELLS, record
from bodymap.store.plans import Kept, Plans
from tests.conftest import HOSTILE

FULL = Plan(
    title="Stiff back", goal="Tie my shoes", condition="sciatica", circumstances=("pregnancy",), sessions=8,
    frequency="twice a week", minutes=40, weeks=4, advice="Walk.", contact="Mill Lane",
    points=(
        PlannedPoint("BL23", "left", "", 0.25, 40, (15, 20), "muscle", "oblique", 20, "By hand", "De qi", "Was sore.",
                     "The midwife agreed."),
        PlannedPoint("BL52", "both", "electroacupuncture", 0.3, 50, (10, 10), "", "", 0, "2 Hz", "Twitch"),
    ),
    pairs=(Pair("BL23", "BL52", "left", hz=2, hz_high=100, waveform="biphasic", pulse=0.2, current=1.5, minutes=20),),
    record=Record(
        "Western", "By segment", ("who",), "partly", 3, 2, 4, "Steel, Seirin", "Exercise", "Clinic", "Risks told", True,
        "L.Ac.", 12, "Backs", "Usual care", "Waiting list", "2026-01-05", "2026-01-06", "none", "RMDQ", "11",
        "No change after 6",
    ),
)  # fmt: skip


def kept(app: Flask, plan: Plan) -> Kept:
    return Plans(app.extensions["store"]).create(plan)


def test_every_item_of_stricta_has_words_of_its_own() -> None:
    assert set(TELLS) == {item.id for item in stricta.ITEMS}
    assert set(LACKS) <= set(TELLS)


def test_a_full_plan_fills_every_item_and_each_tells_something(small_atlas: Atlas) -> None:
    made = record(FULL, small_atlas)
    assert [item.id for item in made.items if not item.filled or not item.told or item.lacking] == []


def test_an_empty_plan_tells_nothing_and_breaks_nothing(small_atlas: Atlas) -> None:
    made = record(Plan(), small_atlas)
    assert [item.told for item in made.items if item.told] == []
    assert made.rows == ()


def test_points_that_tell_the_same_are_told_together(small_atlas: Atlas) -> None:
    points = (PlannedPoint("BL23", retention=20), PlannedPoint("BL52", retention=20))
    told = {item.id: item for item in record(Plan(points=points), small_atlas).items}
    assert told["2f"].told == "20 min"
    points = (PlannedPoint("BL23", retention=20), PlannedPoint("BL52", retention=0), PlannedPoint("BL52"))
    told = {item.id: item for item in record(Plan(points=points), small_atlas).items}
    assert (told["2f"].told, told["2f"].lacking) == ("20 min: BL23; in and out: BL52", ("BL52",))


def test_the_page_tells_depths_angles_marks_and_reasons(app: Flask) -> None:
    plan = kept(app, FULL)
    text = app.test_client().get(f"/plans/{plan.edit}/record").text
    for words in ("15–20 mm, muscle", "oblique", "0.25 × 40 mm", "in and out", "The midwife agreed.", "Blocked",
                  "2 / 100 Hz", "biphasic", "1.5 mA", "Steel, Seirin", "By segment", "No change after 6", "Was sore.",
                  "2026-01-05", "not for the patient", "Mill Lane"):  # fmt: skip
        assert words in text


def test_a_blocked_point_without_a_reason_is_said_to_be_left_out(app: Flask) -> None:
    plan = kept(app, structs.replace(FULL, points=(PlannedPoint("BL23"),), pairs=()))
    assert "No reason is written" in app.test_client().get(f"/plans/{plan.edit}/record").text


def test_what_the_patients_copy_holds_back_is_named(app: Flask) -> None:
    note = structs.replace(FULL.points[1], note="25 mm deep")
    plan = kept(app, structs.replace(FULL, advice="Needle 3 cm deep.", points=(FULL.points[0], note)))
    text = app.test_client().get(f"/plans/{plan.edit}/record").text
    assert "what to do after a session, the note of point 2." in text
    assert "Held back" in app.test_client().get(f"/plans/{plan.edit}").text


def test_the_record_is_read_as_data(app: Flask) -> None:
    plan = kept(app, FULL)
    answer = app.test_client().get(f"/plans/{plan.edit}/record.json")
    data = json.loads(answer.data)
    assert answer.mimetype == "application/json"
    assert data["format"] == FORMAT
    assert data["version"] == 1
    assert [item["item"] for item in data["stricta"]] == [item.id for item in stricta.ITEMS]
    first = data["points"][0]
    assert (first["code"], first["depth"], first["angle"]) == ("BL23", [15, 20], "oblique")
    assert (first["mark"]["level"], first["reason"]) == ("blocked", "The midwife agreed.")
    assert data["sources"] == {"who": "WHO 2008"}
    assert data["plan"]["format"] == 1


def test_hostile_words_are_shown_as_words(app: Flask) -> None:
    point = structs.replace(FULL.points[0], note=HOSTILE, reason=HOSTILE, angle=HOSTILE, stimulation=HOSTILE)
    plan = kept(app, structs.replace(FULL, title=HOSTILE, points=(point,), pairs=(), advice=HOSTILE))
    text = app.test_client().get(f"/plans/{plan.edit}/record").text
    assert '<script>alert("x")' not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("page", ["record", "record.json", "present"])
def test_only_the_edit_link_opens_it(app: Flask, client: FlaskClient, page: str) -> None:
    plan = kept(app, FULL)
    assert client.get(f"/plans/{plan.edit}/{page}").status_code == 200
    assert client.get(f"/plans/{plan.view}/{page}").status_code == 404
    assert client.get(f"/plans/nothing/{page}").status_code == 404


def test_the_record_is_kept_by_nobody(app: Flask, client: FlaskClient) -> None:
    headers = client.get(f"/plans/{kept(app, FULL).edit}/record.json").headers
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
