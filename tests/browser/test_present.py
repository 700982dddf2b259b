"""A plan shown to its patient: on a tablet by keys, taps and swipes, on a phone, without a script, and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from bodymap.plans import templates
from bodymap.plans.model import Plan, PlannedPoint
from bodymap.store.plans import Kept, Plans
from tests.browser.conftest import PHONE, opened
from tests.browser.test_access import OPTIONS, SIZES

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}
PLAN = Plan(
    title="Sciatica", goal="Walk without leg pain", condition="sciatica", circumstances=("anticoagulants",),
    sessions=10, weeks=5, advice="A warm bath is fine.", contact="Mill Lane, 020 7946 0018",
    points=(
        PlannedPoint("BL23", "both", depth=(21.7, 33.3), angle="oblique", retention=20),
        PlannedPoint("BL25", "left", note="This side first."), PlannedPoint("BL57", "left"),
        PlannedPoint("ST36", "right"),
    ),
)  # fmt: skip


@pytest.fixture
def kept(real_app: Flask) -> Kept:
    return Plans(real_app.extensions["store"]).create(PLAN)


@pytest.fixture
def tablet(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site, **TABLET, reduced_motion="reduce")


def step(page: Page) -> str:
    address = page.evaluate("location.href")  # page.url hears of a replaced address a moment later
    return parse_qs(urlsplit(address).query).get("step", ["0"])[0]


def scene(page: Page) -> str:
    return page.locator("#words .scene:visible h2").inner_text()


def view_box(page: Page) -> list[float]:
    return [float(n) for n in page.locator(".shown-view:visible svg").get_attribute("viewBox").split()]


def test_arrow_keys_go_from_point_to_point_and_the_figure_comes_near(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present")
    far = view_box(tablet)
    tablet.keyboard.press("ArrowRight")
    assert step(tablet) == "1"
    assert "BL23" in scene(tablet)
    assert view_box(tablet)[3] < far[3] / 2
    lit = tablet.locator(".shown-view:visible .point.chosen")
    assert {lit.nth(place).get_attribute("data-code") for place in range(lit.count())} == {"BL23"}
    expect(tablet.locator("#live")).to_have_text(re.compile(r"1 of 4: BL23"))
    tablet.keyboard.press("End")
    assert "After a session" in scene(tablet)
    assert view_box(tablet) == far
    tablet.keyboard.press("ArrowRight")
    assert step(tablet) == "5"
    tablet.keyboard.press("Home")
    assert step(tablet) == "0"


def test_a_point_on_the_other_side_of_the_body_turns_the_figure(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present?step=3")
    assert tablet.locator(".shown-view:visible").get_attribute("id") == "view-back"
    tablet.keyboard.press("ArrowRight")
    assert tablet.locator(".shown-view:visible").get_attribute("id") != "view-back"
    assert tablet.locator(".shown-view:visible .point.chosen").get_attribute("data-code") == "ST36"


def test_a_step_can_be_linked_to_and_reloaded(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/shared/{kept.view}/present?step=2")
    assert "BL25" in scene(tablet)
    tablet.reload()
    assert "BL25" in scene(tablet)
    assert "This side first." in tablet.locator("#words .scene:visible").inner_text()


def test_taps_on_either_half_and_on_a_point_go_there(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present")
    box = tablet.locator(".body").bounding_box()
    tablet.touchscreen.tap(box["x"] + box["width"] * 0.95, box["y"] + 40)
    expect(tablet.locator("#count")).to_have_text("1 of 4")
    tablet.touchscreen.tap(box["x"] + box["width"] * 0.05, box["y"] + 40)
    expect(tablet.locator("#count")).to_have_text("Start")
    tablet.locator("#p-back-BL57-left .badge").tap()
    expect(tablet.locator("#count")).to_have_text("3 of 4")
    assert step(tablet) == "3"


SWIPE = """(dx) => {
  const main = document.getElementById("presented");
  const touch = (x) => new Touch({ identifier: 1, target: main, clientX: x, clientY: 300 });
  const send = (kind, x, held) => main.dispatchEvent(new TouchEvent(kind, {
    bubbles: true, touches: held ? [touch(x)] : [], changedTouches: [touch(x)] }));
  send("touchstart", 500, true);
  send("touchend", 500 + dx, false);
}"""


def test_a_swipe_to_the_left_goes_on_and_a_short_one_does_nothing(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present")
    tablet.evaluate(SWIPE, -120)
    assert step(tablet) == "1"
    tablet.evaluate(SWIPE, -20)
    assert step(tablet) == "1"
    tablet.evaluate(SWIPE, 120)
    assert step(tablet) == "0"


def test_the_figure_flies_unless_motion_is_unwanted(browser: Browser, site: str, kept: Kept) -> None:
    for page in opened(browser, site, **TABLET, reduced_motion="no-preference"):
        page.goto(f"/plans/{kept.edit}/present")
        far = view_box(page)
        page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "() => document.querySelector('.shown-view:not([hidden]) svg').viewBox.baseVal.height < 990"
        )
        on_the_way = view_box(page)
        target = [float(n) for n in page.locator('[data-stop="1"]').get_attribute("data-window").split()]
        assert target[3] < on_the_way[3] < far[3]
        page.wait_for_function(
            f"() => document.querySelector('.shown-view:not([hidden]) svg').viewBox.baseVal.height < {target[3] + 1}"
        )
    for page in opened(browser, site, **TABLET, reduced_motion="reduce"):
        page.goto(f"/plans/{kept.edit}/present")
        page.keyboard.press("ArrowRight")
        assert view_box(page) == target


def test_both_sides_of_the_table_read_the_words_and_the_room_goes_dark(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present?step=1")
    tablet.get_by_role("link", name="Both sides").click()
    tablet.keyboard.press("ArrowRight")
    across = tablet.locator("#across")
    expect(across).to_be_visible()
    expect(across).to_contain_text("BL25")
    assert tablet.evaluate("() => getComputedStyle(document.getElementById('across')).rotate") == "180deg"
    tablet.get_by_role("link", name="Dark room").click()
    assert "facing=both" in tablet.evaluate("location.href")
    assert "room=dark" in tablet.evaluate("location.href")
    before = tablet.evaluate("() => getComputedStyle(document.body).backgroundColor")
    tablet.reload()
    assert tablet.evaluate("() => getComputedStyle(document.body).backgroundColor") == before
    expect(across).to_be_visible()
    tablet.get_by_role("link", name="Across").click()
    assert tablet.evaluate("() => getComputedStyle(document.getElementById('presented')).rotate") == "180deg"


def test_the_bar_is_few_tabs_away(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present?step=1")
    for _ in range(2):
        tablet.keyboard.press("Tab")
    assert tablet.evaluate("() => document.activeElement.id") == "leave"


def test_the_editor_leads_to_the_presentation_and_closing_leads_back(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}?as=practitioner")
    tablet.get_by_role("link", name="Present", exact=True).first.click()
    assert "Sciatica" in scene(tablet)
    tablet.get_by_role("link", name="Close").click()
    expect(tablet.locator("#plan-title")).to_have_text("Sciatica")
    tablet.get_by_role("link", name="Record", exact=True).click()
    expect(tablet.locator("main")).to_contain_text("21.7–33.3 mm")


def test_fingers_are_drawn_as_wide_as_the_way_they_measure(tablet: Page, kept: Kept) -> None:
    tablet.goto(f"/plans/{kept.edit}/present?step=1")
    finding = tablet.locator(".scene:visible .finding")
    expect(finding).to_contain_text("two fingers side by side")
    hand = finding.locator(".area.fingers").bounding_box()
    line = finding.locator(".mark.ruler").first.bounding_box()
    assert abs(hand["width"] - line["width"]) < 0.15 * line["width"]


def test_without_javascript_each_step_is_a_page(without_javascript: Page, kept: Kept) -> None:
    page = without_javascript
    page.goto(f"/shared/{kept.view}/present")
    for code in ("BL23", "BL25", "BL57", "ST36"):
        page.locator("#next").click()
        assert code in scene(page)
        assert page.locator(".shown-view:visible .point.chosen").first.get_attribute("data-code") == code
    page.locator("#previous").click()
    assert "BL57" in scene(page)
    page.get_by_role("link", name="Dark room").click()
    assert "dark-room" in page.locator("body").get_attribute("class")
    assert "BL57" in scene(page)
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sciatica")


@pytest.mark.parametrize("template", ["sciatica", "chronic-back-pain"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_handout_prints_on_two_pages_that_can_be_read_back(
    real_app: Flask, desktop: Page, paper: str, template: str
) -> None:
    atlas = real_app.extensions["atlas"]
    plan = templates.start(template, atlas)
    assert plan is not None
    whole = Plans(real_app.extensions["store"]).create(plan)
    for path in (f"/shared/{whole.view}/handout", f"/shared/{whole.view}"):
        desktop.goto(path)
        pages = PdfReader(io.BytesIO(desktop.pdf(format=paper))).pages
        text = " ".join(page.extract_text() for page in pages)
        assert len(pages) <= 2, path
        for code in plan.codes:
            assert code in text
        for words in ("Get help at once", "After a session", "How to reach us"):
            assert words in text
        assert whole.view in "".join(text.split())  # a long address takes two lines
        assert not re.search(r"Larger type|\bmm\b|oblique|perpendicular", text)


def test_a_phone_opens_the_page_and_finds_number_and_telephone(phone: Page, kept: Kept) -> None:
    phone.goto(f"/shared/{kept.view}")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sciatica")
    expect(phone.get_by_text("Mill Lane, 020 7946 0018")).to_be_visible()
    phone.locator("#p-back-BL57-left .badge").click()
    assert phone.url.endswith("#point-3")
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("link", name="Larger type").click()
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert phone.get_by_role("link", name="Normal type").is_visible()


def test_the_handout_prints_by_its_button(desktop: Page, kept: Kept) -> None:
    desktop.add_init_script("window.print = () => { document.title = 'printed'; };")
    desktop.goto(f"/shared/{kept.view}/handout")
    desktop.get_by_role("button", name="Print").click()
    assert desktop.title() == "printed"


@pytest.mark.parametrize(("device", "scheme"), [(TABLET, "light"), (PHONE, "dark")], ids=["1024-light", "390-dark"])
def test_axe_finds_nothing_and_no_control_is_small(
    browser: Browser, site: str, kept: Kept, device: dict[str, object], scheme: str
) -> None:
    shared, plan = f"/shared/{kept.view}", f"/plans/{kept.edit}"
    urls = [shared, f"{shared}?type=large", f"{shared}/handout", f"{plan}/present",
            f"{plan}/present?step=1&facing=both", f"{plan}/present?step=4&room=dark",
            f"{plan}/present?step=5", f"{plan}/record"]  # fmt: skip
    found = []
    for page in opened(browser, site, **device, color_scheme=scheme, reduced_motion="reduce"):
        for url in urls:
            page.goto(url)
            result = Axe().run(page, options=OPTIONS).response
            found += [f"{url}: {wrong['id']}: {node['target']} {node['failureSummary']}"
                      for wrong in result["violations"] for node in wrong["nodes"]]  # fmt: skip
            found += [f"{url}: small {control}" for control in page.evaluate(SIZES)]
    assert found == []
