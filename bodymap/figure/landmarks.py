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

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bodymap.figure import surface
from bodymap.figure.mesh import STATURE, Body
from bodymap.figure.surface import FORWARD, LEFT, UP, Surface, bearing, unit

Array = NDArray[np.float64]

LEVELS = ("C7", *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)), "S1", "S2", "S3", "S4")
BODY_HEIGHTS = (14.0, 14.1, 15.6, 15.7, 16.2, 16.2, 17.4, 18.2, 18.7, 19.3, 20.2, 21.3, 22.7, 23.8, 24.3, 23.8, 24.1)
"""mm, C7 to L4 (PANJABI)."""
DISCS = (5.0, 4.5, 4.5, 4.5, 4.5, 4.5, 5.0, 5.0, 5.5, 6.0, 6.5, 7.0, 7.5, 8.5, 9.5, 10.5)
"""mm, the disc below C7 to the one below L3 (KUNKEL; lumbar as taught)."""
C7_HEIGHT, L4_HEIGHT, S2_HEIGHT = 0.855, 0.607, 0.560
"""Shares of stature of the spinous processes (ANSUR cervicale and iliocristale; S2 as GRAY and WHO, at the PSIS)."""
SACRAL_STEP = 1.05
"""Cun between sacral levels: the posterior foramina lie some 2.3 cm apart."""
LOWER_BORDER = 0.3
"""Share of the way to the next process at which a process ends: half its height. A lumbar process is some 22 mm high
in a step of 35 mm; in the sacrum the foramen lies as far below its tubercle (1 cm below the PSIS for S2)."""


