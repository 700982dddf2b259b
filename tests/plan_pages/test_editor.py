"""The editor of a plan: one form, whatever button is pressed."""

from __future__ import annotations

import json
import re

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import HOSTILE
from tests.plan_pages.desk import begin, codes, send, words


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
    assert 'href="#p0-gauge">Point 1, gauge</a> <span class="why">must be a number' in answer.text
    assert 'href="#sessions">Sessions</a> <span class="why">must be a whole number' in answer.text
    assert 'Not saved yet: <a href="#p0-gauge">point 1, gauge</a>' in answer.text
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


def test_a_blocked_point_asks_for_a_reason_and_is_quiet_once_it_has_one(client: FlaskClient) -> None:
    url = begin(client, "")
    send(client, url, "add", add="LI4", circumstances=["pregnancy"])
    assert 'data-kind="reason"' in client.get(url).text
    send(client, url, p0_reason="Agreed with the midwife")
    page = client.get(url).text
    assert 'data-kind="reason"' not in page
    assert "Agreed with the midwife" in page


def test_the_map_numbers_points_as_the_list_does_and_only_on_the_planned_side(client: FlaskClient) -> None:
    url = begin(client, "cherkin")
    send(client, url, "down-0", p1_side="left")
    page = client.get(url).text
    assert re.search(r'aria-label="2: BL23 Shènshū, left side"', page)
    assert re.search(r'aria-label="1: BL40 Wěizhōng, left side"', page)
    assert not re.search(r'aria-label="[^"]*BL40 [^"]*right side"', page)
    assert 'href="#point-2"' in page


def as_last_time(client: FlaskClient) -> str:
    """An empty plan on a device whose last plan used a needle of its own, at a depth of its own."""
    before = begin(client, "")
    send(client, before, "add", add="GB30", circumstances=["pregnancy"])
    needle = {"p0_gauge": "0.35", "p0_length": "75", "p0_depth_to": "60", "p0_angle": "straight in"}
    send(client, before, p0_retention="12", p0_stimulation="By hand once", p0_note="Mrs Okafor", **needle)
    return begin(client, "")


def test_the_first_point_of_a_plan_is_needled_as_in_the_last_plan_and_says_so(client: FlaskClient) -> None:
    url = as_last_time(client)
    assert "New points as GB30 in your last plan: 0.35 × 75 mm · 12 min · By hand once" in words(client, url)
    send(client, url, "add", add="BL25")
    exported = client.get(url + "/export.json").text
    point = json.loads(exported)["points"][0]
    assert (point["gauge"], point["length"], point["retention"], point["stimulation"]) == (0.35, 75, 12, "By hand once")
    assert not {"depth", "note"} & point.keys()
    assert point["angle"] != "straight in"
    assert "pregnancy" not in exported
    assert "New points as BL25: 0.35 × 75 mm" in words(client, url)
    send(client, url, "undo")
    assert codes(client, url) == []


def test_new_points_stay_open_where_the_offer_is_ticked_off(client: FlaskClient) -> None:
    url = as_last_time(client)
    send(client, url, "add", add="BL25", lend="no")
    assert "gauge" not in json.loads(client.get(url + "/export.json").data)["points"][0]


def test_a_plan_from_a_template_is_needled_as_the_last_plan_at_one_press_and_undone_by_one(client: FlaskClient) -> None:
    as_last_time(client)
    client.post("/plans/add", data={"code": "BL23"})
    url = begin(client, "sciatica")
    before = client.get(url + "/export.json").data
    assert "Needle all as in your last plan" in client.get(url).text
    send(client, url, "last")
    points = json.loads(client.get(url + "/export.json").data)["points"]
    assert {point["gauge"] for point in points} == {0.35}
    assert "Needle all as in your last plan" not in client.get(url).text
    send(client, url, "undo")
    assert client.get(url + "/export.json").data == before


def test_another_device_is_offered_nothing_of_this_ones_plans(client: FlaskClient, desk: Flask) -> None:
    url = as_last_time(client)
    assert "0.35" not in desk.test_client().get(url).text


def test_depths_and_angles_of_other_points_are_not_among_what_a_field_offers(client: FlaskClient) -> None:
    url = begin(client, "")
    send(client, url, "add", add="GB30")
    send(client, url, p0_angle="straight in", p0_layer="to the joint", p0_gauge="0.35")
    page = client.get(url).text
    assert '<option value="0.35">' in page
    assert '<option value="straight in">' not in page
    assert '<option value="to the joint">' not in page
