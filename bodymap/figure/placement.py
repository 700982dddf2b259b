"""From a rule to a place: finds each point on the skin of both sides and in every view.

Knows the rules of `model` and the segments they are measured on. Knows no anatomy of its own (`landmarks`) and draws
nothing. Body space in cun; views in SVG units. A trunk rule's lateral cun is stature / 75, held straight across the
back like a ruler and not laid over the skin: WHO's 6 cun between the medial borders of the scapulae are about 6 such
cun (14 cm in a person of 1.70 m), the mesh shows no border to measure, and a level stays level. In front the same, but
beyond the midclavicular line, where the chest turns away, over the skin. On limbs, on the head and up and down the
front of the trunk a cun is the segment's own length over WHO's count.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap import model
from bodymap.figure import surface
from bodymap.figure.camera import Camera, cameras
from bodymap.figure.landmarks import Landmarks
from bodymap.figure.mesh import Body
from bodymap.figure.surface import FORWARD, LEFT, UP, Surface, mirror, unit

Array = NDArray[np.float64]
Position = Literal["standard", "alternative"]


@dataclass(frozen=True)
class Segment:
    """A stretch of a limb: WHO's number of cun between two landmarks, and the joints of the bone it lies on."""

    start: str
    end: str
    cun: float
    axis: tuple[str, str]
    part: str


THIGH, LEG, ARM = ("l-upper-leg", "l-knee"), ("l-knee", "l-ankle"), ("l-hand", "l-elbow")
SEGMENTS = {
    "thigh-back": Segment("gluteal-fold", "popliteal-crease", 14, THIGH, "left-leg"),
    "thigh-side": Segment("greater-trochanter", "popliteal-crease", 19, THIGH, "left-leg"),
    "leg-outer": Segment("popliteal-crease", "lateral-malleolus", 16, LEG, "left-leg"),
    "leg-inner": Segment("patella-apex", "medial-malleolus", 15, LEG, "left-leg"),
    "thigh-front": Segment("pubic-symphysis", "patella-base", 18, THIGH, "left-leg"),
    "upper-arm": Segment("axilla-front", "cubital-crease", 9, ("l-shoulder", "l-elbow"), "left-arm"),
    "forearm": Segment("wrist-crease-dorsal", "cubital-crease", 12, ARM, "left-arm"),
}
"""WHO 2008, pp. 12-13."""
FRONT = {"pubic-symphysis": -5.0, "umbilicus": 0.0, "xiphisternal-junction": 8.0, "suprasternal-notch": 17.0}
"""Cun above the navel (WHO 2008, pp. 12-13)."""

HIDDEN = 0.15
"""Skin this much (cun) in front of a point hides it: more than the mesh's facets bulge, less than a fold of skin."""
GRAZING = -0.02
"""Least cosine between the skin's normal and the viewer: a midline point counts as seen on the outline of a profile."""
OTHER = {"left": "right", "right": "left"}
"""The side that a profile does not show."""
OUTLINE = -0.35
"""Least cosine at which a point still counts as lying on the outline: 20 degrees past the edge."""
LIFT = 0.5
"""How far (cun) off the skin such a point is looked for: its ring of plausible error."""


@dataclass(frozen=True)
class Placed:
    """A point on the skin of the left side or the midline."""

    code: str
    position: Position
    rule: model.Place
    spot: Array

    @property
    def sides(self) -> tuple[tuple[model.Side, Array], ...]:
        if self.spot[0] == 0.0:
            return (("midline", self.spot),)
        return (("left", self.spot), ("right", mirror(self.spot)))


