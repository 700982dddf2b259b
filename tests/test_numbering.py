"""Any way people write a point leads to its code, and a doubtful number to both meanings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas import Atlas
from bodymap.numbering import Numbering, plain, spaced
from tests.conftest import small_library


@pytest.fixture
def numbering(small_atlas: Atlas) -> Numbering:
    return small_atlas.numbering


@pytest.mark.parametrize(
    "written",
    ["BL23", "bl-23", "UB 23", "B23", "V 23", "ub.23", "Shenshu", "shen shu", "Shènshū", "SHÈN SHŪ", "肾俞", "腎俞",
     "腎兪",      "Kidney Transport", "BL 023", "Bladder 23",
     "bladder 023"],
)  # fmt: skip
def test_every_way_of_writing_bl23_is_understood(numbering: Numbering, written: str) -> None:
    assert [meaning.code for meaning in numbering.meanings(written)] == ["BL23"]


def test_an_ambiguous_number_has_both_meanings_the_standard_first(numbering: Numbering) -> None:
    assert [(m.code, m.system) for m in numbering.meanings("BL 47")] == [("BL47", "standard"), ("BL52", "older")]


@pytest.mark.parametrize("written", ["old BL47", "older BL 47"])
def test_a_number_said_to_be_old_has_its_old_meaning_only(numbering: Numbering, written: str) -> None:
    assert [(m.code, m.system) for m in numbering.meanings(written)] == [("BL52", "older")]


@pytest.mark.parametrize("nonsense", ["", "   ", "BL999", "XX12", "'; DROP TABLE points;--", "\x00\x01", "BL"])
def test_nonsense_means_nothing(numbering: Numbering, nonsense: str) -> None:
    assert numbering.meanings(nonsense) == []


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    library = small_library()
    Numbering(library.points, library.channels, []).meanings(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("pinyin", "syllables"),
    [("Shènshū", "shen shu"), ("Wěizhōng", "wei zhong"), ("Yánglíngquán", "yang ling quan"), ("Zúsānlǐ", "zu san li"),
     ("Huántiào", "huan tiao"), ("Mìngmén", "ming men"), ("Ěrhéliáo", "er he liao"),
     ("Ěrmén", "er men")],
)  # fmt: skip
def test_a_name_is_also_found_syllable_by_syllable(pinyin: str, syllables: str) -> None:
    assert spaced(pinyin) == syllables
