"""What words for patients must be: school grade 8 or lower, and never a depth or an angle. Knows no files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import textstat

from bodymap import model
from bodymap.depths import NOT_FOR_PATIENTS
from bodymap.library import Fault, within

HARDEST_GRADE = 8.0
"""School grade (Flesch-Kincaid) that patients' text may not exceed."""

SENTENCES: tuple[tuple[Any, ...], ...] = (
    (model.Statement, "plain"), (model.Claim, "article"), (model.Correction, "article"), (model.Caution, "todo"),
    (model.RedFlag, "signs"), (model.Circumstance, "tell"), (model.Regimen, "schedule", "note"),
    (model.Effect, "note"), (model.Parameter, "value"),
)  # fmt: skip
"""Which fields of which types patients read as sentences. They have a grade."""

LABELS: tuple[tuple[Any, ...], ...] = (
    (model.Caution, "title"), (model.RedFlag, "title"), (model.Circumstance, "name"), (model.Frequency, "what"),
    (model.Regimen, "name", "condition"), (model.Effect, "study", "when"), (model.Phase, "name"),
    (model.Section, "heading"), (model.GuidePage, "title"), (model.Claim, "title"), (model.Parameter, "name"),
    (model.Technique, "name"), (model.Region, "name"), (model.Condition, "name"), (model.Zone, "name"),
    (model.Term, "name"), (model.Meeting, "name"), (model.Category, "name"), (model.Point, "english"),
)  # fmt: skip
"""Which they read as titles and names. A title has no grade."""


def of_entry(file: str, name: str, entry: Any) -> Iterator[Fault]:
    """Faults of all that patients read in an entry."""
    for fields, graded in ((SENTENCES, True), (LABELS, False)):
        for kind, *named in fields:
            for part in within(entry, kind):
                if getattr(part, "audience", "all") == "all":
                    for field in named:
                        yield from faults(file, name, _text(getattr(part, field)), graded=graded)


def faults(file: str, name: str, text: str, *, graded: bool) -> Iterator[Fault]:
    """Faults of words that patients read; ``graded`` where they are sentences."""
    grade = _grade(text) if graded and text else 0.0
    if grade > HARDEST_GRADE:
        yield Fault(file, name, f"“{text[:60]}…” reads at grade {grade:.1f}", "Shorter words and sentences")
    measure = NOT_FOR_PATIENTS.search(text)
    if measure:
        yield Fault(file, name, f"tells patients “{measure.group()}”", "Move it to the clinical words")


@cache  # the same sentence stands in many entries, and takes a while
def _grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


def _text(value: str | tuple[str, ...]) -> str:
    """A list, such as signs, reads as one sentence after another."""
    return value if isinstance(value, str) else ". ".join(value)
