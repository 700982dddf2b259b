"""How good an answer is. For a place: how far off in cun, and which way.

A view's ``cun`` turns its units into cun, so a verdict is the same in every view, at every zoom, on either figure.
Either side of the body counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bodymap.atlas import Atlas
from bodymap.model import Placement, View
from bodymap.numbering import plain
from bodymap.quiz.model import Grade, Question, Verdict
from bodymap.quiz.places import spots

RIGHT, NEAR = 0.5, 1.0
"""Within how many cun a place is right (a point's own ring where that is known better), and near."""
SLIGHT = 0.1
"""What is less than this many cun off in a direction is not told."""


def place(atlas: Atlas, question: Question, x: float, y: float) -> Verdict:
    """The verdict on a tap at x, y (SVG units of the question's view)."""
    view = atlas.views[question.figure, question.view]
    code = question.card.code
    own = spots(atlas, view, code)
    true = min(own, key=lambda spot: math.dist((spot.x, spot.y), (x, y)))
    distance = math.dist((true.x, true.y), (x, y)) / view.cun
    nearer = _nearer(atlas, view, code, (x, y), distance)
    found = grade(distance, atlas.points[code].ring, bool(nearer))
    parts = ways(view, true, (x, y), _middle(atlas, view))
    return Verdict(found, round(distance, 2), tuple(parts), nearer, tuple(parts.values()))


def grade(distance: float, ring: float, neighbour: bool) -> Grade:
    """Of a distance in cun. A place that lies nearer to another point is never right."""
    if distance <= min(ring, RIGHT) and not neighbour:
        return "right"
    return "near" if distance <= NEAR else "wrong"


def ways(view: View, true: Placement, tap: tuple[float, float], middle: float | None) -> dict[str, float]:
    """Which way the tap is off, and by how many cun: high or low, then medial or lateral (or left, right where no
    midline is seen)."""
    across, down = (tap[0] - true.x) / view.cun, (tap[1] - true.y) / view.cun
    found = {}
    if abs(down) >= SLIGHT:
        found["low" if down > 0 else "high"] = round(abs(down), 2)
    if abs(across) >= SLIGHT:
        if middle is None or true.side == "midline":
            way = "right" if across > 0 else "left"
        else:
            way = "lateral" if (true.x - middle) * across > 0 else "medial"
        found[way] = round(abs(across), 2)
    return found


def choice(question: Question, values: Sequence[str]) -> Verdict:
    """The verdict on chosen values: all right and, where order is asked, in order; one swap of neighbours is near."""
    if tuple(values) == question.right:
        return Verdict("right")
    if question.form == "order" and sorted(values) == sorted(question.right):
        misplaced = [at for at, value in enumerate(values) if value != question.right[at]]
        swapped = len(misplaced) == 2 and misplaced[1] - misplaced[0] == 1
        return Verdict("near" if swapped else "wrong")
    return Verdict("wrong")


def typed(atlas: Atlas, question: Question, text: str) -> Verdict:
    """The verdict on a name as people write it: code, pinyin, hanzi or English, any spelling that search takes."""
    point = atlas.points[question.card.code]
    names = {plain(name) for name in (point.pinyin, point.english, point.hanzi, point.hanzi_simplified)}
    meant = {meaning.code for meaning in atlas.numbering.meanings(text) if meaning.system != "older"}
    return Verdict("right" if point.code in meant or (plain(text) and plain(text) in names) else "wrong")


def _nearer(atlas: Atlas, view: View, code: str, tap: tuple[float, float], distance: float) -> str:
    """The point whose centre is nearer to the tap than the asked one's; rows such as Jiaji do not count."""
    best, found = distance * view.cun, ""
    for spot in atlas.placements(view.figure, view.id):
        if spot.code == code or not spot.visible or spot.position != "standard" or atlas.points[spot.code].others:
            continue
        apart = math.dist((spot.x, spot.y), tap)
        if apart < best - 1e-9:
            best, found = apart, spot.code
    return found


def _middle(atlas: Atlas, view: View) -> float | None:
    """Where the body's midline runs in the view: half way between a point's two sides. None where one side is seen."""
    sides: dict[str, dict[str, float]] = {}
    for spot in atlas.placements(view.figure, view.id):
        if spot.visible and spot.position == "standard":
            sides.setdefault(spot.code, {})[spot.side] = spot.x
    pairs = [(xs["left"] + xs["right"]) / 2 for xs in sides.values() if {"left", "right"} <= set(xs)]
    return sum(pairs) / len(pairs) if pairs else None
