"""Pages of plans as a client sees them: links, limits, conflicts, and refusals that keep what was typed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.test import TestResponse

from bodymap import create_app
from bodymap.plans.model import MOST_BYTES
from bodymap.store.plans import Plans
from bodymap.views import access
from tests.conftest import HOSTILE

FOREVER = "x" * 24


@pytest.fixture(scope="module")
def desk(real_app: Flask) -> Flask:
    """The real atlas with a store of its own."""
    return create_app(ATLAS=real_app.config["ATLAS"], STORE="sqlite://", TESTING=True)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit is reached unless a test sets one."""
    for limit in (access.BY_ADDRESS, access.BY_PLAN, access.NEW_BY_ADDRESS):
        monkeypatch.setattr(limit, "most", 1_000_000)


@pytest.fixture
def client(desk: Flask) -> FlaskClient:
    """A new device."""
    return desk.test_client()


def begin(client: FlaskClient, template: str = "sciatica", query: str = "") -> str:
    """The address of a new plan's editor, without its query."""
    answer = client.post("/plans" + query, data={"template": template})
    assert answer.status_code == 303
    return str(answer.location).partition("?")[0]


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of the form without a button: its fields as they stand."""
    form = page[page.index('<form id="plan-form"') : page.index("</form>", page.index('<form id="plan-form"'))]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, inner in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        found[name] = [chosen[1] if chosen else ""]
    for name, inner in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [inner]
    return found


def send(client: FlaskClient, url: str, do: str = "save", **changes: Any) -> TestResponse:
    """Press a button of the editor, with some fields changed (``p0_note`` is the field ``p0-note``)."""
    form = fields(client.get(url).text)
    named = {re.sub(r"^([px]\d+)_", r"\1-", name): value for name, value in changes.items()}
    return client.post(url, data={**form, "do": do, **named})


def codes(client: FlaskClient, url: str) -> list[str]:
    return [point["code"] for point in json.loads(client.get(url + "/export.json").data).get("points", [])]


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


def test_every_page_of_plans_is_private(client: FlaskClient) -> None:
    url = begin(client)
    malformed = ("/shared/a%2Fb", "/shared/x/y", "/shared/", "/shared", "/plans/x/y", "/plans/a%2Fb", "/plans/")
    for path in ("/plans", "/plans/new", "/plans/import", url, url + "/export.json", "/plans/" + FOREVER, *malformed):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in headers
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert not [kept for kept in client.application.extensions["shelf"]._pages if "/plans" in kept]


def test_the_cookie_of_a_device_is_signed_and_for_plans_only(client: FlaskClient, desk: Flask) -> None:
    answer = client.post("/plans", data={"template": ""})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/plans" in cookie
    thief = desk.test_client()
    name = cookie.split("=", 1)[1].split(".")[0]
    thief.set_cookie("device", name + ".forged", path="/plans")
    assert "Make the first plan" in thief.get("/plans").text


def test_links_that_open_nothing_look_alike(client: FlaskClient, desk: Flask) -> None:
    url = begin(client)
    token = url.rpartition("/")[2]
    plans = Plans(desk.extensions["store"])
    kept = plans.by_edit(token)
    assert kept is not None
    plans.expire(token, edit_until=1)
    bodies = set()
    for wrong in (token, FOREVER, "a", "%00", "..%2f", kept.view, "'" * 300):
        answer = client.get("/plans/" + wrong)
        assert answer.status_code == 404
        assert "This link opens no plan" in answer.text
        bodies.add(re.sub(r'name="next" value="[^"]*"', "", answer.text))
    assert len(bodies) == 1


@pytest.mark.parametrize("path", ["", "/merge", "/links", "/duplicate", "/delete", "/restore"])
def test_who_may_view_can_change_nothing(client: FlaskClient, desk: Flask, path: str) -> None:
    token = begin(client).rpartition("/")[2]
    kept = Plans(desk.extensions["store"]).by_edit(token)
    assert kept is not None
    form = {"do": "renew-view", "title": "Mine", "version": "1", "mine": '{"format": 1}'}
    assert desk.test_client().post(f"/plans/{kept.view}{path}", data=form).status_code == 404
    assert Plans(desk.extensions["store"]).by_edit(token) == kept


def test_plan_for_viewing_gives_the_plan_without_its_edit_link(client: FlaskClient, desk: Flask) -> None:
    token = begin(client).rpartition("/")[2]
    kept = Plans(desk.extensions["store"]).by_edit(token)
    assert kept is not None
    with desk.test_request_context():
        seen = access.plan_for_viewing(kept.view)
    assert (seen.plan, seen.edit) == (kept.plan, "")


def test_the_form_as_it_stands_changes_nothing(client: FlaskClient) -> None:
    for template in ("sciatica", "cherkin", "tu", "gerac"):
        url = begin(client, template)
        before = client.get(url + "/export.json").data
        assert send(client, url).status_code == 303
        assert client.get(url + "/export.json").data == before


def test_buttons_move_remove_and_add_points_and_undo_brings_back(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    steps = [
        ("down-0", {}, ["BL40", "BL23", "KI3", "GV3"]), ("up-3", {}, ["BL40", "BL23", "GV3", "KI3"]),
        ("remove-0", {}, ["BL23", "GV3", "KI3"]), ("add", {"add": "gb 34, 腎俞"}, ["BL23", "GV3", "KI3", "GB34"]),
        ("undo", {}, ["BL23", "GV3", "KI3"]), ("undo", {}, ["BL40", "BL23", "GV3", "KI3"]),
        ("redo", {}, ["BL23", "GV3", "KI3"]), ("up-0", {}, ["BL23", "GV3", "KI3"]),
        ("fly-9", {}, ["BL23", "GV3", "KI3"]),
    ]  # fmt: skip
    for do, more, expected in steps:
        assert send(client, url, do, **more).status_code == 303
        assert codes(client, url) == expected, do


def test_rows_are_kept_in_the_order_that_they_stand_on_the_page(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, order=["3", "0", "1", "2"])
    assert codes(client, url) == ["GV3", "BL23", "BL40", "KI3"]


def test_points_are_joined_by_current_and_taken_apart(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, "join", first="BL23", second="BL40")
    assert json.loads(client.get(url + "/export.json").data)["pairs"] == [
        {"first": "BL23", "second": "BL40", "minutes": 20}
    ]
    assert send(client, url, "join", first="BL23", second="BL23").status_code == 422
    send(client, url, "part-0")
    assert "pairs" not in json.loads(client.get(url + "/export.json").data)


def test_a_wrong_field_is_named_and_what_was_typed_is_still_there(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    answer = send(client, url, p0_gauge="thick", title=HOSTILE, sessions="many")
    assert answer.status_code == 422
    assert HOSTILE not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert 'value="thick"' in answer.text
    assert 'href="#p0-gauge">Point 1, gauge</a> must be a number' in answer.text
    assert 'href="#sessions">Sessions</a> must be a whole number' in answer.text
    assert "Cherkin" in client.get(url).text


def test_a_point_that_cannot_be_added_is_asked_about_and_the_rest_is_added(client: FlaskClient) -> None:
    url = begin(client, "")
    answer = send(client, url, "add", add="BL23, UB 40")
    assert answer.status_code == 422
    assert "can mean BL40 or" in answer.text
    assert codes(client, url) == ["BL23"]


def test_notes_are_shown_as_text(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, title=HOSTILE, p0_note=HOSTILE, p0_stimulation=HOSTILE, contact=HOSTILE)
    for path in (url, "/plans", "/plans?q=alert"):
        page = client.get(path).text
        assert HOSTILE not in page
        assert "&lt;script&gt;alert" in page


def test_a_second_tab_gets_both_versions_and_one_click_merges_them(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    old = fields(client.get(url).text)
    send(client, url, title="Theirs", p0_note="slowly")
    answer = client.post(url, data={**old, "goal": "To walk", "p0-side": "left"})
    assert answer.status_code == 409
    assert "Keep both changes" in answer.text
    assert "Theirs" in answer.text
    assert "To walk" in answer.text
    mine = re.search(r'<textarea name="mine" hidden>(.*?)</textarea>', answer.text, re.DOTALL)
    assert mine
    text = mine[1].replace("&#34;", '"').replace("&quot;", '"')
    merged = client.post(url + "/merge", data={"version": old["version"], "mine": text, "do": "merge"})
    assert merged.status_code == 303
    plan = json.loads(client.get(url + "/export.json").data)
    assert (plan["title"], plan["goal"]) == ("Theirs", "To walk")
    assert (plan["points"][0]["note"], plan["points"][0]["side"]) == ("slowly", "left")


@pytest.mark.parametrize(("do", "title"), [("mine", "Mine"), ("theirs", "Theirs"), ("merge", "Mine")])
def test_a_conflict_is_settled_as_one_says_and_the_other_stays_in_the_history(
    client: FlaskClient, do: str, title: str
) -> None:
    url = begin(client, "cherkin")
    send(client, url, title="Theirs")
    client.post(url + "/merge", data={"version": "1", "mine": '{"format": 1, "title": "Mine"}', "do": do})
    assert json.loads(client.get(url + "/export.json").data)["title"] == title
    if title == "Mine":
        send(client, url, "undo")
        assert json.loads(client.get(url + "/export.json").data)["title"] == "Theirs"


def test_settling_a_conflict_too_often_keeps_both_versions(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begin(client, "cherkin")
    send(client, url, title="Theirs")
    monkeypatch.setattr(access.BY_PLAN, "most", 0)
    answer = client.post(url + "/merge", data={"version": "1", "mine": '{"format": 1, "title": "Mine"}', "do": "mine"})
    assert answer.status_code == 429
    assert "Mine" in answer.text
    assert "Theirs" in answer.text


def test_points_added_while_another_tab_saves_are_added_to_what_it_saved(
    client: FlaskClient, desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begin(client, "cherkin")
    token, plans = url.rpartition("/")[2], Plans(desk.extensions["store"])
    stale = plans.by_edit(token)
    assert stale is not None
    send(client, url, title="Meanwhile")
    monkeypatch.setattr("bodymap.views.plans._open_plan", lambda: stale)
    assert client.post("/plans/add", data={"code": "BL57"}).status_code == 303
    plan = json.loads(client.get(url + "/export.json").data)
    assert (plan["title"], plan["points"][-1]["code"]) == ("Meanwhile", "BL57")


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


FIELDS = [
    "version", "do", "add", "first", "second", "title", "figure", "condition", "sessions", "order", "circumstances",
    "p0-code", "p0-side", "p0-gauge", "p0-depth_to", "p0-technique", "p1-code", "p99999-code", "x0-first", "x0-second",
    "record-sources", "record-years", "record-consent", "record-red_flags_checked", "months", "mine", "p-code", "x-",
]  # fmt: skip
VALUES = some.text(max_size=30) | some.sampled_from(
    ["1", "-1", "9" * 40, "\u00b2", "BL23", "GV3", "up-0", "down-\u0661", "remove-7", "part-0", "undo", "redo", "join",
     "nan", "1e400", "on", "renew-view", "merge"]
)  # fmt: skip


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


def test_a_write_from_another_site_is_refused(client: FlaskClient) -> None:
    url = begin(client)
    for headers in ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, {"Origin": "https://evil.example"}):
        assert client.post(url, data={"title": "x"}, headers=headers).status_code == 403
        assert 'value="x"' not in client.get(url).text
        assert "Back to the plan" in client.post(url + "/links", data={"do": "revoke-view"}, headers=headers).text
        assert client.post("/plans/" + FOREVER, data={"title": "x"}, headers=headers).status_code == 404
    # A page that tells nobody its address sends this over plain http, from its own site.
    assert client.post(url, data={"title": "x", "version": "1"}, headers={"Origin": "null"}).status_code == 303
    assert (
        client.post("/preferences", data={"as": "student", "next": "/"}, headers={"Origin": "null"}).status_code == 403
    )


def test_a_blocked_point_asks_for_a_reason_and_is_quiet_once_it_has_one(client: FlaskClient) -> None:
    url = begin(client, "")
    send(client, url, "add", add="LI4", circumstances=["pregnancy"])
    assert 'data-kind="reason"' in client.get(url).text
    send(client, url, p0_reason="Agreed with the midwife")
    page = client.get(url).text
    assert 'data-kind="reason"' not in page
    assert "Agreed with the midwife" in page


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


def test_links_are_renewed_revoked_and_timed(client: FlaskClient, desk: Flask) -> None:
    url = begin(client, "cherkin")
    token, plans = url.rpartition("/")[2], Plans(desk.extensions["store"])
    first = plans.by_edit(token)
    assert first is not None
    assert f"/shared/{first.view}" in client.get(url).text
    client.post(url + "/links", data={"do": "revoke-view"})
    assert "No link opens the patient" in client.get(url).text
    client.post(url + "/links", data={"do": "renew-view", "months": "3"})
    second = plans.by_edit(token)
    assert second is not None
    assert second.view not in {"", first.view}
    days = (second.view_until - desk.extensions["store"].now()) / 86_400
    assert 89 < days < 91
    moved = client.post(url + "/links", data={"do": "renew-edit", "months": "1"}).location.partition("?")[0]
    renewed = plans.by_edit(moved.rpartition("/")[2])
    assert renewed is not None
    assert 29 < (renewed.edit_until - desk.extensions["store"].now()) / 86_400 < 31
    assert client.get(url).status_code == 404
    assert f"/shared/{second.view}" in client.get(moved).text
    assert moved in client.get("/plans").text
    assert client.post(moved + "/links", data={"do": "renew-view", "months": "9999"}).status_code == 400
    assert client.post(moved + "/links", data={"do": "anything"}).status_code == 400


def test_behind_a_proxy_links_are_the_worlds_and_the_cookie_is_secure(
    real_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "plans.example", "X-Forwarded-For": "203.0.113.9"}
    for hops, address in (("1", "https://plans.example/shared/"), ("0", "http://localhost/shared/")):
        monkeypatch.setenv("BODYMAP_PROXIES", hops)
        client = create_app(ATLAS=real_app.config["ATLAS"], STORE="sqlite://", TESTING=True).test_client()
        answer = client.post("/plans", data={"template": "cherkin"}, headers=forwarded)
        assert ("Secure" in answer.headers["Set-Cookie"]) == (hops == "1")
        assert address in client.get(answer.location, headers=forwarded).text


def test_an_app_that_was_just_made_holds_no_connection_that_a_fork_would_share(real_app: Flask, tmp_path: Path) -> None:
    app = create_app(ATLAS=real_app.config["ATLAS"], STORE=f"sqlite:///{tmp_path / 'store.db'}", TESTING=True)
    assert "Connections in pool: 0" in app.extensions["store"].engine.pool.status()
    assert app.test_client().post("/plans", data={"template": "cherkin"}).status_code == 303
    app.extensions["store"].close()


def test_a_new_plan_takes_over_who_treats_from_the_last(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, contact="Call 555", **{"record-qualification": "L.Ac."})
    plan = json.loads(client.get(begin(client, "tu") + "/export.json").data)
    assert (plan["contact"], plan["record"]["qualification"]) == ("Call 555", "L.Ac.")


def test_the_map_numbers_points_as_the_list_does_and_only_on_the_planned_side(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, "down-0", p1_side="left")
    page = client.get(url).text
    assert re.search(r'aria-label="2: BL23 Shènshū, left side"', page)
    assert re.search(r'aria-label="1: BL40 Wěizhōng, left side"', page)
    assert not re.search(r'aria-label="[^"]*BL40 [^"]*right side"', page)
    assert 'href="#point-2"' in page
