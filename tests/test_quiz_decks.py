"""Decks: every one has points of the atlas, each once, under a name that its address keeps."""

import pytest
from flask import Flask

from bodymap.atlas import Atlas
from bodymap.quiz import decks


@pytest.fixture(scope="module")
def atlas(real_app: Flask) -> Atlas:
    return real_app.extensions["atlas"]


def test_decks_hold_points_of_the_atlas_each_once(atlas: Atlas) -> None:
    slugs = [deck.slug for deck in decks.decks(atlas)]
    assert len(slugs) == len(set(slugs))
    for deck in decks.decks(atlas):
        assert deck.codes, deck.slug
        assert len(deck.codes) == len(set(deck.codes))
        assert set(deck.codes) <= set(atlas.points)
        assert decks.deck(atlas, deck.slug) == deck


def test_a_deck_keeps_the_order_of_its_complaint_or_channel(atlas: Atlas) -> None:
    sciatica = decks.deck(atlas, decks.FIRST)
    assert sciatica is not None
    assert sciatica.codes == tuple(item.code for item in atlas.conditions["sciatica"].points)
    bladder = decks.deck(atlas, "channel:BL")
    assert bladder is not None
    assert bladder.codes == tuple(f"BL{number}" for number in range(1, 68))


def test_there_are_decks_of_every_sort_and_of_the_whole_atlas(atlas: Atlas) -> None:
    sorts = {deck.slug.partition(":")[0] for deck in decks.decks(atlas)}
    assert sorts == {"condition", "region", "channel", "category", "caution", "all"}
    whole = decks.deck(atlas, "all")
    assert whole is not None
    assert set(whole.codes) == set(atlas.points)


def test_an_unknown_deck_is_none(atlas: Atlas) -> None:
    for slug in ("", "condition:", "condition:nothing", "channel:bl", "Alles"):
        assert decks.deck(atlas, slug) is None
