"""Numbers in, SVG out: columns over days, shares with their uncertainty, distances over time, strength on a body.

Each chart is a whole ``<svg>`` with a title and a description, coloured by the page's style sheet (``progress.css``),
and says nothing by colour alone: what differs, differs in shape or filling. Words come from the caller, who also shows
the same content as a table. Charts are drawn 360 units wide, a phone's width, so that their words can be read there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import svgwrite

from bodymap.layout import Spot, nearest_cells
from bodymap.model import View
from bodymap.svg import element, group, n, text, titled

WIDTH = 360.0
Grade = Literal["right", "near", "wrong"]
Band = Literal["unseen", "weak", "growing", "strong"]


@dataclass(frozen=True)
class Head:
    """What a chart is called and what it shows in words; ``id`` is unique on the page."""

    id: str
    title: str
    description: str


@dataclass(frozen=True)
class Day:
    """A column: the day's two lines of label, how many are due, and how many of these should have been done before."""

    name: str
    number: str
    due: int
    overdue: int = 0


@dataclass(frozen=True)
class Share:
    """A row: the share of all answers that were right, and the share remembered with its range, all of 1.

    ``remembered`` is None where nothing was asked again after a day.
    """

    label: str
    right: float
    remembered: float | None
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Throw:
    """An answer on the figure: when (seconds), how far off (cun), and how that was graded."""

    when: float
    distance: float
    grade: Grade


@dataclass(frozen=True)
class Place:
    """A point upon the body, in SVG units of the view."""

    href: str
    label: str
    x: float
    y: float
    band: Band


def forecast(head: Head, days: Sequence[Day]) -> str:
    """A column for each day, with its number above; what is overdue is hollow and stands on top."""
    height, floor, ceiling = 168.0, 126.0, 22.0
    chart = _chart(head, WIDTH, height)
    slot = WIDTH / max(1, len(days))
    most = max([day.due for day in days], default=0) or 1
    chart.add(_line(0, floor, WIDTH, floor, "axis"))
    for place, day in enumerate(days):
        middle, tall = (place + 0.5) * slot, (floor - ceiling) * day.due / most
        hollow = (floor - ceiling) * day.overdue / most
        wide = min(0.68 * slot, 40)
        if day.due > day.overdue:
            chart.add(_box(middle - wide / 2, floor - tall + hollow, wide, tall - hollow, "column"))
        if day.overdue:
            edge = min(0.75, hollow / 2)  # half the stroke, which straddles the outline
            chart.add(_box(middle - wide / 2 + 0.75, floor - tall + edge, wide - 1.5, hollow - edge, "column overdue"))
        if day.due:
            chart.add(text(str(day.due), middle, floor - tall - 5, class_="value middle"))
        chart.add(text(day.name, middle, floor + 16, class_="tick middle"))
        chart.add(text(day.number, middle, floor + 31, class_="tick middle"))
    return str(chart.tostring())


def shares(head: Head, rows: Sequence[Share], target: float, target_label: str) -> str:
    """A row for each group: a bar for all answers, and a dot with its range for what was remembered."""
    top, step, left, right = 34.0, 25.0, 128.0, 322.0
    foot = top + step * len(rows)
    chart = _chart(head, WIDTH, foot + 24)
    across = right - left
    for share in (0.0, 0.5, 1.0):
        x = left + share * across
        chart.add(_line(x, top - 4, x, foot, "grid"))
        chart.add(text(f"{share:.0%}", x, foot + 16, class_="tick middle"))
    aim = left + target * across
    chart.add(_line(aim, top - 8, aim, foot, "target"))
    chart.add(text(target_label, min(aim, right), top - 14, class_="tick target end" if aim > 200 else "tick target"))
    for place, row in enumerate(rows):
        y = top + (place + 0.5) * step
        chart.add(text(row.label, left - 8, y + 4, class_="name end"))
        chart.add(_box(left, y - 5, max(row.right * across, 0.5), 10, "share"))
        if row.remembered is not None:
            chart.add(_line(left + row.low * across, y, left + row.high * across, y, "range"))
            at = left + row.remembered * across
            chart.add(element("circle", cx=n(at), cy=n(y), r="4.6", class_="remembered"))
        chart.add(text(str(row.count), WIDTH, y + 4, class_="tick end"))
    return str(chart.tostring())


