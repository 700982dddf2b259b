"""What can be taken along from the app: the page about it, and points as a table."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import HOSTILE


def rows(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/points.csv{query}")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert 'filename="bodymap-points.csv"' in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_points_are_a_table_with_names_places_and_sources(client: FlaskClient) -> None:
    first, second = rows(client)
    assert (first["code"], first["hanzi"], first["hanzi_simplified"]) == ("BL23", "腎俞", "肾俞")
    assert (first["place_plain"], first["strength"], first["sources"]) == ("It is here.", "standard", "who")
    assert "UB23" in first["other_names"]
    assert second["english"] == HOSTILE


def test_a_filtered_list_is_the_same_table_with_fewer_rows(client: FlaskClient) -> None:
    assert [row["code"] for row in rows(client, "?q=kidney")] == ["BL23"]
    assert "/points.csv?q=kidney" in client.get("/points?as=student&q=kidney").text
    assert "/points.csv" not in client.get("/points?as=student&q=zzzz").text


@pytest.mark.parametrize("query", ["?channel=XX", "?caution=zzz", "?q=" + "a" * 101])
def test_a_filter_that_does_not_exist_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/points.csv{query}").status_code == 400


def test_the_table_tells_no_depth(real_app: Flask) -> None:
    table = rows(real_app.test_client())
    assert len(table) == len(real_app.extensions["atlas"].points)
    assert not {"needling", "depth", "angle"} & set(table[0])


def test_every_address_that_the_page_names_answers(real_app: Flask) -> None:
    client = real_app.test_client()
    page = client.get("/data").text
    addresses = re.findall(r'href="(/(?:api|points|sources)[^"]+)"', page)
    assert len(addresses) > 9
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_the_page_names_the_version_that_may_be_cited(client: FlaskClient, app: Flask) -> None:
    assert f"Version {app.config['VERSION']}+{app.extensions['atlas'].revision}" in client.get("/data").text


def test_the_table_offers_no_point_to_a_patient_to_whom_help_comes_first(client: FlaskClient) -> None:
    assert rows(client, "?flags=RF01") == []
    assert len(rows(client, "?flags=RF01&as=practitioner")) == 2
