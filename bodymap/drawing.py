"""Points and regions in, SVG out: the overlay that lies on a figure. Knows no Flask.

A figure is a cached file shown with ``<use>``. What is drawn here is the layer over it: tinted regions, danger zones,
measuring marks and points, each a real link. Coordinates are SVG units of the view.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import svgwrite
from svgwrite.base import BaseElement

from bodymap.layout import (
    Box,
    Label,
    Laid,
    Spot,
    box_around,
    columns,
    holds,
    lay,
    nearest_cells,
    spread,
    stops,
)
from bodymap.model import Mark, View
from bodymap.svg import dashed as _dashed
from bodymap.svg import element as _element
from bodymap.svg import group as _group
from bodymap.svg import link as _link
from bodymap.svg import n as _n
from bodymap.svg import titled as _titled

COLUMN, APART = 2.25, 2.05
"""How wide a column of badges is, and how far apart they stand in it, in radii of a badge."""
LETTERS, PAPER_LETTERS = 1.1, 1.25
"""How high a number on a badge is in its radii: on a screen, and on paper."""


@dataclass(frozen=True)
class Dot:
    """A point on the map. ``id`` is unique on the page; ``number`` is its badge ("" draws a plain dot).
    Without ``href`` it is only drawn."""

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
    name: str = ""
    """Words that show beside the dot once there is room for them; the script decides when."""
    side: str = ""
    """The person's own side: ``left``, ``right`` or ``midline``."""
    fit: str = ""
    """What speaks against it for this person: ``blocked``, ``caution``, ``ask``, or nothing."""


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
    caption: str = ""
    """Words upon each of its paths; "" writes none."""


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
    badge: float = 0.0
    """Radius in SVG units of badges that are made for paper: they stand in columns beside the view, at the end of
    leaders, and cover no place. 0: small ones at their places, for a screen that zooms."""

    @property
    def frame(self) -> Box:
        """The part shown, as left, top, right and bottom."""
        left, top, width, height = self.window or (0.0, 0.0, self.view.width, self.view.height)
        return left, top, left + width, top + height


def draw(picture: Picture) -> str:
    """The whole ``<svg>`` as text: figure, then areas, marks, points, then L and R."""
    view = picture.view
    left, top, right, bottom = picture.frame
    beside = COLUMN * picture.badge
    box = " ".join(_n(side) for side in (left - beside, top, right - left + 2 * beside, bottom - top))
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
        drawing.add(sides(view, PAPER_LETTERS * picture.badge))
    return str(drawing.tostring())


def overlay(picture: Picture) -> BaseElement:
    """The part that a click exchanges: areas, marks and points."""
    size = picture.window[3] / 30 if picture.window else marker_size(picture.view)
    layer = _group(id=f"over-{picture.id}", class_="overlay")
    for area in picture.areas:
        layer.add(_area(area))
    for mark in picture.marks:
        layer.add(_group(class_=f"mark {mark.kind}", aria_hidden="true"))
        layer.elements[-1].add(_element("path", d=mark.path))
    dots = list(picture.dots)
    spots, badge = _badges(picture, size)
    cells = nearest_cells([(dot.x, dot.y) for dot in dots], 2.4 * size)
    captions, labels = _words(picture, size)
    for label in labels:
        layer.add(_label(label))
    for dot, spot in zip(dots, spots, strict=True):
        if _apart(dot, spot, badge):  # all of them beneath every badge
            layer.add(_anchor(dot, spot, badge))
    for dot, spot, cell in zip(dots, spots, cells, strict=True):
        layer.add(_dot(dot, spot, cell, size, captions.get(dot.id), badge))
    return layer


def _badges(picture: Picture, size: float) -> tuple[list[Spot], float]:
    """Where the dots' badges stand, and their radius."""
    spots = [(dot.x, dot.y) for dot in picture.dots]
    if not picture.badge:
        return spread(spots, [bool(dot.number) for dot in picture.dots], 1.95 * size), size
    numbered = [place for place, dot in enumerate(picture.dots) if dot.number]
    reach, gap = COLUMN / 2 * picture.badge, APART * picture.badge
    placed, gap = columns([spots[place] for place in numbered], picture.frame, reach, gap)
    for place, spot in zip(numbered, placed, strict=True):
        spots[place] = spot
    return spots, gap / APART


