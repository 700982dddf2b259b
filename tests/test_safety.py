"""What a person's circumstances change, on literal cautions and on the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from bodymap import model, safety
from bodymap.atlas import Atlas
from bodymap.build import write
from bodymap.library import Library
from tests.conftest import point, said


def caution(name: str, level: model.Level, circumstance: str, **changes: object) -> model.Caution:
    return model.Caution(name, "patient", level, name, said(), circumstance=circumstance, **changes)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    path = tmp_path_factory.mktemp("safety") / "atlas.db"
    content = Library(
        points=[point("BL23"), point("BL52")],
        cautions=[
            caution("A1", "ask", "thinners", points=("BL23",), techniques=("traditional-needling",)),
            caution("A2", "avoid", "thinners", points=("BL52",)),
            caution("A3", "caution", "thinners", points=("BL52",)),
            caution("A4", "avoid", "pacemaker", techniques=("electroacupuncture",)),
            caution("A5", "caution", "thinners", techniques=("traditional-needling", "dry-needling")),
            caution("A6", "information", "thinners", points=("BL23",)),
            caution("A7", "avoid", "", points=("BL23",)),
        ],
        red_flags=[
            model.RedFlag("F1", "Cannot feel the seat", "emergency", (), said()),
            model.RedFlag("F2", "Stiff", "appointment", (), said()),
        ],
    )
    write(content, path, "safety")
    return Atlas(path)


def test_without_circumstances_nothing_is_marked(atlas: Atlas) -> None:
    assert safety.marks(atlas, ()) == safety.Marks({}, {}, ())


def test_a_point_is_marked_by_the_cautions_that_name_it_and_the_circumstance(atlas: Atlas) -> None:
    found = safety.marks(atlas, ("thinners",)).points
    assert {code: mark.level for code, mark in found.items()} == {"BL23": "ask", "BL52": "blocked"}
    assert [item.id for item in found["BL52"].cautions] == ["A2", "A3"]


def test_a_caution_for_all_needling_holds_in_general_and_marks_no_point(atlas: Atlas) -> None:
    found = safety.marks(atlas, ("thinners",))
    assert [item.id for item in found.general] == ["A5"]
    assert found.techniques == {}


def test_a_technique_is_blocked_where_its_caution_says_avoid(atlas: Atlas) -> None:
    found = safety.marks(atlas, ("pacemaker",))
    assert found.techniques["electroacupuncture"].level == "blocked"
    assert found.of("BL23") is None
    joined = found.of("BL23", "electroacupuncture")
    assert joined is not None
    assert joined.level == "blocked"


def test_only_signs_that_cannot_wait_stop_a_person(atlas: Atlas) -> None:
    assert [flag.id for flag in safety.stopping(atlas, ("F1", "F2"))] == ["F1"]


@pytest.mark.parametrize(
    ("circumstance", "code", "technique", "level"),
    [
        ("pregnancy", "LI4", "", "blocked"),
        ("pregnancy", "BL23", "", "caution"),
        ("pacemaker", "BL23", "electroacupuncture", "blocked"),
        ("pacemaker", "BL23", "traditional-needling", None),
        ("anticoagulants", "GB30", "", "caution"),
        ("chest-disease", "BL13", "", "blocked"),
        ("epilepsy", "GB34", "electroacupuncture", "blocked"),
    ],
)
def test_the_real_cautions_mark_what_they_should(
    real_app: Flask, circumstance: str, code: str, technique: str, level: str | None
) -> None:
    mark = safety.marks(real_app.extensions["atlas"], (circumstance,)).of(code, technique)
    assert (mark.level if mark else None) == level


def test_every_circumstance_changes_or_says_something(real_app: Flask, data: Path) -> None:
    atlas = real_app.extensions["atlas"]
    for slug in atlas.circumstances:
        found = safety.marks(atlas, (slug,))
        assert found.points or found.techniques or found.general, slug
