"""The two files that plans read: one slip at a time, told with file, entry and remedy."""

import shutil
from pathlib import Path

import pytest

from bodymap import library, planfiles
from bodymap.library import Library


@pytest.fixture(scope="module")
def content(data: Path) -> Library:
    return library.read(data)


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("handout.toml", '"SL01"', '"S99"', "settled: refers to unknown cautions “S99”. Use an entry of cautions."),
        ("handout.toml", 'technique = "dry-needling"', 'technique = "x"', "line 3: refers to unknown techniques “x”"),
        ("handout.toml", 'circumstance = "anticoagulants"', 'circumstance = "x"', "unknown circumstances “x”"),
        ("handout.toml", 'covers = "RF04"', 'covers = "RF99"', "refers to unknown red_flags “RF99”"),
        ("handout.toml", '"macpherson-2005"', '"nobody"', "line 1: refers to unknown sources “nobody”"),
        ("handout.toml", '["brady-2014"]', "[]", "line 3: says “The muscle may be sore"),
        ("handout.toml", "The muscle may be sore for a day or two.", "It went in 5 mm.", "tells patients “5 mm”"),
        ("handout.toml", "The muscle may be sore for a day or two.",
         "Delayed musculoskeletal tenderness is occasionally anticipated.", "line 3: “Delayed musculoskeletal"),
        ("handout.toml", 'part = "after"', 'part = "before"', "Invalid enum value"),
        ("plan_templates.toml", 'condition = "sciatica"', 'condition = "x"', "tu: refers to unknown conditions “x”"),
        ("plan_templates.toml", 'code = "KI3"', 'code = "KI99"', "cherkin: refers to unknown points “KI99”"),
        ("plan_templates.toml", 'sources = ["haake-2007"]', 'sources = ["nobody"]', "gerac: refers to unknown sources"),
        ("plan_templates.toml", 'sources = ["haake-2007"]', "sources = []", "is a trial's schedule without a source"),
        ("plan_templates.toml", "Up to 10 sessions over 3 months", "5 mm each time", "york: tells patients “5 mm”"),
        ("plan_templates.toml", "[[template]]", "[[template", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_slip_is_told(
    tmp_path: Path, data: Path, content: Library, file: str, before: str, after: str, fault: str
) -> None:
    for name in ("handout.toml", "plan_templates.toml"):
        shutil.copy(data / name, tmp_path / name)
    text = (data / file).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    told = [str(fault) for fault in planfiles.faults(tmp_path, content)]
    assert [line for line in told if line.startswith(f"{file}: ") and fault in line], told


def test_both_files_must_be_there(tmp_path: Path, content: Library) -> None:
    told = [str(fault) for fault in planfiles.faults(tmp_path, content)]
    assert told == [
        "handout.toml: file: is missing. Put it back.",
        "plan_templates.toml: file: is missing. Put it back.",
    ]