def _words(picture: Picture, size: float) -> tuple[dict[str, Laid], list[Laid]]:
    """Where the captions of dots (by the dot's id) and the labels of marks stand, clear of dots and each other."""
    frame = picture.frame
    captioned = [dot for dot in picture.dots if dot.caption]
    labels = [Label(dot.caption, 1.5 * size, ((dot.x, dot.y),)) for dot in captioned]
    for area in picture.areas:
        if area.caption:
            labels += [_name_of(area, path, size) for path in area.paths]
    for mark in picture.marks:
        if mark.label and (at := _places(mark, frame)):
            labels.append(Label(mark.label, 1.1 * size, at))
    taken = [
        box_around((dot.x, dot.y), max(0.85 * dot.ring, (0.7 if dot.chosen else 0.5) * size)) for dot in picture.dots
    ]
    for mark in picture.marks:
        spots = [(mark.x, mark.y)] if mark.kind == "landmark" else stops(mark.path)
        taken += [box_around(spot, 0.3 * size) for spot in spots]
    for area in picture.areas:
        if area.kind == "micro":
            taken += [box_around(spot, 0.4 * size) for path in area.paths for spot in stops(path)]
    laid = lay(labels, taken, frame)
    captions = {dot.id: laid.pop(0) for dot in captioned}
    return captions, laid


def _name_of(area: Area, path: str, size: float) -> Label:
    """The caption of an area: upon it, or beside it where it is too small for words."""
    if area.kind == "micro":
        return Label(area.caption, 1.3 * size, tuple(stops(path)))
    return Label(area.caption, 1.6 * size, _middles(path), upon=True)


