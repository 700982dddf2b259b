"""Each page answers for itself: whole, in the reader's words, and kindly when something is wrong."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import HOSTILE


@pytest.mark.parametrize(
    "url",
    ["/", "/regions/lower-back", "/conditions/sciatica", "/points", "/points/BL23", "/points/BL52", "/channels/BL",
     "/techniques", "/techniques/traditional-needling", "/guide", "/guide/safety", "/evidence",
     "/search", "/search?q=UB23"],
)  # fmt: skip
@pytest.mark.parametrize("choice", ["", "as=practitioner", "as=student&figure=male&view=left&zones=on"])
def test_every_page_is_whole(client: FlaskClient, url: str, choice: str) -> None:
    answer = client.get(url + ("&" if "?" in url else "?") + choice)
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    assert answer.text.count("<h1") == 1
    assert HOSTILE not in answer.text
    assert " style=" not in answer.text


def test_a_patient_is_never_told_depth_angle_or_clinical_words(client: FlaskClient) -> None:
    for url in ("/points/BL23", "/techniques/traditional-needling", "/evidence", "/conditions/sciatica"):
        page = client.get(url).text
        for word in ("1.5 cun", "oblique", "5-40 mm", "MD -10"):
            assert word not in page


def test_a_practitioner_is(client: FlaskClient) -> None:
    page = client.get("/points/BL23?as=practitioner").text
    assert "1–1.5 cun" in page
    assert "oblique" in page
    assert "5-40 mm" in client.get("/techniques/traditional-needling?as=practitioner").text


def test_red_flags_come_before_any_point(client: FlaskClient) -> None:
    page = client.get("/conditions/sciatica").text
    panel = page[page.index('id="panel"') :]
    assert panel.index("Numb seat") < panel.index('id="item-BL23"')


def test_the_choice_is_carried_by_links_and_defaults_are_left_out(client: FlaskClient) -> None:
    assert (
        'href="/points/BL23?as=student&amp;figure=male"'
        in client.get("/regions/lower-back?as=student&figure=male").text
    )
    assert 'href="/points/BL23"' in client.get("/regions/lower-back?as=patient").text


def test_a_point_written_another_way_leads_to_its_page(client: FlaskClient) -> None:
    answer = client.get("/points/ub-23?as=student")
    assert (answer.status_code, answer.location) == (301, "/points/BL23?as=student")


def test_an_old_number_in_an_address_offers_both_meanings(client: FlaskClient) -> None:
    answer = client.get("/points/BL47")
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "older number" in page
    assert "BL52" in page


@pytest.mark.parametrize(
    "url", ["/points/XX1", "/regions/nowhere", "/conditions/no", "/channels/ZZ", "/techniques/no", "/guide/no", "/what"]
)
def test_an_unknown_thing_is_not_found_and_the_page_helps(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert "Search for a point" in answer.text


@pytest.mark.parametrize(
    ("query", "value"),
    [("as", "doctor"), ("figure", "robot"), ("view", "inside"), ("zones", "maybe"), ("nerves", "L5"), ("points", "1")],
)
def test_a_choice_that_does_not_exist_is_named_with_the_way_out(client: FlaskClient, query: str, value: str) -> None:
    answer = client.get(f"/?{query}={value}")
    assert answer.status_code == 400
    assert f"“{value}”" in answer.text
    assert "It can be" in answer.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [("", ["BL23", "BL52"]), ("channel=BL", ["BL23", "BL52"]), ("q=shenshu", ["BL23"]), ("q=UB 23", ["BL23"]),
     ("q=肾俞", ["BL23"]), ("q=l2 level", ["BL23", "BL52"]), ("caution=organ", ["BL23"]),
     ("region=lower-back", ["BL23"]),
     ("caution=organ&q=zhishi", []), ("q=*", [])],
)  # fmt: skip
def test_the_list_shows_the_points_that_answer_all_that_is_asked(
    client: FlaskClient, query: str, codes: list[str]
) -> None:
    page = client.get("/points?" + query).text
    assert [code for code in ("BL23", "BL52") if f'href="/points/{code}"' in page] == codes
    assert ("No point answers all of that" in page) == (not codes)


@pytest.mark.parametrize("query", ["channel=ZZ", "region=moon", "category=no", "caution=all", "q=" + "x" * 101])
def test_a_filter_that_does_not_exist_is_named_with_the_way_out(client: FlaskClient, query: str) -> None:
    answer = client.get("/points?" + query)
    assert answer.status_code == 400
    assert f"“{query.partition('=')[2][:10]}" in answer.text


def test_a_channel_can_be_searched(client: FlaskClient) -> None:
    assert 'id="item-BL52"' in client.get("/channels/BL").text
    page = client.get("/channels/BL?q=shen").text
    assert 'id="item-BL23"' in page
    assert 'id="item-BL52"' not in page


@pytest.mark.parametrize(
    ("query", "href"),
    [
        ("numb saddle", "#f-RF01"),
        ("bleeding pregnant", "#f-RF12"),
        ("pacemaker", "#c-pacemaker"),
        ("de qi", "#de-qi"),
        ("ear shenmen", "#ear-shenmen"),
        ("MS6", "#scalp-ms6"),
    ],
)
def test_what_worries_or_puzzles_a_person_is_found_too(real_app: Flask, query: str, href: str) -> None:
    assert f'{href}"' in real_app.test_client().get("/search", query_string={"q": query}).text


@pytest.mark.parametrize("query", ["'; DROP TABLE points;--", '"', "*", "NEAR(", "%00%01", "%F0%9F%98%80", "<b>x</b>"])
def test_an_absurd_query_finds_nothing_and_breaks_nothing(client: FlaskClient, query: str) -> None:
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert "<b>x</b>" not in answer.text


def test_a_query_of_ten_kilobytes_is_refused(client: FlaskClient) -> None:
    assert client.get("/search?q=" + "x" * 10_240).status_code == 414
    assert client.get("/search?q=" + "x" * 200).status_code == 400


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    headers = client.get("/nowhere").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/points/BL23")
    assert not first.headers["ETag"].startswith("W/")
    again = client.get("/points/BL23", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_pages_are_compressed_for_those_who_accept_it(client: FlaskClient) -> None:
    assert client.get("/", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_the_choice_is_remembered_only_for_the_bare_home_page(client: FlaskClient) -> None:
    form = {"as": "student", "figure": "female", "next": "/points/BL23?as=practitioner&zones=on"}
    answer = client.post("/preferences", data=form)
    assert (answer.status_code, answer.location) == (303, "/points/BL23?as=student&zones=on")
    assert client.get("/").location == "/?as=student"
    assert client.get("/points/BL23").status_code == 200


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_preferences_never_lead_to_another_site(client: FlaskClient, target: str) -> None:
    assert client.post("/preferences", data={"as": "student", "next": target}).status_code == 400


def test_a_write_from_another_site_is_refused(client: FlaskClient) -> None:
    form = {"as": "student", "next": "/"}
    assert client.post("/preferences", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/preferences", data=form, headers={"Origin": "https://evil.example"}).status_code == 403


def test_health_says_which_atlas_is_read(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok", "atlas": "small", "points": 2}
