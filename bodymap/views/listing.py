"""Which points a list shows: what a reader may filter by, and the points that are left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from msgspec import Struct
from msgspec.structs import asdict
from werkzeug.exceptions import BadRequest

from bodymap.atlas import Atlas
from bodymap.model import CautionKind, Point
from bodymap.numbering import plain

LONGEST = 100
KINDS: tuple[CautionKind, ...] = tuple(kind for kind in get_args(CautionKind) if kind not in ("patient", "rate"))
"""Kinds of cautions that belong to points."""


class Wanted(Struct, frozen=True):
    """What the reader asks for; empty asks for all."""

    q: str = ""
    channel: str = ""
    region: str = ""
    category: str = ""
    caution: str = ""

    def query(self) -> dict[str, str]:
        """As in an address: what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


def read(arguments: Mapping[str, str], atlas: Atlas, **fixed: str) -> Wanted:
    """What is asked for; BadRequest names a value that does not exist."""
    given = {name: arguments.get(name, "").strip() for name in Wanted.__struct_fields__} | fixed
    allowed: dict[str, Collection[str]] = {
        "channel": atlas.channels, "region": atlas.regions, "category": atlas.categories, "caution": KINDS,
    }  # fmt: skip
    for name, values in allowed.items():
        if given[name] and given[name] not in values:
            raise BadRequest(f"“{name}” cannot be “{given[name][:40]}”. It can be: {', '.join(values)}.")
    if len(given["q"]) > LONGEST:
        raise BadRequest(f"“{given['q'][:40]}…” is too long to look for. Give at most {LONGEST} letters.")
    return Wanted(**given)


def chosen(wanted: Wanted, atlas: Atlas) -> list[Point]:
    """The points that answer all of it, in channel order."""
    points = list(atlas.points.values())
    if wanted.channel:
        points = [point for point in points if point.channel == wanted.channel]
    if wanted.region:
        region = atlas.regions[wanted.region]
        inside = atlas.inside(region.slug) | {item.code for item in region.points}
        points = [point for point in points if point.code in inside]
    if wanted.category:
        points = [point for point in points if point.code in atlas.categories[wanted.category].points]
    if wanted.caution:
        points = [point for point in points if any(c.kind == wanted.caution for c in atlas.cautions_of(point.code))]
    if wanted.q:
        meant = {meaning.code for meaning in atlas.numbering.meanings(wanted.q)}
        named = [point for point in points if point.code in meant or _is_named(point, wanted.q, atlas)]
        points = named or [point for point in points if _lies(point, wanted.q)]
    return points


def _is_named(point: Point, words: str, atlas: Atlas) -> bool:
    """Whether one of the point's names holds the words."""
    names = (point.code, point.pinyin, point.hanzi, point.hanzi_simplified, point.english, *atlas.aliases(point))
    return bool(plain(words)) and any(plain(words) in plain(name) for name in names)


def _lies(point: Point, words: str) -> bool:
    """Whether every word begins one of those that tell where the point is."""
    told = [plain(word) for word in f"{point.location.plain} {point.location.clinical}".split()]
    terms = [plain(word) for word in words.split()]
    return any(terms) and all(any(word.startswith(term) for word in told) for term in terms)
