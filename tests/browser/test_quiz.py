"""The quiz in a real browser: every kind of question, by mouse, by touch, by keyboard and without JavaScript."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from bodymap.atlas import Atlas
from bodymap.quiz import decks, questions
from bodymap.quiz.model import Kind, Question
from bodymap.quiz.places import spots
from tests.browser.conftest import DESKTOP, PHONE, opened
from tests.browser.test_access import OPTIONS

CHOICES: tuple[Kind, ...] = ("name", "names", "use", "danger", "needling", "number")
ON_SCREEN = """([x, y]) => { const svg = document.querySelector('[data-place] svg');
  const spot = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()); return [spot.x, spot.y]; }"""


@pytest.fixture
def atlas(real_app: Flask) -> Atlas:
    atlas = real_app.extensions["atlas"]
    assert isinstance(atlas, Atlas)
    return atlas


def deck_of(kind: Kind) -> str:
    return "channel:BL" if kind == "number" else decks.FIRST


def first(atlas: Atlas, kind: Kind, form: str = "") -> Question:
    """What a newcomer is asked first of this kind."""
    deck = decks.deck(atlas, deck_of(kind))
    assert deck is not None
    return questions.ask(atlas, questions.cards(atlas, deck.codes, "student", (kind,))[0], 0, form=form)


def address(kind: Kind, **more: str) -> str:
    query = {"as": "student", "kinds": kind, "deck": deck_of(kind), **more}
    return "/quiz?" + "&".join(f"{name}={value}" for name, value in query.items())


def true_place(atlas: Atlas, question: Question) -> tuple[float, float]:
    spot = spots(atlas, atlas.views[question.figure, question.view], question.card.code)[0]
    return spot.x, spot.y


def on_screen(page: Page, x: float, y: float) -> tuple[float, float]:
    page.locator("[data-place] svg").scroll_into_view_if_needed()
    across, down = page.evaluate(ON_SCREEN, [x, y])
    return across, down


def told(page: Page, verdict: str) -> None:
    page.wait_for_url("**/quiz/answers/*")
    expect(page.locator("h1")).to_contain_text(verdict)


def option(page: Page, value: str) -> int:
    """Which of the options it is, from 1."""
    values = page.locator(".options input").evaluate_all("inputs => inputs.map(input => input.value)")
    return values.index(value) + 1


def test_a_place_is_found_with_the_mouse_within_one_click_of_opening(desktop: Page, atlas: Atlas) -> None:
    question = first(atlas, "locate")
    desktop.goto("/quiz?as=student")
    expect(desktop.locator("h1")).to_contain_text(question.card.code)
    desktop.mouse.click(*on_screen(desktop, *true_place(atlas, question)))
    told(desktop, "Right")
    desktop.keyboard.press("Enter")  # Next has the focus
    desktop.wait_for_url("**/quiz?*")
    expect(desktop.locator("h1")).not_to_contain_text(question.card.code)


def test_a_wrong_place_by_touch_tells_how_far_and_which_way(phone: Page, atlas: Atlas) -> None:
    question = first(atlas, "locate")
    view = atlas.views[question.figure, question.view]
    x, y = true_place(atlas, question)
    phone.goto("/quiz?as=student")
    phone.touchscreen.tap(*on_screen(phone, x, y + 3 * view.cun))
    told(phone, "Not yet")
    expect(phone.locator("h1")).to_contain_text(re.compile(r"(2\.9|3\.0|3\.1) cun off: too low"))
    expect(phone.locator(".shown svg")).to_contain_text(question.card.code)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_cross_moves_by_keyboard_and_says_where_it_is(desktop: Page, atlas: Atlas) -> None:
    question = first(atlas, "locate")
    view = atlas.views[question.figure, question.view]
    x, y = true_place(atlas, question)
    desktop.goto("/quiz?as=student")
    desktop.locator("[data-place]").focus()
    desktop.keyboard.press("ArrowDown")
    expect(desktop.locator("#live")).to_contain_text("cun")
    desktop.keyboard.press("ArrowUp")
    for distance, towards, back in (
        (x - view.width / 2, "ArrowRight", "ArrowLeft"),
        (y - view.height / 2, "ArrowDown", "ArrowUp"),
    ):
        for _ in range(round(abs(distance) / (view.cun * 0.5))):
            desktop.keyboard.press(towards if distance > 0 else back)
    desktop.keyboard.press("Shift+ArrowDown")
    desktop.keyboard.press("Shift+ArrowUp")
    desktop.keyboard.press("Enter")
    told(desktop, "Right")
    desktop.keyboard.press("Space")
    desktop.wait_for_url("**/quiz?*")


def test_a_place_is_found_without_javascript_on_the_image(without_javascript: Page, atlas: Atlas) -> None:
    page, question = without_javascript, first(atlas, "locate")
    view = atlas.views[question.figure, question.view]
    page.goto("/quiz?as=student")
    image = page.locator("input[type=image]")
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    assert box is not None
    assert 270 < box["width"] < 292  # narrow enough for the smallest screen
    x, y = true_place(atlas, question)
    image.click(position={"x": x / view.width * box["width"], "y": y / view.height * box["height"]})
    told(page, "Right")


def test_a_place_can_be_told_in_words(without_javascript: Page, atlas: Atlas) -> None:
    page, question = without_javascript, first(atlas, "locate", "words")
    page.goto("/quiz?as=student")
    page.get_by_role("link", name="Answer in words instead").click()
    page.locator(f".options input[value={question.right[0]}]").check()
    page.get_by_role("button", name="Answer").click()
    told(page, "Right")


@pytest.mark.parametrize("kind", CHOICES)
def test_a_choice_is_made_by_keyboard(desktop: Page, atlas: Atlas, kind: Kind) -> None:
    question = first(atlas, kind)
    desktop.goto(address(kind))
    desktop.keyboard.press(str(option(desktop, question.right[0])))
    desktop.keyboard.press("Enter")
    told(desktop, "Right")
    expect(desktop.locator("#go-on")).to_be_focused()


@pytest.mark.parametrize("kind", CHOICES)
def test_a_choice_is_made_by_touch_and_the_mistake_is_explained(phone: Page, atlas: Atlas, kind: Kind) -> None:
    question = first(atlas, kind)
    phone.goto(address(kind))
    wrong = next(at for at, value in enumerate(question.options) if value not in question.right)
    phone.locator(".options label").nth(wrong).tap()
    phone.get_by_role("button", name="Answer").tap()
    told(phone, "Not yet")
    expect(phone.locator(".compared")).to_contain_text("It is")
    expect(phone.locator(".reason h2")).to_contain_text(question.card.code)


@pytest.mark.parametrize("kind", CHOICES)
def test_a_choice_is_made_without_javascript(without_javascript: Page, atlas: Atlas, kind: Kind) -> None:
    page, question = without_javascript, first(atlas, kind)
    page.goto(address(kind))
    page.locator(".options input").nth(option(page, question.right[0]) - 1).check()
    page.get_by_role("button", name="Answer").click()
    told(page, "Right")
    page.get_by_role("button", name="Undo this answer").click()
    page.wait_for_url("**/quiz?*")
    expect(page.locator("h1")).not_to_contain_text("Right")


@pytest.mark.parametrize("script", [True, False])
def test_points_are_put_in_order(desktop: Page, without_javascript: Page, atlas: Atlas, script: bool) -> None:
    page, question = desktop if script else without_javascript, first(atlas, "order")
    page.goto(address("order"))
    for place, code in enumerate(question.right, 1):
        page.locator(f"select[name=place{place}]").select_option(code)
    page.get_by_role("button", name="Answer").click()
    told(page, "Right")


@pytest.mark.parametrize("written", ["code", "pinyin", "hanzi"])
def test_a_name_is_typed_as_people_write_it(desktop: Page, atlas: Atlas, written: str) -> None:
    point = atlas.points[first(atlas, "name").card.code]
    text = {"code": point.code.lower(), "pinyin": point.pinyin.upper(), "hanzi": point.hanzi_simplified}[written]
    desktop.goto(address("name", form="typed"))
    desktop.get_by_label("Its code or any of its names").fill(text)
    desktop.keyboard.press("Enter")
    told(desktop, "Right")


def test_an_answer_sent_twice_counts_once(desktop: Page, atlas: Atlas) -> None:
    question = first(atlas, "names")
    desktop.goto(address("names"))
    token = desktop.locator("input[name=token]").get_attribute("value") or ""
    desktop.keyboard.press(str(option(desktop, question.right[0])))
    desktop.keyboard.press("Enter")
    told(desktop, "Right")
    wrong = next(value for value in question.options if value not in question.right)
    again = desktop.request.post("/quiz/answers?as=student", form={"token": token, "value": wrong})
    assert again.url.split("?")[0] == desktop.url.split("?")[0]
    kept = desktop.request.get("/quiz/progress.json").json()
    assert [answer["grade"] for answer in kept["answers"]] == ["right"]


def test_an_exam_runs_to_its_sheet_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/quiz/exam?as=student&deck=condition:sciatica&count=10&seed=class-1")
    page.get_by_role("button", name="Begin").click()
    for number in range(1, 11):
        expect(page.locator(".exam-line")).to_contain_text(f"Question {number} of 10")
        page.get_by_role("button", name="Leave it out").click()
    expect(page.locator(".score")).to_have_text("0 / 10")
    expect(page.locator("tbody tr")).to_have_count(10)


def test_an_exam_is_sat_in_words_without_a_figure(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/quiz/exam?as=student&count=10&seed=class-1&kinds=locate,name")
    page.get_by_label("Ask in words, without figures").check()
    page.get_by_role("button", name="Begin").click()
    for _ in range(10):
        expect(page.locator("#question svg, #question input[type=image]")).to_have_count(0)
        page.locator(".options input").first.check()
        page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("main")).to_contain_text("Places were asked in words, without figures.")


def test_the_name_of_an_examinee_is_only_a_line_on_paper(desktop: Page) -> None:
    desktop.goto("/quiz/exam?as=student&count=10")
    desktop.get_by_role("button", name="Begin").click()
    for _ in range(10):
        desktop.get_by_role("button", name="Leave it out").click()
    expect(desktop.get_by_role("button", name="Print")).to_be_visible()
    expect(desktop.locator(".name-line")).to_be_hidden()
    desktop.emulate_media(media="print")
    expect(desktop.locator(".name-line")).to_be_visible()
    expect(desktop.get_by_role("button", name="Print")).to_be_hidden()


@pytest.mark.parametrize(("kind", "part"), [("locate", "[data-place] svg"), ("name", "#question .primary")])
def test_a_question_and_its_figure_are_in_sight_together_on_a_phone(phone: Page, kind: Kind, part: str) -> None:
    phone.goto(address(kind))
    for shown in ("#asked", part):
        expect(phone.locator(shown)).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_device_says_where_its_midnight_is(browser: Browser, site: str) -> None:
    for page in opened(browser, site, timezone_id="Pacific/Auckland", **DESKTOP):
        page.goto("/quiz?as=student&kinds=names")
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.wait_for_url("**/quiz/answers/*")
        page.goto("/quiz/settings?as=student")
        expect(page.get_by_label("Your time zone")).to_have_value("Pacific/Auckland")


def test_a_student_gets_from_a_point_to_its_channel(desktop: Page) -> None:
    desktop.goto("/points/GB30?as=student")
    desktop.get_by_role("link", name="Quiz me on this channel").click()
    expect(desktop.locator(".quiz-bar .deck")).to_contain_text("Gallbladder")


def test_patients_are_shown_no_depth_of_what_was_answered_as_a_student(desktop: Page) -> None:
    desktop.goto(address("needling"))
    desktop.keyboard.press("1")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/quiz/answers/*")
    assert re.search(r"\d–\d\S* cun", desktop.locator("main").inner_text())
    desktop.goto(desktop.url.replace("as=student", "as=patient"))
    assert not re.search(r"[\d.]+–[\d.]+ cun|perpendicular|oblique", desktop.locator("main").inner_text())


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["1280-light", "390-dark"])
def test_axe_finds_nothing_in_the_quiz(browser: Browser, site: str, device: dict[str, object], scheme: str) -> None:
    found = []

    def look(page: Page) -> None:
        result = Axe().run(page, options=OPTIONS).response
        found.extend(
            f"{page.url}: {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        )

    for page in opened(browser, site, color_scheme=scheme, reduced_motion="reduce", **device):
        kinds: tuple[Kind, ...] = ("locate", "name", "needling", "order")
        for url in (*map(address, kinds), address("name", form="typed"), "/quiz/decks", "/quiz/settings", "/quiz/exam"):
            page.goto(url)
            look(page)
        page.goto(address("needling"))
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.wait_for_url("**/quiz/answers/*")
        look(page)
        page.goto("/quiz/exam?as=student&count=10")
        page.get_by_role("button", name="Begin").click()
        for _ in range(10):
            page.get_by_role("button", name="Leave it out").click()
        expect(page.locator(".score")).to_be_visible()
        look(page)
        page.goto("/quiz/settings?as=student")
        page.get_by_label("Yes, delete all of it").check()
        page.get_by_role("button", name="Delete everything").click()
        expect(page.locator("h1")).to_have_text("Everything was deleted")
        look(page)
        page.get_by_role("button", name="Bring it all back").click()
        page.wait_for_url("**/quiz/progress*")
    assert found == []
