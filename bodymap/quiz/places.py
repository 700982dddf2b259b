"""Where a point is asked on the figure, and where it truly is there."""

from __future__ import annotations

from bodymap.atlas import Atlas
from bodymap.model import Figure, Placement, View


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


def _inset(atlas: Atlas, view: View, code: str) -> float:
    """How far from the nearest edge the point lies, as a share of the view's height."""
    return max(
        (
            min(spot.x, view.width - spot.x, spot.y, view.height - spot.y) / view.height
            for spot in spots(atlas, view, code)
        ),
        default=0.0,
    )
