"""A hint when free text looks like it names a patient, and none when it does not."""

from typing import Any

import pytest

from bodymap.atlas import Atlas
from bodymap.plans.model import Pair, Plan, PlannedPoint, Record
from bodymap.plans.privacy import hints
from bodymap.plans.templates import start, trials


@pytest.fixture(scope="module")
def atlas(real_app: Any) -> Atlas:
    found: Atlas = real_app.extensions["atlas"]
    return found


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Anna Schmidt", "name", "Anna Schmidt"),
        ("Sciatica of Mrs Okafor", "name", "Mrs Okafor"),
        ("patient: Li Wei", "name", "Li Wei"),
        ("for anna@example.org", "email address", "anna@example.org"),
        ("born 12.03.1961", "birth date", "born 12.03.1961"),
        ("José García", "name", "José García"),
        ("Jose\u0301 Garci\u0301a", "name", "José García"),
        ("Anna Müller", "name", "Anna Müller"),
        ("Schmidt, Anna", "name", "Schmidt, Anna"),
        ("J. Smith", "name", "J. Smith"),
        ("MARIA GONZALEZ", "name", "MARIA GONZALEZ"),
        ("Back Pain Anna Schmidt", "name", "Anna Schmidt"),
        ("Anna Schmidt Back Pain", "name", "Anna Schmidt"),
        ("patient: Özlem Yılmaz", "name", "Özlem Yılmaz"),
        ("12 March 1961", "birth date", "12 March 1961"),
        ("March 12th, 1961", "birth date", "March 12th, 1961"),
        ("DOB 1961", "birth date", "DOB 1961"),
        ("1961-03-12", "birth date", "1961-03-12"),
        ("call +44 20 7946 0958", "phone number", "+44 20 7946 0958"),
        ("0171/1234567", "phone number", "0171/1234567"),
    ],
)
def test_what_looks_like_a_person_is_pointed_at(atlas: Atlas, text: str, kind: str, found: str) -> None:
    assert [(hint.path, hint.kind, hint.found) for hint in hints(Plan(title=text), atlas)] == [("title", kind, found)]


@pytest.mark.parametrize(
    "title",
    ["Lower Back Pain", "Hua Tuo Jiaji", "Bladder Channel", "Master Tung", "LOW BACK PAIN", "Kidney Yang Deficiency",
     "Shenshu, Weizhong, Huantiao", "Shèn Shū and Wěi Zhōng", "L5-S1 Disc, MRI March 2026", "Roland Morris 12",
     "Traditional Chinese Medicine", "BL 23, BL 40", "Governing Vessel", "De Qi", "Sciatica", "Low Back Pain",
     "Chronic Back Pain Second Course", "BL23 BL40 GB34", "10 sessions, 0.25 x 40 mm",
     "20-30 min",     "Kidney Shu", "2/100 Hz for 20 minutes", ""],
)  # fmt: skip
def test_what_is_about_the_treatment_is_not(atlas: Atlas, title: str) -> None:
    assert hints(Plan(title=title), atlas) == []


def test_a_name_in_a_sentence_is_pointed_at(atlas: Atlas) -> None:
    plan = Plan(goal="Help Anna Schmidt sleep", points=(PlannedPoint("BL23", note="Slowly. Anna Schmidt is afraid."),))
    assert [(hint.path, hint.found) for hint in hints(plan, atlas)] == [
        ("goal", "Anna Schmidt"), ("points.0.note", "Anna Schmidt"),
    ]  # fmt: skip


def test_schools_makers_and_the_practice_are_no_patients(atlas: Atlas) -> None:
    record = Record(style="Kiiko Matsumoto", make="Seirin Laser", setting="Charité Berlin", experience="Anna Schmidt",
                    rationale="After Peter Deadman", red_flags_checked="2026-03-31")  # fmt: skip
    assert hints(Plan(record=record), atlas) == []


def test_the_practitioners_own_name_and_number_belong_where_they_are_asked_for(atlas: Atlas) -> None:
    assert hints(Plan(contact="Dr Anna Schmidt, +44 20 7946 0958, anna@example.org"), atlas) == []


def test_every_free_text_is_looked_at(atlas: Atlas) -> None:
    mail = "x@example.org"
    plan = Plan(
        goal=mail,
        advice=mail,
        points=(PlannedPoint("BL23", note=mail, reason=mail, stimulation=mail),),
        pairs=(Pair("BL23", "BL40", waveform=mail),),
        record=Record(adverse_events=mail, comparator=mail, style=mail),
    )
    assert {hint.path for hint in hints(plan, atlas)} == {
        "goal", "advice", "points.0.note", "points.0.reason", "points.0.stimulation", "pairs.0.waveform",
        "record.adverse_events", "record.comparator", "record.style",
    }  # fmt: skip


def test_no_template_is_taken_for_a_person(atlas: Atlas) -> None:
    for slug in ("", *atlas.conditions, *trials()):
        plan = start(slug, atlas)
        assert plan is not None
        assert hints(plan, atlas) == []
