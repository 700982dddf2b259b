"""Where a point is asked on the figure, and where it truly is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bodymap.atlas import Atlas
from bodymap.model import Figure, Placement, View

ROOM, WELL_INSIDE = 0.06, 0.15
"""How far from the edge a point should lie, as a share of the view's height; and from where on a close-up that is not
known to look squarely at it may be taken to: at the rim of a limb a cun is foreshortened."""
STANDING = "back"
"""The view in which heights on the body are compared."""


def asked_view(atlas: Atlas, figure: Figure, code: str) -> View | None:
    """The view to ask it in, so that a finger hits what it means: a close-up that shows it with room around it, one
    that looks squarely at it (in which it is shown how it is found) before others, and where it lies farthest from the
    edge; else any view that shows it. None where it is hidden everywhere."""
    placed = atlas.placements_of(code, figure)
    shown = dict.fromkeys(spot.view for spot in placed if spot.visible and spot.position == "standard")
    square = dict.fromkeys(mark.view for mark in atlas.marks(code, figure) if mark.view in shown)  # the best first

    def rank(view: View) -> tuple[bool, bool, bool, float]:
        room = _inset(atlas, view, code)
        close_up = view.zoom and (view.id in square or room >= WELL_INSIDE)
        return close_up, room >= ROOM, view.id in square, room

    return max((atlas.views[figure, name] for name in square | shown), key=rank, default=None)


def spots(atlas: Atlas, view: View, code: str) -> list[Placement]:
    """Where the standard puts the point in the view: on both sides, where both are seen."""
    return [
        spot
        for spot in atlas.placements_of(code, view.figure)
        if spot.view == view.id and spot.visible and spot.position == "standard"
    ]


def closeness(view: View) -> float:
    """How large a cun of the view is on a phone, which is half as high again as wide."""
    return view.cun / max(1.5 * view.width, view.height)


def common_view(atlas: Atlas, figure: Figure, codes: Iterable[str]) -> View:
    """The closest of the views that show the most of these points."""
    shown: Counter[str] = Counter()
    for code in codes:
        shown.update({spot.view for spot in atlas.placements_of(code, figure) if spot.visible})
    views = [view for (owner, _), view in atlas.views.items() if owner == figure]
    return max(views, key=lambda view: (shown[view.id], closeness(view)))


def heights(atlas: Atlas, figure: Figure, codes: Iterable[str]) -> dict[str, float]:
    """How far down the standing body each point lies, in cun from the top of the picture, whoever can see it there."""
    view = atlas.views[figure, STANDING]
    return {
        code: spot.y / view.cun
        for code in codes
        for spot in atlas.placements_of(code, figure)
        if spot.view == STANDING and spot.position == "standard"
    }


def _inset(atlas: Atlas, view: View, code: str) -> float:
    """How far from the nearest edge the point lies, as a share of the view's height."""
    return max(
        (
            min(spot.x, view.width - spot.x, spot.y, view.height - spot.y) / view.height
            for spot in spots(atlas, view, code)
        ),
        default=0.0,
    )
