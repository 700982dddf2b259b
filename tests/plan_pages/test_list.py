"""The plans of a device: begun, found, added to from the atlas, taken in from files, duplicated, deleted."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import HOSTILE
from tests.plan_pages.desk import begin, codes, send


def test_a_plan_from_a_complaint_holds_its_points_and_is_on_the_list(client: FlaskClient) -> None:
    assert "Make the first plan" in client.get("/plans").text
    url = begin(client)
    assert codes(client, url)[:3] == ["BL23", "BL40", "BL54"]
    page = client.get("/plans").text
    assert f'href="{url}?as=practitioner"' in page
    assert "1 plan on this device" in page


def test_what_was_ticked_in_the_safety_check_starts_the_plan_and_stays_out_of_every_link(client: FlaskClient) -> None:
    start = client.get("/plans/new?as=practitioner&with=pregnancy").text
    assert "with=pregnancy" in start
    page = client.get(begin(client, query="?with=pregnancy")).text
    assert "with=pregnancy" not in page
    assert re.search(r'value="pregnancy" checked', page)
    assert 'class="row-mark is-blocked"' in page


@pytest.mark.parametrize("template", ["nothing", "../../etc/passwd", HOSTILE])
def test_a_template_that_does_not_exist_is_refused(client: FlaskClient, template: str) -> None:
    assert client.post("/plans", data={"template": template}).status_code == 400


def test_export_and_import_make_the_same_plan_anew(client: FlaskClient) -> None:
    url = begin(client, "tu")
    answer = client.get(url + "/export.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Sciatica--points-reported-for-Tu-2024.json"'
    again = client.post("/plans/import", data={"text": answer.text})
    assert again.status_code == 303
    assert client.get(again.location.partition("?")[0] + "/export.json").data == answer.data
    assert again.location.partition("?")[0] != url


def test_an_import_that_is_wrong_lists_what_is_and_keeps_the_text(client: FlaskClient) -> None:
    answer = client.post("/plans/import", data={"text": '{"format": 1, "titel": "x", "points": [{"code": "Q1"}]}'})
    assert answer.status_code == 422
    assert "<strong>titel</strong> is not a field of a plan" in answer.text
    assert "&#34;titel&#34;" in answer.text
    assert client.post("/plans/import", data={"text": " "}).status_code == 422
    long = client.post("/plans/import", data={"text": "x" * 70_000})
    assert long.status_code == 413
    assert "is longer than 64 KB" in long.text
    assert "x" * 70_000 in long.text
    assert "written by a newer one" in client.post("/plans/import", data={"text": '{"format": 9}'}).text


def test_points_are_added_from_the_atlas_to_the_plan_that_was_opened_last(client: FlaskClient) -> None:
    assert "Add to plan" in client.get("/points/BL57?as=practitioner").text
    assert "Add to plan" not in client.get("/points/BL57").text
    first = client.post("/plans/add", data={"code": "BL57"})
    url = first.location.partition("?")[0]
    assert codes(client, url) == ["BL57"]
    answer = client.post("/plans/add", data={"code": ["BL23", "BL57"]}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "BL23 added to the plan." in answer.text
    assert codes(client, url) == ["BL57", "BL23"]
    assert client.post("/plans/add", data={"code": "nothing"}).status_code == 400


def test_points_added_from_a_complaint_or_a_region_name_a_plan_that_has_no_name(client: FlaskClient) -> None:
    for about, told in (
        ("sciatica", ("Sciatica", "sciatica")),
        ("lower-back", ("Lower back", None)),
        ("x", (None, None)),
    ):
        url = begin(client, "")
        client.post("/plans/add", data={"code": "BL23", "about": about})
        plan = json.loads(client.get(url + "/export.json").data)
        assert (plan.get("title"), plan.get("condition")) == told
    assert 'name="about" value="sciatica"' in client.get("/conditions/sciatica?as=practitioner").text
    assert 'name="about" value="lower-back"' in client.get("/regions/lower-back?as=practitioner").text
    assert "/plans" not in client.get("/conditions/sciatica").text


@pytest.mark.parametrize("words", ["shenshu", "Shen Shu", "Shènshū", "腎俞", "肾俞", "kidney", "UB23", "bl 23"])
def test_a_plan_is_found_by_any_name_of_its_points(client: FlaskClient, words: str) -> None:
    url = begin(client, "cherkin")
    assert url in client.get("/plans", query_string={"q": words}).text
    assert url not in client.get("/plans", query_string={"q": "zusanli"}).text


def test_a_list_that_leaves_plans_out_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bodymap.views.plans.LISTED", 2)
    begin(client)
    begin(client)
    assert ">2 plans on this device" in client.get("/plans").text
    begin(client)
    assert "The latest 2 plans on this device" in client.get("/plans").text


def test_a_duplicate_is_for_the_next_patient(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    changes = {"circumstances": ["pregnancy"], "p0_reason": "because", "record-adverse_events": "bruise"}
    send(client, url, **changes)
    copy = client.post(url + "/duplicate").location.partition("?")[0]
    plan = json.loads(client.get(copy + "/export.json").data)
    assert plan["title"].endswith("(copy)")
    assert "circumstances" not in plan
    assert "reason" not in plan["points"][0]
    assert "adverse_events" not in plan["record"]
    assert codes(client, copy) == codes(client, url)


def test_a_deleted_plan_can_be_brought_back(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    client.post(url + "/delete")
    assert client.get(url).status_code == 404
    page = client.get("/plans").text
    assert "was deleted" in page
    assert client.post(url + "/restore").status_code == 303
    assert client.get(url).status_code == 200


def test_a_new_plan_takes_over_who_treats_from_the_last(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, contact="Call 555", **{"record-qualification": "L.Ac."})
    plan = json.loads(client.get(begin(client, "tu") + "/export.json").data)
    assert (plan["contact"], plan["record"]["qualification"]) == ("Call 555", "L.Ac.")
