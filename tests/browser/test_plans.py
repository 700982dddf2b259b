"""What a practitioner does with a plan, in a real browser: build it, be warned, share it, and never lose a word."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, TABLET, opened, watched
from tests.browser.test_access import COLOURS, OPTIONS, SIZES


@pytest.fixture(scope="module")
def tabs(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """One context for all tests that need no other: what is fetched once is there for the next."""
    context = browser.new_context(base_url=site, **DESKTOP)
    context.clock.install()  # it goes on by itself, and ``rest`` moves it on
    yield context
    context.close()


@pytest.fixture
def tolerant(tabs: BrowserContext) -> Iterator[BrowserContext]:
    """A new device whose pages are not watched: Chromium writes every answer of 400 and above to the console."""
    yield tabs
    for page in tabs.pages:
        page.close()
    tabs.clear_cookies()


@pytest.fixture
def desktop(tolerant: BrowserContext, site: str) -> Iterator[Page]:
    """A page of a new device; any console message or foreign request fails the test."""
    page, wrong = watched(tolerant, site)
    yield page
    assert wrong == []


def begin(page: Page, template: str = "cherkin") -> str:
    """Start a plan from a template; its address."""
    made = page.request.post("/plans", form={"template": template}, max_redirects=0)
    page.goto(made.headers["location"].partition("#")[0])
    return page.url


def rest(page: Page) -> None:
    """Let go by, in no time, what the script waits for a further key before it saves."""
    page.clock.fast_forward(1000)


def list_codes(page: Page) -> list[str]:
    """The codes of the atlas, as the API lists them."""
    return [point["code"] for point in page.request.get("/api/v1/points").json()["points"]]


def holds(page: Page, wanted: list[str]) -> None:
    """Wait until the plan holds these points in this order."""
    expect(page.locator(".planned")).to_have_count(len(wanted))
    for number, code in enumerate(wanted, start=1):
        expect(page.locator(f"#point-{number}")).to_have_attribute("data-code", code)


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("All changes saved")


@pytest.mark.parametrize("device", [TABLET, PHONE], ids=["tablet", "phone"])
def test_the_sciatica_plan_for_someone_on_blood_thinners_is_five_taps_and_no_scrolling(
    browser: Browser, site: str, device: dict[str, Any]
) -> None:
    for page in opened(browser, site, **device):
        page.goto("/")
        for wanted in (
            page.get_by_role("button", name="Practitioner"),
            page.get_by_role("navigation", name="Main").get_by_role("link", name="Plans"),
            page.get_by_role("button", name=re.compile("^Sciatica")).first,
            page.get_by_label("Blood thinners"),
        ):
            expect(wanted).to_be_in_viewport(ratio=0.9)
            wanted.tap()
        expect(page.locator(".minds")).to_have_text("4 with care")
        expect(page.locator(".minds")).to_be_in_viewport()
        expect(page.locator("#mark-1")).to_contain_text("With care")
        expect(page.locator("#concerns")).to_contain_text("Blood thinners")
        expect(page.locator("#over-back .point.caution").first).to_be_attached()
        saved(page)
        tools = page.get_by_role("group", name="Save, undo, redo")
        expect(tools.get_by_role("link", name="Hand over")).to_be_in_viewport()
        tools.get_by_role("link", name="Present").tap()
        expect(page.locator(".agenda li")).to_have_count(11)
        page.go_back()
        expect(page.get_by_label("Blood thinners")).to_be_checked()


def test_points_of_a_complaint_or_region_name_an_empty_plan(desktop: Page) -> None:
    begin(desktop, "")
    desktop.goto("/conditions/sciatica?as=practitioner")
    desktop.get_by_role("button", name="Add all to the plan opened last").click()
    desktop.locator(".added").get_by_role("link", name="Open “Sciatica”").click()
    expect(desktop.locator("h1")).to_have_text("Sciatica")
    expect(desktop.locator(".planned")).to_have_count(11)
    desktop.goto("/regions/upper-back?as=practitioner")
    desktop.get_by_role("button", name="Add all to the plan opened last").click()
    expect(desktop.locator(".added").get_by_role("link", name="Open “Sciatica”")).to_be_visible()


def test_what_is_typed_is_saved_by_itself(desktop: Page) -> None:
    begin(desktop)
    desktop.get_by_label("Title").fill("Back, second course")
    expect(desktop.locator(".saved")).to_have_text("Saving")
    rest(desktop)
    saved(desktop)
    expect(desktop.locator("h1")).to_have_text("Back, second course")
    expect(desktop.get_by_label("Title")).to_be_focused()
    desktop.reload()
    expect(desktop.get_by_label("Title")).to_have_value("Back, second course")


def test_who_leaves_in_the_middle_of_a_word_loses_nothing(desktop: Page) -> None:
    url = begin(desktop)
    expect(desktop.locator(".scripted")).to_be_attached()
    desktop.get_by_label("Title").press("End")
    desktop.keyboard.type(" again")
    desktop.goto("/plans")
    expect(desktop.locator(".plan-link").first).to_contain_text("Cherkin 2009")
    for _ in range(50):  # what is sent while leaving may arrive after the next page was asked for
        desktop.goto(url)
        if desktop.get_by_label("Title").input_value().endswith("again"):
            break
        desktop.wait_for_timeout(100)
    expect(desktop.get_by_label("Title")).to_have_value(re.compile("Cherkin 2009 again$"))


def test_points_are_reordered_by_keyboard_and_the_numbers_on_the_map_follow(desktop: Page) -> None:
    begin(desktop)
    expect(desktop.get_by_role("link", name="1: BL23 Shènshū, left side").first).to_be_attached()
    desktop.get_by_role("button", name="Move BL23 down").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#live")).to_have_text("BL23 is now number 2 of 4")
    expect(desktop.get_by_role("button", name="Move BL23 down")).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#live")).to_have_text("BL23 is now number 4 of 4")
    expect(desktop.get_by_role("button", name="Move BL23 up")).to_be_focused()
    holds(desktop, ["BL40", "KI3", "GV3", "BL23"])
    expect(desktop.locator("#over-back").get_by_role("link", name="4: BL23 Shènshū, left side")).to_be_attached()
    desktop.get_by_role("button", name="Undo").click()
    expect(desktop.locator(".planned").nth(2)).to_have_attribute("data-code", "BL23")
    desktop.get_by_role("button", name="Redo").click()
    expect(desktop.locator(".planned").nth(3)).to_have_attribute("data-code", "BL23")


def test_points_are_reordered_by_dragging(desktop: Page) -> None:
    begin(desktop)
    grip, target = desktop.locator(".grip").first, desktop.locator(".planned").nth(2)
    desktop.locator("#points").evaluate("part => part.scrollIntoView()")
    box, end = grip.bounding_box(), target.bounding_box()
    assert box
    assert end
    desktop.mouse.move(box["x"] + 10, box["y"] + 20)
    desktop.mouse.down()
    for step in range(1, 13):
        desktop.mouse.move(box["x"] + 10, box["y"] + 20 + (end["y"] + end["height"] - box["y"] - 20) * step / 12)
    desktop.mouse.up()
    expect(desktop.locator("#point-3")).to_have_attribute("data-code", "BL23")  # numbered anew: it is kept
    desktop.reload()
    holds(desktop, ["BL40", "KI3", "BL23", "GV3"])


def test_a_point_is_added_by_its_name_from_the_map_and_from_its_page(desktop: Page) -> None:
    url = begin(desktop)
    desktop.get_by_label("Add points, by code or name").fill("gb 34")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".planned")).to_have_count(5)
    expect(desktop.get_by_label("Add points, by code or name")).to_be_focused()
    desktop.get_by_role("link", name="All points").click()
    desktop.wait_for_url(re.compile("points=on"))  # until it has loaded: before, a badge is a plain link
    desktop.locator("#back .point[data-code=BL57]").first.dispatch_event("click")
    expect(desktop.locator(".planned")).to_have_count(6)
    desktop.goto("/points/SI3?as=practitioner")
    desktop.get_by_role("button", name="Add to plan").click()
    expect(desktop.locator(".added")).to_contain_text("SI3 added to the plan")
    expect(desktop.locator("#live")).to_contain_text("SI3 added to the plan")
    expect(desktop.locator(".added a")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile(re.escape(url.partition("?")[0])))
    holds(desktop, ["BL23", "BL40", "KI3", "GV3", "GB34", "BL57", "SI3"])


def test_what_is_changed_while_a_button_is_at_work_is_not_lost(desktop: Page) -> None:
    begin(desktop)
    expect(desktop.locator(".scripted")).to_be_attached()
    desktop.route("**/plans/*", lambda route: (desktop.wait_for_timeout(300), route.continue_()))
    desktop.evaluate("""() => {
      document.querySelector("#down-0").click();
      const tick = document.querySelector("input[value=pregnancy]"), side = document.querySelector("#p0-side");
      tick.checked = true; tick.dispatchEvent(new Event("input", { bubbles: true }));
      side.value = "left"; side.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector("#down-0").click();
    }""")
    expect(desktop.locator("#point-3")).to_have_attribute("data-code", "BL23")
    expect(desktop.locator("#concerns")).to_be_attached()
    expect(desktop.locator("#mark-2")).to_contain_text("pregnancy")
    saved(desktop)
    desktop.unroute("**/plans/*")
    desktop.reload()
    expect(desktop.get_by_label("Pregnant, or may be")).to_be_checked()
    expect(desktop.get_by_label("Side of BL23")).to_have_value("left")
    holds(desktop, ["BL40", "KI3", "BL23", "GV3"])


def test_a_badge_on_the_map_leads_to_its_row(desktop: Page) -> None:
    begin(desktop)
    desktop.locator("#closeups .point[data-code=BL23]").first.click()
    expect(desktop.locator("#point-1")).to_be_focused()
    expect(desktop.locator("#p0-gauge")).to_be_visible()


def test_a_blocked_point_stays_only_with_a_written_reason(desktop: Page) -> None:
    begin(desktop)
    desktop.get_by_label("Add points, by code or name").fill("LI4")
    desktop.get_by_role("button", name="Add", exact=True).click()
    row = desktop.locator(".planned[data-code=LI4]")
    expect(row.get_by_label("Why it stays")).to_be_hidden()
    desktop.get_by_label("Pregnant, or may be").check()
    expect(row).to_contain_text("Blocked")
    expect(desktop.locator("#over-back .point.blocked, #over-front .point.blocked").first).to_be_attached()
    expect(desktop.locator("#concerns")).to_contain_text("LI4 is blocked for this patient")
    row.get_by_label("Why it stays").fill("Agreed with her midwife, labour is due")
    rest(desktop)
    expect(desktop.locator("#concerns [data-kind=reason]")).to_have_count(0)
    expect(row).to_contain_text("Blocked")


def test_a_name_in_a_free_text_is_pointed_at(desktop: Page) -> None:
    begin(desktop)
    desktop.get_by_label("Title").fill("Sciatica of Mrs Okafor")
    rest(desktop)
    expect(desktop.locator("#concerns")).to_contain_text("Is this a name? “Mrs Okafor”")


def test_a_wrong_number_is_named_beside_its_field_and_the_rest_is_kept(tolerant: BrowserContext) -> None:
    page = tolerant.new_page()
    begin(page)
    page.locator("#point-1 summary").last.click()
    page.locator("#p0-gauge").fill("thick")
    rest(page)
    expect(page.locator("#problems")).to_contain_text("Point 1, gauge must be a number")
    gauge = page.locator("#p0-gauge")
    expect(gauge).to_have_value("thick")
    expect(gauge).to_have_attribute("aria-invalid", "true")
    expect(gauge).to_have_accessible_description("Must be a number")
    expect(page.locator("#p0-gauge-wrong")).to_be_visible()
    page.locator("#point-1 summary").last.click()
    page.locator("#sessions").fill("many")
    rest(page)
    expect(page.locator("#sessions")).to_have_accessible_description("Must be a whole number")
    expect(page.locator(".saved")).to_have_text("Not saved yet: point 1, gauge")
    page.locator(".saved a").click()
    expect(gauge).to_be_focused()
    gauge.fill("0,3")
    rest(page)
    expect(gauge).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#sessions")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".saved")).to_have_text("Not saved yet: sessions")
    page.locator("#sessions").fill("10")
    rest(page)
    saved(page)
    expect(page.locator("#problems")).to_be_empty()
    expect(page.locator(".wrong")).to_have_count(0)
    expect(page.locator("#sum-0")).to_contain_text("0.3 ×")


def test_what_is_too_long_to_save_stays_and_is_saved_once_it_is_shorter(tolerant: BrowserContext) -> None:
    page = tolerant.new_page()
    begin(page)
    advice = page.get_by_label("What to do after a session")
    for length, told in ((1_400_000, "Not saved: too long. What you typed is still here: shorten a text."),
                         (70_000, "Not saved yet: advice")):  # fmt: skip
        advice.evaluate("(field, length) => { field.value = 'a'.repeat(length); }", length)
        advice.dispatch_event("input", {"bubbles": True})
        rest(page)
        expect(page.locator(".saved")).to_have_text(told)
        assert len(advice.input_value()) == length
    advice.fill("Walk a little.")
    rest(page)
    saved(page)
    page.reload()
    expect(advice).to_have_value("Walk a little.")


def test_a_plan_that_grows_too_long_is_told_what_to_do_without_losing_a_word(tolerant: BrowserContext) -> None:
    page = tolerant.new_page()
    page.goto("/plans/import")
    rows = [{"code": code, "note": "膀" * 500} for code in list_codes(page)[:41]]
    page.get_by_label("or its text").fill(
        json.dumps({"format": 1, "title": "Full", "points": rows}, ensure_ascii=False)
    )
    page.get_by_role("button", name="Make a plan of it").click()
    advice = page.get_by_label("What to do after a session")
    advice.fill("膀" * 1900)
    rest(page)
    expect(page.locator(".saved")).to_have_text("Not saved yet: see why")
    expect(page.locator("#problems")).to_contain_text("The plan is longer than 64 KB: shorten a text")
    expect(advice).to_have_value("膀" * 1900)
    advice.fill("Walk.")
    rest(page)
    saved(page)


def test_two_tabs_never_lose_a_change(tolerant: BrowserContext) -> None:
    one, two = tolerant.new_page(), tolerant.new_page()
    url = begin(one)
    two.goto(url)
    one.get_by_label("Title").fill("From the first tab")
    rest(one)
    saved(one)
    two.get_by_label("How often").fill("Every Monday")
    rest(two)
    expect(two.locator(".saved")).to_have_text("Not saved: changed elsewhere.")
    two.get_by_role("button", name="See both versions").click()
    expect(two.locator("h1")).to_have_text("This plan was changed in the meantime")
    expect(two.locator("table")).to_contain_text("From the first tab")
    expect(two.locator("table")).to_contain_text("Every Monday")
    two.get_by_role("button", name="Keep both changes").click()
    expect(two.get_by_label("Title")).to_have_value("From the first tab")
    expect(two.get_by_label("How often")).to_have_value("Every Monday")


def test_links_are_shared_and_the_view_link_cannot_edit(desktop: Page, tolerant: BrowserContext, site: str) -> None:
    begin(desktop)
    address = desktop.locator("#view-address").inner_text()
    assert re.fullmatch(re.escape(site) + r"/shared/[\w-]{24}", address)
    other = tolerant.new_page()
    answer = other.goto("/plans/" + address.rpartition("/")[2])
    assert answer is not None
    assert answer.status == 404
    desktop.get_by_role("button", name="Revoke").first.click()
    expect(desktop.locator("#share")).to_contain_text("No link opens the patient's page")
    desktop.get_by_role("button", name="Make a link").click()
    expect(desktop.locator("#view-address")).not_to_have_text(address)


def test_a_plan_is_exported_and_imported(desktop: Page, tmp_path: Path) -> None:
    begin(desktop)
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="Export as JSON").click()
    path = tmp_path / "plan.json"
    download.value.save_as(path)
    raw = json.loads(path.read_text())
    assert [point["code"] for point in raw["points"]] == ["BL23", "BL40", "KI3", "GV3"]
    raw["title"] = "Imported"
    path.write_text(json.dumps(raw))
    desktop.goto("/plans/import")
    desktop.get_by_label("File").set_input_files(path)
    desktop.get_by_role("button", name="Make a plan of it").click()
    expect(desktop.locator("h1")).to_have_text("Imported")
    desktop.goto("/plans")
    expect(desktop.locator(".plan-list > li")).to_have_count(2)


def test_a_plan_is_found_duplicated_deleted_and_brought_back(desktop: Page) -> None:
    begin(desktop, "gerac")
    begin(desktop, "sciatica")
    desktop.goto("/plans")
    desktop.get_by_label("Title, complaint or point").fill("bl54")
    expect(desktop.locator(".plan-list > li")).to_have_count(1)
    desktop.get_by_role("button", name="Duplicate Sciatica").click()
    expect(desktop.locator("h1")).to_have_text("Sciatica (copy)")
    desktop.goto("/plans")
    desktop.get_by_role("button", name="Delete Sciatica (copy)").click()
    expect(desktop.get_by_text("“Sciatica (copy)” was deleted.")).to_be_visible()
    expect(desktop.locator("#list .plan-list > li")).to_have_count(2)
    desktop.get_by_role("button", name="Undo").click()
    expect(desktop.locator("#list .plan-list > li")).to_have_count(3)


def test_a_plan_is_built_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    begin(page)
    page.get_by_label("Pregnant, or may be").check()
    page.get_by_label("Add points, by code or name").fill("LI4 GB34")
    page.get_by_role("button", name="Add", exact=True).click()
    holds(page, ["BL23", "BL40", "KI3", "GV3", "LI4", "GB34"])
    expect(page.locator(".planned[data-code=LI4]")).to_contain_text("Blocked")
    page.get_by_role("button", name="Move GB34 up").click()
    page.get_by_role("button", name="Remove LI4").click()
    holds(page, ["BL23", "BL40", "KI3", "GV3", "GB34"])
    page.get_by_role("button", name="Undo").click()
    holds(page, ["BL23", "BL40", "KI3", "GV3", "GB34", "LI4"])
    page.get_by_label("Title").fill("Without scripts")
    page.get_by_label("Title").press("Enter")
    expect(page.locator("h1")).to_have_text("Without scripts")


def test_plans_are_saved_over_plain_http_in_a_practice_network(
    browser: Browser, browser_type_launch_args: dict[str, Any], site: str
) -> None:
    """There browsers send no Sec-Fetch-Site, and from a page without referrer the origin "null"."""
    rules = "--host-resolver-rules=MAP practice.test 127.0.0.1"
    arguments = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], rules]}
    program = browser.browser_type.launch(**arguments)
    page = program.new_page(base_url=f"http://practice.test:{site.rpartition(':')[2]}")
    sent: list[dict[str, str]] = []
    page.on("request", lambda request: sent.append(request.all_headers()) if request.method == "POST" else None)
    page.goto("/plans/new")
    page.get_by_role("button", name=re.compile("Cherkin 2009")).first.click()
    page.get_by_label("Title").fill("Over plain http")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Over plain http")
    program.close()


# All rules in one theme; in the other, of the same page, only the colours can differ.
@pytest.mark.parametrize(("device", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["1280", "390"])
def test_axe_finds_nothing_on_pages_of_plans(
    browser: Browser, site: str, device: dict[str, Any], scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce", **device)
    page, wrong = watched(context, site)
    other: Literal["light", "dark"] = "dark" if scheme == "light" else "light"
    found, small = [], []
    for url in ("/plans?as=practitioner", "/plans/new", "/plans/import", "editor", "/plans"):
        if url == "editor":
            page.goto("/plans/new?with=pregnancy,anticoagulants")
            page.get_by_role("button", name=re.compile("^Sciatica")).first.click()
            page.wait_for_url(re.compile(r"/plans/[\w-]{24}"))
        else:
            page.goto(url)
        page.evaluate("() => { for (const part of document.querySelectorAll('main details')) part.open = true; }")
        for theme, options in ((scheme, OPTIONS), (other, COLOURS)):
            page.emulate_media(color_scheme=theme)
            result = Axe().run(page, options=options).response
            found += [f"{url}, {theme}: {violation['id']}: {node['target']} {node['failureSummary']}"
                      for violation in result["violations"] for node in violation["nodes"]]  # fmt: skip
        small += page.evaluate(SIZES)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
    assert found == []
    assert small == []
    assert wrong == []


def test_the_editor_prints_the_plan_without_its_buttons(desktop: Page) -> None:
    begin(desktop)
    desktop.emulate_media(media="print")
    expect(desktop.locator("svg#back")).to_be_visible()
    expect(desktop.get_by_label("Title")).to_be_visible()
    for hidden in (".tools", ".share", ".add-row", ".row-buttons >> nth=0"):
        expect(desktop.locator(hidden)).to_be_hidden()


def test_the_editor_reflows_at_400_per_cent(browser: Browser, site: str) -> None:
    for page in opened(browser, site, viewport={"width": 320, "height": 256}):
        begin(page)
        page.evaluate("() => { for (const part of document.querySelectorAll('main details')) part.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
