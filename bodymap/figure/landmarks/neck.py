"""Landmarks of the throat and the side of the neck. Kinds of evidence and sources: the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bodymap.figure import surface
from bodymap.figure.landmarks import face
from bodymap.figure.surface import LEFT, UP

if TYPE_CHECKING:
    from bodymap.figure.landmarks import Landmarks

Array = NDArray[np.float64]

CENTRE = 0.3
"""How far (cun) the middle of the neck lies in front of the pelvis."""
CRICOID, THYROID = 0.45, 0.75
"""Shares of the way from the suprasternal notch up to the angle of chin and throat, where the hyoid bone is felt."""
STERNOCLEIDOMASTOID = {"front": 0.18, "middle": 0.3, "behind": 0.4}
"""Shares of half the neck's girth, level with the top of the thyroid cartilage, from the throat to the muscle's
borders: of 18 cm, 3, 5.5 and 7 (the tradition's 1.5, 3 and 3.5 cun from the Adam's apple)."""
LOWER = {"front": 0.12, "behind": 0.36}
"""The same as far down as the cricoid cartilage, in shares of the same girth."""


def find(marks: Landmarks, notch: Array) -> dict[str, Array]:
    """Each landmark's place (3,) on the skin of the left side or the midline. ``notch``: the suprasternal one."""
    corner = _corner(marks, notch)
    cricoid, thyroid = (notch[1] + share * (corner[1] - notch[1]) for share in (CRICOID, THYROID))
    found = {
        "hyoid": marks.trunk.nearest(corner + [0.0, 0.05, 0.2]) * [0.0, 1.0, 1.0],
        "cricoid": marks.front(cricoid),
        "thyroid-upper": marks.front(thyroid),
    }
    half = surface.length(marks.trunk.ring(np.array([0.0, thyroid, CENTRE]), UP)) / 2
    for level, height, shares in (("thyroid", thyroid, STERNOCLEIDOMASTOID), ("cricoid", cricoid, LOWER)):
        line = marks.around(height, CENTRE)
        found |= {f"{level}-scm-{name}": surface.along(line, share * half) for name, share in shares.items()}
    # Joint: level with the angle of the jaw, before and behind the muscle where it nears the mastoid.
    jaw, lobe = marks.body.joints["mouth"][1] - face.RAMUS, face.vertex(marks, "ear-lobe")[2]
    for name, depth in (("jaw-scm-front", lobe + 0.1), ("jaw-scm-behind", lobe - 1.7)):
        found[name] = marks.trunk.seen_from(LEFT, np.array([0.0, jaw, depth]))
    return found


def _corner(marks: Landmarks, notch: Array) -> Array:
    """Mesh: where the midline turns from the throat to the floor of the mouth."""
    line = np.array([marks.front(height) for height in np.arange(notch[1] + 1.0, notch[1] + 5.0, 0.05)])
    return np.asarray(line[int(np.argmax(np.diff(line[:, 2])))])
