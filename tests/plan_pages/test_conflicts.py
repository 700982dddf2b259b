"""Two who change the same plan: both versions are shown, and one click settles it."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap.store.plans import Plans
from bodymap.views import access
from tests.plan_pages.desk import begin, fields, send


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


@pytest.mark.parametrize(
    ("mine", "theirs", "first"),
    [({"goal": "To walk"}, {"title": "Theirs"}, "merge"), ({"title": "Mine"}, {"title": "Theirs"}, "mine")],
)
def test_one_way_out_stands_first_and_no_two_come_to_the_same(
    client: FlaskClient, mine: dict[str, str], theirs: dict[str, str], first: str
) -> None:
    url = begin(client, "cherkin")
    old = fields(client.get(url).text)
    send(client, url, **theirs)
    page = client.post(url, data={**old, **mine}).text
    assert re.findall(r'class="button primary" name="do" value="(\w+)"', page) == [first]
    offered = set(re.findall(r'name="do" value="(\w+)"', page))
    assert offered == ({"merge", "mine", "theirs"} if first == "merge" else {"mine", "theirs"})
