"""Too long, too much, too often, from elsewhere: refused on a page that keeps what was typed."""

from __future__ import annotations

import json

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some
from msgspec import structs

from bodymap.atlas import Atlas
from bodymap.plans.model import MOST_BYTES, Plan, PlannedPoint, encode
from bodymap.views import access
from tests.plan_pages.desk import begin, codes, fields, send

FIELDS = [
    "version", "do", "add", "first", "second", "title", "figure", "condition", "sessions", "order", "circumstances",
    "p0-code", "p0-side", "p0-gauge", "p0-depth_to", "p0-technique", "p1-code", "p99999-code", "x0-first", "x0-second",
    "record-sources", "record-years", "record-consent", "record-red_flags_checked", "months", "mine", "p-code", "x-",
]  # fmt: skip
VALUES = some.text(max_size=30) | some.sampled_from(
    ["1", "-1", "9" * 40, "\u00b2", "BL23", "GV3", "up-0", "down-\u0661", "remove-7", "part-0", "undo", "redo", "join",
     "nan", "1e400", "on", "renew-view", "merge"]
)  # fmt: skip


def test_too_long_a_plan_is_refused_with_everything_still_in_its_fields(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    rows = {f"p{row}-code": "BL23" for row in range(60)} | {f"p{row}-note": "膀" * 400 for row in range(60)}
    answer = send(client, url, title="Long", **rows)
    assert answer.status_code == 413
    assert f"is longer than {MOST_BYTES // 1024} KB" in answer.text
    assert answer.text.count("膀" * 400) == 60
    assert 'value="Long"' in answer.text
    assert client.post(url, data={"advice": "a" * 1_400_000}).status_code == 413


def test_a_plan_with_long_notes_in_chinese_is_imported_and_saved_again(client: FlaskClient, desk: Flask) -> None:
    points = [{"code": code, "note": "膀" * 400} for code in list(desk.extensions["atlas"].points)[:20]]
    text = json.dumps({"format": 1, "title": "Notes", "points": points}, ensure_ascii=False)
    url = client.post("/plans/import", data={"text": text}).location.partition("?")[0]
    assert send(client, url, title="Notes, again").status_code == 303
    assert "Notes, again" in client.get(url).text


def test_too_many_points_are_refused(client: FlaskClient) -> None:
    url = begin(client, "")
    form = {f"p{row}-code": "BL23" for row in range(61)}
    answer = client.post(url, data={**form, "version": "1"})
    assert answer.status_code == 422
    assert "are more than 60" in answer.text


def test_sixty_points_with_every_field_filled_fit_into_a_form(client: FlaskClient, desk: Flask) -> None:
    points = list(desk.extensions["atlas"].points)[:60]
    raw = {"format": 1, "title": "Sixty", "points": [
        {"code": code, "technique": "dry-needling", "gauge": 0.25, "length": 40, "depth": [10, 15], "layer": "muscle",
         "angle": "oblique", "retention": 20, "stimulation": "By hand every 10 minutes", "response": "De qi",
         "note": "Tell me if it aches too much, please."} for code in points
    ]}  # fmt: skip
    url = client.post("/plans/import", data={"text": json.dumps(raw)}).location.partition("?")[0]
    assert send(client, url, "down-0").status_code == 303
    assert codes(client, url)[:2] == [points[1], points[0]]
    assert send(client, url, "add", add=list(desk.extensions["atlas"].points)[60]).status_code == 422


@given(some.dictionaries(some.sampled_from(FIELDS), VALUES), some.sampled_from(["", "/merge", "/links"]))
def test_any_form_is_answered_in_the_apps_own_way(desk: Flask, form: dict[str, str], path: str) -> None:
    client = desk.test_client()
    url = begin(client, "cherkin")
    answer = client.post(url + path, data=form)
    assert answer.status_code in {303, 400, 409, 422}
    assert answer.text.startswith("<!doctype html>") or answer.status_code == 303


def test_saving_too_often_is_refused_with_everything_still_in_its_fields(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begin(client, "cherkin")
    monkeypatch.setattr(access.BY_PLAN, "most", 2)
    for _ in range(2):
        assert send(client, url).status_code == 303
    answer = send(client, url, title="Typed in haste")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert 'value="Typed in haste"' in answer.text


def test_a_save_that_looks_sent_from_elsewhere_is_refused_with_everything_still_in_its_fields(
    client: FlaskClient,
) -> None:
    url = begin(client, "cherkin")
    form = {**fields(client.get(url).text), "title": "Typed behind a proxy"}
    answer = client.post(url + "?as=nobody", data=form, headers={"Sec-Fetch-Site": "same-site"})
    assert answer.status_code == 403
    assert 'value="Typed behind a proxy"' in answer.text
    assert "was not saved" in answer.text


def test_a_form_too_long_to_be_read_leads_back_to_where_it_came_from(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    for path, back in ((url, "Back to the plan"), (url + "/merge", "Back to the plan"),
                       ("/plans/import", "Back to the import")):  # fmt: skip
        answer = client.post(path, data={"text": "a" * 1_400_000})
        assert answer.status_code == 413
        assert back in answer.text
        assert "Back button mostly brings the page with your text back" in answer.text
    assert f'href="{url}' in client.post(url, data={"text": "a" * 1_400_000}).text


def test_changing_links_too_often_says_when_to_go_on_and_leads_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begin(client, "cherkin")
    monkeypatch.setattr(access.BY_PLAN, "most", 0)
    answer = client.post(url + "/links", data={"do": "revoke-view"})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert f'href="{url}' in answer.text
    assert "Back to the plan" in answer.text


def test_making_plans_too_often_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access.NEW_BY_ADDRESS, "most", 0)
    answer = client.post("/plans", data={"template": "sciatica"})
    assert answer.status_code == 429
    assert "too often" in answer.text
    answer = client.post("/plans/import", data={"text": '{"title": "Kept"}'})
    assert answer.status_code == 429
    assert "Kept" in answer.text


def nearly_full(atlas: Atlas, spare: int) -> Plan:
    """A plan that is ``spare`` bytes shorter than a plan may be."""
    plan = Plan(title="Full", advice="a", points=tuple(PlannedPoint(code) for code in list(atlas.points)[:50]))
    rows = (MOST_BYTES - len(encode(plan)) - 1500) // 1516
    noted = [structs.replace(point, note="膀" * 500) for point in plan.points[:rows]]
    plan = structs.replace(plan, points=(*noted, *plan.points[rows:]))
    return structs.replace(plan, advice="a" * (MOST_BYTES - len(encode(plan)) - spare + 1))


def kept(client: FlaskClient, plan: Plan) -> str:
    return str(client.post("/plans/import", data={"text": encode(plan).decode()}).location).partition("?")[0]


def test_a_point_that_would_make_a_plan_too_long_is_not_added_and_the_page_says_what_to_do(
    client: FlaskClient, desk: Flask
) -> None:
    url = kept(client, nearly_full(desk.extensions["atlas"], 20))
    before = client.get(url + "/export.json").data
    code = list(desk.extensions["atlas"].points)[50]
    answer = client.post("/plans/add", data={"code": code})
    assert answer.status_code == 413
    assert "There is no room in this plan" in answer.text
    assert f'href="{url}' in answer.text
    answer = client.post("/plans/add", data={"code": code}, headers={"HX-Request": "true"})
    assert "Shorten a long text in it." in answer.text
    assert client.get(url + "/export.json").data == before


def test_a_copy_that_would_be_too_long_is_not_made(client: FlaskClient, desk: Flask) -> None:
    url = kept(client, nearly_full(desk.extensions["atlas"], 3))
    assert client.post(url + "/duplicate").status_code == 413
    assert "1 plan on this device" in client.get("/plans").text
    assert client.post(kept(client, nearly_full(desk.extensions["atlas"], 20)) + "/duplicate").status_code == 303


def test_a_file_is_measured_as_it_will_be_kept(client: FlaskClient, desk: Flask) -> None:
    plan = nearly_full(desk.extensions["atlas"], -200)
    text = msgspec.json.encode(msgspec.to_builtins(plan)).decode()
    assert len(text.encode()) < MOST_BYTES
    answer = client.post("/plans/import", data={"text": text})
    assert answer.status_code == 413
    assert "is longer than 64 KB once it is written out" in answer.text


def test_two_versions_that_are_too_long_together_are_both_kept_until_one_is_chosen(
    client: FlaskClient, desk: Flask
) -> None:
    plan = nearly_full(desk.extensions["atlas"], 400)
    url = kept(client, plan)
    old = fields(client.get(url).text)
    send(client, url, goal="b" * 300)
    answer = client.post(url, data={**old, "contact": "c" * 300})
    assert answer.status_code == 409
    assert "Both together are too long" in answer.text
    assert "Keep both changes" not in answer.text
    mine = structs.replace(plan, contact="c" * 300)
    sent = {"version": old["version"][0], "mine": encode(mine).decode().replace("\n", "\r\n")}
    refused = client.post(url + "/merge", data={**sent, "do": "merge"})
    assert refused.status_code == 413
    assert "b" * 300 in refused.text
    assert "c" * 300 in refused.text
    assert client.post(url + "/merge", data={**sent, "do": "mine"}).status_code == 303
    assert json.loads(client.get(url + "/export.json").data)["contact"] == "c" * 300
    send(client, url, "undo")
    assert json.loads(client.get(url + "/export.json").data)["goal"] == "b" * 300


def test_the_longest_version_of_ones_own_survives_the_line_ends_of_browsers(client: FlaskClient, desk: Flask) -> None:
    plan = nearly_full(desk.extensions["atlas"], 0)
    url = begin(client, "cherkin")
    text = encode(plan).decode().replace("\n", "\r\n")
    assert client.post(url + "/merge", data={"version": "1", "mine": text, "do": "mine"}).status_code == 303
