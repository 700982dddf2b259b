"""A word of warning when free text looks like it names a patient. It only looks; nothing is sent or kept anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct, structs

from bodymap.atlas import Atlas
from bodymap.plans.model import Plan

Kind = Literal["name", "birth date", "phone number", "email address"]
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d ()/.-]{6,}\d(?!\w)")
DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})"
BORN = re.compile(rf"\b(?:born|birth\w*|d\.?o\.?b\.?)\b\D{{0,12}}(?:{DATE}|(?:19|20)\d{{2}})|{DATE}", re.IGNORECASE)
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Herr|Frau|Sr|Sra|Mme)\b\.? +[^\W\d_][\w'-]+")
CALLED = re.compile(r"\b(?:[Pp]atient|[Nn]ame|[Cc]lient)(?: is|:) *([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)")
CAPITALS = re.compile(r"[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){1,2}")
ORDINARY = frozenset({
    "Low", "Lower", "Upper", "Back", "Pain", "Acute", "Chronic", "Sciatica", "Spasm", "Plan", "Treatment", "First",
    "Second", "Third", "Visit", "Session", "Standard", "Course", "Left", "Right", "Leg", "Hip", "Neck", "Shoulder",
    "Knee", "Ankle", "Foot", "Hand", "Arm", "Copy", "Of", "For", "The", "And", "With", "New", "Old", "Trial",
    "Schedule", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February",
    "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
})  # fmt: skip
"""Words that titles of plans begin with a capital and that name nobody."""
LOOKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email address", EMAIL), ("birth date", BORN), ("phone number", PHONE),
)  # fmt: skip


class Hint(Struct, frozen=True):
    """Something in a field that looks like it belongs to one person."""

    path: str
    kind: Kind
    found: str


def hints(plan: Plan, atlas: Atlas) -> list[Hint]:
    """Everything that looks like a name, a birth date, a phone number or an email address, outside of ``contact``."""
    known = ORDINARY | {word for entry in atlas.conditions.values() for word in entry.name.title().split()}
    known |= {word for entry in atlas.regions.values() for word in entry.name.title().split()}
    known |= {word for point in atlas.points.values() for word in point.english.split()}
    return [Hint(path, kind, found) for path, text in _texts(plan) for kind, found in _seen(path, text, known)]


def _texts(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every free text of the plan by its path."""
    for name in ("title", "goal", "advice", "frequency"):
        yield name, getattr(plan, name)
    for place, point in enumerate(plan.points):
        yield f"points.{place}.note", point.note
        yield f"points.{place}.reason", point.reason
    for name in (
        "rationale",
        "co_treatments",
        "setting",
        "information",
        "adverse_events",
        "stop_rule",
        "outcome_value",
    ):
        yield f"record.{name}", structs.asdict(plan.record)[name]


def _seen(path: str, text: str, known: Collection[str]) -> Iterator[tuple[Kind, str]]:
    rest = text
    for kind, pattern in LOOKS:
        if found := pattern.search(rest):
            yield kind, found[0].strip()
            rest = pattern.sub(" ", rest)
    if found := TITLED.search(text):
        yield "name", found[0]
    elif found := CALLED.search(text):
        yield "name", found[1]
    elif path == "title":
        for found in CAPITALS.finditer(text):
            if not any(word in known for word in found[0].split()):
                yield "name", found[0]
                break
