"""Landmarks of the skull and its hair, and the measuring of the scalp. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure import surface
from bodymap.figure.landmarks import face
from bodymap.figure.surface import LEFT, UP, unit

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]

PUPIL = 2.25
"""Cun from the midline to the line over the pupil: half way to the corner of the forehead (WHO: GB15)."""
CORNER = 4.5
"""Half of WHO's 9 cun between the corners of the forehead, and between the mastoid processes."""


def find(marks: Landmarks) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline."""
    found = face.find(marks)
    return found | _head(marks, found["glabella"]) | _behind_ear(marks)


def _head(marks: Landmarks, glabella: Array) -> dict[str, Array]:
    """Hairlines of a bald head by *WHO* B-cun over the midline: 3 from the glabella to the front one, 12 on to the
    back one; from there to C7 are 3 more by tradition, 18 in all."""
    way = marks.skin.line(glabella, marks.back(marks.process["C7"]), outward=UP)
    share = surface.length(way) / 18
    head = marks.body.joints["head"]
    found = {
        "anterior-hairline": surface.along(way, 3 * share),
        "occiput": surface.along(way, 14 * share),
        "posterior-hairline": surface.along(way, 15 * share),
        "vertex": surface.along(way, 8 * share),
    }
    # Joint: the mastoid is felt behind the ear lobe, level with the occiput's lower edge.
    mastoid = np.array([0.0, found["occiput"][1], head[2] - 0.5])
    return found | {"mastoid": marks.trunk.seen_from(LEFT, mastoid)}


def _behind_ear(marks: Landmarks) -> dict[str, Array]:
    """Vertex: the skull round the ear, as far from the ear's own outline as a fingertip needs (0.2 cun)."""
    apex, rim, lobe = (face.vertex(marks, name) for name in ("auricle-apex", "auricle-rim", "ear-lobe"))

    def side(height: float, depth: float) -> Array:
        return marks.trunk.seen_from(LEFT, np.array([0.0, height, depth]))

    return {
        "above-auricle": side(apex[1] + 0.2, apex[2]),
        "above-auricle-root": side(apex[1] + 0.1, rim[2] + 0.1),
        "behind-ear-lobe": side(lobe[1] + 0.1, lobe[2] - 0.38),
        "behind-auricle": side(rim[1] - 0.35, rim[2] - 0.15),
        "behind-auricle-upper": side(apex[1] - 0.05, rim[2] - 0.02),
        "hair-behind-ear": side(apex[1] + 0.3, rim[2] - 0.85),
        "mastoid-behind": side(lobe[1] - 0.05, rim[2] - 0.35),
    }


def hairlines(marks: Landmarks) -> dict[str, Array]:
    """WHO: the corner of the forehead, and the temple's hair: it comes forward half way down from the corner to the
    ear (mesh: over the flat of the temple), and ends in front of the ear's root, level with its apex."""
    corner = marks.scalp.place(0.0, CORNER)
    apex, root = face.vertex(marks, "auricle-apex"), face.vertex(marks, "auricle-root")
    behind = np.array([0.0, apex[1], root[2] + 0.35])
    front = np.array([0.0, (corner[1] + apex[1]) / 2 + 0.1, max(corner[2], behind[2]) + 0.1])
    return {
        "forehead-corner": corner,
        "temple-hairline": marks.trunk.seen_from(LEFT, front),
        "temple-hairline-behind": marks.trunk.seen_from(LEFT, behind),
    }


class Scalp:
    """Measures the hairy head: cun back from the front hairline over the midline, and level to the side of it."""

    def __init__(self, marks: Landmarks) -> None:
        self._skin = marks.trunk
        glabella, apex = marks.point["glabella"], face.vertex(marks, "auricle-apex")
        self._midline = marks.skin.line(glabella, marks.back(marks.process["C7"]), outward=UP)
        self._cun = surface.length(self._midline) / 18
        self._centre = apex * [0.0, 1.0, 1.0]
        # WHO: 9 cun between the corners of the forehead (at GV24, with GB15 half way and over the pupil), and 9 between
        # the mastoids (behind, at GV16).
        front, behind = self.level(0.5), self.level(11.0)
        reached = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(front, axis=0), axis=1))])
        over_pupil = float(np.interp(marks.body.joints["l-eye"][0], front[:, 0], reached))
        at_mastoid = int(np.argmin(((behind - marks.point["mastoid"]) ** 2).sum(axis=1)))
        self._across = over_pupil / PUPIL, surface.length(behind[: at_mastoid + 1]) / CORNER

    def midline(self, back: float) -> Array:
        """The place so many cun behind the front hairline."""
        return surface.along(self._midline, (3.0 + back) * self._cun) * [0.0, 1.0, 1.0]

    def level(self, back: float) -> Array:
        """The line (n, 3) from that place over the left side: in the plane through both ears above them, flat below."""
        start = self.midline(back)
        centre = self._centre if start[1] > self._centre[1] else np.array([0.0, start[1], self._centre[2]])
        ahead = unit(start - centre)
        turns = np.radians(np.arange(1.0, 95.1, 1.0))
        line = [self._skin.seen_from(np.cos(turn) * ahead + np.sin(turn) * LEFT, centre) for turn in turns]
        return np.vstack([start, line])

    def place(self, back: float, lateral: float) -> Array:
        """The place ``back`` cun behind the front hairline and ``lateral`` cun to the side."""
        if not lateral:
            return self.midline(back)
        return surface.along(self.level(back), lateral * float(np.interp(back, (0.5, 11.0), self._across)))
