"""Three people who must be shown the right thing first, and what a check leaves behind: nothing."""

import re

from playwright.sync_api import Page, expect


def check(page: Page, *labels: str) -> None:
    """Do the safety check as a person does, from the home page."""
    page.goto("/")
    page.get_by_role("link", name="Is it safe for me? Check first").click()
    for label in labels:
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Show what this means").click()


def test_numbness_of_the_saddle_stops_everything(phone: Page) -> None:
    check(phone, "Numbness between the legs, bladder trouble")
    stop = phone.get_by_role("heading", name="Get help now, before any needle")
    expect(stop).to_be_in_viewport()
    expect(phone.get_by_role("link", name="Go to the body map")).to_have_count(0)
    phone.goto(phone.url.replace("/check", "/conditions/sciatica"))
    expect(stop).to_be_in_viewport()
    expect(phone.locator(".points > li")).to_have_count(0)
    expect(phone.locator("svg .point")).to_have_count(0)


def test_a_pacemaker_leaves_out_current_and_keeps_needles_by_hand(desktop: Page) -> None:
    check(desktop, "Pacemaker or other device in the body")
    expect(desktop.get_by_text("Electric current through the needles is left out")).to_be_visible()
    desktop.get_by_role("link", name="Electroacupuncture").click()
    first = desktop.locator("main h2").first
    expect(first).to_have_text("Left out for you")
    desktop.get_by_role("link", name="All techniques").click()
    expect(desktop.locator(".cards > li", has_text="Traditional needling").locator(".fit")).to_have_count(0)
    expect(desktop.locator(".cards > li", has_text="Electroacupuncture").locator(".fit.blocked")).to_have_count(1)


def test_a_pregnant_patient_is_not_shown_what_is_left_out(desktop: Page) -> None:
    check(desktop, "Pregnant, or may be")
    desktop.get_by_role("link", name="Go to the body map").click()
    expect(desktop.get_by_role("complementary", name="Shown for")).to_contain_text("Pregnant, or may be")
    desktop.get_by_role("link", name="Sciatica", exact=True).click()
    expect(desktop).to_have_url(re.compile("/conditions/sciatica\\?with=pregnancy"))
    expect(desktop.locator("#item-T22\\.05")).to_have_count(0)
    desktop.locator(".left-out > summary").click()
    expect(desktop.locator(".left-out")).to_contain_text("Left out: Avoid in pregnancy")
    desktop.get_by_role("link", name="Clear", exact=True).click()
    expect(desktop.locator("#item-T22\\.05")).to_have_count(1)


def test_a_check_leaves_nothing_behind(desktop: Page) -> None:
    check(desktop, "Blood thinners")
    assert desktop.context.cookies() == []
    assert desktop.evaluate("localStorage.length") == 0


def test_the_check_works_without_javascript(without_javascript: Page) -> None:
    check(without_javascript, "Epilepsy or seizures", "Fever or feeling ill")
    expect(without_javascript.get_by_role("heading", name="Get help today, before any needle")).to_be_visible()
    expect(without_javascript.get_by_role("heading", name="Epilepsy or seizures")).to_be_visible()


def test_the_check_works_by_keyboard(desktop: Page) -> None:
    desktop.goto("/check")
    desktop.get_by_label("Chest pain with back pain").focus()
    desktop.keyboard.press("Space")
    desktop.get_by_role("button", name="Show what this means").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="Get help now, before any needle")).to_be_visible()
