"""The atlas is built whole or not at all."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from bodymap.build import BuildError, build_atlas, fingerprint, write
from tests.conftest import small_library


def test_a_failed_build_leaves_the_old_atlas_and_no_scraps(tmp_path: Path, data: Path) -> None:
    broken = tmp_path / "data"
    shutil.copytree(data, broken)
    (broken / "regions.toml").write_text("[[region]]\nslug = 3", encoding="utf-8")
    target = tmp_path / "out" / "atlas.db"
    target.parent.mkdir()
    target.write_text("the old atlas")
    with pytest.raises(BuildError, match=r"regions\.toml"):
        build_atlas(broken, target)
    assert target.read_text() == "the old atlas"
    assert [path.name for path in target.parent.iterdir()] == ["atlas.db"]


def test_the_same_data_gives_the_same_fingerprint_and_a_change_another(tmp_path: Path, data: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    before = fingerprint(copy)
    assert before == fingerprint(copy)
    with (copy / "regions.toml").open("a") as file:
        file.write("\n")
    assert fingerprint(copy) != before


def test_the_atlas_is_plain_sqlite_with_a_table_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "atlas.db"
    write(small_library(), path, "x")
    with sqlite3.connect(path) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert db.execute("SELECT pinyin FROM points WHERE code = 'BL23'").fetchone() == ("Shènshū",)
    db.close()
    assert {"points", "channels", "regions", "conditions", "placements", "shapes", "claims", "sources"} <= tables
