"""The pictures of a question and of its answer: a bare figure, a marked point, the true place beside the tap."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from bodymap.atlas import Atlas
from bodymap.drawing import Picture
from bodymap.model import Mark, Point, View
from bodymap.numbering import plain
from bodymap.quiz.model import Question
from bodymap.quiz.places import common_view, spots
from bodymap.store.learning import Told
from bodymap.views import compose
from bodymap.views.page import Choice

AROUND = 3.5
"""How much of the body is shown around a tap and the true place, in cun."""
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
    marks = _ruler(image.view, tap, (true.x, true.y), told)
    return replace(image, dots=dots, marks=marks, window=_window(image.view, tap, (true.x, true.y)))


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


def _window(view: View, tap: tuple[float, float], true: tuple[float, float]) -> tuple[float, float, float, float]:
    """A square that holds the tap and the true place with AROUND cun about them, within the view."""
    reach = max(abs(tap[0] - true[0]), abs(tap[1] - true[1])) / 2 + AROUND * view.cun
    side = min(2 * reach, view.width, view.height)
    left = min(max((tap[0] + true[0] - side) / 2, 0.0), view.width - side)
    top = min(max((tap[1] + true[1] - side) / 2, 0.0), view.height - side)
    return left, top, side, side


def replace_figure(choice: Choice, question: Question) -> Choice:
    """The reader's choice with the question's own figure."""
    return Choice(choice.audience, question.figure, "", circumstances=choice.circumstances)


def _ruler(view: View, tap: tuple[float, float], true: tuple[float, float], told: Told) -> list[Mark]:
    """From the tap to the true place: the tap as a cross, and the way between with its length in cun."""
    code, figure, size = told.question.card.code, view.figure, view.cun * 0.18
    x, y = tap
    near, far, above, below = x - size, x + size, y - size, y + size
    cross = f"M{near:.1f} {above:.1f}L{far:.1f} {below:.1f}M{near:.1f} {below:.1f}L{far:.1f} {above:.1f}"
    marks = [Mark(code, figure, view.id, "landmark", "", cross, x, y)]
    if told.verdict.distance and told.verdict.distance >= 0.1:
        middle = ((x + true[0]) / 2, (y + true[1]) / 2)
        line = f"M{x:.1f} {y:.1f}L{true[0]:.1f} {true[1]:.1f}"
        marks.append(Mark(code, figure, view.id, "line", f"{told.verdict.distance:.1f}", line, *middle))
    return marks