def _middles(path: str) -> tuple[Spot, ...]:
    """Places within an area where its name may stand: the middle of its outline, then other places half way across."""
    outline = stops(path)
    half = len(outline) // 2
    across = [
        ((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in zip(outline, outline[half:] + outline[:half], strict=True)
    ]
    middle = sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline)
    return (min(across, key=lambda spot: math.dist(spot, middle)), *across[:: max(1, half // 3)][:4])


def _places(mark: Mark, frame: Box) -> tuple[Spot, ...]:
    """Where a mark's label may be read as its own: its own place, else along its line, within the frame."""
    line = [] if mark.kind == "landmark" else stops(mark.path)
    along = (line[0], line[-1], line[len(line) // 2], *line) if line else ()
    return tuple(spot for spot in ((mark.x, mark.y), *along) if holds(frame, spot))


def marker_size(view: View) -> float:
    """Radius of a numbered badge in SVG units."""
    return view.height / 100 if not view.zoom else view.height / 40


def _area(area: Area) -> BaseElement:
    chosen = " chosen" if area.chosen else ""
    holder = (
        _link(area.href, area.label, id=area.id, class_=f"area {area.kind}{chosen}", data_slug=area.slug)
        if area.href
        else _group(id=area.id, class_=f"area {area.kind}{chosen}", data_slug=area.slug, aria_label=area.label)
    )
    holder.add(_titled(area.label))
    for path in area.paths:
        holder.add(_element("path", d=path))
    return holder


def _dot(dot: Dot, spot: Spot, cell: Sequence[Spot], size: float, caption: Laid | None, badge: float) -> BaseElement:
    """A point. ``data-at`` tells the script its place, from which a badge may stand apart."""
    at = f"{_n(dot.x)},{_n(dot.y)}"
    about = {"id": dot.id, "class_": _classes("point", dot), "data_code": dot.code, "data_at": at}
    link = _link(dot.href, dot.label, **about) if dot.href else _group(**about)
    link.add(_titled(dot.label))
    link.add(_element("polygon", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in cell), class_="hit"))
    if dot.ring:
        link.add(_element("circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(dot.ring), class_="ring"))
    if dot.number:
        link.add(_tag(dot.number, spot, badge, dot.fit, LETTERS if badge == size else PAPER_LETTERS))
    else:
        radius = size * (0.6 if dot.chosen else 0.42)
        link.add(_element("circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(radius), class_="dot"))
        if dot.fit == "blocked":
            link.add(_strike((dot.x, dot.y), 0.8 * size, "dot strike"))
    if caption:
        link.add(_text(caption, "caption"))
    if dot.name:
        text = svgwrite.text.Text(dot.name, insert=(_n(dot.x + 0.8 * size), _n(dot.y + 0.4 * size)), debug=False)
        text.attribs |= {"class": "name", "font-size": _n(1.2 * size), "aria-hidden": "true"}
        link.add(text)
    return link


def _classes(kind: str, dot: Dot) -> str:
    """The class of what is drawn for a dot, with all that is said of it by its look."""
    return kind + " chosen" * dot.chosen + " alternative" * dot.alternative + f" {dot.fit}" * bool(dot.fit)


def _apart(dot: Dot, spot: Spot, size: float) -> bool:
    """Whether the badge stands so far from its place that a line must lead there."""
    return bool(dot.number) and math.dist(spot, (dot.x, dot.y)) > 0.5 * size


def _anchor(dot: Dot, spot: Spot, size: float) -> BaseElement:
    """The place of a badge that stands apart, and the line between them. ``data-of`` names the point for the script."""
    group = _group(class_=_classes("anchor", dot), data_of=dot.id, aria_hidden="true")
    group.add(_element("line", x1=_n(dot.x), y1=_n(dot.y), x2=_n(spot[0]), y2=_n(spot[1]), class_="leader"))
    group.add(_element("circle", cx=_n(dot.x), cy=_n(dot.y), r=_n(0.25 * size), class_="dot"))
    return group


def _tag(number: str, spot: Spot, size: float, fit: str, letters: float) -> BaseElement:
    """The badge with its number, ``letters`` radii high, struck through where the point is left out for this person."""
    tag = _group(class_="tag")
    tag.add(_element("circle", cx=_n(spot[0]), cy=_n(spot[1]), r=_n(size), class_="badge"))
    text = svgwrite.text.Text(number, insert=(_n(spot[0]), _n(spot[1] + size * letters * 0.345)), debug=False)
    letters = letters if len(number) < 3 else 0.85
    text.attribs |= {"class": "number", "font-size": _n(size * letters), "aria-hidden": "true"}
    if fit == "blocked":  # beneath the number, which must stay readable
        tag.add(_strike(spot, 1.5 * size, "strike"))
    tag.add(text)
    return tag


def _strike(spot: Spot, reach: float, name: str) -> BaseElement:
    """A stroke across a point that is left out: a shape, since colour alone says nothing to some."""
    (x, y), half = spot, reach * math.sqrt(0.5)
    return _element("path", d=f"M{_n(x - half)} {_n(y + half)}L{_n(x + half)} {_n(y - half)}", class_=name)


def _label(laid: Laid) -> BaseElement:
    """The words of a mark, with a line to their place where they had to stand apart."""
    group = _group(class_="mark words", aria_hidden="true")
    if laid.apart:
        (x1, y1), (x2, y2) = laid.at, laid.nearest
        group.add(_element("line", x1=_n(x1), y1=_n(y1), x2=_n(x2), y2=_n(y2)))
    group.add(_text(laid, "label"))
    return group


def _text(laid: Laid, name: str) -> BaseElement:
    text = svgwrite.text.Text(laid.label.text, insert=(_n(laid.x), _n(laid.y)), debug=False)
    text.attribs |= {"class": name, "font-size": _n(laid.label.size), "aria-hidden": "true"}
    return text


def sides(view: View, paper: float = 0.0) -> BaseElement:
    """L and R of the person, always labelled on views that show both sides; on ``paper`` in letters of that size,
    beside the head and clear of the columns of badges."""
    group = _group(class_="sides", aria_hidden="true")
    if view.left:
        letters = "LR" if view.left == "left" else "RL"
        edge, size = view.height * 0.035, paper or view.height * 0.026
        inset, down = edge, edge
        if paper:
            inset, down = (0.6 * paper, paper) if view.zoom else (0.17 * view.width, 0.11 * view.height)
        for letter, x in zip(letters, (inset, view.width - inset), strict=True):
            text = svgwrite.text.Text(letter, insert=(_n(x), _n(down)), debug=False)
            text.attribs |= {"font-size": _n(size)}
            group.add(text)
    return group
