"""The JSON contract."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

FIELDS = {
    "code",
    "channel",
    "pinyin",
    "hanzi",
    "hanzi_simplified",
    "english",
    "aliases",
    "location",
    "placements",
    "cautions",
    "fit",
}


def test_a_point_has_the_fields_of_the_contract(client: FlaskClient) -> None:
    point = client.get("/api/v1/points/BL23").json
    assert set(point) == FIELDS | {"person"}
    assert set(point["location"]) == {"plain", "clinical", "basis"}
    assert {"view", "side", "x", "y", "visible"} <= set(point["placements"][0])


def test_lists_are_named_and_hold_whole_entries(client: FlaskClient) -> None:
    assert set(client.get("/api/v1/points").json["points"][0]) == FIELDS
    assert {"id", "width", "height", "cun", "landmarks"} == set(client.get("/api/v1/views").json["views"][0])
    assert client.get("/api/v1/regions").json["regions"][0]["slug"] == "lower-back"
    assert client.get("/api/v1/conditions/sciatica").json["points"][0]["code"] == "BL23"


def test_a_figure_can_be_chosen_and_an_unknown_one_is_refused_in_json(client: FlaskClient) -> None:
    assert client.get("/api/v1/points?figure=male").status_code == 200
    refused = client.get("/api/v1/points?figure=robot")
    assert (refused.status_code, refused.json["error"]["status"]) == (400, 400)


@pytest.mark.parametrize("url", ["/api/v1/points/XX1", "/api/v1/conditions/no", "/api/v1/what"])
def test_a_missing_entry_is_a_404_in_json(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.json["error"]["status"]) == (404, 404)


def test_no_depth_leaves_by_the_api(client: FlaskClient) -> None:
    assert "needling" not in client.get("/api/v1/points/BL23").text


def test_the_openapi_document_describes_every_path_there_is(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    served = {str(rule).replace("<", "{").replace(">", "}") for rule in client.application.url_map.iter_rules()
              if str(rule).startswith("/api/v1") and not str(rule).endswith("openapi.json")}  # fmt: skip
    assert set(document["paths"]) == served
    assert "PointEntry" in document["components"]["schemas"]


def test_every_statement_carries_its_strength_its_kind_and_its_sources(client: FlaskClient) -> None:
    basis = {"strength": "standard", "kind": "location standard", "sources": ["who"], "verified": "yes"}
    point = client.get("/api/v1/points/BL23").json
    assert [point["location"]["basis"], point["cautions"][0]["basis"]] == [basis, basis]
    condition = client.get("/api/v1/conditions/sciatica").json
    region = client.get("/api/v1/regions").json["regions"][0]
    assert [condition["basis"], condition["points"][0]["basis"], region["basis"]] == [basis] * 3
    assert client.get("/sources/who.json").json[0]["id"] == "who"


def test_without_a_person_nothing_is_said_of_one(client: FlaskClient) -> None:
    point = client.get("/api/v1/points/BL23").json
    assert (point["fit"], point["person"]) == (None, None)


def test_a_point_carries_how_it_fits_the_person_and_why(client: FlaskClient) -> None:
    point = client.get("/api/v1/points/BL23?with=pregnancy").json
    assert (point["fit"]["level"], point["fit"]["reasons"][0]["title"]) == ("blocked", "Pregnancy")
    assert client.get("/api/v1/points/BL52?with=pregnancy").json["fit"] is None
    assert [entry["code"] for entry in client.get("/api/v1/points?with=pregnancy").json["points"]] == ["BL23", "BL52"]


def test_a_blocked_point_leaves_a_patients_lists_and_is_marked_in_a_practitioners(client: FlaskClient) -> None:
    condition = client.get("/api/v1/conditions/sciatica?with=pregnancy").json
    assert (condition["points"], condition["left_out"]) == ([], ["BL23"])
    region = client.get("/api/v1/regions?with=pregnancy").json["regions"][0]
    assert (region["points"], region["left_out"]) == ([], ["BL23"])
    marked = client.get("/api/v1/conditions/sciatica?as=practitioner&with=pregnancy").json
    assert (marked["points"][0]["fit"]["level"], marked["left_out"]) == ("blocked", [])


def test_a_technique_carries_how_it_fits(real_app: Flask) -> None:
    client = real_app.test_client()
    fits = client.get("/api/v1/conditions/sciatica?with=pacemaker").json["technique_fits"]
    assert fits["electroacupuncture"]["level"] == "blocked"
    assert client.get("/api/v1/conditions/sciatica").json["technique_fits"] == {}


def test_to_a_patient_to_whom_help_comes_first_no_point_is_offered(client: FlaskClient) -> None:
    listed = client.get("/api/v1/points?flags=RF01").json
    assert listed["points"] == []
    assert [sign["title"] for sign in listed["person"]["stop"]] == ["Numb seat"]
    point = client.get("/api/v1/points/BL23?flags=RF01").json
    assert (point["location"], point["placements"], point["fit"]["level"]) == (None, [], "withheld")
    assert client.get("/api/v1/conditions/sciatica?flags=RF01").json["points"] == []
    assert client.get("/api/v1/regions?flags=RF01").json["regions"][0]["points"] == []
    assert client.get("/api/v1/points?as=practitioner&flags=RF01").json["points"]


@pytest.mark.parametrize("query", ["with=pregnancy", "flags=RF01"])
def test_an_answer_about_a_persons_health_is_kept_nowhere(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/points?{query}")
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)


def test_a_circumstance_that_does_not_exist_is_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/points?with=x").status_code == 400


def test_the_openapi_document_tells_what_a_person_may_say(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    asked = {item["name"]: item for item in document["paths"]["/api/v1/points"]["get"]["parameters"]}
    assert set(asked) == {"figure", "as", "with", "flags"}
    assert asked["with"]["schema"]["items"]["enum"] == ["pacemaker", "pregnancy"]
    assert {"Basis", "Fit", "Person"} <= set(document["components"]["schemas"])
