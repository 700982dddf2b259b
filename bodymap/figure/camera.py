"""Views of the body: from where each picture is taken, what it shows and at what scale. Orthographic.

The whole body is seen from the front, back, left and right; zooms show where points crowd. A zoom of a limb shows the
person's left limb alone, so that the other one hides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bodymap.figure.mesh import STATURE, Body
from bodymap.model import Part

Array = NDArray[np.float64]

MARGIN = 10.0
BODY_HEIGHT = 980.0
"""SVG units from crown to sole in the whole-body views."""
ZOOM_MARGIN = 50.0
ZOOM_HEIGHT = 700.0

EVERYTHING = ("head", "trunk", "left-arm", "right-arm", "left-leg", "right-leg")
NO_ARMS = ("head", "trunk", "left-leg", "right-leg")

PARTS: dict[Part, tuple[str, ...]] = {
    "head": ("head-front", "head-side", "head-back", "head-top", "ear"),
    "trunk": ("shoulder", "chest", "abdomen", "upper-back", "lower-back", "flank", "hip"),
    "arm": ("arm-front", "arm-outer", "arm-back", "hand-back", "hand-palm"),
    "leg": ("thigh-front", "thigh-side", "thigh-back", "knee-front", "knee-back", "knee-side", "leg-front",
            "lower-leg", "leg-back", "lower-leg-inner", "foot", "foot-inner", "sole"),
}  # fmt: skip
"""The zooms of each part of the body."""


@dataclass(frozen=True)
class Camera:
    """One view. ``right``, ``up`` and ``toward`` are unit vectors in body space (``toward`` the viewer);
    ``centre`` is the body point in the middle of the picture; ``cun`` is SVG units per cun."""

    id: str
    name: str
    right: Array
    up: Array
    toward: Array
    centre: Array
    width: float
    height: float
    cun: float
    parts: tuple[str, ...] = EVERYTHING
    zoom: bool = True
    below: float = np.inf
    """Height (cun) above which nothing is shown: the sole is seen without the leg behind it."""

    @property
    def part(self) -> Part:
        """The part of the body under which a list names the view."""
        return next((part for part, ids in PARTS.items() if self.id in ids), "whole")

    @property
    def left(self) -> Literal["left", "right", ""]:
        """The edge of the picture towards which the person's left is; empty where the view shows one side."""
        if abs(self.centre[0]) > 1e-6 or abs(self.right[0]) < 0.5:
            return ""
        return "right" if self.right[0] > 0 else "left"

    def project(self, points: Array) -> Array:
        """Body points (n, 3) in cun -> (n, 3): x and y in SVG units, and depth in cun (larger is nearer)."""
        offset = np.atleast_2d(points) - self.centre
        return np.column_stack([
            self.width / 2 + offset @ self.right * self.cun,
            self.height / 2 - offset @ self.up * self.cun,
            offset @ self.toward,
        ])  # fmt: skip

    def faces(self, body: Body) -> NDArray[np.int64]:
        """The triangles (m, 3) of the parts this view shows, eyes included when it shows the head."""
        shown = np.isin(body.parts, self.parts)
        shown &= body.vertices[:, 1] < self.below
        faces = body.triangles[shown[body.triangles].all(axis=1)]
        return np.vstack([faces, body.eyes]) if "head" in self.parts else faces


