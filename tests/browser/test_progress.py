"""Progress and decks in a real browser: looked at, walked by keyboard, without JavaScript, printed, and taken along."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from bodymap.quiz.model import Card, Question, Verdict
from bodymap.store.learning import Learning, Told
from bodymap.views.learner import COOKIE, signed
from tests.browser.conftest import DESKTOP, PHONE, opened
from tests.browser.test_access import COLOURS, OPTIONS

DECK = "/quiz/progress?deck=condition:sciatica&as=student"


@pytest.fixture(scope="module")
def cookie(real_app: Flask) -> str:
    """The cookie of a learner who has answered about every point of sciatica."""
    learner = Learning(real_app.extensions["store"], "browser")
    condition = real_app.extensions["atlas"].conditions["sciatica"]
    for number, item in enumerate(condition.points):
        verdict = (Verdict("right", 0.2), Verdict("near", 0.8), Verdict("wrong", 3.0))[number % 3]
        learner.give(f"question {number}", Told(Question(Card("locate", item.code), 0, "place"), (), verdict))
    with real_app.test_request_context():
        return signed("browser")


def known(page: Page, site: str, cookie: str) -> Page:
    """The learner's own browser."""
    page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": f"{site}/quiz"}])
    return page


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1280", "390"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str, cookie: str) -> Iterator[Page]:
    for page in opened(browser, site, **request.param):
        yield known(page, site, cookie)


def test_a_weak_point_on_the_body_leads_to_its_page(page: Page) -> None:
    page.goto(DECK)
    page.locator("#body-back .strength.weak[aria-label^=BL54]").first.click(timeout=5000)
    page.wait_for_url("**/points/BL54?as=student")
    assert page.locator("h1 .code").inner_text() == "BL54"


def test_nothing_hangs_over_the_edge_and_words_in_charts_can_be_read(page: Page) -> None:
    page.goto(DECK)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.evaluate(
        """[...document.querySelectorAll('.plate .chart text:not(.side)')].map(text =>
        parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
    )
    assert len(sizes) > 30
    assert min(sizes) > 9


def test_the_tables_open_by_keyboard_and_their_links_work(page: Page) -> None:
    page.goto(DECK)
    page.locator(".body-plate summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the table scrolls by keyboard
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/points/**")


def test_the_body_is_no_trap_for_the_keyboard(page: Page) -> None:
    page.goto(DECK)
    page.locator(".filter button").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_deck_is_chosen_without_javascript(without_javascript: Page, site: str, cookie: str) -> None:
    page = known(without_javascript, site, cookie)
    page.goto("/quiz/progress?as=student")
    page.get_by_label("Of which points").select_option("channel:GB")
    page.get_by_role("button", name="Show").click()
    assert "deck=channel%3AGB" in page.url
    assert "as=student" in page.url
    page.locator(".body-plate summary").first.click()
    assert page.locator(".body-plate tbody tr").count() == 2  # GB30 and GB34


def test_a_deck_is_taken_along(page: Page, tmp_path: Path) -> None:
    page.goto(DECK)
    with page.expect_download() as started:
        page.get_by_role("link", name="Anki package: Sciatica").click()
    assert started.value.suggested_filename == "bodymap-condition-sciatica.apkg"
    started.value.save_as(tmp_path / "deck.apkg")
    assert "collection.anki2" in zipfile.ZipFile(tmp_path / "deck.apkg").namelist()


def test_a_newcomer_finds_the_way_in(phone: Page) -> None:
    phone.goto("/quiz/progress")
    assert phone.get_by_role("link", name="Answer the first question").get_attribute("href").startswith("/quiz?deck=")
    assert phone.locator(".chart").count() == 0


def test_print_shows_the_charts_without_what_only_a_screen_needs(desktop: Page, site: str, cookie: str) -> None:
    page = known(desktop, site, cookie)
    page.goto(DECK)
    page.emulate_media(media="print")
    assert page.locator(".chart:visible").count() == 6
    for selector in (".filter", ".take", ".plate summary", ".search"):
        assert page.locator(f"{selector}:visible").count() == 0
    page.emulate_media(media="screen", forced_colors="active")
    assert page.locator(".chart:visible").count() == 6


@pytest.mark.parametrize(
    ("device", "scheme", "options"),
    [(DESKTOP, "light", OPTIONS), (PHONE, "dark", OPTIONS), (DESKTOP, "dark", COLOURS), (PHONE, "light", COLOURS)],
    ids=["1280-light", "390-dark", "1280-dark-colours", "390-light-colours"],
)
def test_axe_finds_nothing(
    browser: Browser, site: str, cookie: str, device: dict[str, object], scheme: str, options: dict[str, object]
) -> None:
    for page in opened(browser, site, color_scheme=scheme, reduced_motion="reduce", **device):
        page.goto("/quiz/progress")  # a newcomer's
        found = Axe().run(page, options=options).response["violations"]
        known(page, site, cookie).goto(DECK)
        for summary in page.locator("summary").all():
            summary.click()
        found += Axe().run(page, options=options).response["violations"]
        assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in found] == []