class Landmarks:
    """The landmarks of one body. ``point[name]`` is a (3,) place on the skin of the left side or the midline."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.skin = Surface.of(body)
        self.trunk = Surface.of(body, "trunk", "head", "left-leg", "right-leg")
        self.leg = Surface.of(body, "left-leg")
        self.lower = Surface.of(body, "left-leg", "right-leg", "trunk")
        self.arm = Surface.of(body, "left-arm")
        self.point: dict[str, Array] = {}
        for find in (self._spine, self._head, self._shoulder, self._front, self._pelvis, self._knee, self._ankle,
                     self._foot, self._forearm, self._hand):  # fmt: skip
            self.point |= find()

    @cached_property
    def process(self) -> dict[str, float]:
        """Height of the tip of each spinous process (sacral: of its tubercle)."""
        heights = np.array(BODY_HEIGHTS)
        steps = (heights[:-1] + heights[1:]) / 2 + np.array(DISCS)
        share = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
        top, crest, sacrum = (level * STATURE for level in (C7_HEIGHT, L4_HEIGHT, S2_HEIGHT))
        tips = dict(zip(LEVELS, top - share * (top - crest), strict=False))
        tips["S1"] = sacrum + SACRAL_STEP
        tips["L5"] = (tips["L4"] + tips["S1"]) / 2
        return tips | {f"S{n}": sacrum - (n - 2) * SACRAL_STEP for n in (2, 3, 4)}

    @cached_property
    def level(self) -> dict[str, float]:
        """Height that WHO means by "level with": the lower border of the process; in the sacrum, the foramen."""
        tips = [self.process[name] for name in LEVELS]
        below = [*tips[1:], tips[-1] - SACRAL_STEP]
        return {n: tip - LOWER_BORDER * (tip - next_) for n, tip, next_ in zip(LEVELS, tips, below, strict=True)}

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

    def _spine(self) -> dict[str, Array]:
        """Joint-free: heights by stature and vertebral heights, depth from the skin of the midline."""
        found = {f"{name}-process": self.back(self.process[name]) for name in LEVELS}
        found |= {name: self.back(self.level[name]) for name in LEVELS}
        # WHO (BL54): the sacral hiatus is level with the fourth posterior sacral foramen.
        found["sacral-hiatus"] = found["S4"]
        found["coccyx"] = self.back(self.level["S4"] - 1.3)
        return found

    def _head(self) -> dict[str, Array]:
        """Face by *mesh* (turns of the profile). Hairlines of a bald head by *WHO* B-cun over the midline: 3 from the
        glabella to the front one, 12 on to the back one; from there to C7 are 3 more by tradition, 18 in all."""
        eyes = float(self.body.joints["l-eye"][1])
        profile = np.array([self.front(height) for height in np.arange(eyes - 3.6, eyes + 2.0, 0.02)])
        height, depth = profile[:, 1], profile[:, 2]
        tip = int(np.argmax(depth))
        nasion = tip + int(np.argmin(depth[tip : tip + 100]))
        glabella = nasion + int(np.argmax(depth[nasion : nasion + 60]))
        mouth = int(np.argmin(np.where(height < height[tip] - 1.0, depth, np.inf)))
        lip = mouth + int(np.argmax(depth[mouth : tip - 40]))
        base = lip + int(np.argmin(depth[lip:tip]))
        way = self.skin.line(profile[glabella], self.back(self.process["C7"]), outward=UP)
        share = surface.length(way) / 18
        head = self.body.joints["head"]
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
        return found | {"mastoid": self.trunk.seen_from(LEFT, mastoid)}

    def _shoulder(self) -> dict[str, Array]:
        """Joint: the acromion's lateral end is some 1.4 cm lateral to the shoulder's centre. WHO: scapular spine at T3,
        inferior angle at T7, medial border 3 cun from the midline."""
        shoulder = self.body.joints["l-shoulder"]
        acromion = self.skin.seen_from(UP, shoulder + [0.6, 0, 0])
        behind = self.skin.seen_from(unit(-FORWARD + 0.6 * UP), shoulder + [0.2, 0.9, 0])
        spine = self.back(self.process["T3"], 3.0)
        return {
            "acromion": acromion,
            "scapular-spine-medial": spine,
            "scapular-spine-middle": surface.along(way := self.skin.line(spine, behind), surface.length(way) / 2),
            "inferior-angle": self.back(self.process["T7"], 3.5),
            "axilla-back": self.skin.seen_from(-FORWARD, shoulder + [-0.3, -2.6, 0]),
        }

    def _front(self) -> dict[str, Array]:
        """Mesh: the navel is the hollow of the midline near 0.61 of stature. Stature: the upper border of the pubic
        symphysis; WHO: xiphisternal junction 8, suprasternal notch 17 of the abdomen's cun above it."""
        heights = np.arange(0.58 * STATURE, 0.64 * STATURE, 0.02)
        depth = np.array([self.front(height)[2] for height in heights])
        # The belly leans, so the hollow is looked for below the straight line along it.
        hollow = depth - np.interp(heights, heights[[0, -1]], depth[[0, -1]])
        navel = float(heights[np.argmin(hollow)])
        return {
            "umbilicus": self.front(navel),
            "pubic-symphysis": self.front(0.517 * STATURE),
            "xiphisternal-junction": self.front(0.715 * STATURE),
            "suprasternal-notch": self.front(0.818 * STATURE),
        }

    def _pelvis(self) -> dict[str, Array]:
        hip = self.body.joints["l-upper-leg"]
        crest = self.process["L4"]
        width = self.trunk.ring(np.array([0.0, crest, 0.0]), UP)[:, 0].max()
        front_height = 0.56 * STATURE  # stature: ANSUR iliospinale
        front_width = self.trunk.ring(np.array([0.0, front_height, 0.0]), UP)[:, 0].max()
        fold = self._gluteal_fold()
        thigh = self.ring("l-upper-leg", fold)
        return {
            "iliac-crest": self.back(crest, 0.82 * width),
            "ASIS": self.trunk.seen_from(unit(FORWARD + 0.5 * LEFT), np.array([0.76 * front_width, front_height, 2.0])),
            "PSIS": self.back(self.process["S2"] + 0.2, 1.9),  # GRAY, WHO: its lower border is level with S2
            # Joint: its tip is level with the hip's centre; the prominence is some 8 mm lower.
            "greater-trochanter": self.lower.seen_from(LEFT, hip - [0, 0.35, 0.35]),
            "ischial-tuberosity": self.lower.seen_from(-FORWARD, np.array([0.62 * hip[0], fold + 1.0, 0.0])),
            "gluteal-fold": bearing(thigh, thigh[:-1].mean(axis=0), -FORWARD),
        }

    def _gluteal_fold(self) -> float:
        """Mesh: going up the back of the thigh, where it first slopes five eighths as steeply as the buttock above."""
        skin = self.body.vertices[np.unique(self.body.triangles)]
        crotch = skin[(np.abs(skin[:, 0]) < 0.01) & (skin[:, 1] > 0.4 * STATURE), 1].min()
        aside = 0.65 * self.body.joints["l-upper-leg"][0]
        heights = np.arange(crotch - 2.0, crotch + 1.0, 0.1)
        depth = np.array([self.lower.seen_from(-FORWARD, np.array([aside, height, 0.0]))[2] for height in heights])
        steep = np.gradient(-depth, heights)
        return float(heights[np.argmax(steep > 0.62 * steep.max())])

    def _knee(self) -> dict[str, Array]:
        """Joint: the crease lies behind the axis of flexion; the joint line is 1 cun lower, with the patella's apex;
        the head of the fibula is 0.9 cun below that line (2 cm), where the skin stands out most to the side."""
        knee = self.body.joints["l-knee"]
        crease, shin = self.ring("l-knee", knee[1]), self.ring("l-knee", knee[1] - 1.9)
        apex_ring, base_ring = self.ring("l-knee", knee[1] - 0.9), self.ring("l-knee", knee[1] + 1.1)
        centre, apex_centre = crease[:-1].mean(axis=0), apex_ring[:-1].mean(axis=0)
        return {
            "popliteal-crease": bearing(crease, centre, -FORWARD),
            "biceps-femoris-tendon": bearing(crease, centre, _direction(143)),
            "semitendinosus-tendon": bearing(crease, centre, _direction(217)),
            "patella-apex": bearing(apex_ring, apex_centre, FORWARD),
            "patella-base": bearing(base_ring, base_ring[:-1].mean(axis=0), FORWARD),
            "ST35": bearing(apex_ring, apex_centre, _direction(24)),
            "fibular-head": np.asarray(shin[np.argmax(shin[:, 0])]),
        }

    def _ankle(self) -> dict[str, Array]:
        """Stature: lateral malleolus at 0.039, medial at 0.047 of it (ANSUR); mesh: where the skin stands out most."""
        outer, inner = self.ring("l-ankle", 0.039 * STATURE), self.ring("l-ankle", 0.047 * STATURE)
        front = self.ring("l-ankle", 0.049 * STATURE)
        ankle = self.body.joints["l-ankle"]
        return {
            "lateral-malleolus": np.asarray(outer[np.argmax(outer[:, 0])]),
            "medial-malleolus": np.asarray(inner[np.argmin(inner[:, 0])]),
            "calcaneal-tendon-outer": np.asarray(outer[np.argmin(outer[:, 2])]),
            "calcaneal-tendon-inner": np.asarray(inner[np.argmin(inner[:, 2])]),
            "ST41": bearing(front, ankle * [1, 0, 1] + [0.0, front[0, 1], 0.0], FORWARD),
        }

    def _foot(self) -> dict[str, Array]:
        """Joint: metatarsal bases lie one bone's length behind the toes' joints, and nearer together."""
        heads = [self.body.joints[f"l-toe-{n}-1"] for n in range(1, 6)]
        middle = heads[2][0]
        bases = {}
        for number, (head, bone) in enumerate(zip(heads, (2.75, 3.1, 3.0, 2.95, 2.9), strict=True), start=1):
            through = np.array([middle + 0.68 * (head[0] - middle) - 0.15, 1.0, head[2] - bone])
            bases[number] = self.leg.seen_from(UP, through, 4.0)
            bases[10 + number] = self.leg.seen_from(UP, head, 4.0)
        found = {f"metatarsal-{n}-base": bases[n] for n in range(1, 6)}
        found |= {f"metatarsal-{n}-head": bases[10 + n] for n in range(1, 6)}
        for a, b in ((1, 2), (4, 5)):
            found[f"metatarsal-{a}-{b}-bases"] = self.leg.seen_from(UP, (bases[a] + bases[b]) / 2, 4.0)
            found[f"metatarsal-{a}-{b}-heads"] = self.leg.seen_from(UP, (bases[10 + a] + bases[10 + b]) / 2, 4.0)
        return found

    def _forearm(self) -> dict[str, Array]:
        """Joint: wrist creases cross the centre of the wrist, the cubital crease that of the elbow."""
        wrist, elbow = self.body.joints["l-hand"], self.body.joints["l-elbow"]
        axis = unit(elbow - wrist)
        at_wrist, at_elbow = self.arm.ring(wrist, axis), self.arm.ring(elbow, axis)
        return {
            "wrist-crease-dorsal": bearing(at_wrist, wrist, -FORWARD),
            "wrist-crease-palmar": bearing(at_wrist, wrist, FORWARD),
            "cubital-crease": bearing(at_elbow, elbow, FORWARD),
            "olecranon": bearing(at_elbow, elbow, -FORWARD),
        }

    def _hand(self) -> dict[str, Array]:
        """Joint: knuckles are rig joints, and ``hand-3`` the second metacarpal's base. Mesh: the skin over them."""
        joint = self.body.joints
        distal = unit(joint["l-finger-3-1"] - joint["l-hand"])
        radial = joint["l-finger-2-1"] - joint["l-finger-5-1"]
        radial = unit(radial - distal * (radial @ distal))
        dorsal = unit(np.cross(radial, distal))
        dorsal = -dorsal if dorsal[2] > 0 else dorsal
        edge = unit(dorsal + 0.9 * radial)
        second, thumb = joint["l-hand-3"], joint["l-finger-1-1"]
        angle = (second + thumb) / 2 + 0.4 * distal + 0.4 * radial
        neck = joint["l-finger-5-1"] - 0.45 * distal
        return {
            "metacarpal-2-base": self.arm.seen_from(edge, second + 0.6 * radial),
            "metacarpal-2-head": self.arm.seen_from(edge, joint["l-finger-2-1"] + 0.6 * radial),
            "metacarpal-1-2-angle": self.arm.seen_from(unit(dorsal + 0.4 * radial), angle),
            "metacarpal-5-head": self.arm.seen_from(-radial, joint["l-finger-5-1"]),
            "metacarpal-5-neck": self.arm.seen_from(unit(-radial + 0.25 * dorsal), neck),
        }


def _direction(degrees: float) -> Array:
    """A level direction round the left limb: 0 forward, 90 to the person's left, 180 back, 270 to the midline."""
    turn = np.radians(degrees)
    return np.array([np.sin(turn), 0.0, np.cos(turn)])
