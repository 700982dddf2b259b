"""Surface landmarks: the bony and soft places of the left side and the midline from which points are measured.

Knows anatomy: which place of this body is a person's C7, greater trochanter or navel, and on whose word. Knows no
point, no view. Lengths in cun; heights (y) are above the soles, and shares of stature are of 75 cun.

The mesh carries no bones, so each landmark comes from one of five kinds of evidence, named beside it:
*mesh*, an extremum or hollow of the skin itself; *vertex*, a vertex that the mesh's makers set on a feature (the corner
of the mouth), the same in every shape; *joint*, a joint centre of the rig and the bone's known distance from it;
*stature*, a published share of body height; *WHO*, a relation that the WHO standard (2008) states.

Sources. ANSUR: Gordon CC et al., 2012 Anthropometric Survey of U.S. Army Personnel (Natick/TR-15/007), for the shares
of stature, to be taken as approximate: they were set down from memory of its tables. PANJABI: vertebral body heights,
Panjabi MM et al., Spine 1991;16:888 (thoracic) and 1992;17:299 (lumbar), likewise. KUNKEL: thoracic discs 4.5-7.2 mm,
Kunkel ME et al., J Anat 2011;219:375; lumbar discs of 8-11 mm as taught. GRAY: Gray's Anatomy, 1918, surface anatomy
(S2 at the posterior superior iliac spines, L4 at the iliac crests).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.figure import surface
from bodymap.figure.landmarks import arm, head, leg, neck, spine, trunk
from bodymap.figure.mesh import Body
from bodymap.figure.surface import FORWARD, LEFT, UP, Surface, direction

Array = NDArray[np.float64]

MIDCLAVICULAR = 4.0
"""Cun from the midline to the midclavicular line (WHO: half of the 8 between the nipples)."""


class Landmarks:
    """The landmarks of one body. ``point[name]`` is a (3,) place on the skin of the left side or the midline."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.skin = Surface.of(body)
        self.trunk = Surface.of(body, "trunk", "head", "left-leg", "right-leg")
        self.leg = Surface.of(body, "left-leg")
        self.lower = Surface.of(body, "left-leg", "right-leg", "trunk")
        self.arm = Surface.of(body, "left-arm")
        self.process, self.level = spine.processes(), spine.levels()
        self.point: dict[str, Array] = {}
        for part in (trunk, head, leg, arm):
            self.point |= part.find(self)
        self.scalp = head.Scalp(self)
        self.point |= head.hairlines(self) | neck.find(self, self.point["suprasternal-notch"])

    def back(self, height: float, lateral: float = 0.0) -> Array:
        """The skin of the back at a height, ``lateral`` cun from the midline as a ruler held across would show."""
        return self.trunk.seen_from(-FORWARD, np.array([lateral, height, 0.0]))

    def front(self, height: float, lateral: float = 0.0) -> Array:
        """The skin of the front of the trunk or head; beyond the midclavicular line (4 cun) over the skin."""
        if lateral <= MIDCLAVICULAR:
            return self.trunk.seen_from(FORWARD, np.array([lateral, height, 0.0]))
        round_it = self.around(height)
        start = int(np.argmax(round_it[:, 0] > MIDCLAVICULAR))
        way = np.vstack([self.front(height, MIDCLAVICULAR), round_it[start:]])
        return surface.along(way, lateral - MIDCLAVICULAR)

    def side(self, height: float) -> Array:
        """The skin of the midaxillary line: straight down from the middle of the armpit, the shoulder's centre."""
        middle = float(self.body.joints["l-shoulder"][2])
        return self.trunk.seen_from(LEFT, np.array([0.0, height, middle]))

    def around(self, height: float, centre: float = 0.0) -> Array:
        """The level line over the skin from the middle of the front to 120 degrees round the left side of trunk or
        neck, as met from a place within it, ``centre`` cun in front of the body's middle; it leaves out a free arm."""
        through = np.array([0.0, height, centre])
        return np.array([self.skin.hits(through, direction(turn))[0] for turn in np.arange(0.0, 120.1, 1.5)])

    def height(self, level: str, lateral: float, face: str) -> float | None:
        """The height of a level that is not level but rises and falls round the chest; None for all others."""
        return trunk.curve(self, level, lateral, face)

    def ring(self, joint: str, height: float) -> Array:
        """The line round the left leg at a height, nearest to a joint of it."""
        centre = self.body.joints[joint].copy()
        centre[1] = height
        return self.lower.ring(centre, UP)
