"""Presenting without a script: every step is a page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap.plans.model import Plan, PlannedPoint
from bodymap.store.plans import Plans

PLAN = Plan(title="Stiff back", condition="sciatica", points=(PlannedPoint("BL23", "left"), PlannedPoint("BL52")))


@pytest.fixture
def path(app: Flask) -> str:
    return f"/shared/{Plans(app.extensions['store']).create(PLAN).view}/present"


def shown(text: str) -> list[str]:
    """The scenes that are not hidden, by number."""
    return re.findall(r'data-stop="(\d+)"(?:(?! hidden)[^>])*>', text)


@pytest.mark.parametrize("step", range(4))
def test_each_step_is_a_page_with_the_way_on_and_back(client: FlaskClient, path: str, step: int) -> None:
    text = client.get(f"{path}?step={step}").text
    assert shown(text) == [str(step)]
    assert (f'href="{path}?step={step + 1}"' in text) == (step < 3)
    assert ('id="previous" rel="prev" href=' in text) == (step > 0)


def test_the_point_of_the_step_is_lit_on_its_side_only(client: FlaskClient, path: str) -> None:
    text = client.get(f"{path}?step=1").text
    lit = re.findall(r'class="point chosen" [^>]*id="(p-back[^"]+)"|id="(p-back[^"]+)"[^>]*class="point chosen"', text)
    assert [one or other for one, other in lit] == ["p-back-BL23-left"]


@pytest.mark.parametrize("query", ["step=4", "step=-1", "facing=up", "room=red"])
def test_a_step_that_does_not_exist_is_refused(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code == 400


def test_the_choices_of_the_room_stay_from_step_to_step(client: FlaskClient, path: str) -> None:
    text = client.get(f"{path}?step=1&facing=both&room=dark").text
    assert f"{path}?step=2&amp;facing=both&amp;room=dark" in text
    assert 'class="present dark-room facing-both"' in text


def test_closing_leads_back_to_where_one_came_from(app: Flask, client: FlaskClient) -> None:
    kept = Plans(app.extensions["store"]).create(PLAN)
    assert f'href="/plans/{kept.edit}?as=practitioner"' in client.get(f"/plans/{kept.edit}/present").text
    text = client.get(f"/shared/{kept.view}/present").text
    assert f'href="/shared/{kept.view}"' in text
    assert kept.edit not in text


def test_the_screen_may_be_kept_on(client: FlaskClient, path: str) -> None:
    assert "screen-wake-lock=(self)" in client.get(path).headers["Permissions-Policy"]
