"""Which points are easily taken for one another: near on the body, next on the channel, alike in name.

Wrong options of a question are such neighbours, since telling them apart is what is to be learnt.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from random import Random

from bodymap.atlas import Atlas
from bodymap.model import Point
from bodymap.numbering import plain

VIEWS = ("back", "front", "left")
"""The views in which nearness is measured; together they show every point."""
REACH = 3
"""How far along a channel a neighbour may be."""
POOL = 6
"""How many of each sort are drawn from."""


@lru_cache(maxsize=1024)
def nearest(atlas: Atlas, code: str, most: int = POOL) -> tuple[str, ...]:
    """The codes nearest on the body, nearest first, as the view shows them that holds the point and most of them."""
    best: dict[str, float] = {}
    for view_id in VIEWS:
        view = atlas.views.get(("female", view_id))
        spots = [spot for spot in atlas.placements("female", view_id) if spot.visible and spot.position == "standard"]
        own = [spot for spot in spots if spot.code == code]
        if view is None or not own:
            continue
        for spot in spots:
            apart = min(math.dist((spot.x, spot.y), (other.x, other.y)) for other in own) / view.cun
            if spot.code != code:
                best[spot.code] = min(apart, best.get(spot.code, apart))
    return tuple(sorted(best, key=lambda other: (best[other], other))[:most])


def beside(atlas: Atlas, code: str) -> tuple[str, ...]:
    """The points next to it on its channel, nearest first."""
    own = atlas.points[code]
    others = [point for point in atlas.channel_points(own.channel) if 0 < abs(point.number - own.number) <= REACH]
    return tuple(point.code for point in sorted(others, key=lambda one: (abs(one.number - own.number), one.number)))


@lru_cache(maxsize=1024)
def alike(atlas: Atlas, code: str, most: int = POOL) -> tuple[str, ...]:
    """The points whose pinyin sounds most like its own."""
    own = plain(atlas.points[code].pinyin)
    ratio = {
        point.code: SequenceMatcher(None, own, plain(point.pinyin)).ratio()
        for point in atlas.points.values()
        if point.code != code
    }
    return tuple(sorted(ratio, key=lambda other: (-ratio[other], other))[:most])


def distractors(
    atlas: Atlas, code: str, luck: Random, most: int = 3, fits: Callable[[Point], bool] = lambda point: True
) -> list[str]:
    """That many other points that fit, one of each sort first; fewer where the atlas has no more."""
    pools = [list(sort(atlas, code)) for sort in (nearest, beside, alike)]
    for pool in pools:
        luck.shuffle(pool)
    found: list[str] = []
    for other in _in_turn(pools, sorted(set(atlas.points) - {code}, key=lambda _: luck.random())):
        if other != code and other not in found and fits(atlas.points[other]):
            found.append(other)
        if len(found) == most:
            break
    return found


def _in_turn(pools: Sequence[Sequence[str]], rest: Sequence[str]) -> Iterator[str]:
    for place in range(max(map(len, pools), default=0)):
        yield from (pool[place] for pool in pools if place < len(pool))
    yield from rest
