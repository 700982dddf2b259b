"""The quiz in a real browser: by mouse, by finger, by keyboard, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from bodymap.atlas import Atlas
from bodymap.quiz import places
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_access import OPTIONS, Axe

LEARNT = re.compile(r"/quiz/answers/\d+\?deck=")


def at(
    page: Page, atlas: Atlas, code: str, across: float = 0.0, down: float = 0.0, shown: str = "[data-place] svg"
) -> dict[str, float]:
    """Where on the page the point lies in the figure shown, moved by so many cun."""
    view = places.asked_view(atlas, "female", code)
    assert view
    spot = places.spots(atlas, view, code)[0]
    x, y = spot.x + across * view.cun, spot.y + down * view.cun
    return page.locator(shown).evaluate(
        """(shown, [x, y, w, h]) => { const box = shown.getBoundingClientRect();
        const k = Math.min(box.width / w, box.height / h);
        return { x: box.x + (box.width - w * k) / 2 + x * k, y: box.y + (box.height - h * k) / 2 + y * k }; }""",
        [x, y, view.width, view.height],
    )


@pytest.fixture
def atlas(real_app: Flask) -> Atlas:
    return real_app.extensions["atlas"]


def test_within_one_tap_of_opening_the_first_question_is_answered(desktop: Page, atlas: Atlas) -> None:
    desktop.goto("/quiz")
    spot = at(desktop, atlas, "BL23", 0.1)
    desktop.mouse.click(spot["x"], spot["y"])
    expect(desktop).to_have_url(LEARNT)
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Right")
    expect(desktop.get_by_role("link", name="Next")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Where is")


def test_a_finger_that_is_off_is_told_how_far_and_which_way(phone: Page, atlas: Atlas) -> None:
    phone.goto("/quiz")
    spot = at(phone, atlas, "BL23", 0.0, 1.6)
    phone.touchscreen.tap(spot["x"], spot["y"])
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Not yet")
    expect(heading).to_contain_text("1.6 cun off: too low")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_cross_is_moved_by_keys_in_cun_and_told_from_landmarks(desktop: Page) -> None:
    desktop.goto("/quiz")
    desktop.keyboard.press("Tab")
    desktop.locator("[data-place]").focus()
    desktop.keyboard.press("ArrowUp")
    said = desktop.locator("#live")
    expect(said).to_have_text(re.compile(r"cun (above|below)|^at "))
    before = desktop.locator(".crosshair").get_attribute("d")
    desktop.keyboard.press("Shift+ArrowLeft")
    assert desktop.locator(".crosshair").get_attribute("d") != before
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(LEARNT)


def test_a_choice_is_made_by_a_digit_and_given_by_enter(desktop: Page) -> None:
    desktop.goto("/quiz?kinds=name")
    desktop.keyboard.press("2")
    expect(desktop.locator(".options input").nth(1)).to_be_checked()
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(LEARNT)


@pytest.mark.parametrize("kind", ["names", "use", "danger", "needling", "number"])
def test_each_kind_of_choice_is_answered_with_a_reason(desktop: Page, kind: str) -> None:
    desktop.goto(f"/quiz?kinds={kind}&deck=channel:BL&as=student")
    desktop.locator(".options label").first.click()
    desktop.get_by_role("button", name="Answer").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text(re.compile("Right|Not yet"))
    expect(desktop.locator(".reason")).to_be_visible()
    desktop.get_by_role("button", name="Undo this answer").click()
    expect(desktop.locator(".options label").first).to_be_visible()


def test_an_order_is_put_together_from_lists(desktop: Page) -> None:
    desktop.goto("/quiz?kinds=order&deck=channel:BL")
    for place, code in enumerate(("BL1", "BL2", "BL3", "BL4")):
        desktop.locator(".order select").nth(place).select_option(code)
    desktop.get_by_role("button", name="Answer").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Right")


def test_without_javascript_the_figure_is_an_image_to_tap(without_javascript: Page, atlas: Atlas) -> None:
    page = without_javascript
    page.goto("/quiz")
    spot = at(page, atlas, "BL23", shown=".tap")
    page.mouse.click(spot["x"], spot["y"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Right")
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="Answer in words instead").click()
    page.locator(".options input").first.check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Right|Not yet"))


def test_an_exam_is_taken_and_its_sheet_printed(desktop: Page) -> None:
    desktop.goto("/quiz/exam?deck=condition:sciatica&seed=class")
    desktop.get_by_role("button", name="Begin").click()
    for place in range(1, 11):
        expect(desktop.get_by_text(f"Question {place} of 10")).to_be_visible()
        desktop.get_by_role("button", name="Leave it out").click()
    expect(desktop.locator(".score")).to_have_text("0 / 10")
    desktop.emulate_media(media="print")
    expect(desktop.locator(".sheet")).to_be_visible()
    expect(desktop.get_by_role("link", name="Another exam")).to_be_hidden()


def test_everything_can_be_deleted_in_one_step(desktop: Page) -> None:
    desktop.goto("/quiz?kinds=name")
    desktop.keyboard.press("1")
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(LEARNT)
    desktop.get_by_role("link", name="Settings").click()
    desktop.get_by_label("Yes, delete all of it").check()
    desktop.get_by_role("button", name="Delete everything").click()
    expect(desktop.get_by_text("0 due, 10 new")).to_be_visible()
    assert desktop.context.cookies() == []


@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["1280-light", "390-dark"])
def test_axe_finds_nothing_on_the_quiz(browser: Browser, site: str, device: dict[str, object], scheme: str) -> None:
    context = browser.new_context(base_url=site, color_scheme=scheme, reduced_motion="reduce", **device)
    page, found = context.new_page(), []
    urls = ["/quiz", "/quiz?kinds=name", "/quiz?kinds=order&deck=channel:BL", "/quiz?kinds=name&form=typed",
            "/quiz/decks", "/quiz/settings", "/quiz/exam"]  # fmt: skip
    for url in urls:
        page.goto(url)
        result = Axe().run(page, options=OPTIONS).response
        found += [f"{url}: {violation['id']}: {node['target']} {node['failureSummary']}"
                  for violation in result["violations"] for node in violation["nodes"]]  # fmt: skip
    page.goto("/quiz?kinds=name")
    page.locator(".options label").first.click()
    page.get_by_role("button", name="Answer").click()
    result = Axe().run(page, options=OPTIONS).response
    found += [f"answer: {violation['id']}: {node['target']}" for violation in result["violations"]
              for node in violation["nodes"]]  # fmt: skip
    context.close()
    assert found == []
