"""The course of each channel: lines over the skin through its points, in every view, broken where skin hides them.

Knows the order of points that ``data/channels.toml`` states. Writes them as shapes named after the channel. The lines
between points are ours: the standard places points and draws no lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from bodymap import model
from bodymap.figure import surface
from bodymap.figure.marks import Sketch
from bodymap.figure.placement import Placed, Placer
from bodymap.figure.surface import Surface, mirror

Array = NDArray[np.float64]

STEP = 0.25
"""Distance (cun) between the points of a line."""
ASTRAY = 0.3
"""A section of the skin that passes this far (cun) from a point does not join it with the other."""


def shapes(
    placer: Placer, placed: Iterable[Placed], sketches: Mapping[str, Sketch], data: Path
) -> Iterator[model.Shape]:
    """The visible part of each channel's course, by side, in every view."""
    spots: dict[str, Array] = {}
    for point in placed:
        if point.position == "standard":
            spots.setdefault(point.code, point.spot)
    for channel in read(data):
        found = (_course(placer.landmarks.skin, [spots[c] for c in codes if c in spots]) for codes in orders(channel))
        lines = [line for line in found if len(line) > 1]
        for sketch in sketches.values():
            yield from _shapes(sketch, placer.figure, channel.code, lines)


def read(data: Path) -> list[model.Channel]:
    """The channels of ``data/channels.toml``."""
    entries = tomllib.loads((data / "channels.toml").read_text(encoding="utf-8"))["channel"]
    return [msgspec.convert(entry, model.Channel) for entry in entries]


def orders(channel: model.Channel) -> Iterator[list[str]]:
    """The codes along each line of a channel: ``"10 41-54 40"`` is BL10, BL41 to BL54, BL40."""
    for course in channel.courses:
        codes = []
        for part in course.split():
            first, _, last = part.partition("-")
            codes += [f"{channel.code}{number}" for number in range(int(first), int(last or first) + 1)]
        yield codes


def _shapes(sketch: Sketch, figure: model.Figure, code: str, lines: list[Array]) -> Iterator[model.Shape]:
    midline = all((line[:, 0] == 0).all() for line in lines)
    sides: tuple[model.Side, ...] = ("midline",) if midline else ("left", "right")
    for side in sides:
        path = "".join(sketch.path(mirror(line) if side == "right" else line) for line in lines)
        if path:
            yield model.Shape(f"channel-{code}", figure, sketch.camera.id, side, path)


def _course(skin: Surface, spots: list[Array]) -> Array:
    """One line over the skin (n, 3) through all the spots in turn."""
    ways = [_way(skin, start, end) for start, end in pairwise(spots)]
    return np.vstack([ways[0][:1], *(way[1:] for way in ways)]) if ways else np.empty((0, 3))


def _way(skin: Surface, start: Array, end: Array) -> Array:
    """From one spot to another: the section of the skin through both, else the skin nearest to the straight line."""
    apart = float(np.linalg.norm(end - start))
    try:
        way = skin.line(start, end)
    except ValueError:
        way = np.empty((0, 3))
    joined = len(way) > 1 and max(np.linalg.norm(way[0] - start), np.linalg.norm(way[-1] - end)) < ASTRAY
    if joined and surface.length(way) < 1.6 * apart + 1.0:
        return surface.part(way, 0.0, surface.length(way), STEP)
    shares = np.linspace(0, 1, max(2, round(apart / STEP)))
    way = np.array([skin.nearest(start + share * (end - start)) for share in shares])
    return np.vstack([start, way[1:-1], end])
