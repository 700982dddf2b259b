"""What patients read is plain and tells no measure, field by field."""

from typing import Any

import pytest
from msgspec import structs

from bodymap import model, wording
from tests.conftest import said, small_library

HARD = "Transcutaneous neurostimulation modulates nociceptive transmission via endogenous opioidergic mechanisms."
DEEP = "It goes in 5 mm."
SMALL = small_library()
FLAG = model.RedFlag("RF01", "Numb", "emergency", ("You feel numb.",), said())
CLAIM = model.Claim("C1", "relief", "It helps", "It helps.", "mixed", said())
SETTING = model.Parameter("Time", "Half an hour", ("who",))

SENTENCES = [
    (CLAIM, "article"), (model.Correction("It helps.", said()), "article"), (SMALL.cautions[0], "todo"),
    (SMALL.circumstances[0], "tell"), (SMALL.regimens[0], "schedule"), (SMALL.regimens[0], "note"),
    (SMALL.effects[0], "note"), (SETTING, "value"), (said(), "plain"),
]  # fmt: skip
LABELS = [
    (CLAIM, "title"), (FLAG, "title"), (SMALL.cautions[0], "title"), (SMALL.circumstances[0], "name"),
    (SMALL.effects[0], "when"), (SMALL.regimens[0], "condition"), (SETTING, "name"), (SMALL.zones[0], "name"),
    (model.Meeting("Meets", ("who",)), "name"),
]  # fmt: skip


def told(entry: Any) -> str:
    return "\n".join(str(fault) for fault in wording.of_entry("a.toml", "A1", entry))


def named(pair: tuple[Any, str]) -> str:
    return f"{type(pair[0]).__name__}.{pair[1]}"


@pytest.mark.parametrize("pair", SENTENCES, ids=named)
def test_a_sentence_for_patients_has_a_grade_and_tells_no_measure(pair: tuple[Any, str]) -> None:
    entry, field = pair
    assert "a.toml: A1: “Transcutaneous" in told(structs.replace(entry, **{field: HARD}))
    assert "reads at grade" in told(structs.replace(entry, **{field: HARD}))
    assert "tells patients “5 mm”" in told(structs.replace(entry, **{field: DEEP}))


def test_signs_read_as_one_sentence_after_another() -> None:
    assert "reads at grade" in told(structs.replace(FLAG, signs=(HARD,)))
    assert "tells patients" in told(structs.replace(FLAG, signs=("You feel numb.", DEEP)))
    assert told(FLAG) == ""


@pytest.mark.parametrize("pair", LABELS, ids=named)
def test_a_title_has_no_grade_and_tells_no_measure_either(pair: tuple[Any, str]) -> None:
    entry, field = pair
    assert told(structs.replace(entry, **{field: "Endorphins"})) == ""
    assert "tells patients “5 mm”" in told(structs.replace(entry, **{field: DEEP}))


def test_what_only_practitioners_read_may_be_hard_and_tell_a_depth() -> None:
    assert told(structs.replace(SETTING, value=f"{HARD} {DEEP}", audience="practitioner")) == ""
    assert told(said(clinical=f"{HARD} {DEEP}")) == ""
