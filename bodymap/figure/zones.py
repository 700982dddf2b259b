"""Areas of the skin: regions people click and dangers beneath, as soft outlines in every view.

Knows the shape rules of ``data/zones.toml`` and how to find on which side of an edge a spot of skin lies. A *field* is
in cun: above 0 inside the area, about as large as the way to its edge. Knows no colours; curves are `outline`'s.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from bodymap import model
from bodymap.figure import outline, raster, surface
from bodymap.figure.camera import Camera, cameras
from bodymap.figure.placement import Placed, Placer
from bodymap.figure.surface import mirror

Array = NDArray[np.float64]

PIXELS = {True: 0.6, False: 1.5}
"""Pixels per SVG unit, in zooms and whole views."""
SOFT = 0.4
"""Radius (cun) at which two edges of an area are rounded into each other."""
BLUR = 0.18
"""Reach (cun) of the final smoothing, and so how far an area stays inside the body's outline. A small zone names its
own as ``sharp``, and all that softens it is less in proportion."""
GAP = 0.1
"""Half the gap (cun) between areas that would touch."""
EDGE = 0.5
"""Fields are cut off at this many cun, so that smoothing keeps edges in place."""
LEAST = 0.6
"""Areas smaller than this many square cun in a view are left out."""
STEP = 0.15
"""Distance (cun) between the points of a band's middle line."""
CHIN = 1.0
"""What lies further forward than this (cun) is no back, though it looks down, as the skin under the chin does."""


@dataclass(frozen=True)
class Skin:
    """Spots of skin: places (n, 3), unit normals (n, 3), and which part of the body each is on (n,)."""

    places: Array
    normals: Array
    parts: NDArray[np.str_]

    def mirrored(self) -> Skin:
        """The same spots on the other side of the body."""
        left, right = (np.char.startswith(self.parts, side) for side in ("left", "right"))
        swapped = np.where(left, np.char.replace(self.parts, "left", "right"), self.parts)
        swapped = np.where(right, np.char.replace(self.parts, "right", "left"), swapped)
        return Skin(mirror(self.places), mirror(self.normals), swapped)


@dataclass(frozen=True)
class Line:
    """The middle of a band: spots (n, 3) on the skin and its normals there."""

    spots: Array
    normals: Array


def read(data: Path) -> list[model.Zone]:
    """The zones of ``data/zones.toml``."""
    entries = tomllib.loads((data / "zones.toml").read_text(encoding="utf-8"))["zone"]
    return [msgspec.convert(entry, model.Zone) for entry in entries]


