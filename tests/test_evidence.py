"""Who says so: the plot with its table, the article, sources to take away, and words explained."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap.share import TEMPLATES
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
    assert "(read in part, 2026-01-31)" in page
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


def rows(page: str, start: str, end: str, row: str) -> list[str]:
    """The rows of the part of a page between two marks."""
    part = page[page.index(start) :]
    return part[: part.index(end)].split(row)[1:]


def test_what_to_mind_how_it_is_needled_and_what_tradition_calls_it_say_on_whose_word(real_app: Flask) -> None:
    page = real_app.test_client().get("/points/GB41?as=student").text
    needling = rows(page, '<table class="needling">', "</table>", "<tr><td>")
    minds = rows(page, "<h3>Mind</h3>", "<h2>", "<li><strong>")
    names = rows(page, "What the tradition calls it</h2>", "<p>Channel", '<li><a href="/points?')
    assert all((needling, minds, names))
    assert [row for row in (*needling, *minds, *names) if 'class="cite"' not in row] == []


def test_every_place_in_the_list_of_points_leads_to_a_note(client: FlaskClient) -> None:
    page = client.get("/points").text
    assert page.count('<a class="note-mark" href="#note-1">') == 2
    note = page[page.index('<li id="note-1">') :]
    assert "location standard" in note
    assert "(read in part" in note


def test_every_row_of_the_plot_has_its_line(client: FlaskClient) -> None:
    page = client.get("/evidence").text
    rows = set(re.findall(r'href="#(row-[^"]+)"', page))
    assert rows
    assert all(f'<li id="{row}">' in page for row in rows)


def test_every_remark_that_a_template_makes_is_in_the_data_and_none_is_idle(real_app: Flask) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    named = set(re.findall(r'remark\("([a-z-]+)"\)|remarks\["([a-z-]+)"\]', text))
    assert {one or other for one, other in named} == set(real_app.extensions["atlas"].remarks)
