"""Pictures of numbers: a forest plot, people as dots, and time as a line. Data in, SVG out; knows no atlas, no Flask.

Every picture is narrow (WIDTH units) so that it can be read on a phone, carries its content as a title and description,
and stands beside a table or words of equal content. Colours come from the page's CSS classes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import svgwrite

from bodymap.model import Claim, Effect, Frequency, Phase, Regimen
from bodymap.svg import element, group, link, n, text

WIDTH = 400.0
"""Width of every picture in SVG units; its smallest letters are 10.5 units high."""
LEAST, MOST = -20.0, 40.0
"""The ends of the plot's scale: points of 100, or people of 100."""
ROW = 44.0
"""Height of a row of the plot: a line of words and its interval beneath."""
LEFT, RIGHT = 8.0, WIDTH - 8.0
ACROSS = 10
"""Dots in a row of an icon array."""


@dataclass(frozen=True)
class Rows:
    """A part of the plot under its heading."""

    heading: str
    effects: Sequence[Effect]


@dataclass(frozen=True)
class Words:
    """The words of the plot that are the page's to say (and to translate)."""

    title: str
    description: str
    worse: str
    better: str
    against: str
    conditional: str
    agree: str
    kinds: Mapping[str, str]
    """What the row of an effect says of its kind of pain; a kind that is not here goes without saying."""


def forest(guidelines: Sequence[Claim], parts: Sequence[Rows], words: Words) -> str:
    """Guidelines on top by their stance, then every effect with its 95% interval on one scale, zero in the middle."""
    canvas = group(class_="plot")
    y = 16.0
    if guidelines:
        y = _stances(canvas, guidelines, words, y)
    top = y
    for part in parts:
        canvas.add(text(part.heading, LEFT, y + 14, class_="heading"))
        y += 24
        for effect in part.effects:
            _effect(canvas, effect, words, y)
            y += ROW
        y += 6
    grid = _grid(top, y, words)
    return _document("forest", y + 34, words.title, words.description, [grid, canvas], role="group")


def _stances(canvas: Any, guidelines: Sequence[Claim], words: Words, y: float) -> float:
    third = (RIGHT - LEFT) / 3
    order = ("against", "conditional", "for")
    for place, name in enumerate((words.against, words.conditional, words.agree)):
        canvas.add(text(name, LEFT + third * (place + 0.5), y, class_="axis", text_anchor="middle"))
    y += 8
    for item in guidelines:
        canvas.add(_row(item.id, item.title, y + 14))
        for place, stance in enumerate(order):
            chosen = " chosen" if item.stance == stance else ""
            x = LEFT + third * place
            canvas.add(  
                element("rect", x=n(x + 2), y=n(y + 19), width=n(third - 4), height="12", rx="6",
                        class_=f"stance {stance}{chosen}")
            )  # fmt: skip
        y += 40
    return y + 6


def _effect(canvas: Any, effect: Effect, words: Words, y: float) -> None:
    """One row: who and how many, the value, and beneath it the interval with a square as large as the study."""
    add = canvas.add
    kind = f"{words.kinds[effect.kind]}, " if effect.kind in words.kinds else ""
    add(_row(effect.id, f"{effect.study} {effect.year}, {kind}{effect.when}", y + 12))
    add(text(_figures(effect), RIGHT, y + 12, class_="value", text_anchor="end"))
    middle = y + 26
    if effect.low is not None and effect.high is not None:
        low, high = _within(effect.low), _within(effect.high)
        add(element("line", x1=n(_x(low)), x2=n(_x(high)), y1=n(middle), y2=n(middle), class_="interval"))
        for value, end in ((low, effect.low), (high, effect.high)):
            if value == end:  # an end beyond the scale has no stroke across it
                add(element("line", x1=n(_x(value)), x2=n(_x(value)), y1=n(middle - 4), y2=n(middle + 4),
                            class_="interval"))  # fmt: skip
    half = 3.0 + min(math.sqrt(effect.people) / 12, 6.0)
    shape = f"square {effect.scale} {effect.certainty}"
    x = _x(_within(effect.value))
    add(element("rect", x=n(x - half), y=n(middle - half), width=n(2 * half), height=n(2 * half), class_=shape))


def _row(name: str, words: str, y: float) -> Any:
    """The label of a row as a link to the line of the page that says on whose word it stands: "#row-" and its id."""
    way = link(f"#row-{name}", f"{words}: who says so")
    way.add(text(words, LEFT, y, class_="label"))
    return way


def _within(value: float) -> float:
    """The value, or the end of the scale that it lies beyond."""
    return min(max(value, LEAST), MOST)


def _figures(effect: Effect) -> str:
    """The value with its interval, as a reader writes it: "5 (−4 to 14)"."""
    ends = "" if effect.low is None or effect.high is None else f" ({_whole(effect.low)} to {_whole(effect.high)})"
    return _whole(effect.value) + ends


def _whole(value: float) -> str:
    """A whole number with a true minus sign; what rounds to nothing has no sign."""
    return str(round(value)).replace("-", "−")


def _x(value: float) -> float:
    return LEFT + 20 + (value - LEAST) / (MOST - LEAST) * (RIGHT - LEFT - 40)


