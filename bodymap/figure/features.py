"""The small things a figure needs and the mesh has no colour for: nails, irises and brows.

Each is a field over the skin, above 0 where the thing is, worked out for each pixel from its place in body space; so it
sits on the same skin in every view. Knows joints and places. Knows nothing of pixels, colours or SVG.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Joints = dict[str, Array]

IRIS, PUPIL = 0.45, 0.17
"""Radii as shares of the eyeball's."""
EYEBALL = 0.66
"""Radius of the eyeball in cun."""
UP = np.array([0.0, 1.0, 0.0])


@dataclass(frozen=True)
class Nail:
    """An oval plate on a digit. ``root`` and ``tip`` are the ends of its last bone, ``dorsal`` the way it faces,
    ``centre`` a share of the bone, ``length`` and ``width`` half sizes in cun."""

    root: Array
    tip: Array
    dorsal: Array
    centre: float
    length: float
    width: float

    def corner(self, aside: Array) -> Array:
        """Its corner at the root, on the side that ``aside`` points to, 0.1 cun off: the place of the first or last
        point of a channel (WHO)."""
        axis, face = self._directions()
        across = np.cross(axis, face)
        across *= np.sign(across @ aside)
        centre = self.root + (self.tip - self.root) * self.centre
        return np.asarray(centre - axis * (self.length + 0.07) + across * (self.width + 0.07) + face * 0.1)

    def _directions(self) -> tuple[Array, Array]:
        """Unit vectors along the bone to the tip, and out of the plate."""
        axis = (self.tip - self.root) / np.linalg.norm(self.tip - self.root)
        face = self.dorsal - axis * (self.dorsal @ axis)
        return axis, face / np.linalg.norm(face)

    def field(self, places: Array, normals: Array) -> Array:
        """Above 0 on the nail, for ``places`` and ``normals`` (..., 3)."""
        axis, face = self._directions()
        offset = places - (self.root + (self.tip - self.root) * self.centre)
        along, aside = offset @ axis / self.length, offset @ np.cross(axis, face) / self.width
        oval = 1 - np.abs(along) ** 2.6 - np.abs(aside) ** 2.6
        facing = np.minimum(normals @ face - 0.15, (offset @ face + 0.05) * 4)
        return np.asarray(np.clip(np.minimum(oval, facing), -1, 1))


def nails(joints: Joints) -> list[Nail]:
    """The nails of all fingers and toes."""
    return [nail for side in "lr" for nail in (*_fingernails(joints, side), *_toenails(joints, side))]


def _fingernails(joints: Joints, side: str) -> list[Nail]:
    def joint(finger: int, bone: int) -> Array:
        return joints[f"{side}-finger-{finger}-{bone}"]

    radial = joint(2, 1) - joint(5, 1)
    radial /= np.linalg.norm(radial)
    back = np.cross(radial, joint(3, 1) - joints[f"{side}-hand"])
    back *= -np.sign(back[2]) / np.linalg.norm(back)  # palms face forward
    sizes = {1: (0.27, 0.24), 2: (0.23, 0.19), 3: (0.24, 0.2), 4: (0.23, 0.19), 5: (0.19, 0.155)}
    turn = {1: 1.25, 2: 0.25, 3: 0.1, 4: -0.1, 5: -0.25}  # a nail faces the more to the thumb's side, the nearer to it
    return [
        Nail(joint(finger, 3), joint(finger, 4), back + turn[finger] * radial, 0.71, length, width)
        for finger, (length, width) in sizes.items()
    ]


def _toenails(joints: Joints, side: str) -> list[Nail]:
    def joint(toe: int, bone: int) -> Array:
        return joints[f"{side}-toe-{toe}-{bone}"]

    great = Nail(joint(1, 2), joint(1, 3), UP, 0.72, 0.3, 0.29)
    sizes = {2: (0.19, 0.15), 3: (0.17, 0.14), 4: (0.15, 0.125), 5: (0.13, 0.115)}
    return [
        great,
        *(
            Nail(joint(toe, 3), joint(toe, 4), UP, 0.62, length, width)
            for toe, (length, width) in sizes.items()
        ),
    ]  # fmt: skip


def iris(joints: Joints, places: Array, radius: float) -> Array:
    """Above 0 on the irises (or pupils, by ``radius``) of eyeballs that look straight ahead."""
    centres = [joints[f"{side}-eye"] for side in "lr"]
    away = [np.hypot(*np.moveaxis((places - centre)[..., :2], -1, 0)) / EYEBALL for centre in centres]
    return np.asarray(np.clip(radius - np.minimum(*away), -1, 1))


def brows(joints: Joints, places: Array) -> Array:
    """Above 0 on the brows: two low arches over the eyes, full at the nose and thin at the temple."""
    eye = joints["l-eye"]
    x, y = np.abs(places[..., 0]) - eye[0], places[..., 1] - eye[1]
    along = np.clip((x + 0.66) / 1.62, 0, 1)  # 0 at the inner end, 1 at the outer
    arch = 1.0 + 0.2 * np.sin(np.pi * 0.8 * along) - 0.06 * along
    half = 0.1 * np.sqrt(1 - along) + 0.012
    beyond = np.maximum(np.abs(x - 0.15) - 0.81, 0) * 2
    field = half - np.abs(y - arch) - beyond
    return np.asarray(np.where(places[..., 2] > eye[2] - 1.0, np.clip(field, -0.3, 0.3), -0.3))
