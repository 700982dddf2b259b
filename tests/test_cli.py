"""The command: clear words, exit 1 or 2, never a traceback."""

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from bodymap.cli import main


def test_check_names_file_entry_and_remedy(tmp_path: Path, data: Path) -> None:
    broken = tmp_path / "data"
    shutil.copytree(data, broken)
    text = (broken / "regions.toml").read_text(encoding="utf-8")
    (broken / "regions.toml").write_text(text.replace('code = "BL23"', 'code = "BL999"', 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--data", str(broken)])
    assert result.exit_code == 1
    assert "regions.toml: lower-back: refers to unknown code “BL999”. Use an entry of points." in result.output
    assert "Traceback" not in result.output


def test_build_says_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(main, ["build", str(tmp_path / "file" / "atlas.db")])
    assert result.exit_code == 1
    assert "cannot write" in result.output


def test_wrong_usage_exits_2() -> None:
    assert CliRunner().invoke(main, ["serve", "--port", "0"]).exit_code == 2
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


def test_export_writes_every_page(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "BL23" in (tmp_path / "out" / "points" / "BL23" / "index.html").read_text(encoding="utf-8")
    assert "Lower back" in (tmp_path / "out" / "regions" / "lower-back" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "static" / "svg" / "back.svg").exists()
    assert "BL23" in (tmp_path / "out" / "points.csv").read_text(encoding="utf-8-sig")


def test_a_deck_is_written_for_anki_or_as_text(tmp_path: Path) -> None:
    package, text = tmp_path / "sciatica.apkg", tmp_path / "sciatica.txt"
    result = CliRunner().invoke(main, ["export-anki", "condition:sciatica", str(package)])
    assert result.exit_code == 0, result.output
    assert "collection.anki2" in zipfile.ZipFile(package).namelist()
    assert CliRunner().invoke(main, ["export-anki", "channel:BL", str(text), "--as", "patient"]).exit_code == 0
    assert "bodymap-text-name-BL67\tBL67\t" in text.read_text(encoding="utf-8")


def test_an_unknown_deck_is_named_and_the_known_ones_are_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export-anki", "channel:XY", str(tmp_path / "x.apkg")])
    assert result.exit_code == 1
    assert "there is no deck “channel:XY”" in result.output
    assert "condition:sciatica" in result.output
    assert not (tmp_path / "x.apkg").exists()
    result = CliRunner().invoke(main, ["export-anki", "all", str(tmp_path / "no" / "x.txt")])
    assert (result.exit_code, "cannot write" in result.output) == (1, True)


@pytest.mark.parametrize("url", ["mysql://localhost/plans", "sqlite:////nowhere/at/all/store.db", "rubbish"])
def test_a_store_that_cannot_be_opened_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr("bodymap.cli.ensure_atlas", lambda path: None)
    monkeypatch.setattr("pathlib.Path.mkdir", lambda *given, **options: None)
    monkeypatch.setenv("BODYMAP_DATABASE_URL", url)
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: cannot open the store of plans: ")
    assert result.output.count("\n") == 1
