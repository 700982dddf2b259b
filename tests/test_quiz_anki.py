"""Decks for Anki, imported by Anki itself: whole, with their pictures, and never twice."""

import io
import json
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodymap.atlas import Atlas
from bodymap.quiz import anki
from bodymap.quiz.model import Deck
from tests.conftest import HOSTILE

ROOT = Path(__file__).parent.parent
ANKI = ROOT / ".cache" / "anki-venv"
SVG = "{http://www.w3.org/2000/svg}"
PAIR = Deck("points:BL23,GB30", "Two points", ("BL23", "GB30"))
THREE = Deck("points:BL23,GB30,GV26", "Three points", ("BL23", "GB30", "GV26"))


@pytest.fixture(scope="module")
def atlas(real_app: Flask) -> Atlas:
    return real_app.extensions["atlas"]


def imported(folder: Path, *files: bytes | str) -> dict:
    """What Anki has after importing the files in turn into an empty collection."""
    assert (ANKI / "ready").exists(), "Anki is not installed for the tests: make .cache/anki-venv/ready"
    paths = []
    for number, content in enumerate(files):
        path = folder / f"{number}{'.apkg' if isinstance(content, bytes) else '.txt'}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(str(path))
    (folder / "anki").mkdir()
    command = [ANKI / "bin" / "python", ROOT / "tests" / "anki" / "importer.py", folder / "anki", *paths]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_anki_imports_a_deck_with_every_picture(atlas: Atlas, tmp_path: Path) -> None:
    told = imported(tmp_path, anki.package(atlas, PAIR, audience="student"))
    assert told["imports"] == [
        {"new": 4, "updated": 0, "duplicate": 0, "conflicting": 0, "notes": 4, "cards": 10}
    ]  # two notes a point: four cards about the place and its names, one about needling
    assert "Bodymap::Two points" in told["decks"]
    assert (told["missing"], told["unused"], len(told["files"])) == ([], [], 6)
    locate = told["cards"]["bodymap-point-BL23 Locate"]
    assert re.findall(r'src="bodymap-([\w-]+)-\w{10}.svg"', locate["question"]) == ["female-lower-back"]
    assert re.findall(r'src="bodymap-([\w-]+)-\w{10}.svg"', locate["answer"]) == ["female-lower-back", "BL23-place"]
    assert "bodymap::condition::sciatica" in locate["tags"]
    name = told["cards"]["bodymap-point-GB30 Name"]
    assert "GB30" not in re.sub(r"<style>.*?</style>|<img[^>]*>", "", name["question"], flags=re.S)
    assert "GB30 Huántiào" in name["answer"]


def test_a_later_import_updates_and_never_duplicates(atlas: Atlas, tmp_path: Path) -> None:
    told = imported(
        tmp_path,
        anki.package(atlas, PAIR, audience="student", written=1_700_000_000),
        anki.package(atlas, PAIR, audience="student", written=1_700_000_000),
        anki.package(atlas, THREE, "male", "student", written=1_700_000_060),
    )
    counts = [(step["new"], step["updated"], step["notes"], step["cards"]) for step in told["imports"]]
    assert counts == [(4, 0, 4, 10), (0, 0, 4, 10), (2, 4, 6, 15)]
    assert "male-lower-back" in told["cards"]["bodymap-point-BL23 Locate"]["question"]


def test_a_patient_gets_no_needling_card_and_no_clinical_word(atlas: Atlas, tmp_path: Path) -> None:
    told = imported(tmp_path, anki.package(atlas, PAIR))
    assert told["imports"][0]["cards"] == 8
    for card in told["cards"].values():
        words = re.sub(r"<style>.*?</style>|<img[^>]*>", "", card["question"] + card["answer"], flags=re.S)
        assert not re.search(r"\bcun\b|oblique|perpendicular|depth|needled", words)


def test_a_practitioners_needling_card_names_depth_angle_source_and_what_to_mind(atlas: Atlas, tmp_path: Path) -> None:
    answer = imported(tmp_path, anki.package(atlas, PAIR, audience="practitioner"))["cards"][
        "bodymap-needling-BL23 Needling"
    ]["answer"]
    point = atlas.points["BL23"]
    assert "1–1.5 cun" in answer
    assert point.needling[0].angle in answer
    assert atlas.sources[point.needling[0].sources[0]].title in answer
    assert point.dangers[0].structure in answer


