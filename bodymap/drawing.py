"""Points and regions in, SVG out: the overlay that lies on a figure. The only room that knows svgwrite; knows no Flask.

A figure is a cached file shown with ``<use>``. What is drawn here is the layer over it: tinted regions, danger zones,
measuring marks and points, each a real link. Coordinates are SVG units of the view.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import svgwrite
from svgwrite.base import BaseElement
from svgwrite.container import Group

from bodymap.model import Mark, View

Spot = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """A point on the map. ``id`` is unique on the page; ``number`` is its badge ("" draws a plain dot)."""

    id: str
    code: str
    href: str
    label: str
    x: float
    y: float
    number: str = ""
    chosen: bool = False
    alternative: bool = False
    caption: str = ""
    """Words beside the dot, such as its code; "" writes none."""
    ring: float = 0.0
    """Radius of plausible error in SVG units; 0 draws none."""


@dataclass(frozen=True)
class Area:
    """A region or zone on the map, as one or more paths. Without ``href`` it is only drawn."""

    id: str
    slug: str
    label: str
    paths: tuple[str, ...]
    href: str = ""
    kind: str = "region"
    chosen: bool = False


@dataclass(frozen=True)
class Picture:
    """All that a view shows."""

    view: View
    figure_href: str
    label: str
    id: str
    areas: Sequence[Area] = ()
    dots: Sequence[Dot] = ()
    marks: Sequence[Mark] = ()
    window: tuple[float, float, float, float] | None = None
    """Left, top, width and height of the part to show; None shows the whole view."""
    hx: dict[str, str] = field(default_factory=dict)
    """htmx attributes that every link carries besides its own hx-get."""


def draw(picture: Picture) -> str:
    """The whole ``<svg>`` as text: figure, then areas, marks, points, then L and R."""
    view = picture.view
    box = " ".join(_n(side) for side in picture.window or (0, 0, view.width, view.height))
    drawing = svgwrite.Drawing(
        size=None, viewBox=box, debug=False, id=picture.id, role="group",
        aria_label=picture.label, class_="view",
    )  # fmt: skip
    for name in ("width", "height", "baseProfile", "version"):
        drawing.attribs.pop(name, None)
    drawing.attribs = {_dashed(name): value for name, value in drawing.attribs.items()}
    drawing.attribs["data-cun"] = _n(view.cun)
    drawing.defs.elements.clear()
    drawing.elements.remove(drawing.defs)
    drawing.add(_element("use", href=picture.figure_href, class_="figure", aria_hidden="true"))
    drawing.add(overlay(picture))
    if not picture.window:
        drawing.add(_sides(view))
    return str(drawing.tostring())


def overlay(picture: Picture) -> BaseElement:
    """The part that a click exchanges: areas, marks and points."""
    size = picture.window[3] / 30 if picture.window else marker_size(picture.view)
    layer = _group(id=f"over-{picture.id}", class_="overlay")
    for area in picture.areas:
        layer.add(_area(area, picture.hx))
    for mark in picture.marks:
        layer.add(_mark(mark, size))
    dots = list(picture.dots)
    spots = spread([(dot.x, dot.y) for dot in dots], [bool(dot.number) for dot in dots], 1.95 * size)
    cells = nearest_cells([(dot.x, dot.y) for dot in dots], 2.4 * size)
    for dot, spot, cell in zip(dots, spots, cells, strict=True):
        layer.add(_dot(dot, spot, cell, size, picture.hx, middle=picture.view.width / 2))
    return layer


def marker_size(view: View) -> float:
    """Radius of a numbered badge in SVG units."""
    return view.height / 100 if not view.zoom else view.height / 40


def spread(spots: Sequence[Spot], badges: Sequence[bool], gap: float) -> list[Spot]:
    """Where the badges go so that no two lie closer than ``gap``; plain dots stay in place. Deterministic."""
    placed = [list(spot) for spot in spots]
    movable = [index for index, badge in enumerate(badges) if badge]
    for _ in range(60):
        moved = False
        for rank, a in enumerate(movable):
            for b in movable[rank + 1 :]:
                dx, dy = placed[b][0] - placed[a][0], placed[b][1] - placed[a][1]
                distance = math.hypot(dx, dy)
                if distance >= gap - 0.05:
                    continue
                if distance < 1e-6:
                    dx, dy, distance = 0.0, 1.0, 1.0
                push = (gap - math.hypot(placed[b][0] - placed[a][0], placed[b][1] - placed[a][1])) / 2
                placed[a] = [placed[a][0] - dx / distance * push, placed[a][1] - dy / distance * push]
                placed[b] = [placed[b][0] + dx / distance * push, placed[b][1] + dy / distance * push]
                moved = True
        if not moved:
            break
    return [(spot[0], spot[1]) for spot in placed]


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


def _area(area: Area, hx: dict[str, str]) -> BaseElement:
    chosen = " chosen" if area.chosen else ""
    holder = (
        _link(area.href, area.label, hx, id=area.id, class_=f"area {area.kind}{chosen}", data_slug=area.slug)
        if area.href
        else _group(id=area.id, class_=f"area {area.kind}{chosen}", data_slug=area.slug, aria_label=area.label)
    )
    holder.add(_titled(area.label))
    for path in area.paths:
        holder.add(_element("path", d=path))
    return holder


def _caption(dot: Dot, size: float, outward: float) -> BaseElement:
    """The words beside a chosen point, on the side away from the middle of the picture."""
    left = dot.x < outward
    place = (_n(dot.x + (-0.9 if left else 0.9) * size), _n(dot.y - 0.9 * size))
    text = svgwrite.text.Text(dot.caption, insert=place, debug=False)
    text.attribs |= {"class": "caption", "font-size": _n(1.5 * size), "text-anchor": "end" if left else "start"}
    text.attribs["aria-hidden"] = "true"
    return text


def _dot(dot: Dot, spot: Spot, cell: Sequence[Spot], size: float, hx: dict[str, str], *, middle: float) -> BaseElement:
    classes = "point" + " chosen" * dot.chosen + " alternative" * dot.alternative
    link = _link(dot.href, dot.label, hx, id=dot.id, class_=classes, data_code=dot.code)
    link.add(_titled(dot.label))
    link.add(_element("polygon", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in cell), class_="hit"))
    if dot.ring:
        link.add(_element("circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(dot.ring), class_="ring"))
    if not dot.number:
        radius = size * (0.6 if dot.chosen else 0.42)
        link.add(_element("circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(radius), class_="dot"))
        if dot.caption:
            link.add(_caption(dot, size, outward=middle))
        return link
    if math.hypot(spot[0] - dot.x, spot[1] - dot.y) > 0.5 * size:
        link.add(_element("line", x1=_n(dot.x), y1=_n(dot.y), x2=_n(spot[0]), y2=_n(spot[1]), class_="leader"))
        link.add(_element("circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(size * 0.25), class_="dot"))
    link.add(_element("circle", cx=_n(spot[0]), cy=_n(spot[1]), r=_n(size), class_="badge"))
    text = svgwrite.text.Text(dot.number, insert=(_n(spot[0]), _n(spot[1] + size * 0.38)), debug=False)
    text.attribs |= {
        "class": "number",
        "font-size": _n(size * (1.1 if len(dot.number) < 3 else 0.85)),
        "aria-hidden": "true",
    }
    link.add(text)
    return link


def _mark(mark: Mark, size: float) -> BaseElement:
    group = _group(class_=f"mark {mark.kind}", aria_hidden="true")
    group.add(_element("path", d=mark.path))
    if mark.label:
        text = svgwrite.text.Text(mark.label, insert=(_n(mark.x), _n(mark.y)), debug=False)
        text.attribs |= {"font-size": _n(size * 1.05)}
        group.add(text)
    return group


def _sides(view: View) -> BaseElement:
    """L and R of the person, always labelled on views that show both sides."""
    group = _group(class_="sides", aria_hidden="true")
    on_left = {"front": "R", "back": "L", "lower-back": "L", "shoulder": "L", "head-front": "R"}.get(view.id)
    if on_left:
        edge, size = view.height * 0.035, view.height * 0.026
        for letter, x in ((on_left, edge), ("R" if on_left == "L" else "L", view.width - edge)):
            text = svgwrite.text.Text(letter, insert=(_n(x), _n(edge)), debug=False)
            text.attribs |= {"font-size": _n(size)}
            group.add(text)
    return group


def _link(href: str, label: str, hx: dict[str, str], **attributes: str) -> BaseElement:
    link = svgwrite.container.Hyperlink(href, target="_self", debug=False)
    link.attribs.pop("xlink:href", None)
    link.attribs |= {"href": href, "hx-get": href, "aria-label": label, **hx}
    link.attribs |= {_dashed(name): value for name, value in attributes.items()}
    return link


def _group(**attributes: str) -> Any:
    group = Group(debug=False)
    group.attribs |= {_dashed(name): value for name, value in attributes.items()}
    return group


def _titled(text: str) -> BaseElement:
    return svgwrite.base.Title(text)


class _Plain(BaseElement):
    """An element by name, for the few that svgwrite has no use to check."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.elementname = name
        super().__init__(debug=False)
        self.attribs |= attributes


def _element(name: str, **attributes: str) -> BaseElement:
    return _Plain(name, {_dashed(key): value for key, value in attributes.items()})


def _dashed(name: str) -> str:
    """``aria_label`` -> ``aria-label``, ``class_`` -> ``class``."""
    return name if name in ("viewBox",) else name.rstrip("_").replace("_", "-")


def _n(value: float) -> str:
    """A number as short text, one decimal."""
    return f"{value:.1f}".removesuffix(".0")
