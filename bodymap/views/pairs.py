"""Pairs of points that a technique joins, drawn on the body: needles on one current, or a master and its couple."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bodymap.atlas import Atlas
from bodymap.drawing import Area, Picture
from bodymap.model import Placement, Technique, View
from bodymap.views import compose
from bodymap.views.page import Choice

Pair = tuple[str, str]


def pictures(atlas: Atlas, choice: Choice, technique: Technique) -> list[tuple[tuple[Pair, ...], Picture]]:
    """Each set of pairs that the technique joins, once, and its couples, with the view that shows them best."""
    sets = [use.pairs for use in technique.points if use.pairs] + [(couple.codes,) for couple in technique.couples]
    drawn = [(pairs, _picture(atlas, choice, pairs, place)) for place, pairs in enumerate(dict.fromkeys(sets))]
    return [(pairs, picture) for pairs, picture in drawn if picture]


def _picture(atlas: Atlas, choice: Choice, pairs: Sequence[Pair], place: int) -> Picture | None:
    """The pairs as lines between their points, on each side that the view shows. None where no view shows them."""
    codes = list(dict.fromkeys(code for pair in pairs for code in pair))
    best: tuple[tuple[int, float], View, dict[tuple[str, str], Placement]] | None = None
    for (figure, view_id), view in atlas.views.items():
        if figure != choice.figure:
            continue
        spots = {
            (spot.code, spot.side): spot
            for spot in atlas.placements(figure, view_id)
            if spot.visible and spot.position == "standard" and spot.code in codes
        }
        sides = [side for side in ("left", "right") if all((code, side) in spots for code in codes)]
        rank = (len(sides), view.cun)
        if sides and (best is None or rank > best[0]):
            best = rank, view, {key: spot for key, spot in spots.items() if key[1] in sides}
    return _drawn(atlas, choice, pairs, place, best[1], best[2]) if best else None


def _drawn(
    atlas: Atlas, choice: Choice, pairs: Sequence[Pair], place: int, view: View,
    spots: dict[tuple[str, str], Placement],
) -> Picture:  # fmt: skip
    image = compose.plain(atlas, choice, view.id, f"pair-{place}-")
    sides = list(dict.fromkeys(side for _, side in spots))
    areas = [
        Area(f"pair-{place}-{first}-{second}-{side}", f"{first}-{second}", f"{first} – {second}",
             (_line(spots[first, side], spots[second, side]),), kind="pair")
        for first, second in pairs for side in sides
    ]  # fmt: skip
    dots = [
        replace(compose.dot(atlas, view, image.id, spot), caption=spot.code if spot.side == sides[0] else "")
        for spot in spots.values()
    ]
    return replace(
        image, areas=areas, dots=dots, window=compose.window_around(view, [(spot.x, spot.y) for spot in spots.values()])
    )


def _line(start: Placement, end: Placement) -> str:
    return f"M{start.x:.1f} {start.y:.1f}L{end.x:.1f} {end.y:.1f}"
