"""Too long, too much, too often, from elsewhere: refused on a page that keeps what was typed."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some

from bodymap.plans.model import MOST_BYTES
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
