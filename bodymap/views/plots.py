"""The pictures of numbers that templates show. Their words are the templates' own, so that they can be translated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bodymap import diagrams
from bodymap.model import Frequency, Phase
from bodymap.views.page import atlas

COMPARATORS = ("sham", "usual-care", "medicine", "mixed", "no-treatment")
"""What acupuncture was compared with, the hardest test first."""
WEEKS = 14
"""How many weeks the picture of courses holds: the longest but for maintenance."""


def forest(headings: dict[str, str], words: dict[str, Any]) -> Markup:
    """Guidelines and effects as one plot; headings are by comparator."""
    parts = [
        diagrams.Rows(headings[comparator], [effect for effect in atlas().effects if effect.comparator == comparator])
        for comparator in COMPARATORS
    ]
    guidelines = [claim for claim in atlas().claims.values() if claim.stance]
    drawn = diagrams.forest(guidelines, [part for part in parts if part.effects], diagrams.Words(**words))
    return Markup(drawn)  # noqa: S704 - svgwrite has escaped every text and attribute


def people(frequency: Frequency, words: str) -> Markup:
    return Markup(diagrams.people(frequency, words))  # noqa: S704 - as above


def session(phases: Sequence[Phase], title: str) -> Markup:
    return Markup(diagrams.session(phases, title))  # noqa: S704 - as above


def courses(title: str, week: str) -> Markup:
    """The courses that fit the picture, the shortest first."""
    found = sorted(atlas().regimens, key=lambda regimen: (regimen.weeks, regimen.sessions))
    fitting = [regimen for regimen in found if regimen.sessions[1] and regimen.weeks <= WEEKS]
    return Markup(diagrams.courses(fitting, WEEKS, title, week))  # noqa: S704 - as above
