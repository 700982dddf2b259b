"""From fields of pixels to smooth curves: rings of equal tone, the outline, and their SVG path data.

Knows plane geometry. A field is (height, width); where it is above 0 the region lies. Points are (n, 2) in SVG units,
x to the right and y down. Knows nothing of bodies, light or colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from skimage.measure import find_contours

Array = NDArray[np.float64]

STEP = 0.5
"""Distance (SVG units) between the points of a dense curve."""
CLOSEST, FURTHEST = 1.2, 24.0
"""Least and greatest distance between the knots of a drawn curve."""
REACH = 1e-6
BEYOND = -1e-9
"""The field beyond the frame: so near 0 that a ring's crossing falls outside the frame, and is drawn in to it."""


@dataclass(frozen=True)
class Run:
    """A stretch of a ring: a free curve, or ``straight`` where the region is cut by the frame. ``closed`` is a whole
    ring of free curve, its first point not repeated."""

    points: Array
    straight: bool = False
    closed: bool = False


Ring = tuple[Run, ...]


def trace(field: Array, scale: float, *, mirror: bool = False, smooth: float = 1.0, least: float = 0.0) -> list[Ring]:
    """The rings around the region ``field > 0``, ``scale`` pixels to a unit.

    A region that reaches the frame is cut there by straight runs. ``mirror`` takes the right half of the field and
    answers both halves, exactly alike. ``smooth`` is the reach (units) of smoothing along the curve; rings that
    enclose less than ``least`` square units are left out.
    """
    height, width = (size / scale for size in field.shape)
    middle = width / 2 if mirror else 0.0
    half = field[:, field.shape[1] // 2 :] if mirror else field
    padded = np.pad(half, 1, constant_values=BEYOND)
    if mirror:
        padded[1:-1, 0] = half[:, 0]
    frame = np.array([middle, 0.0, width, height])
    rings = []
    for contour in find_contours(padded, 0.0):  # type: ignore[no-untyped-call]
        points = (contour[:, ::-1] - 0.5) / scale + [middle, 0.0]
        closed = bool(np.all(points[0] == points[-1]))
        points = np.clip(points, frame[:2], frame[2:])
        rings += _finish(points, closed, frame, mirror, smooth, least)
    return rings


def _finish(points: Array, closed: bool, frame: Array, mirror: bool, smooth: float, least: float) -> list[Ring]:
    """One traced contour as smooth rings: itself, or with its mirror image."""
    whole = points if closed else np.vstack([points, _reflected(points, frame[0])[::-1]])
    if _area(whole) < least:
        return []
    if closed:
        ring = _ring(points[:-1], frame, smooth, left=not mirror)
        return [ring, _reflected_ring(ring, frame[0])] if mirror else [ring]
    runs = _runs(points, frame, left=False)
    half = [_smoothed(run, smooth, frame[0]) for run in runs]
    other = [_reflected_run(run, frame[0]) for run in reversed(half)]
    return [_joined(half, other)]


def _joined(half: list[Run], other: list[Run]) -> Ring:
    """Half a ring and its mirror image as one ring; they meet on the midline at both ends."""
    if len(half) == 1 and not half[0].straight:
        return (Run(np.vstack([half[0].points[:-1], other[0].points[:-1]]), closed=True),)
    runs = [*half, *other]
    for first in (len(half) - 1, len(runs) - 1):
        runs[first], runs[(first + 1) % len(runs)] = _merged(runs[first], runs[(first + 1) % len(runs)])
    return tuple(run for run in runs if len(run.points))


def _merged(first: Run, second: Run) -> tuple[Run, Run]:
    """Two runs that meet on the midline as one, with an empty one in the other's place."""
    joined = Run(np.vstack([first.points[:-1], second.points]), straight=first.straight)
    return Run(np.empty((0, 2)), straight=first.straight), joined


def _ring(points: Array, frame: Array, smooth: float, *, left: bool) -> Ring:
    """A closed contour (first point not repeated) as smoothed runs, starting where it leaves the frame."""
    on_frame = _on_frame(points, frame, left)
    if not on_frame.any():
        return (_smoothed(Run(points, closed=True), smooth, None),)
    if on_frame.all():
        return (Run(np.vstack([points, points[:1]]), straight=True),)
    start = int(np.flatnonzero(on_frame & ~np.roll(on_frame, -1))[0])
    points = np.roll(points, -start, axis=0)
    return tuple(_smoothed(run, smooth, None) for run in _runs(np.vstack([points, points[:1]]), frame, left=left))


def _on_frame(points: Array, frame: Array, left: bool) -> NDArray[np.bool_]:
    """Which points lie on the frame; the ``left`` edge counts unless it is the midline."""
    x, y = points.T
    edge = (y <= frame[1] + REACH) | (x >= frame[2] - REACH) | (y >= frame[3] - REACH)
    return np.asarray(edge | (x <= frame[0] + REACH) if left else edge)


def _runs(points: Array, frame: Array, *, left: bool) -> list[Run]:
    """An open contour split where it joins and leaves the frame. Neighbouring runs share their end point."""
    along = _on_frame(points, frame, left)
    straight = along[:-1] & along[1:]
    cuts = [0, *(np.flatnonzero(straight[1:] != straight[:-1]) + 1).tolist(), len(points) - 1]
    return [
        Run(_corners(points[a : b + 1]) if straight[a] else points[a : b + 1], straight=bool(straight[a]))
        for a, b in pairwise(cuts)
    ]


def _corners(points: Array) -> Array:
    """The ends of a run along the frame, and the frame's corners that it turns at."""
    back, ahead = np.diff(points, axis=0)[:-1], np.diff(points, axis=0)[1:]
    turns = np.abs(back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0]) > REACH
    return np.asarray(points[np.concatenate([[True], turns, [True]])])