def cameras(body: Body) -> tuple[Camera, ...]:
    """Every view of the body, the four whole ones first."""
    joint = body.joints
    skin = body.vertices[np.unique(body.triangles)]
    middle = np.array([0.0, STATURE / 2, (skin[:, 2].min() + skin[:, 2].max()) / 2])
    across, deep = np.ptp(skin[:, 0]), np.ptp(skin[:, 2])

    def whole(id: str, name: str, azimuth: float, extent: float) -> Camera:
        scale = BODY_HEIGHT / STATURE
        width = _even(extent * scale + 2 * MARGIN)
        return _camera(id, name, azimuth, 0, middle, width, BODY_HEIGHT + 2 * MARGIN, scale, EVERYTHING, zoom=False)

    def zoom(
        id: str, name: str, azimuth: float, elevation: float, centre: Array, half_width: float, half_height: float,
        parts: tuple[str, ...],
    ) -> Camera:  # fmt: skip
        scale = ZOOM_HEIGHT / (2 * half_height)
        return _camera(
            id, name, azimuth, elevation, centre, _even(2 * half_width * scale), ZOOM_HEIGHT, scale, parts, zoom=True
        )

    def limb(
        id: str, name: str, azimuth: float, elevation: float, centre: Array, half_height: float, parts: tuple[str, ...]
    ) -> Camera:
        return _fitted(zoom(id, name, azimuth, elevation, centre, half_height, half_height, parts), body)

    knee, ankle, toes, hip = joint["l-knee"], joint["l-ankle"], joint["l-foot-1"], joint["l-upper-leg"]
    leg, arm = ("left-leg",), ("left-arm",)
    shin = (knee + ankle) / 2 - [0, 1.3, 0]
    loin = (joint["spine-4"] + joint["pelvis"]) / 2
    head, neck, elbow = joint["head"] * [0, 1, 1], joint["neck"] * [0, 1, 1], joint["l-elbow"]
    instep = (ankle + toes) / 2
    return (
        whole("front", "Front", 0, across),
        whole("back", "Back", 180, across),
        whole("left", "Left side", 90, deep),
        whole("right", "Right side", -90, deep),
        zoom("head-front", "Face", 0, 0, head, 6.5, 7.5, EVERYTHING),
        zoom("head-side", "Head from the side", 90, 0, head, 7, 7.5, EVERYTHING),
        zoom("head-back", "Back of the head", 180, 0, head - [0, 1.0, 0], 6.5, 7.5, EVERYTHING),
        zoom("head-top", "Top of the head", 180, 90, head, 5.5, 6.5, ("head",)),
        zoom("ear", "Ear", 90, 0, _ear(body) + [0, 0, 0.8], 1.6, 2.0, EVERYTHING),
        zoom("shoulder", "Shoulders and neck", 180, 28, neck - [0, 2.5, 0], 13, 9, EVERYTHING),
        zoom("chest", "Chest", 0, 0, neck - [0, 6.5, 0], 11, 9, EVERYTHING),
        zoom("abdomen", "Abdomen", 0, 0, loin + [0, 2.0, 0], 9, 10, NO_ARMS),
        zoom("upper-back", "Upper back", 180, 0, neck - [0, 7, 0], 10.5, 9, EVERYTHING),
        zoom("lower-back", "Lower back and sacrum", 180, 0, loin, 9.5, 11.5, NO_ARMS),
        zoom("flank", "Side of the trunk", 90, 0, loin + [0, 5.4, 0], 7.0, 9.2, NO_ARMS),
        zoom("hip", "Hip and buttock", 128, 0, hip - [1.0, -0.5, 0], 7.5, 9, NO_ARMS),
        zoom("arm-front", "Arm, front", 0, 0, elbow, 8, 12.5, EVERYTHING),
        zoom("arm-outer", "Arm, thumb side", 70, 0, elbow, 6, 12.5, EVERYTHING),
        zoom("arm-back", "Arm, back", 180, 0, elbow, 8, 12.5, EVERYTHING),
        _fitted(_hand("hand-back", "Back of the hand", body, arm, back=True), body),
        _fitted(_hand("hand-palm", "Palm and inner forearm", body, arm, back=False), body),
        zoom("thigh-front", "Thighs, front", 0, 0, (hip + knee) / 2 * [0, 1, 1], 10, 11.5, NO_ARMS),
        zoom("thigh-side", "Thigh, outer side", 90, 0, (hip + knee) / 2, 6.5, 11.5, NO_ARMS),
        zoom("thigh-back", "Thighs, back", 180, 0, (hip + knee) / 2 * [0, 1, 1], 10, 11.5, NO_ARMS),
        limb("knee-front", "Front of the knee", 10, 0, knee - [0, 1, 0], 6, leg),
        limb("knee-back", "Back of the knee", 180, 0, knee, 6, leg),
        limb("knee-side", "Outer side of the knee", 70, 0, knee - [0, 1, 0], 6, leg),
        limb("leg-front", "Lower leg, front", 25, 0, shin, 12.5, leg),
        limb("lower-leg", "Lower leg, outer and back", 130, 0, shin, 12.5, leg),
        limb("leg-back", "Lower leg, back", 180, 0, shin, 12.5, leg),
        limb("lower-leg-inner", "Lower leg, inner side", 250, 0, shin, 12.5, leg),
        limb("foot", "Foot, top and outer side", 55, 38, instep + [0, 0.7, 0], 4.7, leg),
        limb("foot-inner", "Foot, inner side", 270, 5, instep + [0, 0.5, 0], 4.7, leg),
        _fitted(replace(zoom("sole", "Sole of the foot", 0, -90, instep, 6.2, 6.2, leg), below=3.0), body),
    )