class Placer:
    """Finds places on one body. ``known`` gives the rules of points that other rules measure from, by code."""

    def __init__(self, body: Body, known: Mapping[str, model.Place] | None = None) -> None:
        self.body = body
        self.figure = cast(model.Figure, body.figure)
        self.landmarks = Landmarks(body)
        self.place = Places(self, known or {})

    def find(self, rule: model.Place) -> Array:
        """The place that a rule means, on the left side or the midline."""
        match rule:
            case model.Trunk():
                spot = self._trunk(rule)
            case model.Scalp():
                spot = self.landmarks.scalp.place(rule.back, rule.lateral)
            case model.Limb():
                spot = self._limb(rule)
            case model.Between():
                spot = self._between(rule)
            case model.At():
                spot = self._at(rule)
        return np.where(np.abs(spot) < 1e-6, 0.0, spot)

    def cun(self, segment: str) -> float:
        """One cun of a segment, in body cun, measured along its bone."""
        part = SEGMENTS[segment]
        return float((self.place[part.end] - self.place[part.start]) @ self.axis(segment)) / part.cun

    def axis(self, segment: str) -> Array:
        """The direction of a segment's bone, from its first landmark to its last."""
        start, end = (self.body.joints[name] for name in SEGMENTS[segment].axis)
        return unit(end - start)

    def height(self, rule: model.Trunk) -> float:
        """The height of a rule's level, at its distance from the midline."""
        height = self.landmarks.height(rule.level, rule.lateral, rule.face)
        return float(self.place[rule.level][1]) if height is None else height

    def _trunk(self, rule: model.Trunk) -> Array:
        height = self.height(rule)
        match rule.face:
            case "front":
                return self.landmarks.front(self.up_front(height, rule.above - rule.below), rule.lateral)
            case "side":
                if rule.lateral:
                    raise ValueError(f"“{rule.level}” on the side: the midaxillary line takes no lateral cun")
                return self.landmarks.side(self.up_front(height, rule.above - rule.below))
            case "back":
                return self.landmarks.back(height + rule.above - rule.below, rule.lateral)

    def up_front(self, height: float, cun: float) -> float:
        """The height so many of WHO's cun above another, on the front of the trunk; beyond its ends in body cun."""
        counts = np.array(list(FRONT.values()))
        heights = np.array([self.place[name][1] for name in FRONT])
        counts = np.concatenate([[counts[0] - 99], counts, [counts[-1] + 99]])
        heights = np.concatenate([[heights[0] - 99], heights, [heights[-1] + 99]])
        return float(np.interp(np.interp(height, heights, counts) + cun, counts, heights))

    def _limb(self, rule: model.Limb) -> Array:
        segment, axis = SEGMENTS[rule.segment], self.axis(rule.segment)
        joint = self.body.joints[segment.axis[0]]
        reached = float((self.place[segment.start] - joint) @ axis) + rule.along * self.cun(rule.segment)
        ring = Surface.of(self.body, segment.part).ring(joint + reached * axis, axis)
        turn = np.radians(rule.bearing)
        return surface.bearing(ring, ring[:-1].mean(axis=0), np.sin(turn) * LEFT + np.cos(turn) * FORWARD)

    def way(self, rule: model.Between) -> tuple[Array, Array]:
        """The way over the skin from one landmark to the other, and the tape stretched over it that measures it."""
        skin = self.landmarks.skin
        stops = [self.place[name] for name in (rule.start, *rule.via, rule.end)]
        ways, tapes = [], []
        for start, end in itertools.pairwise(stops):
            ways.append(skin.line(start, end))
            tapes.append(surface.taut(ways[-1], skin.normal(start) + skin.normal(end)))
        return np.vstack(ways), np.vstack(tapes)

    def _between(self, rule: model.Between) -> Array:
        way, tape = self.way(rule)
        cun = self.cun(rule.segment) if rule.segment else 1.0
        at = rule.cun * cun if rule.cun else rule.fraction * surface.length(tape)
        return surface.nearest_on(way, surface.along(tape, at))

    def _at(self, rule: model.At) -> Array:
        move = rule.up * UP + rule.lateral * LEFT + rule.forward * FORWARD
        return self.landmarks.skin.walk(self.place[rule.landmark], move, float(np.linalg.norm(move)))


class Places(dict[str, Array]):
    """A body's places by name: its landmarks, and any point by its code, found by its own rule when first asked for."""

    def __init__(self, placer: Placer, known: Mapping[str, model.Place]) -> None:
        super().__init__(placer.landmarks.point)
        self._placer, self._left = placer, dict(known)

    def __missing__(self, name: str) -> Array:
        rule = self._left.pop(name, None)  # taken out, so that points that measure from each other end here too
        if rule is None:
            raise ValueError(f"“{name}” is neither a landmark nor a point that can be found before this one")
        self[name] = self._placer.find(rule)
        return self[name]


def points(placer: Placer, data: Path) -> list[Placed]:
    """Every point of ``data/points`` on a body, with its alternatives and, where it stands for several, the others."""
    return [Placed(code, position, rule, placer.find(rule)) for code, position, rule in rules(data)]


def rules(data: Path) -> Iterator[tuple[str, Position, model.Place]]:
    """The rule of each point: code, position and rule. Only the place of an entry is read here."""
    for path in sorted((data / "points").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["point"]:
            code, rule = entry["code"], _convert(entry["place"])
            yield code, "standard", rule
            for other in entry.get("others", ()):
                yield code, "standard", _convert(other)
            for alternative in entry.get("alternatives", ()):
                yield code, "alternative", _convert(alternative["place"])


def known(data: Path) -> dict[str, model.Place]:
    """The standard rule of each point by code; of a family, the rule of its entry."""
    found: dict[str, model.Place] = {}
    for code, position, rule in rules(data):
        if position == "standard":
            found.setdefault(code, rule)
    return found


def _convert(rule: dict[str, Any]) -> model.Place:
    return msgspec.convert(rule, model.Place)  # type: ignore[no-any-return]


def shown_by(camera: Camera, body: Body) -> Surface:
    """The skin that a view shows."""
    return Surface(body.vertices, body.normals, camera.faces(body))


def seen(camera: Camera, shown: Surface, spot: Array) -> bool:
    """Whether a spot on the skin faces the camera with no skin that the camera shows in front of it."""
    normal = shown.normal(spot)
    facing = float(normal @ camera.toward)
    if facing < OUTLINE:
        return False
    # A point on the outline (top of the shoulder, side of the hip) shows at the edge if the air just off it does.
    eye = spot if facing >= GRAZING else spot + LIFT * normal
    hits = shown.hits(eye, camera.toward)
    return not len(hits) or float((hits[-1] - eye) @ camera.toward) < HIDDEN


def in_picture(camera: Camera, body: Body, spot: Array) -> bool:
    """Whether a spot lies within the frame, on a part of the body that the view shows."""
    x, y, _ = camera.project(spot)[0]
    framed = 0 <= x <= camera.width and 0 <= y <= camera.height and spot[1] < camera.below
    return framed and body.parts_at(spot) in camera.parts


def placements(placer: Placer, placed: Iterable[Placed]) -> Iterator[model.Placement]:
    """Where each point falls in each view that could show it."""
    body = placer.body
    for camera in cameras(body):
        shown = shown_by(camera, body)
        for point in placed:
            for side, spot in point.sides:
                if in_picture(camera, body, spot):
                    x, y, _ = camera.project(spot)[0]
                    # In profile the far side's points would crowd the near side's along the outline.
                    visible = side != OTHER.get(camera.id) and seen(camera, shown, spot)
                    yield model.Placement(point.code, placer.figure, camera.id, side, round(float(x), 1),
                                          round(float(y), 1), visible, point.position)  # fmt: skip
