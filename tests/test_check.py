"""What the check refuses, one literal fault at a time."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import structs

from bodymap import check, model
from bodymap.cli import main
from bodymap.library import Inside, Library
from tests.conftest import point, said, small_library


def told(library: Library) -> str:
    """The faults that a change brings, without those of the bare small library."""
    usual = {str(fault) for fault in check.across(small_library())}
    return "\n".join(str(fault) for fault in check.across(library) if str(fault) not in usual)


def with_point(**changes: object) -> Library:
    library = small_library()
    return replace(library, points=[point(**changes), library.points[1]])


@pytest.mark.parametrize(
    "plain", ["Needle it 1.5 cun here.", "It goes in 20 mm.", "Insert it at an oblique angle.", "Mind the depth of it."]
)
def test_patients_are_told_no_measure(plain: str) -> None:
    assert "tells patients" in told(with_point(feel=said(plain)))


def test_finger_widths_are_welcome() -> None:
    assert told(with_point(feel=said("It is two finger-widths from the spine."))) == ""


def test_hard_words_are_refused_with_their_grade() -> None:
    hard = "Transcutaneous neurostimulation modulates nociceptive transmission via endogenous opioidergic mechanisms."
    assert "reads at grade" in told(with_point(feel=said(hard)))


def test_a_statement_needs_a_source_that_exists() -> None:
    assert "without a source" in told(with_point(feel=said(sources=())))
    assert "cites unknown source “nobody”" in told(with_point(feel=said(sources=("nobody",))))


def test_a_needling_technique_must_exist() -> None:
    needling = (model.Needling("moxibustion", "-", ("who",)),)
    assert "refers to unknown technique “moxibustion”" in told(with_point(needling=needling))


def test_a_name_belongs_to_one_point() -> None:
    assert "share the name “zhishi”" in told(with_point(aliases=("Zhishi",)))


def test_a_point_over_a_danger_needs_its_caution() -> None:
    library = small_library()
    assert told(replace(library, inside=[Inside("kidneys", "BL23")])) == ""
    assert "BL52: lies over the kidneys and has no “organ” caution" in told(
        replace(library, inside=[Inside("kidneys", "BL52")])
    )


def test_a_danger_beneath_a_point_is_a_caution_too_so_that_patients_are_told() -> None:
    danger = model.Danger(structure="Femoral artery", sources=("who-2008",))
    library = with_point(dangers=(danger,))
    bare = replace(library, cautions=[structs.replace(caution, points=()) for caution in library.cautions])
    assert "has the danger “Femoral artery” and no caution" in told(bare)
    assert "Femoral artery" not in told(library)


def test_a_way_of_writing_belongs_to_one_word() -> None:
    library = small_library()
    other = structs.replace(library.glossary[0], slug="pin")
    assert "pin: is written “tell them”, and so is needle" in told(
        replace(library, glossary=[*library.glossary, other])
    )


@pytest.mark.parametrize(
    "todo", [{"cautions": {"todo": "Put it 2 cm deep."}}, {"circumstances": {"tell": "Needle me 1 cun."}}]
)
def test_what_patients_read_beside_statements_has_no_measure_either(todo: dict[str, dict[str, str]]) -> None:
    library = small_library()
    changed = {name: [structs.replace(getattr(library, name)[0], **fields)] for name, fields in todo.items()}
    assert "tells patients" in told(replace(library, **changed))


@pytest.mark.parametrize(
    ("file", "entry", "before", "after", "fault"),
    [
        ("claims.toml", "C01", 'sources = ["thomas-2006"]', "sources = []", "without a source"),
        ("claims.toml", "C01", 'sources = ["thomas-2006"]', 'sources = ["x-1"]', "cites unknown source “x-1”"),
        ("claims.toml", "C01", 'strength = "low"', 'strength = "huge"', "Invalid enum value 'huge'"),
        ("claims.toml", "C01", 'conditions = ["lower-back-pain"', 'conditions = ["x"', "unknown conditions “x”"),
        ("claims.toml", "C01", "The study is from 2006.", "Put it 5 mm deep.", "tells patients “5 mm”"),
        ("claims.toml", "C01", "The study is from 2006.",
         "Methodological heterogeneity notwithstanding, randomisation was administratively concealed from everybody.",
         "reads at grade"),
        ("cautions.toml", "SE01", 'circumstance = "pacemaker"', 'circumstance = "x"', "unknown circumstance “x”"),
    ],
)  # fmt: skip
def test_what_cannot_be_trusted_fails_with_file_entry_and_remedy(
    tmp_path: Path, data: Path, file: str, entry: str, before: str, after: str, fault: str
) -> None:
    for path in data.iterdir():
        (tmp_path / path.name).symlink_to(path)
    text = (data / file).read_text(encoding="utf-8")
    head, _, tail = text.partition(f'id = "{entry}"')
    assert before in tail
    (tmp_path / file).unlink()
    (tmp_path / file).write_text(f'{head}id = "{entry}"{tail.replace(before, after, 1)}', encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--data", str(tmp_path)])
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if fault in line]
    assert lines[0].startswith(f"{file}: {entry}: ")


def with_source(**changes: object) -> str:
    library = small_library()
    return told(replace(library, sources=[structs.replace(library.sources[0], **changes)]))


def test_a_source_has_an_address_whether_it_was_read_or_not() -> None:
    for read in ("part", "no"):
        assert "who: has no address. Add doi, url or identifier" in with_source(url="", read=read)
    assert with_source(url="", doi="10.1/x") == ""
    assert with_source(url="", identifier="GB/T 13734-2008") == ""


@pytest.mark.parametrize("kind", ["article", "teaching", "search", "untraced"])
def test_some_kinds_of_sources_may_have_no_address(kind: str) -> None:
    assert "has no address" not in with_source(url="", kind=kind)


@pytest.mark.parametrize(
    ("identifier", "sound"),
    [("ISBN 978-0-9510546-5-9", True), ("ISBN 978-0-9510546-5-8", False), ("ISBN 92-9061-105-7", True),
     ("ISBN 12", False), ("PMID 1978502", True), ("PMID x", False), ("NATICK/TR-15/007", True), ("somewhere", False)],
)  # fmt: skip
def test_an_identifier_is_a_number_that_can_be_looked_up(identifier: str, sound: bool) -> None:
    assert ("has the identifier" in with_source(identifier=identifier)) is not sound


def test_what_was_read_says_when() -> None:
    assert "was read, and does not say when" in with_source(checked="")
    assert "was read, and does not say when" in with_source(checked="last week")
    assert with_source(checked="", read="no") == ""


def test_general_teaching_passes_for_nothing_that_was_checked() -> None:
    library = small_library()
    taught = structs.replace(library.sources[0], id="taught", kind="teaching", url="")
    found = structs.replace(library.sources[0], id="leaflet", kind="untraced", url="")
    for sources, verified, fault in (
        (("taught",), "partly", "on general teaching alone"), (("taught",), "no", ""),
        (("taught", "who"), "yes", "in part on general teaching"), (("taught", "who"), "partly", ""),
        (("leaflet",), "yes", "on a text without an address"), (("leaflet",), "partly", ""),
    ):  # fmt: skip
        feel = said(sources=sources, verified=verified)
        changed = replace(
            library, sources=[*library.sources, taught, found], points=[point(feel=feel), library.points[1]]
        )
        assert (fault in told(changed)) if fault else told(changed) == ""


def test_an_entry_stands_once() -> None:
    library = small_library()
    assert "is there 2 times" in told(replace(library, regions=library.regions * 2))
