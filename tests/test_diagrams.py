"""Pictures of numbers, read back as XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap import diagrams, model
from tests.conftest import HOSTILE, said

SVG = "{http://www.w3.org/2000/svg}"
WORDS = diagrams.Words(
    "Title", "All of it", "worse", "better", "against", "with conditions", "for", {"acute": "new pain"}
)


def effect(**changes: object) -> model.Effect:
    fields: dict[str, object] = {
        "id": "a", "study": "Haake", "year": 2007, "kind": "chronic", "comparator": "sham", "scale": "pain",
        "value": 5.1, "low": -3.7, "high": 13.9, "people": 298, "when": "8 weeks", "certainty": "moderate",
        "sources": ("who",),
    }  # fmt: skip
    return model.Effect(**{**fields, **changes})


def claim(stance: str) -> model.Claim:
    return model.Claim("G", "guideline", "NICE", "", "omitted", said(), stance=stance)


def named(svg: str, name: str) -> list[ET.Element]:
    return [part for part in ET.fromstring(svg).iter() if name in part.get("class", "").split()]


def texts(svg: str) -> list[str]:
    return ["".join(part.itertext()) for part in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_forest_has_a_mark_and_an_interval_for_every_effect() -> None:
    svg = diagrams.forest([claim("against")], [diagrams.Rows("Sham", [effect(), effect(id="b", low=None)])], WORDS)
    assert len(named(svg, "square")) == 2
    assert len(named(svg, "interval")) == 3  # the line and its two ends; the other effect has no interval
    assert "5 (−4 to 14)" in texts(svg)
    assert "Haake 2007, 8 weeks" in texts(svg)


def test_a_row_tells_its_kind_of_pain_where_it_is_not_the_usual_one() -> None:
    svg = diagrams.forest([], [diagrams.Rows("", [effect(kind="acute"), effect()])], WORDS)
    assert {"Haake 2007, new pain, 8 weeks", "Haake 2007, 8 weeks"} <= set(texts(svg))


def test_what_rounds_to_nothing_has_no_sign() -> None:
    svg = diagrams.forest([], [diagrams.Rows("", [effect(value=-0.2, low=-3.7, high=0.4)])], WORDS)
    assert "0 (−4 to 0)" in texts(svg)


def test_a_guideline_lights_its_own_stance() -> None:
    svg = diagrams.forest([claim("against"), claim("for")], [], WORDS)
    assert [part.get("class") for part in named(svg, "chosen")] == ["stance against chosen", "stance for chosen"]


def test_what_is_better_lies_right_of_zero() -> None:
    svg = diagrams.forest([], [diagrams.Rows("", [effect(value=10.0), effect(value=-10.0)])], WORDS)
    better, worse = ((float(part.get("x", "")) + float(part.get("width", "")) / 2) for part in named(svg, "square"))
    zero = float(named(svg, "zero")[0].get("x1", ""))
    assert better - zero == pytest.approx(zero - worse, abs=0.2)
    assert better > zero


@given(st.floats(-500, 500), st.floats(0, 300), st.floats(0, 300))
def test_no_mark_leaves_the_picture(value: float, below: float, above: float) -> None:
    svg = diagrams.forest([], [diagrams.Rows("", [effect(value=value, low=value - below, high=value + above)])], WORDS)
    for part in ET.fromstring(svg).iter():
        for name in ("x", "x1", "x2"):
            assert 0 <= float(part.get(name, "0")) <= diagrams.WIDTH


def test_a_picture_is_an_image_with_a_name_and_a_description() -> None:
    drawn = ET.fromstring(diagrams.courses([], 4, "Title", "weeks"))
    assert (drawn.get("role"), drawn.get("aria-label")) == ("img", "Title")
    description = ET.fromstring(diagrams.forest([], [], WORDS)).find(f"{SVG}desc")
    assert description is not None
    assert description.text == "All of it"


def test_every_row_of_the_plot_leads_to_the_line_that_says_on_whose_word_it_stands() -> None:
    plot = ET.fromstring(diagrams.forest([claim("for")], [diagrams.Rows("Sham", [effect(id="haake")])], WORDS))
    assert [row.get("href") for row in plot.iter(f"{SVG}a")] == ["#row-G", "#row-haake"]
    assert plot.get("role") == "group"  # an image would hide its links


def test_hostile_words_stay_words() -> None:
    svg = diagrams.forest([], [diagrams.Rows(HOSTILE, [effect(study=HOSTILE)])], WORDS)
    assert HOSTILE in texts(svg)


@pytest.mark.parametrize(("count", "of"), [(9, 100), (1, 10_000), (19, 100), (9, 1000)])
def test_so_many_dots_are_filled_of_so_many(count: int, of: int) -> None:
    svg = diagrams.people(model.Frequency(count, of, "people", "bruise", ("who",), "low"), "words")
    assert len(named(svg, "counted")) == count
    pitches = [float(part.get("stroke-dasharray", "").split()[1]) for part in named(svg, "others")]
    lengths = [float(part.get("d", "").partition("h")[2]) for part in named(svg, "others")]
    assert sum(round(length / pitch) + 1 for length, pitch in zip(lengths, pitches, strict=True)) == of


def test_what_is_too_rare_to_see_is_not_drawn() -> None:
    assert diagrams.people(model.Frequency(1, 1_000_000, "treatments", "x", ("who",), "low"), "words") == ""


def test_a_session_is_as_long_as_its_phases() -> None:
    phases = [model.Phase("Talk", 15, "talk", said()), model.Phase("Rest", 30, "rest", said())]
    talk, rest = named(diagrams.session(phases, "A session"), "phase")
    assert (float(rest.get("width", "")) + 2) / (float(talk.get("width", "")) + 2) == pytest.approx(2, abs=0.01)


def test_a_course_has_a_dot_a_session_and_hollow_ones_for_some_people() -> None:
    course = model.Regimen("g", "GERAC", "pain", (10, 15), 5, "two a week", ("who",))
    svg = diagrams.courses([course], 14, "Courses", "weeks")
    assert len(named(svg, "sitting")) == 15
    assert len(named(svg, "some")) == 5
    assert "10–15" in texts(svg)