class Zones:
    """The zones of one body, ready to be asked for. ``soft`` is the radius (cun) of their corners."""

    def __init__(self, placer: Placer, data: Path, soft: float = SOFT) -> None:
        self.placer, self.soft = placer, soft
        self.zones = read(data)
        self.shape: dict[str, dict[str, Any]] = {zone.slug: dict(zone.shape) for zone in self.zones}
        self.lines: dict[str, list[Line]] = {
            slug: [
                self._line(path, STEP * self.fineness(slug), mirrored=bool(shape.get("mirrored")))
                for path in shape.get("paths", ())
            ]
            for slug, shape in self.shape.items()
        }

    def fineness(self, slug: str) -> float:
        """How soft the zone's edges are, over those of others."""
        return float(self.shape[slug].get("sharp", BLUR)) / BLUR

    def paired(self, slug: str) -> bool:
        """Whether the zone lies on either side, rather than across the midline."""
        shape = self.shape[slug]
        return bool(shape.get("paired", shape["rule"] in ("band", "union")))

    def field(self, slug: str, skin: Skin, gap: float = GAP) -> Array:
        """How far (cun) each spot lies inside the zone, of the left side where it is paired; negative outside. A band
        ends ``gap`` before the end of its line; in a union it reaches beyond it, so that the union has no gaps."""
        shape = self.shape[slug]
        match shape["rule"]:
            case "union":
                return _any(self.field(part, skin, -SOFT) for part in shape["of"])
            case "band":
                field = self._band(slug, skin, gap * self.fineness(slug))
            case "panel":
                field = self._panel(slug, skin)
            case other:
                raise ValueError(f"{slug}: unknown shape rule {other!r}")
        edges = [field, np.where(np.isin(skin.parts, shape["parts"]), EDGE, -EDGE)]
        edges += [-self.field(other, skin) - 2 * GAP for other in shape.get("minus", ())]
        return _within(edges, self.soft * self.fineness(slug))

    def _panel(self, slug: str, skin: Skin) -> Array:
        shape = self.shape[slug]
        x, y, z = skin.places.T
        lateral = np.abs(x) if not self.paired(slug) else x
        along = z if shape.get("across") == "forward" else np.abs(x)
        edges = [self._height(shape["top"], along) - y, y - self._height(shape["bottom"], along)]
        if "outer" in shape:
            unit = float(self.placer.place[shape["outer_of"]][0])
            levels = sorted((float(self.placer.place[name][1]), share * unit) for name, share in shape["outer"])
            edges.append(_interpolated(levels, y) - lateral)
        if self.paired(slug):
            edges.append(lateral - shape.get("inner", 0.0))
        match shape.get("face", "all"):
            case "back":
                edges += [0.6 - 2.0 * skin.normals[:, 2], CHIN - z]
            case "front":
                edges.append(0.6 + 2.0 * skin.normals[:, 2])
            case "upward":  # the back and the top, down to the collarbone
                edges.append(1.2 * skin.normals[:, 1] - 2.0 * skin.normals[:, 2] + 0.3)
        return _within(edges, self.soft)

    def _height(self, line: list[list[Any]], along: Array) -> Array:
        known = sorted((float(at), float(self.placer.place[name][1]) + above) for at, name, above in line)
        return _interpolated(known, along)

    def _band(self, slug: str, skin: Skin, gap: float) -> Array:
        shape, lines = self.shape[slug], self.lines[slug]
        halves = shape.get("halves") or [shape["half"]] * len(lines)
        return _any(self._stripe(line, half, skin, gap) for line, half in zip(lines, halves, strict=True))

    def _stripe(self, line: Line, half: float, skin: Skin, gap: float) -> Array:
        """The field of a stripe of skin along one line; far from it, only that it is outside."""
        field = np.full(len(skin.places), -EDGE)
        low, high = line.spots.min(axis=0) - half - EDGE, line.spots.max(axis=0) + half + EDGE
        near = np.flatnonzero(((skin.places > low) & (skin.places < high)).all(axis=1))
        if not len(near):
            return field
        distance, closest = cKDTree(line.spots).query(skin.places[near])
        nearest = np.asarray(closest, dtype=np.int64)
        field[near] = half - distance
        if len(line.spots) > 1:
            facing = (line.normals[nearest] * skin.normals[near]).sum(axis=1)
            ends = self._between_ends(line.spots, nearest, skin.places[near]) - gap
            # Facing keeps the stripe from coming through to the limb's other side.
            field[near] = np.minimum(np.minimum(field[near], ends), 1.5 * (facing + 0.25))
        return field

    def _between_ends(self, line: Array, nearest: NDArray[np.int64], places: Array) -> Array:
        """How far before the flat ends of a line each place lies."""
        first, last = line[1] - line[0], line[-1] - line[-2]
        first, last = first / np.linalg.norm(first), last / np.linalg.norm(last)
        before = np.where(nearest < len(line) // 2, (places - line[0]) @ first, EDGE)
        after = np.where(nearest >= len(line) // 2, (line[-1] - places) @ last, EDGE)
        return np.asarray(np.minimum(before, after))

    def _line(self, path: list[Any], step: float, *, mirrored: bool) -> Line:
        """A smooth line over the skin through landmarks (names) and places (rules), in steps of so many cun."""
        spots = np.array([self._spot(stop) for stop in path])
        if mirrored:
            spots = mirror(spots)
        skin = self.placer.landmarks.skin
        if len(spots) == 1:
            return Line(spots, np.array([skin.normal(spots[0])]))
        reached = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(spots, axis=0), axis=1))])
        curve = CubicSpline(reached, spots, bc_type="natural")
        # Once more along the way found: the spline cuts through what bulges, where steps on the skin would be longer.
        reaches = np.append(np.arange(0.0, reached[-1], STEP), reached[-1])
        way = np.array([skin.nearest(point) for point in curve(reaches)])
        on_skin = np.array([skin.nearest(point) for point in surface.part(way, 0.0, surface.length(way), step)])
        return Line(on_skin, np.array([skin.normal(point) for point in on_skin]))

    def _spot(self, stop: Any) -> Array:
        if isinstance(stop, str):
            return self.placer.place[stop]
        if isinstance(stop, list):
            return np.asarray(np.mean([self._spot(part) for part in stop], axis=0))
        return self.placer.find(msgspec.convert(stop, model.Place))


