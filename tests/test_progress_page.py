"""The page of progress: honest when empty, each learner's own, and every chart with a table of the same content."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap.quiz.model import Card, Grade, Question, Verdict
from bodymap.quiz.scheduling import Settings
from bodymap.store import Store
from bodymap.store.learning import Learning, Told
from bodymap.views.learner import COOKIE, signed
from tests.conftest import HOSTILE
from tests.stores import NOON, Clock

DAY = 86_400
CHARTS = {"body-front", "body-back", "due", "far", "kind", "channel"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(app: Flask, clock: Clock) -> Iterator[Store]:
    """The app's store, at a time of the test's own."""
    store = Store("sqlite://", clock)
    app.extensions["store"] = store
    yield store
    store.close()


def give(store: Store, name: str, key: str, grade: Grade, token: str, distance: float | None = None) -> None:
    """An answer of a learner about a card."""
    question = Question(Card.of(key), 0, "choice")
    Learning(store, name).give(token, Told(question, (), Verdict(grade, distance)))


def browser(app: Flask, name: str) -> FlaskClient:
    """The browser of a learner."""
    client = app.test_client()
    with app.test_request_context():
        client.set_cookie(COOKIE, signed(name), path="/quiz")
    return client


@pytest.fixture
def ann(app: Flask, kept: Store, clock: Clock) -> FlaskClient:
    """The browser of a learner who answered on three days."""
    places: list[tuple[Grade, float, Grade]] = [
        ("wrong", 2.4, "right"), ("near", 0.8, "right"), ("right", 0.2, "wrong"),
    ]  # fmt: skip
    for day, (place, distance, named) in enumerate(places):
        give(kept, "ann", "locate:BL23", place, f"place {day}", distance)
        give(kept, "ann", "name:BL52", named, f"name {day}")
        clock.move(DAY)
    return browser(app, "ann")


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
    assert 'href="/quiz?deck=condition:sciatica&amp;as=student"' in answer.text
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
        ["Where is it", "3", "33%", "2", "100%", "34% – 100%"],
        ["Which point is this", "3", "67%", "2", "50%", "9% – 91%"],
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


def test_points_that_are_gone_from_the_atlas_are_left_out(app: Flask, kept: Store) -> None:
    give(kept, "bob", "locate:XX99", "right", "gone", 0.1)
    give(kept, "bob", f"name:{HOSTILE}", "right", "hostile")
    answer = browser(app, "bob").get("/quiz/progress")
    assert answer.status_code == 200
    assert "Nothing is here yet" in answer.text
    assert "XX99" not in answer.text
    assert HOSTILE not in answer.text


def test_days_are_the_learners_own(app: Flask, kept: Store) -> None:
    assert NOON % DAY == 28_800  # eight in the morning, UTC: ten at night in Honolulu the day before
    Learning(kept, "cid").choose(Settings(zone="Pacific/Honolulu"))
    give(kept, "cid", "locate:BL23", "right", "one", 0.4)
    assert rows(browser(app, "cid").get("/quiz/progress").text, "h-far")[0][0] == "14 Jan"


def test_a_pause_is_told_where_cards_would_be_due(app: Flask, ann: FlaskClient, kept: Store) -> None:
    assert "You have paused" not in ann.get("/quiz/progress").text
    Learning(kept, "ann").choose(Settings(paused=NOON))
    assert "You have paused" in ann.get("/quiz/progress").text


def test_what_keeps_slipping_is_named_with_another_way_to_learn_it(app: Flask, kept: Store, clock: Clock) -> None:
    dan, shown = browser(app, "dan"), []
    for slip in range(8):
        for step, grade in enumerate(("right", "right", "wrong")):
            give(kept, "dan", "name:BL23", grade, f"slip {slip}, {step}")
            clock.move(30 * DAY if step else 60)
        shown.append("What keeps slipping" in dan.get("/quiz/progress").text)
    assert shown == [False] * 7 + [True]
    page = dan.get("/quiz/progress").text
    part = page[page.index("What keeps slipping") :]
    assert 'href="/points/BL23"' in part
    assert "Which point is this, missed 8 times" in part


def test_who_takes_decks_too_often_waits(client: FlaskClient, kept: Store, clock: Clock) -> None:
    codes = [client.get("/quiz/export.apkg?deck=condition:sciatica").status_code for _ in range(31)]
    assert codes == [200] * 30 + [429]
    clock.move(60)
    assert client.get("/quiz/export.apkg?deck=condition:sciatica").status_code == 200


def test_a_patient_reads_thumb_widths_and_a_student_cun(ann: FlaskClient) -> None:
    assert "0.8 <small>thumb-widths</small>" in ann.get("/quiz/progress").text
    assert "0.8 <small>cun</small>" in ann.get("/quiz/progress?as=student").text


def test_an_answer_in_the_quiz_shows_in_progress(real_app: Flask) -> None:
    client = real_app.test_client()
    question = client.get("/quiz?deck=condition:sciatica&as=student").text
    token = re.search(r'name="token" value="([^"]+)"', question)
    assert token
    sent = client.post("/quiz/answers?as=student", data={"token": token[1], "x": "200", "y": "300"})
    assert sent.status_code == 303
    page = client.get("/quiz/progress?as=student&deck=condition:sciatica").text
    (place,) = rows(page, "h-far")
    assert place[1] == "BL23"
    assert [row[0] for row in rows(page, "h-kind")] == ["Where is it"]
