"""The pictures of a question and of its answer: a bare figure, a marked point, the true place beside the tap."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bodymap.atlas import Atlas
from bodymap.drawing import Picture
from bodymap.layout import Spot
from bodymap.model import Mark, Point, View
from bodymap.numbering import plain
from bodymap.quiz.model import Question
from bodymap.quiz.places import common_view, spots
from bodymap.quiz.scoring import SLIGHT
from bodymap.store.learning import Told
from bodymap.views import compose
from bodymap.views.page import Choice

AROUND = 3.5
"""How much of the body is shown around a tap and the true place, in cun."""
NEAR = 9.0
"""How far from a point that which it is measured from is shown with it, in cun."""
SPLIT = 0.3
"""From how many cun each way the ruler is drawn in two parts."""
SENTENCES = re.compile(r"(?<=[.!?]) +")
MARKED = "?"
"""What the badge says of a point that is to be named."""


def picture(atlas: Atlas, choice: Choice, question: Question) -> Picture | None:
    """What the question shows: a figure with nothing on it to tap, or one with the point to be named."""
    if not question.view:
        return None
    own = replace_figure(choice, question)
    image = compose.plain(atlas, own, question.view, "ask-")
    if question.form == "place":
        return image
    dots = [
        replace(
            compose.dot(atlas, image.view, image.id, spot),
            id=f"asked-{place}", href="#question", label=MARKED, code="", number=MARKED, fit="",
        )
        for place, spot in enumerate(spots(atlas, image.view, question.card.code))
    ]  # fmt: skip
    return replace(image, dots=dots)


def feedback(atlas: Atlas, choice: Choice, told: Told) -> Picture | None:
    """The true place, ringed; for a tap also where it fell, with a ruler to the nearest true place."""
    question = told.question
    if question.form == "order":
        return _row(atlas, choice, question)
    if question.form != "place" or not told.given:
        return compose.how_to_find(atlas, replace_figure(choice, question), atlas.points[question.card.code])
    image = compose.plain(atlas, replace_figure(choice, question), question.view, "told-")
    own = spots(atlas, image.view, question.card.code)
    dots = [
        replace(
            compose.dot(atlas, image.view, image.id, spot), chosen=True, caption=spot.code,
            ring=atlas.points[spot.code].ring * image.view.cun,
        )
        for spot in own
    ]  # fmt: skip
    tap = (float(told.given[0]), float(told.given[1]))
    true = min(own, key=lambda spot: math.dist((spot.x, spot.y), tap))
    found = atlas.marks(question.card.code, image.view.figure)
    marks = [mark for mark in found if mark.view == image.view.id]
    window = _window(image.view, tap, (true.x, true.y), marks)
    return replace(image, dots=dots, marks=[*marks, *_ruler(image.view, tap, (true.x, true.y), told)], window=window)


def unnamed(text: str, point: Point) -> str:
    """Where a point lies, without the sentences that name it; all of it where each one does."""
    kept = [
        sentence for sentence in SENTENCES.split(text)
        if not any(plain(name) in plain(sentence) for name in (point.code, point.pinyin))
    ]  # fmt: skip
    return " ".join(kept) or text


def _row(atlas: Atlas, choice: Choice, question: Question) -> Picture:
    """The points that were to be put in order, numbered in it, on one side of the body."""
    own = replace_figure(choice, question)
    image = compose.plain(atlas, own, common_view(atlas, own.figure, question.right).id, "told-")
    dots = []
    for number, code in enumerate(question.right, start=1):
        seen = spots(atlas, image.view, code)[-1:]
        dots += [replace(compose.dot(atlas, image.view, image.id, spot), number=str(number)) for spot in seen]
    return replace(image, dots=dots, window=compose.window_around(image.view, [(dot.x, dot.y) for dot in dots]))


def _window(view: View, tap: Spot, true: Spot, marks: Sequence[Mark]) -> tuple[float, float, float, float]:
    """A square, within the view, that holds the tap and the true place with half of AROUND cun about them, and what
    the place is measured from as long as it is near."""
    ends = compose.measured_from(marks)
    near = [end for end in ends if math.dist(end, true) <= NEAR * view.cun]
    xs, ys = zip(tap, true, *near, strict=True)
    reach = max(max(xs) - min(xs), max(ys) - min(ys)) + AROUND * view.cun
    return compose.square(view, (min(xs), min(ys), max(xs), max(ys)), max(reach, 2 * AROUND * view.cun))


def replace_figure(choice: Choice, question: Question) -> Choice:
    """The reader's choice with the question's own figure."""
    return Choice(choice.audience, question.figure, "", circumstances=choice.circumstances)


def _ruler(view: View, tap: Spot, true: Spot, told: Told) -> list[Mark]:
    """The tap as a cross, and the way from it to the true place with its length in cun: first up or down, then across,
    where it goes both ways."""
    code, size = told.question.card.code, view.cun * 0.18
    x, y = tap
    near, far, above, below = x - size, x + size, y - size, y + size
    cross = f"M{near:.1f} {above:.1f}L{far:.1f} {below:.1f}M{near:.1f} {below:.1f}L{far:.1f} {above:.1f}"
    marks = [Mark(code, view.figure, view.id, "off", "", cross, x, y)]
    split = len(told.verdict.parts) == 2 and min(told.verdict.parts) >= SPLIT
    stops = [tap, (x, true[1]), true] if split else [tap, true]
    for start, end in pairwise(stops):
        length = math.dist(start, end) / view.cun
        if length >= SLIGHT:
            line = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
            middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
            marks.append(Mark(code, view.figure, view.id, "off", f"{length:.1f} cun", line, *middle))
    return marks