def test_pictures_stand_alone(atlas: Atlas) -> None:
    cards = anki.Cards(atlas, "female", "student")
    for code in ("BL23", "EX-B2", "GV26", "T22.05", "GB30"):
        cards.point(atlas.points[code])
    for name, content in cards.media.items():
        root = ElementTree.fromstring(content)
        assert float(root.get("width")) / float(root.get("height")) == pytest.approx(
            float(root.get("viewBox").split()[2]) / float(root.get("viewBox").split()[3])
        )
        assert not [element.tag for element in root.iter() if element.tag in (f"{SVG}a", f"{SVG}script", f"{SVG}use")]
        attributes = {key for element in root.iter() for key in element.attrib}
        assert not attributes & {"href", "style", "hx-get", "{http://www.w3.org/1999/xlink}href"}, name
        assert "var(" not in content
        assert "url(" not in content


def test_the_question_shows_nothing_and_the_answer_the_place_of_the_atlas(atlas: Atlas) -> None:
    cards = anki.Cards(atlas, "female", "student")
    cards.point(atlas.points["BL23"])
    front, place, spot = (ElementTree.fromstring(content) for content in cards.media.values())
    assert front.findall(f".//{SVG}circle") == []
    assert [letter.text for letter in front.findall(f".//{SVG}text")] == ["L", "R"]
    placed = {
        (round(item.x, 1), round(item.y, 1)) for item in atlas.placements("female", "lower-back") if item.code == "BL23"
    }
    for picture in (place, spot):
        dots = picture.findall(f".//{SVG}circle[@class='dot']")
        assert {(float(dot.get("cx")), float(dot.get("cy"))) for dot in dots} == placed
    assert "BL23" in {text.text for text in place.iter(f"{SVG}text")}
    assert list(spot.iter(f"{SVG}text")) == []


def test_every_point_of_the_atlas_has_its_pictures(atlas: Atlas) -> None:
    for figure in ("female", "male"):
        cards = anki.Cards(atlas, figure, "student")
        assert all("place" in cards.point(point).fields[6] for point in atlas.points.values())


def test_as_text_a_second_import_updates_too(atlas: Atlas, tmp_path: Path) -> None:
    told = imported(tmp_path, anki.text(atlas, PAIR, "student"), anki.text(atlas, THREE, "practitioner"))
    assert [(step["new"], step["notes"]) for step in told["imports"]] == [(6, 6), (3, 9)]
    assert told["cards"]["bodymap-text-name-BL23 Card 1"]["tags"][0] == "bodymap"
    assert "1–1.5 cun" in told["cards"]["bodymap-text-needling-BL23 Card 1"]["answer"]
    assert "cun" not in anki.text(atlas, PAIR)


def test_hostile_names_are_text(small_atlas: Atlas, tmp_path: Path) -> None:
    told = imported(tmp_path, anki.package(small_atlas, Deck("points:BL52", HOSTILE, ("BL52",)), audience="student"))
    assert told["cards"]
    for card in told["cards"].values():
        assert "<script" not in card["question"] + card["answer"]
        assert "&lt;script&gt;" in card["question"] + card["answer"]


def test_a_deck_keeps_its_ids_for_good() -> None:
    assert (anki.POINT.model_id, anki.NEEDLING.model_id) == (1_764_100_801, 1_764_100_802)
    assert anki._deck_id("condition:sciatica") == 1_895_093_506


def test_a_deck_is_downloaded_in_the_readers_words(real_app: Flask) -> None:
    client = real_app.test_client()
    answer = client.get("/quiz/export.apkg?deck=condition:sciatica&as=student&figure=male")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bodymap-condition-sciatica.apkg"'
    names = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("media")).values()
    assert any(name.startswith("bodymap-male-lower-back-") for name in names)
    for voice, told in (("", False), ("&as=practitioner", True)):
        answer = client.get(f"/quiz/export.txt?deck=condition:sciatica{voice}")
        assert answer.content_type == "text/tab-separated-values; charset=utf-8"
        assert ("1–1.5 cun" in answer.text) is told


@pytest.mark.parametrize("ending", ["apkg", "txt"])
def test_an_unknown_deck_is_a_clear_page(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/quiz/export.{ending}?deck=%3Cb%3Enone")
    assert answer.status_code == 400
    assert "“deck” cannot be “&lt;b&gt;none”" in answer.text


def test_nothing_is_left_in_the_temporary_folder(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    anki.package(atlas, PAIR)
    assert list(tmp_path.iterdir()) == []
