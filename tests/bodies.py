"""The real bodies with every point placed: made once for all tests that ask."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from bodymap import model, share
from bodymap.figure import mesh, placement


@cache
def placer(figure: str) -> placement.Placer:
    folder = mesh.fetch(Path(os.environ.get("BODYMAP_CACHE", ".cache")))
    return placement.Placer(mesh.load(folder, figure), placement.known(share.DATA))


@cache
def placed(figure: str) -> tuple[placement.Placed, ...]:
    return tuple(placement.points(placer(figure), share.DATA))


@cache
def rows(figure: str) -> tuple[model.Placement, ...]:
    return tuple(placement.placements(placer(figure), placed(figure)))
