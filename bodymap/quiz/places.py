"""Where a point is asked on the figure, and where it truly is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bodymap.atlas import Atlas
from bodymap.model import Figure, Placement, View

STANDING = "back"
"""The view in which heights on the body are compared."""


def asked_view(atlas: Atlas, figure: Figure, code: str) -> View | None:
    """The view to ask it in: of those that show how it is found, the close-up in which it lies farthest from the
    edge; else any that shows it. None where it is hidden everywhere."""
    shown = {spot.view for spot in atlas.placements_of(code, figure) if spot.visible}
    finding = dict.fromkeys(mark.view for mark in atlas.marks(code, figure) if mark.view in shown)
    views = [atlas.views[figure, name] for name in finding or sorted(shown)]
    return max(views, key=lambda view: (view.zoom, _inset(atlas, view, code)), default=None)


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
