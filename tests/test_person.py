"""What a person says of themselves changes every page, and is kept nowhere."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import HOSTILE


def panel(page: str) -> str:
    return page[page.index('id="panel"') :]


def test_the_check_asks_every_sign_and_every_circumstance(client: FlaskClient) -> None:
    page = client.get("/check").text
    for name in ('name="flags" value="RF01"', 'name="with" value="pregnancy"', 'name="with" value="pacemaker"'):
        assert name in page


@pytest.mark.parametrize(
    "url",
    ["/?points=on&", "/channels/BL?", "/techniques/traditional-needling?", "/techniques/master-couple?", "/points?",
     "/search?q=SP6&", "/search?q=kidney&", "/evidence/article?", "/evidence?", "/guide/what-to-expect?",
     "/points/BL23?", "/regions/lower-back?", "/conditions/sciatica?"],
)  # fmt: skip
def test_no_page_offers_a_point_to_a_patient_with_a_warning_sign(real_app: Flask, url: str) -> None:
    page = real_app.test_client().get(url + "flags=RF01").text
    others = set(re.findall(r'href="/points/([A-Z][\w.-]*)', page)) - {"BL23"}  # the page's own layers name it
    assert others == set()
    assert "Numbness between the legs" in page[: page.index("<main")]


def test_what_a_circumstance_changes_is_told_on_top_of_every_page(real_app: Flask) -> None:
    for url in ("/", "/points", "/channels/BL", "/search?q=BL23", "/techniques"):
        page = real_app.test_client().get(url + ("&" if "?" in url else "?") + "with=pacemaker").text
        assert "Electric current through the needles is left out" in page[: page.index("<main")]


def test_lists_of_points_send_a_patient_to_the_check_first(real_app: Flask) -> None:
    for url in ("/points", "/channels/BL", "/search?q=BL23", "/techniques", "/points/BL23"):
        assert "Is it safe for me? Check first" in real_app.test_client().get(url).text
        assert (
            "Is it safe for me? Check first"
            not in real_app.test_client().get(url.split("?")[0] + "?with=fainting").text
        )


def test_ticks_of_a_form_become_one_address_in_order(client: FlaskClient) -> None:
    page = client.get("/check?done=1&with=pregnancy&with=pacemaker&with=pregnancy").text
    assert 'href="/?with=pacemaker,pregnancy"' in page
    assert "I am pregnant." in page


def test_ticking_nothing_is_an_answer_too(client: FlaskClient) -> None:
    assert "You ticked no warning sign." in client.get("/check?done=1").text


def test_an_emergency_comes_before_the_map_and_no_point_is_shown_to_a_patient(client: FlaskClient) -> None:
    page = client.get("/conditions/sciatica?flags=RF01").text
    assert page.index("Get help now") < page.index('class="map"')
    assert 'id="item-BL23"' not in page
    assert 'id="p-back-BL23-left"' not in page


def test_a_practitioner_sees_the_emergency_and_the_points(client: FlaskClient) -> None:
    page = client.get("/conditions/sciatica?flags=RF01&as=practitioner").text
    assert "Get help now" in page
    assert 'id="item-BL23"' in page


def test_a_blocked_point_is_left_out_for_a_patient_with_the_reason(client: FlaskClient) -> None:
    page = client.get("/regions/lower-back?with=pregnancy").text
    assert 'id="item-BL23"' not in page
    assert 'id="p-back-BL23-left"' not in page
    left_out = page[page.index('class="left-out"') :]
    assert "1 point is left out for you" in left_out
    assert "Left out: Pregnancy" in left_out


def test_a_practitioner_sees_the_blocked_point_struck_through(client: FlaskClient) -> None:
    page = client.get("/regions/lower-back?with=pregnancy&as=practitioner").text
    assert 'class="point blocked"' in page
    assert 'class="strike"' in page
    assert "left out: Pregnancy" in page
    assert "Left out: Pregnancy" in panel(page)


def test_the_page_of_a_blocked_point_says_so_before_all_else(client: FlaskClient) -> None:
    page = panel(client.get("/points/BL23?with=pregnancy").text)
    assert page.index("Left out for you") < page.index("How to find it")


@pytest.mark.parametrize("query", ["with=pacemaker", "flags=RF06", "with=pregnancy&flags=RF09"])
def test_answers_never_hide_the_warning_signs(real_app: Flask, query: str) -> None:
    page = panel(real_app.test_client().get(f"/regions/lower-back?{query}").text)
    assert "Check this first" in page
    assert ("See a doctor about this first" in page) is ("flags" in query)


def test_a_technique_that_is_left_out_is_marked_on_a_points_page(real_app: Flask) -> None:
    page = real_app.test_client().get("/points/BL23?with=pacemaker").text
    assert 'electroacupuncture?with=pacemaker">Electroacupuncture</a> <span class="fit blocked">' in page


def test_what_holds_for_all_needling_stands_on_a_points_page(real_app: Flask) -> None:
    page = panel(real_app.test_client().get("/points/LI4?with=anticoagulants").text)
    assert page.index("Blood thinners") < page.index("How to find it")


def test_no_point_is_offered_to_a_patient_in_an_emergency(real_app: Flask) -> None:
    client = real_app.test_client()
    assert 'href="/points/LI4' not in client.get("/points?flags=RF01").text
    assert "With a finger instead" in client.get("/points/LI4").text
    assert "With a finger instead" not in client.get("/points/LI4?flags=RF01").text
    check = client.get("/check?done=1&flags=RF01&with=pregnancy").text
    assert '<a href="/?with=pregnancy">A doctor has seen me' in check


def test_other_points_stay_as_they_are(client: FlaskClient) -> None:
    assert "Left out for you" not in client.get("/points/BL52?with=pregnancy").text


def test_a_page_about_someones_health_is_kept_nowhere(app: Flask, client: FlaskClient) -> None:
    for url in ("/regions/lower-back?with=pregnancy", "/?flags=RF01"):
        answer = client.get(url)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        assert app.extensions["shelf"].get(url) is None


def test_the_bar_says_for_whom_and_clears(client: FlaskClient) -> None:
    page = client.get("/points/BL52?with=pregnancy").text
    assert "Shown for:" in page
    assert '<a href="/points/BL52">Clear</a>' in page


@pytest.mark.parametrize("query", ["with=dragon", "flags=RF99", "with=pregnancy,dragon"])
def test_what_does_not_exist_is_named_with_the_way_out(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400
    assert "cannot be" in answer.text


def test_a_long_or_hostile_value_is_shown_as_text(client: FlaskClient) -> None:
    answer = client.get("/", query_string={"with": HOSTILE})
    assert answer.status_code == 400
    assert HOSTILE not in answer.text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_check_leads_on_only_to_this_site(client: FlaskClient, target: str) -> None:
    assert client.get("/check", query_string={"next": target, "done": "1"}).status_code == 400


def test_the_check_leads_on_to_where_one_came_from_with_the_answers(client: FlaskClient) -> None:
    page = client.get("/check?done=1&with=pregnancy&next=/regions/lower-back%3Fview%3Dfront%26with%3Dpacemaker").text
    assert 'href="/regions/lower-back?with=pregnancy&amp;view=front"' in page