def distances(
    head: Head, throws: Sequence[Throw], ticks: Sequence[tuple[float, str]], right_label: str, near_label: str,
    unit: str = "cun",
) -> str:  # fmt: skip
    """Each answer by time and distance: filled discs right, ringed near, crosses wrong; a line through the medians.

    Half a cun and one cun are drawn in. What lies beyond the upper edge is a triangle there. ``ticks``: when, and its
    words.
    """
    left, right, top, floor = 26.0, 328.0, 24.0, 184.0
    chart = _chart(head, WIDTH, 208)
    most = 4.0 if any(throw.distance > 2 for throw in throws) else 2.0
    start, end = min(throw.when for throw in throws), max(throw.when for throw in throws)

    def at(when: float, distance: float) -> Spot:
        x = (when - start) / (end - start) if end > start else 0.5
        return left + 6 + x * (right - left - 12), floor - min(distance, most) / most * (floor - top)

    for lower, upper, name, label in ((0.0, 0.5, "right", right_label), (0.5, 1.0, "near", near_label)):
        high, low = at(start, upper)[1], at(start, lower)[1]
        chart.add(_box(left, high, right - left, low - high, f"zone {name}"))
        chart.add(_line(left, high, right, high, "grid"))
        chart.add(text(label, right + 4, (high + low) / 2 + 4, class_="tick"))
    for cun in sorted({0.0, 0.5, 1.0, 2.0, most}):
        chart.add(text(f"{cun:g}", left - 5, at(start, cun)[1] + 4, class_="tick end"))
    chart.add(text(unit, 0, top - 10, class_="tick"))
    chart.add(_line(left, floor, right, floor, "axis"))
    for when, label in ticks:
        x = at(when, 0)[0]
        side = " end" if x > right - 30 else "" if x < left + 30 else " middle"
        chart.add(text(label, x, floor + 17, class_=f"tick{side}"))
    for throw in throws:
        chart.add(_throw(*at(throw.when, throw.distance), throw.grade, throw.distance > most))
    line = [at(when, distance) for when, distance in medians(throws)]
    if len(line) > 1:
        path = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in line)
        chart.add(element("path", d=path, class_="median"))
    return str(chart.tostring())


