"""The page of progress: honest when empty, each learner's own, and every chart with a table of the same content."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap.quiz.scheduling import Settings
from bodymap.store import Store
from bodymap.store.learning import Learning
from bodymap.views.learner import COOKIE, signed
from tests.conftest import HOSTILE
from tests.stores import NOON, Clock

DAY = 86_400
CHARTS = {"body-front", "body-back", "due", "far", "kind", "channel"}


@pytest.fixture
def learning(app: Flask) -> Iterator[Learning]:
    """The app's learners, at a time of the test's own."""
    store = Store("sqlite://", Clock())
    app.extensions["store"] = store
    yield Learning(store)
    store.close()


@pytest.fixture
def ann(app: Flask, client: FlaskClient, learning: Learning) -> FlaskClient:
    """The browser of a learner who answered on three days."""
    clock = learning.store._clock
    for day, (place, distance, named) in enumerate(
        (("wrong", 2.4, "right"), ("near", 0.8, "right"), ("right", 0.2, "wrong"))
    ):
        learning.record("ann", "locate:BL23", place, f"place {day}", distance)
        learning.record("ann", "name:BL52", named, f"name {day}")
        clock.move(DAY)
    with app.test_request_context():
        client.set_cookie(COOKIE, signed("ann"), path="/quiz")
    return client


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table beneath a heading."""
    part = page[page.index(f'id="{heading}"') :]
    body = part[part.index("<tbody>") : part.index("</tbody>")]
    plain = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>")[:-1]]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in plain]


def test_a_newcomer_is_told_what_will_be_here_and_how_to_begin(client: FlaskClient) -> None:
    answer = client.get("/quiz/progress?as=student")
    assert answer.status_code == 200
    assert "Nothing is here yet" in answer.text
    assert 'href="/quiz?as=student&amp;deck=condition%3Asciatica"' in answer.text
    assert "Set-Cookie" not in answer.headers
    assert 'class="chart"' not in answer.text
    assert 'href="/quiz/export.apkg?deck=all&amp;as=student"' in answer.text


def test_every_chart_has_a_table_of_the_same_content(ann: FlaskClient) -> None:
    page = ann.get("/quiz/progress").text
    assert {id for id in CHARTS if f'id="{id}"' in page} == CHARTS
    assert page.count("<details><summary>As a table") == 5  # both bodies share one
    assert rows(page, "h-body") == [
        ["BL52 Zhìshì", "weak", "91%", "3", "1", "17 Jan"],
        ["BL23 Shènshū", "growing", "96%", "3", "0", "17 Jan"],
    ]
    assert [row[1:] for row in rows(page, "h-far")] == [
        ["BL23", "0.2", "right"], ["BL23", "0.8", "near"], ["BL23", "2.4", "wrong"],
    ]  # fmt: skip
    assert rows(page, "h-kind") == [
        ["Find the place", "3", "33%", "2", "100%", "34% – 100%"],
        ["Name the point", "3", "67%", "2", "50%", "9% – 91%"],
    ]
    assert rows(page, "h-channel") == [["Bladder", "6", "50%", "4", "75%", "30% – 95%"]]
    assert len(rows(page, "h-due")) == 14


def test_the_page_is_the_learners_own_and_kept_by_nobody(app: Flask, ann: FlaskClient) -> None:
    answer = ann.get("/quiz/progress")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Nothing is here yet" in app.test_client().get("/quiz/progress").text
    forger = app.test_client()
    forger.set_cookie(COOKIE, "ann.forged", path="/quiz")
    assert "Nothing is here yet" in forger.get("/quiz/progress").text


def test_a_deck_narrows_the_page_to_its_points(ann: FlaskClient) -> None:
    page = ann.get("/quiz/progress?deck=condition:sciatica").text
    assert '<option value="condition:sciatica" selected>' in page
    assert [row[0] for row in rows(page, "h-body")] == ["BL23 Shènshū"]
    assert 'href="/quiz/export.apkg?deck=condition:sciatica"' in page


def test_an_unknown_deck_is_a_clear_page(ann: FlaskClient) -> None:
    answer = ann.get("/quiz/progress?deck=%3Cscript%3E")
    assert answer.status_code == 400
    assert "“deck” cannot be “&lt;script&gt;”" in answer.text


def test_points_that_are_gone_from_the_atlas_are_left_out(app: Flask, client: FlaskClient, learning: Learning) -> None:
    learning.record("bob", "locate:XX99", "right", "gone", 0.1)
    learning.record("bob", f"name:{HOSTILE}", "right", "hostile")
    with app.test_request_context():
        client.set_cookie(COOKIE, signed("bob"), path="/quiz")
    answer = client.get("/quiz/progress")
    assert answer.status_code == 200
    assert "XX99" not in answer.text
    assert HOSTILE not in answer.text


def test_days_are_the_learners_own(app: Flask, client: FlaskClient, learning: Learning) -> None:
    assert NOON % DAY == 28_800  # eight in the morning, UTC: ten at night in Honolulu the day before
    learning.decide("cid", Settings(zone="Pacific/Honolulu"))
    learning.record("cid", "locate:BL23", "right", "one", 0.4)
    with app.test_request_context():
        client.set_cookie(COOKIE, signed("cid"), path="/quiz")
    assert rows(client.get("/quiz/progress").text, "h-far")[0][0] == "14 Jan"


def test_who_takes_decks_too_often_waits(client: FlaskClient, learning: Learning) -> None:
    codes = [client.get("/quiz/export.apkg?deck=condition:sciatica").status_code for _ in range(31)]
    assert codes == [200] * 30 + [429]
    learning.store._clock.move(60)
    assert client.get("/quiz/export.apkg?deck=condition:sciatica").status_code == 200