def _smoothed(run: Run, reach: float, middle: float | None) -> Run:
    """A free run made dense and smooth. Its ends stay; on the midline it is smoothed together with its image."""
    if run.straight:
        return run
    points = dense(run.points, closed=run.closed)
    if run.closed:
        return Run(gaussian_filter1d(points, reach / STEP, axis=0, mode="wrap"), closed=True)
    ends = [middle is not None and abs(x - middle) < REACH for x in (points[0, 0], points[-1, 0])]
    return Run(smooth_open(points, reach, *ends))


def smooth_open(points: Array, reach: float, image_first: bool = False, image_last: bool = False) -> Array:
    """Smooth an open dense curve, its ends kept. Beyond an end it goes on turned about it, or as its mirror image."""
    count = min(len(points) - 1, int(4 * reach / STEP) + 1)
    before, after = points[1 : count + 1][::-1], points[-count - 1 : -1][::-1]
    before = before * [-1, 1] + [2 * points[0, 0], 0] if image_first else 2 * points[0] - before
    after = after * [-1, 1] + [2 * points[-1, 0], 0] if image_last else 2 * points[-1] - after
    extended = np.vstack([before, points, after])
    return np.asarray(gaussian_filter1d(extended, reach / STEP, axis=0, mode="nearest")[count : count + len(points)])


def dense(points: Array, *, closed: bool = False) -> Array:
    """The same curve with points ``STEP`` apart; a closed curve's first point is not repeated."""
    if closed:
        points = np.vstack([points, points[:1]])
    along = _along(points)
    count = max(8, int(np.ceil(along[-1] / STEP)))
    places = np.linspace(0, along[-1], count + 1)[: count if closed else count + 1]
    return np.column_stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)])


