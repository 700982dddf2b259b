"""What a person's circumstances change: which points and techniques are blocked, need care, or need asking first.

Knows the cautions of the atlas and nothing of pages or plans. A circumstance works through the cautions that name it:
one with points marks those points; one with single techniques marks those; one for all needling holds in general.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from bodymap.atlas import Atlas
from bodymap.model import Caution, Entry, RedFlag

MarkLevel = Literal["blocked", "caution", "ask"]
LEVELS: dict[str, MarkLevel] = {"avoid": "blocked", "high": "caution", "caution": "caution", "ask": "ask"}
GRAVEST: tuple[MarkLevel, ...] = ("blocked", "caution", "ask")
BY_HAND = "traditional-needling"
"""A caution without points that holds for needling by hand holds for all needling."""
STOPPING = ("emergency", "same-day")
"""Warning signs of these urgencies come before anything about points."""


class Mark(Entry, frozen=True):
    """What the circumstances say about a point or technique, with the cautions that say so, gravest first."""

    level: MarkLevel
    cautions: tuple[Caution, ...]


class Marks(Entry, frozen=True):
    """All marks for a person: by code, by technique, and what holds for all needling (gravest first)."""

    points: dict[str, Mark]
    techniques: dict[str, Mark]
    general: tuple[Caution, ...]

    def of(self, code: str, technique: str = "") -> Mark | None:
        """The mark of a point when treated by a technique; None where nothing speaks against it."""
        found = [mark for mark in (self.points.get(code), self.techniques.get(technique)) if mark]
        return _joined([caution for mark in found for caution in mark.cautions]) if found else None


def marks(atlas: Atlas, circumstances: Collection[str]) -> Marks:
    """The marks for a person in these circumstances (slugs). Unknown slugs mark nothing."""
    points: dict[str, list[Caution]] = {}
    techniques: dict[str, list[Caution]] = {}
    general = []
    for caution in atlas.cautions.values():  # gravest first
        if caution.circumstance not in circumstances or caution.level not in LEVELS:
            continue
        if caution.points:
            for code in caution.points:
                points.setdefault(code, []).append(caution)
        elif BY_HAND in caution.techniques:
            general.append(caution)
        else:
            for technique in caution.techniques:
                techniques.setdefault(technique, []).append(caution)
    return Marks(
        {code: _joined(found) for code, found in points.items()},
        {slug: _joined(found) for slug, found in techniques.items()},
        tuple(general),
    )


def stopping(atlas: Atlas, flags: Collection[str]) -> list[RedFlag]:
    """Those of the warning signs (ids) that need help now or today, most urgent first."""
    return [flag for flag in atlas.red_flags.values() if flag.id in flags and flag.urgency in STOPPING]


def _joined(cautions: list[Caution]) -> Mark:
    """One mark of several cautions: as grave as the gravest of them."""
    order = {level: place for place, level in enumerate(GRAVEST)}
    ranked = sorted(dict.fromkeys(cautions), key=lambda caution: order[LEVELS[caution.level]])
    return Mark(LEVELS[ranked[0].level], tuple(ranked))