def _ear(body: Body) -> Array:
    """The middle of the left ear: of what stands out most to the side, level with the eyes and a little below."""
    level = np.abs(body.vertices[:, 1] - body.joints["l-eye"][1] + 0.8) < 2.0
    head = body.vertices[level & (body.parts == "head")]
    ear = head[head[:, 0] > 0.88 * head[:, 0].max()]
    return np.asarray((ear.min(axis=0) + ear.max(axis=0)) / 2)


def _camera(
    id: str, name: str, azimuth: float, elevation: float, centre: Array, width: float, height: float, cun: float,
    parts: tuple[str, ...], *, zoom: bool,
) -> Camera:  # fmt: skip
    """A view from ``azimuth`` (0 front, 90 the person's left, 180 back) and ``elevation`` degrees above level."""
    turn, lift = np.radians([azimuth, elevation])
    toward = np.array([np.sin(turn) * np.cos(lift), np.sin(lift), np.cos(turn) * np.cos(lift)])
    right = np.array([np.cos(turn), 0.0, -np.sin(turn)])
    return Camera(id, name, right, np.cross(toward, right), toward, centre, width, height, cun, parts, zoom)


def _even(width: float) -> float:
    """An even width, so that the midline of a symmetric view falls between two pixels."""
    return 2.0 * round(width / 2)


def _fitted(camera: Camera, body: Body) -> Camera:
    """The same view, moved sideways and made as wide as the limb in it, with room beside it for labels."""
    places = camera.project(body.vertices[np.unique(camera.faces(body))])
    x = places[(places[:, 1] > 0) & (places[:, 1] < camera.height), 0]
    aside = ((x.min() + x.max()) / 2 - camera.width / 2) / camera.cun
    return replace(camera, centre=camera.centre + camera.right * aside, width=_even(np.ptp(x) + 2 * ZOOM_MARGIN))


def _hand(id: str, name: str, body: Body, parts: tuple[str, ...], *, back: bool) -> Camera:
    """The left hand seen square on, fingers down, with the lower forearm."""
    wrist, middle = body.joints["l-hand"], body.joints["l-finger-3-1"]
    up = (wrist - middle) / np.linalg.norm(wrist - middle)
    across = body.joints["l-finger-2-1"] - body.joints["l-finger-5-1"]
    across -= up * (across @ up)
    across /= np.linalg.norm(across)
    palm = np.cross(across, up)
    palm *= np.sign(palm[2])
    toward = -palm if back else palm
    right = np.cross(up, toward)
    half = 6.5
    return Camera(
        id, name, right, up, toward, wrist - up * 2.15, ZOOM_HEIGHT * 0.72, ZOOM_HEIGHT, ZOOM_HEIGHT / (2 * half), parts
    )
