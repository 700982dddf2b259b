"""What people do, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

REGIONS = {"lower-back": "Lower back", "upper-back": "Upper back", "sciatic-pathway": "Sciatic pathway"}


def choose_area(page: Page, slug: str) -> None:
    """Click the middle of the region's largest painted part on the back view."""
    area = page.locator(f"#region-back-{slug} path").first
    spot = area.evaluate(
        """path => { const box = path.getBBox(), svg = path.ownerSVGElement, matrix = path.getScreenCTM();
            for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
              const point = svg.createSVGPoint();
              point.x = box.x + box.width * j / 20; point.y = box.y + box.height * i / 20;
              const at = point.matrixTransform(matrix);
              if (path.isPointInFill(point) && document.elementFromPoint(at.x, at.y) === path) return [at.x, at.y];
            } return null; }"""
    )
    assert spot, f"{slug} cannot be clicked anywhere"
    page.mouse.click(*spot)


@pytest.mark.parametrize(("slug", "name"), REGIONS.items())
def test_clicking_a_region_shows_its_numbered_points(desktop: Page, slug: str, name: str) -> None:
    desktop.goto("/")
    choose_area(desktop, slug)
    expect(desktop.locator("#panel h1")).to_have_text(name)
    expect(desktop).to_have_url(re.compile(f"/regions/{slug}$"))
    expect(desktop).to_have_title(f"{name} · Bodymap")
    expect(desktop.locator("#live")).to_have_text(name)
    assert desktop.locator("#over-back .point .badge").count() > 3
    assert desktop.locator("#panel .points > li").count() > 3


def test_a_click_keeps_the_figure_and_its_zoom(desktop: Page) -> None:
    desktop.goto("/")
    desktop.locator("#back use").evaluate("use => { window.kept = use; }")
    desktop.get_by_role("button", name="Zoom in, Back").click()
    box = desktop.locator("svg#back").get_attribute("viewBox")
    desktop.locator("#tile-lower-back").click()
    expect(desktop.locator("#panel h1")).to_have_text("Lower back")
    assert desktop.evaluate("window.kept === document.querySelector('#back use')")
    assert desktop.locator("svg#back").get_attribute("viewBox") == box
    assert "#zoom=" in desktop.url


