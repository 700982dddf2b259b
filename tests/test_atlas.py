"""Questions asked of the atlas."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bodymap.atlas import Atlas
from tests.conftest import HOSTILE, small_library


def test_a_point_comes_back_as_it_went_in(small_atlas: Atlas) -> None:
    assert list(small_atlas.points.values()) == small_library().points


def test_a_missing_point_is_none(small_atlas: Atlas) -> None:
    assert small_atlas.point("BL99") is None


def test_cautions_come_gravest_first(small_atlas: Atlas) -> None:
    assert [caution.level for caution in small_atlas.cautions_of("BL23")] == ["avoid", "caution"]


def test_aliases_hold_other_systems_and_the_older_number(small_atlas: Atlas) -> None:
    assert small_atlas.aliases(small_atlas.points["BL52"]) == ["UB52", "B52", "V52", "BL47 (older)"]


@pytest.mark.parametrize("words", ["sciatica", "SCIAT", "Sciatica pain"[:8]])
def test_a_complaint_is_found_by_its_beginning(small_atlas: Atlas, words: str) -> None:
    assert ("condition", "sciatica") in [(hit.kind, hit.key) for hit in small_atlas.search(words)]


@pytest.mark.parametrize("words", ["肾俞", "腎兪", "shen shu", "UB 23", "Shenshu", "kidney"])
def test_a_point_is_found_by_its_names(small_atlas: Atlas, words: str) -> None:
    assert "BL23" in [hit.key for hit in small_atlas.search(words)]


@pytest.mark.parametrize(
    "words", ['"', "*", "NEAR(", "a OR", "^", "'; DROP TABLE points;--", "\x00", HOSTILE, "x" * 10_000]
)
def test_query_syntax_is_only_text(small_atlas: Atlas, words: str) -> None:
    small_atlas.search(words)
    assert small_atlas.point("BL23")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text())
def test_no_text_breaks_the_search(small_atlas: Atlas, words: str) -> None:
    assert isinstance(small_atlas.search(words), list)
