"""Surface landmarks: the bony and soft places of the left side and the midline from which points are measured.

Knows anatomy: which place of this body is a person's C7, greater trochanter or navel, and on whose word. Knows no
point, no view. Lengths in cun; heights (y) are above the soles, and shares of stature are of 75 cun.

The mesh carries no bones, so each landmark comes from one of four kinds of evidence, named beside it:
*mesh*, an extremum or hollow of the skin itself; *joint*, a joint centre of the rig and the bone's known distance from
it; *stature*, a published share of body height; *WHO*, a relation that the WHO standard (2008, pp. 8-13) states.

Sources. ANSUR: Gordon CC et al., 2012 Anthropometric Survey of U.S. Army Personnel (Natick/TR-15/007), for the shares
of stature, to be taken as approximate: they were set down from memory of its tables. PANJABI: vertebral body heights,
Panjabi MM et al., Spine 1991;16:888 (thoracic) and 1992;17:299 (lumbar), likewise. KUNKEL: thoracic discs 4.5-7.2 mm,
Kunkel ME et al., J Anat 2011;219:375; lumbar discs of 8-11 mm as taught. GRAY: Gray's Anatomy, 1918, surface anatomy
(S2 at the posterior superior iliac spines, L4 at the iliac crests).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.landmarks import arm, head, leg, spine, trunk
from bodymap.figure.mesh import Body
from bodymap.figure.surface import FORWARD, UP, Surface

Array = NDArray[np.float64]


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

    def back(self, height: float, lateral: float = 0.0) -> Array:
        """The skin of the back at a height, ``lateral`` cun from the midline as a ruler held across would show."""
        return self.trunk.seen_from(-FORWARD, np.array([lateral, height, 0.0]))

    def front(self, height: float, lateral: float = 0.0) -> Array:
        """The skin of the front of the trunk or head."""
        return self.trunk.seen_from(FORWARD, np.array([lateral, height, 0.0]))

    def ring(self, joint: str, height: float) -> Array:
        """The line round the left leg at a height, nearest to a joint of it."""
        centre = self.body.joints[joint].copy()
        centre[1] = height
        return self.lower.ring(centre, UP)
