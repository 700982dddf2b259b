"""Where things go on a picture so that each can be read and hit: badges apart, hit areas, labels clear of each other.

Plain geometry in SVG units. Knows no SVG and no points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

WIDTHS = {"ijltfr .,/'()": 0.5, "mw": 1.05, "MW": 1.11}
SMALL, LARGE = 0.72, 0.86
"""Widths over the size of the text, of narrow and broad letters, other small letters, and capitals and digits: those
of a wide bold sans serif, DejaVu's."""
DISTANCES = (0.7, 1.3, 2.2, 3.4, 4.8, 6.5)
"""How far from its place a label may stand, in sizes of its text; the nearest free one wins."""
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""On which sides of its place a label may stand, the best first: right, left, above, below, then the corners."""
STEP = re.compile(r"([MLCSmlcs])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


@dataclass(frozen=True)
class Label:
    """Words to place: at one of ``at``, the first that is free, in text of ``size``."""

    text: str
    size: float
    at: tuple[Spot, ...]
    upon: bool = False
    """Whether the words may stand upon the place itself, as the name of an area does."""

    @property
    def width(self) -> float:
        return self.size * sum(_width(letter) for letter in self.text)


@dataclass(frozen=True)
class Laid:
    """A label that has its place: where its text starts (x, baseline y), its box, and the spot it belongs to."""

    label: Label
    x: float
    y: float
    box: Box
    at: Spot

    @property
    def apart(self) -> bool:
        """Whether it stands so far from its spot that a line should lead there."""
        x, y = self.nearest
        return math.hypot(x - self.at[0], y - self.at[1]) > 2 * self.label.size

    @property
    def nearest(self) -> Spot:
        """The place of its box that is nearest to its spot."""
        left, top, right, bottom = self.box
        return min(max(self.at[0], left), right), min(max(self.at[1], top), bottom)


def lay(labels: Sequence[Label], taken: Sequence[Box], frame: Box) -> list[Laid]:
    """Place each label in turn within the frame, clear of what is taken and of those before it where that can be."""
    full = list(taken)
    laid = []
    for label in labels:
        best = _freest(label, full, frame)
        full.append(best.box)
        laid.append(best)
    return laid


def _freest(label: Label, taken: Sequence[Box], frame: Box) -> Laid:
    """The first place where nothing is covered, or the one where least is."""
    best, least = None, math.inf
    for choice in _choices(label, frame):
        covered = _covered(choice.box, taken)
        if covered < least:
            best, least = choice, covered
        if not covered:
            break
    assert best is not None, f"label {label.text!r} has no spot"
    return best


def _choices(label: Label, frame: Box) -> Iterator[Laid]:
    """Every place a label may take: nearer before farther, better sides first."""
    width, height = label.width, 1.2 * label.size
    left, top, right, bottom = (side + inset for side, inset in zip(frame, (2, 2, -2, -2), strict=True))
    for distance in (-1.0, *DISTANCES) if label.upon else DISTANCES:
        for x, y in label.at:
            for across, down in SIDES:
                reach = distance * label.size * (1.0 if 0 in (across, down) else 0.7)
                aside, off = (0.0, 0.0) if distance < 0 else (reach + width / 2, reach + height / 2)
                start = x + across * aside - width / 2
                head = y + down * off - height / 2
                start = min(max(start, left), max(left, right - width))
                head = min(max(head, top), max(top, bottom - height))
                box = (start, head, start + width, head + height)
                yield Laid(label, start, head + 0.95 * label.size, box, (x, y))


def _covered(box: Box, taken: Sequence[Box]) -> float:
    """How much of a box is covered by others, in square units."""
    left, top, right, bottom = box
    return sum(
        (min(right, other[2]) - max(left, other[0])) * (min(bottom, other[3]) - max(top, other[1]))
        for other in taken
        if other[0] < right and left < other[2] and other[1] < bottom and top < other[3]
    )


def stops(path: str) -> list[Spot]:
    """The places that a path of moves, lines and curves (M, L, C, S; capital or small) passes: each step's end."""
    x = y = 0.0
    found = []
    for command, values in STEP.findall(path):
        numbers = [float(number) for number in NUMBER.findall(values)]
        size = {"M": 2, "L": 2, "C": 6, "S": 4}[command.upper()]
        for last in range(size, len(numbers) + 1, size):
            x, y = (x * command.islower() + numbers[last - 2], y * command.islower() + numbers[last - 1])
            found.append((x, y))
    return found