def _along(points: Array) -> Array:
    """The length of the curve up to each point."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])


def _area(points: Array) -> float:
    x, y = points.T
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def _reflected(points: Array, middle: float) -> Array:
    return points * [-1, 1] + [2 * middle, 0]


def _reflected_run(run: Run, middle: float) -> Run:
    """The mirror image, run through backwards; a closed one from the same point, so that its knots are images too."""
    points = _reflected(run.points, middle)[::-1]
    return Run(np.roll(points, 1, axis=0) if run.closed else points, run.straight, run.closed)


def _reflected_ring(ring: Ring, middle: float) -> Ring:
    return tuple(_reflected_run(run, middle) for run in reversed(ring))


def path(rings: list[Ring], error: float) -> str:
    """Path data of closed rings to fill."""
    return "".join(_ring_path(ring, error) for ring in rings)


def strokes(rings: list[Ring], error: float) -> str:
    """Path data of the free curves of the rings alone: what an outline shows of a body that runs off the picture."""
    parts = []
    for ring in rings:
        for run in ring:
            if not run.straight:
                pen = Pen(run.points[0])
                pen.curve(knots(run.points, error, closed=run.closed), closed=run.closed)
                parts.append(pen.text + ("z" if run.closed else ""))
    return "".join(parts)


def corners(points: Array) -> Array:
    """The points of an open line where it turns, with both its ends."""
    ahead = _unit(np.diff(points, axis=0))
    turns = np.abs(ahead[1:] - ahead[:-1]).max(axis=1) > 1e-6
    return np.asarray(points[np.concatenate([[True], turns, [True]])])


def _ring_path(ring: Ring, error: float) -> str:
    pen = Pen(ring[0].points[0])
    for run in ring:
        if run.straight:
            pen.lines(corners(run.points)[1:])
        else:
            pen.curve(knots(run.points, error, closed=run.closed), closed=run.closed)
    return pen.text + "z"


def knots(points: Array, error: float, *, closed: bool = False) -> Array:
    """Knots (k, 4: x, y and the unit direction there) of a dense curve, closer together where it bends more.

    A cubic through knots h apart on an arc of radius r is off by about h^4 / (300 r^3): that sets the distance.
    """
    mode: Literal["wrap", "nearest"] = "wrap" if closed else "nearest"
    around = np.vstack([points, points[:1]]) if closed else points
    steps = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0) if closed else np.gradient(points, axis=0)
    direction = _unit(gaussian_filter1d(steps, 1.0, axis=0, mode=mode))
    ahead, behind = (np.roll(direction, shift, axis=0) for shift in (-1, 1))
    bend = np.arcsin(np.clip(np.abs(ahead[:, 0] * behind[:, 1] - ahead[:, 1] * behind[:, 0]), 0, 1)) / (2 * STEP)
    if not closed:
        bend[[0, -1]] = bend[[1, -2]]
    bend = maximum_filter1d(gaussian_filter1d(bend, 1.0 / STEP, mode=mode), round(2 / STEP) + 1, mode=mode)
    apart = np.clip((300 * error) ** 0.25 * np.maximum(bend, 1e-6) ** -0.75, CLOSEST, FURTHEST)
    apart = np.exp(gaussian_filter1d(np.log(apart), 2.0 / STEP, mode=mode))
    share = 1 / apart
    share = np.concatenate([share, share[:1]]) if closed else share
    passed = np.concatenate([[0.0], np.cumsum((share[1:] + share[:-1]) / 2 * np.hypot(*np.diff(around, axis=0).T))])
    count = max(3 if closed else 1, int(np.ceil(passed[-1])))
    at = np.interp(np.linspace(0, passed[-1], count + 1), passed, np.arange(len(passed)))
    whole = np.column_stack([around, np.vstack([direction, direction[:1]]) if closed else direction])
    found = np.column_stack([np.interp(at, np.arange(len(whole)), whole[:, column]) for column in range(4)])
    return np.column_stack([found[:, :2], _unit(found[:, 2:])])


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.hypot(*vectors.T), 1e-9)[:, None])


class Pen:
    """Writes relative path data in tenths of a unit, keeping count of what was rounded so that errors never add up."""

    def __init__(self, start: Array) -> None:
        self.at = np.round(start * 10).astype(int)
        self.text = f"M{_number(self.at[0])}{_spaced(self.at[1])}"

    def lines(self, points: Array) -> None:
        """Straight on to each point."""
        for x, y in np.round(points * 10).astype(int):
            dx, dy = x - self.at[0], y - self.at[1]
            if dx or dy:
                self._write("l", dx, dy)
            self.at = np.array([x, y])

    def curve(self, places: Array, *, closed: bool = False) -> None:
        """On through the knots (k, 4); the pen stands at the first. Handles are alike on both sides of a knot, which
        is what the short "s" command needs."""
        gaps = np.hypot(*np.diff(places[:, :2], axis=0).T)
        before = np.concatenate([gaps[-1:] if closed else gaps[:1], gaps])
        after = np.concatenate([gaps, gaps[:1] if closed else gaps[-1:]])
        handles = places[:, 2:] * (np.minimum(before, after) * 0.6 + np.maximum(before, after) * 0.4)[:, None] / 3
        handles *= np.minimum(1.0, 0.6 * np.minimum(before, after) / np.maximum(np.hypot(*handles.T), 1e-9))[:, None]
        ends = np.round(places[:, :2] * 10).astype(int)
        into = np.round((places[:, :2] - handles) * 10).astype(int)
        first = np.round((places[0, :2] + handles[0]) * 10).astype(int) - self.at
        for index in range(1, len(places)):
            control, end = into[index] - self.at, ends[index] - self.at
            if index == 1:
                self._write("c", *first, *control, *end)
            else:
                self._write("s", *control, *end)
            self.at = ends[index]

    def _write(self, command: str, *numbers: int) -> None:
        head, *rest = numbers
        self.text += command + _number(head) + "".join(_spaced(number) for number in rest)


def _number(tenths: int) -> str:
    whole, tenth = divmod(abs(int(tenths)), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole or ''}.{tenth}" if tenth else f"{sign}{whole}" if whole else "0"


def _spaced(tenths: int) -> str:
    """A number that follows another: a minus sign parts them by itself."""
    text = _number(tenths)
    return text if text.startswith("-") else f" {text}"