def test_zoom_enlarges_the_body_of_one_figure_and_not_what_is_written_on_it(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    badge, letter = desktop.locator("#back .point .badge").first, desktop.locator("#back .sides text").first
    before, front = badge.bounding_box(), desktop.locator("svg#front").get_attribute("viewBox")
    body = desktop.locator("#region-back-lower-back").bounding_box()
    for _ in range(3):
        desktop.get_by_role("button", name="Zoom in, Back").click()
    after, larger = badge.bounding_box(), desktop.locator("#region-back-lower-back").bounding_box()
    assert before is not None is not after
    assert body is not None is not larger
    assert abs(after["width"] - before["width"]) < 1
    assert larger["width"] > 2 * body["width"]
    assert desktop.locator("svg#front").get_attribute("viewBox") == front
    corner, holder = letter.bounding_box(), desktop.locator("svg#back").bounding_box()
    assert corner is not None is not holder
    assert holder["x"] <= corner["x"] <= holder["x"] + holder["width"]
    assert holder["y"] <= corner["y"] <= holder["y"] + holder["height"]


def test_a_focused_figure_zooms_by_its_keys(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    whole = desktop.locator("svg#back").get_attribute("viewBox")
    desktop.locator("#back .point").first.focus()
    desktop.keyboard.press("+")
    assert desktop.locator("svg#back").get_attribute("viewBox") != whole
    desktop.keyboard.press("0")
    expect(desktop.locator("svg#back")).to_have_attribute("viewBox", f"0.0 0.0 {float(whole.split()[2]):.1f} 1000.0")


def test_each_complaint_can_be_chosen(desktop: Page) -> None:
    desktop.goto("/")
    slugs = desktop.locator("a[id^=condition-]").evaluate_all("links => links.map(link => link.id)")
    assert len(slugs) == 7
    for slug in slugs:
        desktop.goto("/")
        name = desktop.locator(f"#{slug}").inner_text()
        desktop.locator(f"#{slug}").click()
        expect(desktop.locator("#panel h1")).to_have_text(name)
        assert desktop.locator("#over-back .point, #over-front .point").count() > 2


def test_a_point_opens_from_the_map_and_from_the_list_and_back_returns(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    desktop.locator("#item-BL23").click()
    expect(desktop.locator("#panel h1")).to_contain_text("BL23")
    desktop.go_back()
    expect(desktop.locator("#panel h1")).to_have_text("Lower back")
    desktop.locator("#over-back [data-code=BL52]").first.click()
    expect(desktop.locator("#panel h1")).to_contain_text("BL52")
    desktop.go_back()
    expect(desktop.locator("#panel h1")).to_have_text("Lower back")
    desktop.go_forward()
    expect(desktop.locator("#panel h1")).to_contain_text("BL52")
    desktop.reload()
    expect(desktop.locator("#panel h1")).to_contain_text("BL52")


def test_hover_and_focus_light_map_and_list_together(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    desktop.locator("#item-BL23").focus()
    expect(desktop.locator("#over-back [data-code=BL23]").first).to_have_class(re.compile("lit"))
    desktop.locator("#over-back [data-code=BL52]").first.hover()
    expect(desktop.locator("li[data-code=BL52]")).to_have_class(re.compile("lit"))


def test_the_whole_map_works_by_keyboard(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    stops = desktop.locator("svg#back .overlay a[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    first = desktop.evaluate("document.activeElement.dataset.code")
    assert first, "the first stop is a point"
    desktop.keyboard.press("ArrowDown")
    assert desktop.evaluate("document.activeElement.dataset.code") != first
    code = desktop.evaluate("document.activeElement.dataset.code")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#panel h1")).to_contain_text(code)
    assert desktop.evaluate("document.activeElement.dataset.code") == code
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#panel h1")).not_to_contain_text(code)


@pytest.mark.parametrize("written", ["BL23", "ub 23", "Shenshu", "shen shu", "肾俞", "腎兪", "V23"])
def test_search_as_you_type_finds_a_point_however_written(desktop: Page, written: str) -> None:
    desktop.goto("/")
    desktop.locator("#q").press_sequentially(written)
    expect(desktop.locator("#suggestions .hits a").first).to_contain_text("BL23")
    expect(desktop).to_have_url(re.compile("/$"))


def test_an_ambiguous_number_offers_both_meanings(desktop: Page) -> None:
    desktop.goto("/search?q=BL+54")
    expect(desktop.locator("#results .hits").first).to_contain_text("BL54")
    expect(desktop.locator("#results .hits").first).to_contain_text("BL40")
    expect(desktop.locator("#results")).to_contain_text("older")


def test_a_search_for_nothing_known_offers_ways_on(desktop: Page) -> None:
    desktop.goto("/search?q=zzzz")
    expect(desktop.locator("#results")).to_contain_text("Nothing found")
    expect(desktop.locator("#results .chip")).to_have_count(7)


def test_a_phone_shows_one_view_and_flips(phone: Page) -> None:
    phone.goto("/")
    expect(phone.locator("svg#back")).to_be_visible()
    expect(phone.locator("svg#front")).to_be_hidden()
    phone.locator("[data-flip=front]").tap()
    expect(phone.locator("svg#front")).to_be_visible()
    expect(phone.locator("svg#back")).to_be_hidden()
    expect(phone).to_have_url(re.compile("view=front"))


@pytest.mark.parametrize("url", ["/", "/regions/lower-back", "/points/BL23", "/points", "/evidence", "/guide/safety"])
@pytest.mark.parametrize("width", [390, 320])
def test_nothing_runs_off_a_narrow_screen(phone: Page, url: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto(url)
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_can_be_reached_without_javascript(without_javascript: Page) -> None:
    page = without_javascript
    page.goto("/")
    page.locator("#tile-sciatic-pathway").click()
    expect(page.locator("#panel h1")).to_have_text("Sciatic pathway")
    page.locator("#item-BL40").click()
    expect(page.locator("#panel h1")).to_contain_text("BL40")
    page.get_by_role("button", name="Practitioner").click()
    expect(page).to_have_url(re.compile("as=practitioner"))
    expect(page.locator(".needling")).to_be_visible()
    page.locator("#q").fill("sciatica")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results .hits")).to_contain_text("Sciatica")


def test_the_voice_is_kept_on_the_way(desktop: Page) -> None:
    desktop.goto("/points/BL23")
    expect(desktop.locator(".needling")).to_have_count(0)
    desktop.get_by_role("button", name="Practitioner").click()
    expect(desktop.locator(".needling")).to_be_visible()
    desktop.locator("#up").click()
    expect(desktop).to_have_url(re.compile("as=practitioner"))


def test_danger_zones_can_be_switched_on(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    expect(desktop.locator(".area.danger")).to_have_count(0)
    desktop.get_by_role("link", name="Danger zones").click()
    expect(desktop.locator("#over-back .area.danger").first).to_be_attached()
    expect(desktop.locator(".legend")).to_contain_text("idney")


def test_nerves_can_be_switched_on_with_a_word_about_how_sure_they_are(desktop: Page) -> None:
    desktop.goto("/conditions/sciatica")
    desktop.get_by_role("link", name="Nerves").click()
    expect(desktop.locator("#over-back .area.nerve")).to_be_attached()
    expect(desktop.locator("#over-back .label", has_text="S2").first).to_be_visible()
    desktop.get_by_text("Nerves: C2 to S3").click()
    expect(desktop.locator(".legend.nerves")).to_contain_text("books disagree")


def test_all_points_show_their_codes_where_there_is_room_and_none_overlap(desktop: Page) -> None:
    desktop.goto("/?points=on")
    shown = desktop.locator("#back .name.shown")
    few = shown.count()
    assert desktop.locator("#back .point").count() > 200
    for _ in range(4):
        desktop.get_by_role("button", name="Zoom in, Back").click()
    expect(desktop.locator("#back")).to_have_class(re.compile("moved"))
    desktop.wait_for_timeout(100)
    boxes = desktop.locator("#back .name.shown").evaluate_all("all => all.map((e) => e.getBoundingClientRect())")
    assert len(boxes) > 20 < few
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] + 4 or other["bottom"] <= one["top"] + 4


def test_the_list_of_points_follows_what_is_typed(desktop: Page) -> None:
    desktop.goto("/points")
    expect(desktop.locator("#count")).to_contain_text("376 points")
    desktop.get_by_label("Words").press_sequentially("gb3")
    expect(desktop.locator("#count")).to_contain_text("11 points")
    desktop.get_by_label("Part of the body").select_option("Knee")
    expect(desktop.locator("#count")).to_contain_text("2 points")
    expect(desktop).to_have_url(re.compile("q=gb3.*region=knee"))
    expect(desktop.locator("#live")).to_contain_text("2 points")
    desktop.reload()
    expect(desktop.locator("#count")).to_contain_text("2 points")


def test_a_channel_is_searched_in_place(desktop: Page) -> None:
    desktop.goto("/channels/ST")
    desktop.get_by_label("Find a point of this channel").fill("zusanli")
    expect(desktop.locator("#panel .points > li")).to_have_count(1)
    desktop.locator("#item-ST36").click()
    expect(desktop.locator("#panel h1")).to_contain_text("ST36")


def test_the_ear_and_the_scalp_show_the_areas_for_the_back(desktop: Page) -> None:
    desktop.goto("/techniques/scalp-auricular")
    for name in ("TF4", "AH6", "AH9"):
        expect(desktop.locator("#zone-ear .label", has_text=name)).to_be_visible()
    expect(desktop.locator("#zone-head-side .label", has_text="MS6")).to_be_visible()


def test_a_control_click_is_left_to_the_browser(desktop: Page) -> None:
    desktop.goto("/regions/lower-back")
    with desktop.context.expect_page() as opened:
        desktop.locator("#item-BL23").click(modifiers=["ControlOrMeta"])
    opened.value.close()
    expect(desktop.locator("#panel h1")).to_have_text("Lower back")


def test_a_page_prints_with_its_figure_and_without_its_controls(desktop: Page) -> None:
    desktop.goto("/conditions/sciatica")
    desktop.emulate_media(media="print")
    expect(desktop.locator("svg#back")).to_be_visible()
    expect(desktop.locator(".views")).to_be_hidden()
    expect(desktop.locator(".search")).to_be_hidden()


def test_after_a_click_flip_layers_and_voice_keep_to_the_page_that_is_shown(desktop: Page) -> None:
    desktop.goto("/")
    desktop.locator("#tile-lower-back").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Lower back")
    desktop.get_by_role("link", name="Left", exact=True).click()
    expect(desktop).to_have_url(re.compile(r"/regions/lower-back\?view=left$"))
    desktop.goto("/")
    desktop.locator("#tile-lower-back").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Lower back")
    desktop.get_by_role("button", name="Student").click()
    expect(desktop).to_have_url(re.compile(r"/regions/lower-back\?as=student$"))
