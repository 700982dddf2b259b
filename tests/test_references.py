"""What refers to something leads there: one literal slip at a time."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from bodymap import model, references
from bodymap.library import Inside, Library, OldNumber
from tests.conftest import said, small_library


def told(**lists: list[Any]) -> str:
    """The faults of the small library with some lists changed, without those that it has anyway."""
    usual = {str(fault) for fault in references.faults(small_library())}
    changed = replace(small_library(), **lists)
    return "\n".join(str(fault) for fault in references.faults(changed) if str(fault) not in usual)


SMALL: Library = small_library()
REGION, CONDITION, TECHNIQUE = SMALL.regions[0], SMALL.conditions[0], SMALL.techniques[0]
USE = model.TechniquePoints("sciatica", ("BL23",), said())
CLAIM = model.Claim("C1", "relief", "It helps", "It helps.", "mixed", said())
SECTION = model.Section("Pain", (said(),))


def page(**changes: object) -> model.GuidePage:
    return model.GuidePage("safety", "Safety", said(), (structs.replace(SECTION, **changes),))


@pytest.mark.parametrize(
    ("lists", "fault"),
    [
        ({"regions": [structs.replace(REGION, view="attic")]}, "regions.toml: lower-back: refers to unknown view"),
        ({"regions": [structs.replace(REGION, conditions=("x",))]}, "refers to unknown conditions “x”"),
        ({"regions": [structs.replace(REGION, points=(model.RegionPoint("BL99", said()),))]}, "unknown code “BL99”"),
        ({"conditions": [structs.replace(CONDITION, region="x")]}, "sciatica: refers to unknown region “x”"),
        ({"conditions": [structs.replace(CONDITION, claims=("C99",))]}, "refers to unknown claims “C99”"),
        ({"conditions": [structs.replace(CONDITION, red_flags=("RF99",))]}, "unknown red_flags “RF99”"),
        ({"techniques": [structs.replace(TECHNIQUE, points=(structs.replace(USE, condition="x"),))]},
         "techniques.toml: traditional-needling: refers to unknown condition “x”"),
        ({"techniques": [structs.replace(TECHNIQUE, points=(structs.replace(USE, codes=("BL99",)),))]}, "“BL99”"),
        ({"techniques": [structs.replace(TECHNIQUE, points=(structs.replace(USE, pairs=(("BL23", "BL98"),)),))]},
         "refers to unknown pairs “BL98”"),
        ({"techniques": [structs.replace(TECHNIQUE, views=("attic",))]}, "refers to unknown views “attic”"),
        ({"techniques": [structs.replace(TECHNIQUE, zones=("tail",))]}, "Use an entry of kinds of zones"),
        ({"techniques": [structs.replace(TECHNIQUE, couples=(model.Couple(("BL97", "BL23"), ("a", "b"), said()),))]},
         "refers to unknown codes “BL97”"),
        ({"claims": [structs.replace(CLAIM, points=("BL99",))]}, "C1: refers to unknown points “BL99”"),
        ({"cautions": [structs.replace(SMALL.cautions[0], circumstance="x")]}, "unknown circumstance “x”"),
        ({"cautions": [structs.replace(SMALL.cautions[0], techniques=("x",))]}, "unknown techniques “x”"),
        ({"effects": [structs.replace(SMALL.effects[0], claim="C99")]}, "refers to unknown claim “C99”"),
        ({"regimens": [structs.replace(SMALL.regimens[0], codes=("BL99",))]}, "refers to unknown codes “BL99”"),
        ({"guide": [page(claims=("C99",))]}, "safety: refers to unknown claims “C99”"),
        ({"guide": [page(cautions=("S99",))]}, "refers to unknown cautions “S99”"),
        ({"guide": [page(red_flags=("RF99",))]}, "refers to unknown red_flags “RF99”"),
        ({"points": [structs.replace(SMALL.points[0], channel="XX"), SMALL.points[1]]}, "unknown channel “XX”"),
        ({"zones": [*SMALL.zones, structs.replace(SMALL.zones[0], slug="a", parent="b")]}, "unknown parent “b”"),
        ({"inside": [Inside("x", "BL23")]}, "inside.csv: BL23: refers to unknown zone “x”"),
        ({"placements": [model.Placement("BL99", "female", "back", "left", 1, 1, True)]}, "placements.csv: BL99"),
        ({"shapes": [model.Shape("x", "female", "back", "left", "M0 0")]}, "shapes.csv: x"),
        ({"marks": [model.Mark("BL23", "female", "attic", "line", "", "", 0, 0)]}, "refers to unknown view “attic”"),
        ({"numbering": [OldNumber("XX1", "a", "b", "c", "d", "e")]}, "numbering.csv: XX1"),
        ({"categories": [model.Category("a", "A", "a", "a", said(), {"BL99": "x"})]}, "unknown points “BL99”"),
    ],
)  # fmt: skip
def test_a_reference_must_lead_somewhere(lists: dict[str, list[Any]], fault: str) -> None:
    assert fault in told(**lists)


def test_what_leads_somewhere_is_no_fault_and_a_category_may_name_points_that_are_not_drawn_yet() -> None:
    assert (
        told(techniques=[structs.replace(TECHNIQUE, points=(structs.replace(USE, pairs=(("BL23", "BL52"),)),))]) == ""
    )
    assert told(categories=[model.Category("a", "A", "a", "a", said(), {"BL1": "x"})]) == ""
