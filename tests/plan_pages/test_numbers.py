"""One number for one point: in the editor, on the patient's page, on paper, in the presentation and in the record."""

from __future__ import annotations

import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from bodymap.plans import pdf
from bodymap.store.plans import Kept, Plans
from tests.plan_pages.desk import begin, send

POINTS = {1: "BL23", 3: "BL40", 4: "GV3"}
"""What is handed over of a plan whose second point, LI4, is blocked in pregnancy."""


@pytest.fixture
def kept(client: FlaskClient, desk: Flask) -> Kept:
    url = begin(client, "")
    send(client, url, "add", add="BL23 LI4 BL40 GV3", circumstances=["pregnancy"])
    found = Plans(desk.extensions["store"]).by_edit(url.rpartition("/")[2])
    assert found is not None
    return found


def on_the_map(page: str) -> dict[int, str]:
    """The numbers on the figures with their points."""
    return {int(number): code for number, code in re.findall(r'aria-label="(\d+): (\S+) [^"]*"', page)}


def test_a_point_that_is_left_out_takes_its_number_along(client: FlaskClient, kept: Kept) -> None:
    own = f"/plans/{kept.edit}"
    for address in (own, own + "/record"):
        assert on_the_map(client.get(address).text) == {**POINTS, 2: "LI4"}
    record = json.loads(client.get(own + "/record.json").data)
    assert {row["number"]: row["code"] for row in record["points"] if not row["left_out_for_patient"]} == POINTS
    for address in (f"/shared/{kept.view}", f"/shared/{kept.view}/handout"):
        page = client.get(address).text
        assert on_the_map(page) == POINTS
        listed = re.findall(r'id="point-(\d+)" value="(\d+)".*?class="badge-number"[^>]*>(\d+)<', page, re.DOTALL)
        assert listed == [("1", "1", "1"), ("3", "3", "3"), ("4", "4", "4")]
        assert "Number 2 is left out for you." in page
        assert set(re.findall(r'href="#point-(\d+)"', page)) == {"1", "3", "4"}


def test_the_presentation_goes_through_its_steps_and_names_the_same_numbers(client: FlaskClient, kept: Kept) -> None:
    page = client.get(f"/plans/{kept.edit}/present").text
    assert re.findall(r'<li value="(\d+)"><a href="[^"]*step=(\d)"', page) == [("1", "1"), ("3", "2"), ("4", "3")]
    second = client.get(f"/plans/{kept.edit}/present?step=2").text
    assert "<title>BL40" in second
    assert re.search(r'data-stop="2"[^>]*data-name="BL40[^>]*data-place="2 of 3">\s*<div class="said-words"><h2>'
                     r'<span class="badge-number" aria-hidden="true">3<', second)  # fmt: skip
    badges = [tag for tag in re.findall(r"<a [^>]*>", second) if 'aria-label="3: BL40' in tag]
    assert badges
    assert all("step=2" in tag for tag in badges)


def test_the_pdf_has_the_same_numbers(client: FlaskClient, kept: Kept) -> None:
    assert pdf.available()
    made = client.get(f"/shared/{kept.view}/handout.pdf").data
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())
    assert "Number 2 is left out for you." in text
    assert "LI4" not in text


def test_nothing_is_said_of_numbers_where_none_is_left_out(client: FlaskClient, desk: Flask) -> None:
    token = begin(client, "cherkin").rpartition("/")[2]
    whole = Plans(desk.extensions["store"]).by_edit(token)
    assert whole is not None
    assert "left out for you" not in client.get(f"/shared/{whole.view}").text