def box_around(spot: Spot, radius: float) -> Box:
    return spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius


def holds(frame: Box, spot: Spot) -> bool:
    return frame[0] <= spot[0] <= frame[2] and frame[1] <= spot[1] <= frame[3]


def spread(spots: Sequence[Spot], badges: Sequence[bool], gap: float) -> list[Spot]:
    """Where the badges go so that no two lie closer than ``gap``; plain dots stay in place. Deterministic."""
    placed = list(spots)
    movable = [index for index, badge in enumerate(badges) if badge]
    for _ in range(60):
        moved = False
        for rank, a in enumerate(movable):
            for b in movable[rank + 1 :]:
                dx, dy = placed[b][0] - placed[a][0], placed[b][1] - placed[a][1]
                distance = math.hypot(dx, dy)
                if distance >= gap - 0.05:
                    continue
                push = (gap - distance) / 2
                if distance < 1e-6:
                    dx, dy, distance = 0.0, 1.0, 1.0
                placed[a] = (placed[a][0] - dx / distance * push, placed[a][1] - dy / distance * push)
                placed[b] = (placed[b][0] + dx / distance * push, placed[b][1] + dy / distance * push)
                moved = True
        if not moved:
            break
    return placed


def columns(spots: Sequence[Spot], frame: Box, reach: float, gap: float) -> tuple[list[Spot], float]:
    """Places in two columns ``reach`` beside the frame, for each spot in the nearer one (the emptier where both are as
    near), in the spots' order from top to bottom. The gap between them is answered too: less where a column is full."""
    left, top, right, bottom = frame
    held: tuple[list[int], list[int]] = ([], [])
    for index in sorted(range(len(spots)), key=lambda index: (spots[index][1], spots[index][0])):
        aside = spots[index][0] - (left + right) / 2
        column = held[aside > 0] if abs(aside) > gap / 4 else min(held, key=len)
        column.append(index)
    gap = min(gap, (bottom - top) / max(len(held[0]), len(held[1]), 1))
    placed = list(spots)
    for x, column in zip((left - reach, right + reach), held, strict=True):
        lowest = top + gap / 2
        for index in column:
            placed[index] = (x, max(spots[index][1], lowest))
            lowest = placed[index][1] + gap
        highest = bottom - gap / 2
        for index in column[::-1]:
            placed[index] = (x, min(placed[index][1], highest))
            highest = placed[index][1] - gap
    return placed, gap


def nearest_cells(spots: Sequence[Spot], radius: float) -> list[list[Spot]]:
    """For each spot the polygon of all places nearer to it than to any other, within ``radius``: its hit area."""
    circle = [(math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) for turn in range(16)]
    cells = []
    for index, (x, y) in enumerate(spots):
        cell = [(x + radius * cos, y + radius * sin) for cos, sin in circle]
        for other, (ox, oy) in enumerate(spots):
            distance = math.hypot(ox - x, oy - y)
            if other != index and 1e-6 < distance < 2 * radius:
                cell = _nearer(cell, (x, y), (ox, oy))
        cells.append(cell)
    return cells


def _nearer(polygon: list[Spot], own: Spot, other: Spot) -> list[Spot]:
    """The part of a convex polygon that lies nearer to ``own`` than to ``other`` (one Sutherland-Hodgman clip)."""
    nx, ny = other[0] - own[0], other[1] - own[1]
    limit = (other[0] ** 2 + other[1] ** 2 - own[0] ** 2 - own[1] ** 2) / 2
    kept: list[Spot] = []
    for start, end in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        a, b = start[0] * nx + start[1] * ny - limit, end[0] * nx + end[1] * ny - limit
        if a <= 0:
            kept.append(start)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept


def _width(letter: str) -> float:
    """The width of one letter over the size of its text."""
    special = (width for letters, width in WIDTHS.items() if letter in letters)
    return next(special, SMALL if letter.islower() else LARGE)