def _grid(top: float, bottom: float, words: Words) -> Any:
    holder = group(class_="grid")
    for value in range(int(LEAST), int(MOST) + 1, 10):
        name = "zero" if value == 0 else "tick"
        x = n(_x(value))
        holder.add(element("line", x1=x, x2=x, y1=n(top), y2=n(bottom), class_=name))
        label = f"{value}".replace("-", "−")
        holder.add(text(label, _x(value), bottom + 14, class_="axis", text_anchor="middle"))
    holder.add(text(f"← {words.worse}", _x(0) - 6, bottom + 29, class_="axis", text_anchor="end"))
    holder.add(text(f"{words.better} →", _x(0) + 6, bottom + 29, class_="axis"))
    return holder


def people(frequency: Frequency, words: str) -> str:
    """``count`` of ``of`` as dots, the counted ones filled and first; a dot is one however many there are.

    Beyond 10,000 nothing is drawn, since a dot would no longer be seen.
    """
    if frequency.of > 10_000:
        return ""
    across = ACROSS if frequency.of <= 100 else 40 if frequency.of <= 1000 else 100
    down = math.ceil(frequency.of / across)
    pitch = (200.0 if frequency.of > 100 else 150.0) / across
    radius = 0.36 * pitch
    canvas = group(class_="people")
    for row in range(down):  # a dashed line of round dots: one element for a row, whatever it holds
        length = pitch * (min(across, frequency.of - row * across) - 1)
        path = f"M{pitch / 2:.2f} {pitch * (row + 0.5):.2f}h{length + 0.01:.2f}"
        canvas.add(element("path", d=path, class_="others", stroke_width=f"{2 * radius:.2f}",
                           stroke_dasharray=f"0 {pitch:.3f}"))  # fmt: skip
    for nth in range(frequency.count):
        row, column = divmod(nth, across)
        canvas.add(element("circle", cx=n(pitch * (column + 0.5)), cy=n(pitch * (row + 0.5)),
                           r=n(max(1.3 * radius, 2.4)), class_="counted"))  # fmt: skip
    return _document("icons", pitch * down, words, words, [canvas], width=pitch * across)


def session(phases: Sequence[Phase], title: str) -> str:
    """A session as a line of time, each phase as wide as it is long, named above and below in turn."""
    total = sum(phase.minutes for phase in phases)
    scale = (RIGHT - LEFT) / total
    canvas = group(class_="session")
    x = LEFT
    for place, phase in enumerate(phases):
        width = phase.minutes * scale
        canvas.add(
            element("rect", x=n(x), y="34", width=n(width - 2), height="22", rx="5", class_=f"phase {phase.kind}")
        )
        middle, above = x + width / 2, place % 2 == 0
        anchor = "start" if place == 0 else "end" if place == len(phases) - 1 else "middle"
        at = x if place == 0 else x + width - 2 if place == len(phases) - 1 else middle
        canvas.add(text(phase.name, at, 24 if above else 74, class_="label", text_anchor=anchor))
        canvas.add(text(f"{phase.minutes:.0f}", middle - 1, 50, class_="minutes", text_anchor="middle"))
        x += width
    return _document("timeline", 84, title, title, [canvas])


def courses(regimens: Sequence[Regimen], weeks: int, title: str, week_word: str) -> str:
    """Courses of treatment on one line of weeks: a dot a session, hollow for those that only some people had."""
    canvas = group(class_="courses")
    scale = (RIGHT - LEFT - 16) / weeks
    y = 10.0
    for regimen in regimens:
        few, many = regimen.sessions
        canvas.add(text(regimen.name, LEFT, y + 10, class_="label"))
        canvas.add(text(f"{few}" if few == many else f"{few}–{many}", RIGHT, y + 10, class_="value", text_anchor="end"))
        span = max(regimen.weeks, 0.2) * scale
        canvas.add(element("line", x1=n(LEFT + 8), x2=n(LEFT + 8 + span), y1=n(y + 22), y2=n(y + 22), class_="span"))
        for nth in range(many):
            x = LEFT + 8 + (span * nth / max(many - 1, 1))
            name = "sitting" if nth < few else "sitting some"
            canvas.add(element("circle", cx=n(x), cy=n(y + 22), r="3.4", class_=name))
        y += 38
    for week in range(0, weeks + 1, 2):
        x = LEFT + 8 + week * scale
        canvas.add(text(str(week), x, y + 10, class_="axis", text_anchor="middle"))
    canvas.add(text(week_word, LEFT, y + 25, class_="axis"))
    return _document("timeline", y + 32, title, title, [canvas])


def _document(name: str, height: float, title: str, description: str, parts: Sequence[Any],
              width: float = WIDTH, role: str = "img") -> str:  # fmt: skip
    """The whole ``<svg>``: an image (a group, where it holds links) with a name and a description for those who do not
    see it."""
    drawing = svgwrite.Drawing(size=None, viewBox=f"0 0 {n(width)} {n(height)}", debug=False)
    drawing.attribs = {"viewBox": f"0 0 {n(width)} {n(height)}", "role": role, "aria-label": title,
                       "class": f"diagram {name}"}  # fmt: skip
    drawing.defs.elements.clear()
    drawing.elements.remove(drawing.defs)
    if description != title:
        drawing.set_desc(desc=description)
    for part in parts:
        drawing.add(part)
    return str(drawing.tostring())
