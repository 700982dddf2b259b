"""The quiz as pages: one tap to the first answer; nothing that is sent can mark itself right."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from bodymap import create_app
from bodymap.atlas import Atlas
from bodymap.numbering import plain
from bodymap.quiz import decks, places, questions
from bodymap.quiz.model import KINDS, Kind, Question
from bodymap.store.learning import Exams
from bodymap.views import asked, learner
from tests.conftest import HOSTILE


@pytest.fixture
def quiz(real_app: Flask) -> Iterator[FlaskClient]:
    """A client of the app on the real atlas, with a store of its own."""
    app = create_app(ATLAS=real_app.config["ATLAS"], STORE="sqlite://", TESTING=True)
    yield app.test_client()
    app.extensions["store"].close()


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found.group(1)


def place(client: FlaskClient, code: str) -> dict[str, str]:
    """Where the point is asked, as the script sends it."""
    atlas: Atlas = client.application.extensions["atlas"]
    view = places.asked_view(atlas, "female", code)
    assert view
    spot = places.spots(atlas, view, code)[0]
    return {"x": str(spot.x), "y": str(spot.y)}


def first(atlas: Atlas, kind: Kind, slug: str) -> Question:
    """What a newcomer is asked first of this kind in the deck."""
    deck = decks.deck(atlas, slug)
    assert deck
    return questions.ask(atlas, questions.cards(atlas, deck.codes, "student", (kind,))[0], 0)


def answer(client: FlaskClient, url: str = "/quiz", **fields: str) -> str:
    """Open the page of a question, answer it, and read the page that follows."""
    asked = client.get(url).text
    sent = client.post("/quiz/answers", data={"token": token(asked), **fields}, follow_redirects=True)
    assert sent.status_code == 200, sent.text
    return sent.text


def test_the_first_page_asks_the_first_question_and_keeps_nobody(quiz: FlaskClient) -> None:
    page = quiz.get("/quiz")
    assert "Where is" in page.text
    assert 'class="code">BL23</span>' in page.text
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"


def test_a_place_is_graded_with_the_reason_and_the_learner_gets_a_cookie(quiz: FlaskClient) -> None:
    page = answer(quiz, **place(quiz, "BL23"))
    assert ">Right " in page
    assert "0.0 cun off" in page
    assert "Count up two bumps" in page
    cookie = quiz.get_cookie("learner", path="/quiz")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_wrong_place_is_told_how_far_which_way_and_what_is_nearer(quiz: FlaskClient) -> None:
    page = answer(quiz, **place(quiz, "BL25"))
    assert "Not yet" in page
    assert "too low" in page
    assert "Your place is nearer to" in page
    assert ">BL25</span>" in page


def test_pixels_of_the_picture_count_where_there_is_no_script(quiz: FlaskClient) -> None:
    atlas: Atlas = quiz.application.extensions["atlas"]
    view = places.asked_view(atlas, "female", "BL23")
    assert view
    spot = places.spots(atlas, view, "BL23")[1]
    scale = 280 / view.width
    page = answer(quiz, **{"at.x": str(round(spot.x * scale)), "at.y": str(round(spot.y * scale))})
    assert ">Right " in page


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("locate", "order")])
def test_every_kind_takes_the_right_choice(quiz: FlaskClient, kind: str) -> None:
    atlas: Atlas = quiz.application.extensions["atlas"]
    url = f"/quiz?kinds={kind}&deck=channel:BL&as=student"
    card = next(card for card in questions.cards(atlas, [p.code for p in atlas.channel_points("BL")], "student")
                if card.kind == kind)  # fmt: skip
    right = questions.ask(atlas, card, 0).right[0]
    assert ">Right<" in answer(quiz, url, value=right).replace("</h1>", "<")


def test_an_order_is_graded_place_by_place(quiz: FlaskClient) -> None:
    atlas: Atlas = quiz.application.extensions["atlas"]
    right = first(atlas, "order", "channel:BL").right
    fields = {f"place{number}": code for number, code in enumerate(right, start=1)}
    assert ">Right<" in answer(quiz, "/quiz?kinds=order&deck=channel:BL", **fields).replace("</h1>", "<")


def test_what_is_to_be_put_in_order_shows_no_number(quiz: FlaskClient) -> None:
    for deck in ("channel:BL", "region:sciatic-pathway"):
        page = quiz.get(f"/quiz?kinds=order&deck={deck}").text
        asked = page[page.index('id="asked"') : page.index("</form>", page.index('id="asked"'))]
        assert not re.search(r">[^<]*[A-Z]{2}\d", asked)


def test_an_order_down_the_leg_tells_what_stood_in_the_wrong_place(quiz: FlaskClient) -> None:
    atlas: Atlas = quiz.application.extensions["atlas"]
    right = first(atlas, "order", "region:sciatic-pathway").right
    swapped = (right[1], right[0], *right[2:])
    fields = {f"place{number}": code for number, code in enumerate(swapped, start=1)}
    page = answer(quiz, "/quiz?kinds=order&deck=region:sciatic-pathway", **fields)
    assert "Near" in page
    assert page.count("in its place") == 2
    assert f"you put {atlas.points[right[1]].pinyin} here" in page


def test_a_name_may_be_typed(quiz: FlaskClient) -> None:
    page = answer(quiz, "/quiz?kinds=name&form=typed", text="ub 23")
    assert ">Right<" in page.replace("</h1>", "<")
    assert HOSTILE not in answer(quiz, "/quiz?kinds=name&form=typed", text=HOSTILE)


def test_a_page_does_not_give_the_name_away(quiz: FlaskClient) -> None:
    page = quiz.get("/quiz?kinds=name&form=typed").text
    question = page[page.index('id="question"') : page.index("</form>", page.index('id="question"'))]
    assert "BL23" not in question
    assert "Shènshū" not in question


def test_a_question_is_answered_once(quiz: FlaskClient) -> None:
    sent = {"token": token(quiz.get("/quiz").text)}
    first = quiz.post("/quiz/answers", data={**sent, **place(quiz, "BL25")})
    again = quiz.post("/quiz/answers", data={**sent, **place(quiz, "BL23")})
    assert (first.status_code, again.location) == (303, first.location)
    assert "Not yet" in quiz.get(again.location).text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"x": "1e9", "y": "5"},
        {"x": "nan", "y": "nan"},
        {"x": "-1", "y": "5"},
        {"at.x": "0", "at.y": "0"},
        {"x": "", "y": "", "at.x": "0", "at.y": "0"},
    ],
)
def test_what_is_off_the_figure_is_refused_and_changes_nothing(quiz: FlaskClient, fields: dict[str, str]) -> None:
    sent = quiz.post("/quiz/answers", data={"token": token(quiz.get("/quiz").text), **fields})
    assert sent.status_code == 422
    assert "is not on the figure" in sent.text
    assert json.loads(quiz.get("/quiz/progress.json").text)["answers"] == []


@pytest.mark.parametrize(
    ("query", "fields"),
    [("kinds=name&form=typed", {"text": "   "}),
     ("kinds=order&deck=channel:BL", {f"place{place}": "BL1" for place in (1, 2, 3, 4)})],
)  # fmt: skip
def test_an_answer_that_cannot_be_meant_is_refused_and_not_counted(
    quiz: FlaskClient, query: str, fields: dict[str, str]
) -> None:
    sent = quiz.post("/quiz/answers", data={"token": token(quiz.get(f"/quiz?{query}").text), **fields})
    assert sent.status_code == 422
    assert json.loads(quiz.get("/quiz/progress.json").text)["answers"] == []


@pytest.mark.parametrize("value", ["", "LU1", "right", HOSTILE])
def test_only_what_was_offered_can_be_chosen(quiz: FlaskClient, value: str) -> None:
    sent = quiz.post("/quiz/answers", data={"token": token(quiz.get("/quiz?kinds=name").text), "value": value})
    assert sent.status_code == 422
    assert HOSTILE not in sent.text


def test_a_forged_token_is_refused(quiz: FlaskClient) -> None:
    forged = URLSafeTimedSerializer("guess", salt="question").dumps(
        ["locate", "BL23", 0, "female", "student", "", "all", ""]
    )
    for sent in ("", "x.y.z", str(forged), token(quiz.get("/quiz").text)[:-2] + "xx"):
        answered = quiz.post("/quiz/answers", data={"token": sent, "x": "1", "y": "1", "grade": "right"})
        assert answered.status_code == 400
        assert "was not asked here" in answered.text


def test_a_stale_token_is_told_so(quiz: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = token(quiz.get("/quiz").text)
    monkeypatch.setattr(learner, "OPEN_FOR", -1)
    answered = quiz.post("/quiz/answers", data={"token": sent, **place(quiz, "BL23")})
    assert answered.status_code == 410
    assert "can no longer be answered" in answered.text


def test_an_answer_is_its_learners_own(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    stranger = quiz.application.test_client()
    assert stranger.get("/quiz/answers/1").status_code == 404
    assert quiz.get("/quiz/answers/1").status_code == 200


def test_an_answer_can_be_taken_back(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL25"))
    page = quiz.post("/quiz/undo", data={"deck": "condition:sciatica"}, follow_redirects=True).text
    assert 'class="code">BL23</span>' in page[page.index('id="asked"') :]


@pytest.mark.parametrize("url", ["/quiz?deck=condition:dragons", "/quiz?deck=", "/quiz/exam?deck=channel:XX"])
def test_an_unknown_deck_is_named_with_the_way_out(quiz: FlaskClient, url: str) -> None:
    page = quiz.get(url)
    assert page.status_code == 400
    assert "condition:sciatica" in page.text
    assert '<a class="button primary" href="/quiz/decks">All decks</a>' in page.text


def zone_of(client: FlaskClient) -> str:
    return str(json.loads(client.get("/quiz/progress.json").text)["settings"]["zone"])


def test_the_time_zone_comes_with_the_first_answer_and_stays(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"), zone="Pacific/Auckland")
    assert zone_of(quiz) == "Pacific/Auckland"
    asked = token(quiz.get("/quiz").text)
    quiz.post("/quiz/answers", data={"token": asked, "x": "1", "y": "1", "zone": "Europe/Berlin"})
    assert zone_of(quiz) == "Pacific/Auckland"  # a journey, or a second device, moves nobody's midnight


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", HOSTILE])
def test_a_time_zone_that_is_none_is_passed_over(quiz: FlaskClient, zone: str) -> None:
    assert ">Right " in answer(quiz, **place(quiz, "BL23"), zone=zone)
    assert zone_of(quiz) == "UTC"


def test_a_time_zone_that_was_chosen_before_the_first_answer_stays(quiz: FlaskClient) -> None:
    quiz.post("/quiz/settings", data={"new_per_day": "3", "retention": "90", "zone": "Asia/Tokyo"})
    answer(quiz, **place(quiz, "BL23"), zone="Europe/Berlin")
    assert zone_of(quiz) == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("zone", "hours", "fresh"),
    [("UTC", 15.9, 0), ("UTC", 16.1, 1), ("Pacific/Auckland", 2.9, 0), ("Pacific/Auckland", 3.1, 1),
     ("America/New_York", 20.9, 0), ("America/New_York", 21.1, 1)],
)  # fmt: skip
def test_new_cards_come_with_the_learners_own_midnight(quiz: FlaskClient, zone: str, hours: float, fresh: int) -> None:
    store = quiz.application.extensions["store"]
    store.now = lambda: 1_800_000_000  # 2027-01-15, 08:00 in UTC, 21:00 in Auckland, 03:00 in New York
    answer(quiz, **place(quiz, "BL23"), zone=zone)
    quiz.post("/quiz/settings", data={"new_per_day": "1", "retention": "90", "zone": zone_of(quiz)})
    store.now = lambda: 1_800_000_000 + int(hours * 3600)
    page = quiz.get("/quiz").text
    assert (f"{fresh} new" in page) or ("Done for today" in page and not fresh)


def test_settings_that_cannot_be_are_refused_with_what_was_typed(quiz: FlaskClient) -> None:
    page = quiz.post("/quiz/settings", data={"new_per_day": "many", "retention": "90", "zone": "Europe/Berlin"})
    assert page.status_code == 422
    assert 'value="many"' in page.text
    page = quiz.post("/quiz/settings", data={"new_per_day": "5", "retention": "20", "zone": "Mars/Olympus"})
    assert page.status_code == 422
    assert 'value="Mars/Olympus"' in page.text


def test_settings_are_kept(quiz: FlaskClient) -> None:
    fields = {"new_per_day": "3", "retention": "85", "zone": "Asia/Tokyo"}
    page = quiz.post("/quiz/settings", data=fields, follow_redirects=True).text
    assert "Saved." in page
    assert 'value="Asia/Tokyo"' in page


def test_new_cards_end_for_the_day_and_a_pause_ends_all(quiz: FlaskClient) -> None:
    quiz.post("/quiz/settings", data={"new_per_day": "0", "retention": "90", "zone": "UTC"})
    assert "Done for today" in quiz.get("/quiz").text
    quiz.post("/quiz/pause", data={"paused": "on"})
    assert "Paused" in quiz.get("/quiz").text


def test_progress_can_be_carried_to_another_device_and_deleted(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    file = quiz.get("/quiz/progress.json").data
    other = quiz.application.test_client()
    taken = other.post("/quiz/import", data={"file": (io.BytesIO(file), "progress.json")})
    assert taken.status_code == 303
    assert json.loads(other.get("/quiz/progress.json").text) == json.loads(file)
    other.post("/quiz/forget", data={"sure": "on"})
    assert other.get_cookie("learner", path="/quiz") is None
    assert json.loads(other.get("/quiz/progress.json").text)["answers"] == []


def test_what_a_file_tells_of_unknown_points_is_left_out_and_said_so(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    progress = json.loads(quiz.get("/quiz/progress.json").text)
    strange = {**progress["memories"][0], "card": "locate:ZZ9"}
    mixed = {**progress, "memories": [*progress["memories"], strange]}
    taken = quiz.post("/quiz/import", data={"text": json.dumps(mixed)}, follow_redirects=True)
    assert "One point of the file is not in this atlas" in taken.text
    assert json.loads(quiz.get("/quiz/progress.json").text) == progress
    refused = quiz.post("/quiz/import", data={"text": json.dumps({**progress, "memories": [strange], "answers": []})})
    assert refused.status_code == 422
    assert "None of its points is in this atlas" in refused.text
    assert json.loads(quiz.get("/quiz/progress.json").text) == progress


def test_a_broken_file_changes_nothing(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    before = quiz.get("/quiz/progress.json").data
    for broken in (b"", b"{", b'{"format": 9}', b"\xff\xfe" * 50):
        sent = quiz.post("/quiz/import", data={"file": (io.BytesIO(broken), "x.json")})
        assert sent.status_code == 422
        assert "nothing was changed" in sent.text
    assert quiz.get("/quiz/progress.json").data == before


def begin(client: FlaskClient, **fields: str) -> str:
    kinds = fields.pop("kinds", "")
    sent = client.post(
        f"/quiz/exams?kinds={kinds}", data={"deck": "condition:sciatica", "count": "10", "seed": "class 7", **fields}
    )
    assert sent.status_code == 303
    return str(sent.location)


def test_the_same_seed_gives_a_class_the_same_exam(quiz: FlaskClient) -> None:
    asked = []
    for _ in range(2):
        page = quiz.get(begin(quiz)).text
        asked.append(page[page.index('id="asked"') : page.index("</h1>")])
    assert asked[0] == asked[1]


def test_an_exam_ends_in_a_sheet_and_teaches_nothing_on_the_way(quiz: FlaskClient) -> None:
    url = begin(quiz)
    for place_of in range(10):
        page = quiz.get(url).text
        assert f"Question {place_of + 1} of 10" in page
        assert 'name="token"' not in page  # with one the answer could be had in advance, as practice
        assert 'class="reason"' not in page
        quiz.post(url, data={"place": str(place_of), "skip": "on"})
    sheet = quiz.get(url).text
    assert "0 / 10" in sheet
    assert sheet.count("left out") == 10
    quiz.post(url, data={"place": "0", "value": "BL23"})  # too late
    assert "0 / 10" in quiz.get(url).text
    assert json.loads(quiz.get("/quiz/progress.json").text)["answers"] == []


def asked_of(client: FlaskClient, url: str) -> list[Question]:
    exam = Exams(client.application.extensions["store"]).exam(url.partition("?")[0].rpartition("/")[2])
    assert exam
    return list(exam.questions)


def test_an_exam_in_words_asks_the_same_cards_without_a_figure(quiz: FlaskClient) -> None:
    seen, told = asked_of(quiz, begin(quiz)), asked_of(quiz, begin(quiz, form="words"))
    assert [question.card for question in seen] == [question.card for question in told]
    assert any(question.view for question in seen)
    assert not any(question.view for question in told)
    assert "checked" in quiz.get("/quiz/exam?form=words").text


def test_an_exam_in_words_is_graded_as_any_and_its_sheet_says_which_form(quiz: FlaskClient) -> None:
    url = begin(quiz, form="words", kinds="locate")
    for place_of, question in enumerate(asked_of(quiz, url)):
        page = quiz.get(url).text
        assert 'class="place"' not in page
        assert "/quiz/figure.svg" not in page
        value = question.right[0] if place_of else next(one for one in question.options if one not in question.right)
        quiz.post(url, data={"place": str(place_of), "value": value})
    sheet = quiz.get(url).text
    assert "9 / 10" in sheet
    assert "Places were asked in words" in sheet
    assert sheet.count("(in words)") == 10


def test_an_exam_goes_on_in_words_for_good(quiz: FlaskClient) -> None:
    url = begin(quiz, kinds="locate")
    quiz.post(url, data={"place": "0", "skip": "on"})
    assert "without figures, in words" in quiz.get(url).text
    quiz.post(url, data={"place": "1", "words": "on"})
    page = quiz.get(url).text
    assert "Question 2 of 10" in page
    assert "in words</button>" not in page
    assert [bool(question.view) for question in asked_of(quiz, url)] == [True] + 9 * [False]
    quiz.post(url, data={"place": "0", "words": "on"})  # late, from an open page
    assert asked_of(quiz, url)[0].view


def test_the_sheet_has_the_day_and_a_line_for_a_name_that_nothing_is_typed_into(quiz: FlaskClient) -> None:
    quiz.application.extensions["store"].now = lambda: 1_800_000_000  # 2027-01-15, 08:00 UTC
    url = begin(quiz)
    for place_of in range(10):
        quiz.post(url, data={"place": str(place_of), "skip": "on"})
    sheet = quiz.get(url).text
    assert '<time datetime="2027-01-15">' in sheet
    assert '<p class="name-line">Name</p>' in sheet
    assert 'id="print" hidden' in sheet


@pytest.mark.parametrize("audience", ["patient", "student"])
def test_a_place_that_is_told_names_no_point_that_is_sought(quiz: FlaskClient, audience: str) -> None:
    atlas: Atlas = quiz.application.extensions["atlas"]
    for code in ("SP18", "LI15", "KI15", "BL23"):  # whose places the standard tells with their own names
        page = quiz.get(f"/quiz?kinds=name&form=words&deck=channel:{code[:2]}&as={audience}").text
        assert "Which point lies here?" in page
        location = atlas.points[code].location
        told = asked.unnamed(location.clinical, atlas.points[code])
        assert told
        assert code not in told
        assert plain(atlas.points[code].pinyin) not in plain(told)


def test_an_unknown_exam_is_not_found(quiz: FlaskClient) -> None:
    assert quiz.get("/quiz/exams/nothing").status_code == 404
    assert quiz.post("/quiz/exams/nothing", data={"place": "0"}).status_code == 404


def test_a_patient_is_never_asked_for_a_depth(quiz: FlaskClient) -> None:
    assert "How is it needled" not in quiz.get("/quiz?kinds=needling").text
    assert "How is it needled" in quiz.get("/quiz?kinds=needling&as=student&deck=channel:BL").text


def test_the_figure_is_an_image_of_its_own(quiz: FlaskClient) -> None:
    picture = quiz.get("/quiz/figure.svg?view=hip")
    assert picture.content_type.startswith("image/svg+xml")
    assert "var(" not in picture.text
    assert quiz.get("/quiz/figure.svg").status_code == 404


def test_taking_back_twice_takes_back_one_answer(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    page = answer(quiz, **place(quiz, "BL25"))
    form = re.search(r'name="answer" value="(\d+)"', page)
    assert form
    for _ in range(2):
        assert quiz.post("/quiz/undo", data={"answer": form[1], "deck": "condition:sciatica"}).status_code == 303
    assert len(json.loads(quiz.get("/quiz/progress.json").text)["answers"]) == 1


def test_nothing_is_deleted_without_the_tick(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    sent = quiz.post("/quiz/forget")
    assert sent.status_code == 422
    assert "Nothing was deleted" in sent.text
    assert len(json.loads(quiz.get("/quiz/progress.json").text)["answers"]) == 1


def test_an_answer_that_no_number_can_name_is_not_found(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    assert quiz.get(f"/quiz/answers/{10**30}").status_code == 404


@pytest.mark.parametrize("sheet", [False, True])
def test_what_a_student_answered_tells_a_patient_no_depth(quiz: FlaskClient, sheet: bool) -> None:
    told = re.compile(r"\d–[\d.]+ cun|perpendicular|oblique|transverse")
    if sheet:
        made = quiz.post("/quiz/exams?as=student&kinds=needling", data={"deck": "condition:sciatica", "seed": "a"})
        url = str(made.location).split("?")[0]
        for place_of in range(10):
            asked = quiz.get(f"{url}?as=student").text
            option = re.search(r'name="value" value="([^"]+)"', asked)
            assert option
            quiz.post(f"{url}?as=student", data={"place": str(place_of), "value": option[1]})
    else:
        asked = quiz.get("/quiz?as=student&kinds=needling").text
        option = re.search(r'name="value" value="([^"]+)"', asked)
        assert option
        sent = quiz.post("/quiz/answers?as=student", data={"token": token(asked), "value": option[1]})
        url = str(sent.location).split("?")[0]
    main = re.compile(r"<main.*</main>", re.S)
    for audience, shown in (("student", True), ("patient", False)):
        page = main.search(quiz.get(f"{url}?as={audience}").text)
        assert page
        assert bool(told.search(page[0])) is shown


def test_what_was_deleted_can_be_brought_back_while_the_page_is_open(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    quiz.post("/quiz/settings", data={"new_per_day": "3", "retention": "85", "zone": "Asia/Tokyo"})
    before = json.loads(quiz.get("/quiz/progress.json").text)
    page = quiz.post("/quiz/forget", data={"sure": "on"})
    assert page.headers["Cache-Control"] == "no-store"
    assert json.loads(quiz.get("/quiz/progress.json").text)["memories"] == []
    held = re.search(r'name="text" value="([^"]+)"', page.text)
    assert held
    assert quiz.post("/quiz/import", data={"text": html.unescape(held[1])}).status_code == 303
    assert json.loads(quiz.get("/quiz/progress.json").text) == before
    nothing = quiz.application.test_client().post("/quiz/forget", data={"sure": "on"})
    assert "Bring it all back" not in nothing.text


def test_years_of_progress_fit_into_the_page_that_brings_them_back(quiz: FlaskClient) -> None:
    answer(quiz, **place(quiz, "BL23"))
    progress = json.loads(quiz.get("/quiz/progress.json").text)
    progress["answers"] = progress["answers"] * 20_000
    text = json.dumps(progress)
    assert len(text) > 1_000_000
    assert quiz.post("/quiz/import", data={"text": text}).status_code == 303
    assert len(json.loads(quiz.get("/quiz/progress.json").text)["answers"]) == 20_000
