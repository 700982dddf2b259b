"""Which points make a deck: those of a complaint, a region, a channel, a category or a caution, or all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bodymap.atlas import Atlas
from bodymap.quiz.model import Deck

ALL = "all"
FIRST = "condition:sciatica"
"""The deck that a newcomer starts with."""


def deck(atlas: Atlas, slug: str) -> Deck | None:
    """The deck of that name, or None."""
    return next((found for found in decks(atlas) if found.slug == slug), None)


def decks(atlas: Atlas) -> Iterator[Deck]:
    """Every deck that has a point, complaints first."""
    for condition in atlas.conditions.values():
        yield from _deck(f"condition:{condition.slug}", condition.name, (item.code for item in condition.points))
    for region in atlas.regions.values():
        yield from _deck(f"region:{region.slug}", region.name, (item.code for item in region.points))
    for channel in atlas.channels.values():
        codes = (point.code for point in atlas.channel_points(channel.code))
        yield from _deck(f"channel:{channel.code}", channel.name, codes)
    for category in atlas.categories.values():
        yield from _deck(f"category:{category.slug}", category.name, category.points)
    for kind, name in CAUTIONS.items():
        codes = (code for caution in atlas.cautions.values() if caution.kind == kind for code in caution.points)
        yield from _deck(f"caution:{kind}", name, codes)
    yield Deck(ALL, "The whole atlas", tuple(atlas.points))


CAUTIONS = {
    "pneumothorax": "Caution: lungs",
    "organ": "Caution: organs beneath",
    "spinal-cord": "Caution: spinal cord",
    "vessel-nerve": "Caution: vessels and nerves",
    "joint": "Caution: joints",
    "pregnancy": "Caution: pregnancy",
}
"""Kinds of cautions that belong to places."""


def _deck(slug: str, name: str, codes: Iterable[str]) -> Iterator[Deck]:
    kept = tuple(dict.fromkeys(codes))
    if kept:
        yield Deck(slug, name, kept)
