"""The open data: every table with its dictionary, whole and typed, and how to cite it."""

import csv
import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from bodymap import __version__, library, opendata
from bodymap.build import FIGURE_TABLES, TABLES
from bodymap.cli import main
from tests.conftest import HOSTILE, small_library


@pytest.fixture
def package(tmp_path: Path, small_atlas_path: Path, data: Path) -> Path:
    opendata.write(small_library(), small_atlas_path, data, tmp_path / "out")
    return tmp_path / "out"


def described(package: Path) -> dict[str, dict]:
    """The tables, by name."""
    listed = json.loads((package / "datapackage.json").read_text())["resources"]
    return {entry["name"]: entry for entry in listed if entry["format"] == "csv"}


def test_every_table_is_there_as_csv_and_json_and_is_described(package: Path) -> None:
    tables = {table for table, _ in TABLES} | set(FIGURE_TABLES) | {"dictionary"}
    assert described(package).keys() == tables
    for name, entry in described(package).items():
        with (package / entry["path"]).open(encoding="utf-8", newline="") as lines:
            table = csv.DictReader(lines)
            rows = list(table)
        assert table.fieldnames == [field["name"] for field in entry["schema"]["fields"]]
        assert all(field["description"] for field in entry["schema"]["fields"]), name
        assert len(json.loads((package / f"{name}.json").read_text(encoding="utf-8"))) == len(rows)


def test_text_survives_the_way_into_csv_and_back(package: Path) -> None:
    with (package / "points.csv").open(encoding="utf-8", newline="") as lines:
        points = {row["code"]: row for row in csv.DictReader(lines)}
    assert points["BL52"]["english"] == HOSTILE
    assert json.loads(points["BL23"]["place"]) == {
        "rule": "trunk", "level": "L2", "lateral": 1.5, "below": 0.0, "above": 0.0, "face": "back",
    }  # fmt: skip
    assert points["BL23"]["midline"] == "false"


def test_types_say_what_the_cells_hold(package: Path) -> None:
    types = {field["name"]: field["type"] for field in described(package)["points"]["schema"]["fields"]}
    assert types["number"] == "integer"
    assert types["ring"] == "number"
    assert types["location"] == types["place"] == types["feel"] == "object"
    assert types["needling"] == types["aliases"] == "array"
    levels = next(f for f in described(package)["cautions"]["schema"]["fields"] if f["name"] == "level")
    assert levels["constraints"]["enum"] == ["avoid", "high", "caution", "ask", "information"]


def test_references_between_tables_hold_in_the_real_data(data: Path, tmp_path: Path, small_atlas_path: Path) -> None:
    opendata.write(library.read(data), small_atlas_path, data, tmp_path)
    tables = described(tmp_path)
    for name, entry in tables.items():
        with (tmp_path / entry["path"]).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        primary = entry["schema"].get("primaryKey")
        if primary:
            keys = [primary] if isinstance(primary, str) else primary
            assert len({tuple(row[key] for key in keys) for row in rows}) == len(rows), name
        for key in entry["schema"].get("foreignKeys", ()):
            target = tables[key["reference"]["resource"]]
            with (tmp_path / target["path"]).open(encoding="utf-8", newline="") as lines:
                known = {row[key["reference"]["fields"]] for row in csv.DictReader(lines)}
            assert {row[key["fields"]] for row in rows} <= known, (name, key)


def test_every_file_is_listed_with_its_size_and_hash(package: Path) -> None:
    listed = json.loads((package / "datapackage.json").read_text())["resources"]
    assert {entry["path"] for entry in listed} == {path.name for path in package.iterdir()} - {
        "datapackage.json", "CITATION.cff",
    }  # fmt: skip
    for entry in listed:
        content = (package / entry["path"]).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_what_is_nested_is_described_in_the_sqlite_file_itself(package: Path) -> None:
    with sqlite3.connect(package / "bodymap.sqlite") as db:
        told = dict(db.execute("SELECT field, type FROM dictionary WHERE \"table\" = 'points'"))
        assert told["location"] == told["place"] == "object"
        assert told["location.sources"] == told["needling"] == "array"
        assert {"place(trunk).lateral", "place(limb).bearing", "needling[].depth"} <= told.keys()
        for (table,) in db.execute('SELECT DISTINCT "table" FROM dictionary').fetchall():
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")} - {"position"}
            fields = {row[0] for row in db.execute('SELECT field FROM dictionary WHERE "table" = ?', (table,))}
            assert columns <= fields, table


def test_the_sqlite_file_opens(package: Path) -> None:
    with sqlite3.connect(package / "bodymap.sqlite") as db:
        assert db.execute("SELECT count(*) FROM points").fetchone() == (2,)


def test_the_citation_names_the_version(package: Path) -> None:
    told = (package / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{__version__}+' in told
    assert told.startswith("cff-version: 1.2.0")


def test_the_citation_of_the_repository_is_that_of_this_version() -> None:
    dated = opendata.citation(__version__, opendata.released(Path("CHANGELOG.md")))
    assert Path("CITATION.cff").read_text(encoding="utf-8") == dated


def test_a_version_is_dated_once_the_changelog_dates_it(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    assert opendata.released(changelog) == ""
    changelog.write_text(f"# Changelog\n\n## {__version__} (unreleased)\n\n## 0.0.1 (2025-01-01)\n")
    assert opendata.released(changelog) == ""
    changelog.write_text(f"# Changelog\n\n## {__version__} (2026-12-01)\n")
    assert opendata.released(changelog) == "2026-12-01"
    assert "\ndate-released: 2026-12-01\n" in opendata.citation("1", "2026-12-01")
    assert "date-released" not in opendata.citation("1")


def test_the_command_says_where_it_wrote(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export-data", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "Wrote 51 files" in result.output
    (tmp_path / "file").write_text("")
    refused = CliRunner().invoke(main, ["export-data", str(tmp_path / "file")])
    assert refused.exit_code in (1, 2)
    assert "Traceback" not in refused.output
