"""What the check refuses, one literal fault at a time."""

from dataclasses import replace

import pytest
from msgspec import structs

from bodymap import check, model
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
    assert "needled by unknown technique “moxibustion”" in told(with_point(needling=needling))


def test_a_name_belongs_to_one_point() -> None:
    assert "share the name “zhishi”" in told(with_point(aliases=("Zhishi",)))


def test_a_reference_must_lead_somewhere() -> None:
    library = small_library()
    condition = structs.replace(library.conditions[0], claims=("C99",))
    assert "refers to unknown claims “C99”" in told(replace(library, conditions=[condition]))


def test_a_point_over_a_danger_needs_its_caution() -> None:
    library = small_library()
    assert told(replace(library, inside=[Inside("kidneys", "BL23")])) == ""
    assert "BL52: lies over the kidneys and has no “organ” caution" in told(
        replace(library, inside=[Inside("kidneys", "BL52")])
    )


def test_an_entry_stands_once() -> None:
    library = small_library()
    assert "is there 2 times" in told(replace(library, regions=library.regions * 2))
