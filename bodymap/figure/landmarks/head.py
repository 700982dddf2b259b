"""Landmarks of the head and face. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure import surface
from bodymap.figure.surface import LEFT, UP

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    return _head(marks)


def _head(marks: Landmarks) -> dict[str, Array]:
    """Face by *mesh* (turns of the profile). Hairlines of a bald head by *WHO* B-cun over the midline: 3 from the
    glabella to the front one, 12 on to the back one; from there to C7 are 3 more by tradition, 18 in all."""
    eyes = float(marks.body.joints["l-eye"][1])
    profile = np.array([marks.front(height) for height in np.arange(eyes - 3.6, eyes + 2.0, 0.02)])
    height, depth = profile[:, 1], profile[:, 2]
    tip = int(np.argmax(depth))
    nasion = tip + int(np.argmin(depth[tip : tip + 100]))
    glabella = nasion + int(np.argmax(depth[nasion : nasion + 60]))
    mouth = int(np.argmin(np.where(height < height[tip] - 1.0, depth, np.inf)))
    lip = mouth + int(np.argmax(depth[mouth : tip - 40]))
    base = lip + int(np.argmin(depth[lip:tip]))
    way = marks.skin.line(profile[glabella], marks.back(marks.process["C7"]), outward=UP)
    share = surface.length(way) / 18
    head = marks.body.joints["head"]
    found = {
        "glabella": profile[glabella],
        "nose-base": profile[base],
        "upper-lip": profile[lip],
        "anterior-hairline": surface.along(way, 3 * share),
        "occiput": surface.along(way, 14 * share),
        "posterior-hairline": surface.along(way, 15 * share),
        "vertex": surface.along(way, 8 * share),
    }
    # Joint: the mastoid is felt behind the ear lobe, level with the occiput's lower edge.
    mastoid = np.array([0.0, found["occiput"][1], head[2] - 0.5])
    return found | {"mastoid": marks.trunk.seen_from(LEFT, mastoid)}