def medians(throws: Sequence[Throw], parts: int = 8) -> list[tuple[float, float]]:
    """The median time and distance of each of up to ``parts`` equal lots of the answers in order of time, of five or
    more answers each where there are as many."""
    ordered = sorted(throws, key=lambda throw: throw.when)
    lots = max(1, min(parts, len(ordered) // 5))
    size = len(ordered) / lots
    cut = [ordered[round(lot * size) : round((lot + 1) * size)] for lot in range(lots)]
    return [(median(t.when for t in lot), median(t.distance for t in lot)) for lot in cut if lot]


def body(head: Head, view: View, figure_href: str, places: Sequence[Place]) -> str:
    """The figure with a glow around what is weak and a mark on every point; each that was met is a link to it.

    Strong is a full disc, growing a half one, weak a diamond, not yet met a small ring. The links are for the pointer:
    hundreds of stops would stand in a keyboard's way, which finds the same links in the table.
    """
    size = view.height / 100
    chart = _chart(head, view.width, view.height, role="group")
    chart.add(element("use", href=figure_href, class_="figure", aria_hidden="true"))
    chart.add(_heat(head.id))
    glow = group(class_="glow", aria_hidden="true", fill=f"url(#{head.id}-heat)")
    for place in places:
        if place.band == "weak":
            glow.add(_disc(place.x, place.y, 4 * size, "heat"))
    chart.add(glow)
    met = [place for place in places if place.band != "unseen"]
    for place in places:
        if place.band == "unseen":
            chart.add(_place(place, [], size))
    for place, cell in zip(met, nearest_cells([(place.x, place.y) for place in met], 1.9 * size), strict=True):
        chart.add(_place(place, cell, size))
    sides = zip("LR" if view.left == "left" else "RL", (0.06, 0.94), strict=True) if view.left else ()
    for letter, share in sides:
        chart.add(text(letter, share * view.width, 3.5 * size, class_="side middle", aria_hidden="true"))
    return str(chart.tostring())


def _place(place: Place, cell: Sequence[Spot], size: float) -> Any:
    """A point's mark under its name, with a hit area where it is a link."""
    name = f"strength {place.band}"
    if place.band == "unseen":
        held = group(class_=name)
        held.add(titled(place.label))
    else:
        held = element("a", href=place.href, class_=name, aria_label=place.label, tabindex="-1")
        held.add(titled(place.label))
        held.add(element("polygon", points=" ".join(f"{n(x)},{n(y)}" for x, y in cell), class_="hit"))
    for mark in strength(place.x, place.y, size, place.band):
        held.add(mark)
    return held


def key(band: Band) -> str:
    """The mark of a band alone, for the legend."""
    chart = _chart(None, 24, 24)
    mark = group(class_=f"strength {band}")
    for part in strength(12, 12, 7, band):
        mark.add(part)
    chart.add(mark)
    return str(chart.tostring())


def strength(x: float, y: float, size: float, band: Band) -> list[Any]:
    """The mark of a band, ``size`` units in radius."""
    if band == "unseen":
        return [_disc(x, y, 0.45 * size, "mark")]
    if band == "weak":
        turn = n(1.25 * size), n(-1.25 * size)
        way = f"M{n(x)} {n(y - 1.25 * size)}l{turn[0]} {turn[0]}l{turn[1]} {turn[0]}l{turn[1]} {turn[1]}z"
        return [element("path", d=way, class_="mark")]
    disc = _disc(x, y, 0.9 * size, "mark")
    if band == "strong":
        return [disc]
    radius = n(0.9 * size)
    half = f"M{n(x)} {n(y - 0.9 * size)}a{radius} {radius} 0 0 0 0 {n(1.8 * size)}z"
    return [disc, element("path", d=half, class_="half")]


def _heat(id: str) -> Any:
    """A glow that fades outwards, in the style sheet's colour."""
    glow = element("radialGradient", id=f"{id}-heat")
    for offset, opacity in (("0", ".5"), (".4", ".3"), ("1", "0")):
        glow.add(element("stop", offset=offset, stop_opacity=opacity, class_="hot"))
    return glow


def _throw(x: float, y: float, grade: Grade, beyond: bool) -> Any:
    if beyond:
        return element("path", d=f"M{n(x)} {n(y - 4)}l4 7h-8z", class_="throw wrong beyond")
    if grade == "wrong":
        return element("path", d=f"M{n(x - 3)} {n(y - 3)}l6 6m0 -6l-6 6", class_="throw wrong")
    return _disc(x, y, 3.2, f"throw {grade}")


def _chart(head: Head | None, width: float, height: float, role: str = "img") -> Any:
    """An empty drawing; without a head it is for the eye alone."""
    chart = svgwrite.Drawing(size=None, viewBox=f"0 0 {n(width)} {n(height)}", debug=False)
    for name in ("width", "height", "baseProfile", "version"):
        chart.attribs.pop(name, None)
    chart.defs.elements.clear()
    chart.elements.remove(chart.defs)
    if head is None:
        chart.attribs |= {"class": "key", "aria-hidden": "true", "focusable": "false"}
        return chart
    chart.attribs |= {"class": "chart", "id": head.id, "role": role, "aria-label": head.title}
    chart.set_desc(desc=head.description)
    return chart


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> Any:
    return element("line", x1=n(x1), y1=n(y1), x2=n(x2), y2=n(y2), class_=name)


def _box(x: float, y: float, width: float, height: float, name: str) -> Any:
    sides = {"x": n(x), "y": n(y), "width": n(max(width, 0)), "height": n(max(height, 0))}
    return element("rect", **sides, class_=name)


def _disc(x: float, y: float, radius: float, name: str) -> Any:
    return element("circle", cx=n(x), cy=n(y), r=n(radius), class_=name)
