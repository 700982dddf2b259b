"""Who says so: the plot with its table, the article, sources to take away, and words explained."""

import json

import pytest
from flask.testing import FlaskClient

from tests.conftest import HOSTILE


def test_the_plot_and_its_table_say_the_same(client: FlaskClient) -> None:
    page = client.get("/evidence").text
    assert 'class="diagram forest"' in page
    assert "5.0 (1.0 to 9.0)" in page
    assert "5 (1 to 9)" in page
    assert HOSTILE not in page


def test_the_article_stands_beside_what_was_found(client: FlaskClient) -> None:
    page = client.get("/evidence/article").text
    assert page.index("It helps.") < page.index('<span class="verdict mixed">mixed</span></p>')


def test_every_statement_tells_its_kind_and_how_much_of_the_source_was_read(client: FlaskClient) -> None:
    page = client.get("/points/BL23").text
    assert "Kind: location standard" in page
    assert "(read in part)" in page
    assert 'href="/sources#source-who"' in page


@pytest.mark.parametrize(
    ("ending", "kind", "start"),
    [("bib", "application/x-bibtex", "@misc{who,"), ("ris", "application/x-research-info-systems", "TY  - STAND")],
)
def test_sources_can_be_taken_away(client: FlaskClient, ending: str, kind: str, start: str) -> None:
    for url in (f"/sources.{ending}", f"/sources/who.{ending}"):
        answer = client.get(url)
        assert answer.content_type.startswith(kind)
        assert answer.text.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]


def test_sources_as_csl_json_are_a_list_of_items(client: FlaskClient) -> None:
    assert [item["id"] for item in json.loads(client.get("/sources.json").text)] == ["who"]


@pytest.mark.parametrize("url", ["/sources/nobody.bib", "/sources.exe", "/sources/who.exe"])
def test_unknown_sources_and_formats_are_not_found(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_a_word_is_explained_at_its_first_use_on_a_page_only(client: FlaskClient) -> None:
    page = client.get("/points/BL23?with=pregnancy").text  # says it above and again among its cautions
    assert page.count("ell them") == 2
    assert page.count('<a class="term" href="/glossary?with=pregnancy#needle">Tell them</a>.') == 1


def test_the_glossary_links_no_word_to_itself(client: FlaskClient) -> None:
    page = client.get("/glossary").text
    assert 'id="needle"' in page
    assert 'class="term"' not in page
