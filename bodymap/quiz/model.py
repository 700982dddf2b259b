"""The words of the quiz: a deck is what one learns from."""

from __future__ import annotations

from bodymap.model import Entry


class Deck(Entry, frozen=True):
    """Points to learn, in order. ``slug`` names it in an address: ``condition:sciatica``, ``channel:BL``, ``all``."""

    slug: str
    name: str
    codes: tuple[str, ...]