def _interpolated(known: list[tuple[float, float]], at: Array) -> Array:
    """Values at ``at`` between known pairs of place and value, in order of place."""
    places, values = np.array(known).T
    return np.asarray(np.interp(at, places, values))


def _any(fields: Iterable[Array]) -> Array:
    """How far inside one or another of several areas."""
    return np.asarray(np.maximum.reduce(list(fields)))


def _within(edges: Iterable[Array], soft: float) -> Array:
    """How far inside all edges: the least of them, with corners rounded by ``soft`` cun."""
    stack = np.clip(np.array(list(edges)), -2.0, 2.0)
    low = stack.min(axis=0)
    return low if not soft else np.asarray(low - soft * np.log(np.exp(-(stack - low) / soft).sum(axis=0)))


def shapes(placer: Placer, data: Path) -> Iterator[model.Shape]:
    """The outline of the visible part of every zone, in every view that shows some of it."""
    zones = Zones(placer, data)
    for camera in cameras(placer.body):
        yield from _shapes(zones, camera)


def _shapes(zones: Zones, camera: Camera) -> Iterator[model.Shape]:
    body = zones.placer.body
    scale = PIXELS[camera.zoom]
    points = camera.project(body.vertices) * [scale, scale, 1.0]
    drawn = raster.draw(points, camera.faces(body), round(camera.height * scale), round(camera.width * scale))
    skin = _seen(drawn, body.vertices, body.normals, body.parts)
    for zone in zones.zones:
        if camera.id not in zones.shape[zone.slug].get("views", [camera.id]):
            continue
        sides: tuple[tuple[model.Side, Skin], ...] = (
            (("left", skin), ("right", skin.mirrored())) if zones.paired(zone.slug) else (("midline", skin),)
        )
        for side, spots in sides:
            path = _outline(zones.field(zone.slug, spots), drawn, scale, camera.cun, zones.fineness(zone.slug))
            if path:
                yield model.Shape(zone.slug, zones.placer.figure, camera.id, side, path)


def _seen(drawn: raster.Raster, vertices: Array, normals: Array, parts: NDArray[np.str_]) -> Skin:
    """The spots of skin that the pixels see."""
    upright = drawn.interpolate(normals)[drawn.mask]
    upright /= np.maximum(np.linalg.norm(upright, axis=1, keepdims=True), 1e-9)
    corner = drawn.weights[drawn.mask].argmax(axis=1)
    nearest = drawn.triangles[drawn.face[drawn.mask], corner]
    return Skin(drawn.interpolate(vertices)[drawn.mask], upright, parts[nearest])


def _outline(field: Array, drawn: raster.Raster, scale: float, cun: float, fineness: float) -> str:
    """SVG path data of the area, smoothed; empty where there is next to nothing."""
    least = LEAST * fineness**2
    picture = np.full(drawn.mask.shape, -EDGE)
    picture[drawn.mask] = np.clip(field, -EDGE, EDGE)
    if (picture > 0).sum() < least * (cun * scale) ** 2:
        return ""
    picture = gaussian_filter(picture, BLUR * fineness * cun * scale, mode="nearest")
    rings = outline.trace(picture, scale, smooth=2.0 * min(fineness, 1.0), least=least * cun**2 / 2)
    return outline.path(rings, 0.3)


def outline_of(mask: NDArray[np.bool_]) -> str:
    """SVG path data of a mask of one pixel a unit."""
    return outline.path(outline.trace(gaussian_filter(mask - 0.5, 1.0), 1.0), 0.3)


def inside(placer: Placer, placed: Iterable[Placed], data: Path) -> Iterator[tuple[str, str]]:
    """Which points lie over which danger zone or in which region: (zone, code)."""
    zones = Zones(placer, data, soft=0.0)
    points = list(placed)
    skin = placer.landmarks.skin
    spots = np.array([point.spot for point in points])
    where = Skin(spots, np.array([skin.normal(spot) for spot in spots]), placer.body.parts_at(spots))
    for zone in zones.zones:
        if zone.kind in ("danger", "region"):
            field = zones.field(zone.slug, where)
            if not zones.paired(zone.slug):  # the liver lies on the right alone, and points are known by their left one
                field = np.maximum(field, zones.field(zone.slug, where.mirrored()))
            for point, depth in zip(points, field, strict=True):
                if depth > 0:
                    yield zone.slug, point.code
