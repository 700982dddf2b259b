"""Which points a list shows: what a reader may filter by, and the points that are left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from msgspec import Struct
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
        named = {meaning.code for meaning in atlas.numbering.meanings(wanted.q)}
        points = [point for point in points if point.code in named or _says(point, wanted.q, atlas)]
    return points


def _says(point: Point, words: str, atlas: Atlas) -> bool:
    """Whether each word begins or lies in one of the point's names, or stands in where it is."""
    names = [point.code, point.pinyin, point.hanzi, point.hanzi_simplified, point.english, *atlas.aliases(point)]
    text = " ".join([*map(plain, names), *map(plain, f"{point.location.plain} {point.location.clinical}".split())])
    terms = [plain(word) for word in words.split()]
    return any(terms) and (plain(words) in " ".join(map(plain, names)) or all(term in text for term in terms))
