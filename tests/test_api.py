"""The JSON contract."""

import pytest
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
}


def test_a_point_has_the_fields_of_the_contract(client: FlaskClient) -> None:
    point = client.get("/api/v1/points/BL23").json
    assert set(point) == FIELDS
    assert set(point["location"]) == {"plain", "clinical"}
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
