"""Pictures that stand alone: SVG files for places that have neither our style sheet nor our pages, such as Anki.

Colours are written out, links are taken away, and nothing is fetched. A picture comes in layers of one size that are
shown one upon the other: the figure, which many share, and small files with what is marked upon it.
"""

from __future__ import annotations

import re
from typing import Any

import svgwrite
from svgwrite.base import BaseElement

from bodymap.drawing import Picture, overlay, sides
from bodymap.model import View

VARIABLE = re.compile(r"var\(--[\w-]+, *(#\w+)\)")
SANS = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
STYLE = (
    f"text {{ font-family: {SANS}; font-weight: 700; paint-order: stroke; stroke: #fff; stroke-width: 4px; "
    "stroke-linejoin: round }"
    " .sides text { fill: #566166; text-anchor: middle; stroke: none }"
    " .hit { fill: none }"
    " .dot { fill: #a3201b; stroke: #fff; stroke-width: 2 }"
    " .ring { fill: #a3201b; fill-opacity: .14; stroke: #a3201b; stroke-width: 2; stroke-dasharray: 5 4 }"
    " .alternative .dot { fill: #fff; stroke: #a3201b; stroke-width: 3 }"
    " .caption { fill: #1c2528 }"
    " .mark path, .mark line { fill: none; stroke: #0b57d0; stroke-width: 2.2 } .mark.words line { stroke-width: 1.6 }"
    " .mark.level path { stroke-dasharray: 9 5 } .mark.midline path { stroke-dasharray: 2 6; stroke-linecap: round }"
    " .mark.ruler path { stroke-width: 3.4 } .mark text { fill: #0b57d0; font-weight: 600 }"
)
"""What ``static/app.css`` says of a figure's overlay on white, in the few words that a card needs."""
INERT = ("href", "hx-get", "target", "aria-label", "data-code", "data-at", "data-of", "data-slug", "id")


def figure(source: str, view: View) -> str:
    """A figure's own file with its colours written out, and L and R where both sides are seen."""
    body = VARIABLE.sub(r"\1", source)
    letters = _sheet(view)
    letters.add(sides(view))
    inner = str(letters.tostring()).partition(">")[2].rpartition("</svg>")[0]
    size = f' width="{view.width:g}" height="{view.height:g}"'
    return body.replace("<svg", f"<svg{size}", 1).rpartition("</svg>")[0] + inner + "</svg>"


def marked(picture: Picture) -> str:
    """What lies on a picture, without its figure: to be shown upon the figure's file."""
    sheet = _sheet(picture.view)
    layer = overlay(picture)
    _disarm(layer)
    sheet.add(layer)
    return str(sheet.tostring())


def _sheet(view: View) -> Any:
    """An empty drawing of the view's size, with the style."""
    sheet = svgwrite.Drawing(
        size=(f"{view.width:g}", f"{view.height:g}"), viewBox=f"0 0 {view.width:g} {view.height:g}", debug=False
    )
    for name in ("baseProfile", "version"):
        sheet.attribs.pop(name, None)
    sheet.defs.elements.clear()
    sheet.elements.remove(sheet.defs)
    sheet.add(svgwrite.container.Style(STYLE))
    return sheet


def _disarm(element: BaseElement) -> None:
    """Turn links into groups and drop what only our pages use, all the way down."""
    if element.elementname == "a":
        element.elementname = "g"
    for name in INERT:
        element.attribs.pop(name, None)
    element.elements = [inner for inner in element.elements if inner.elementname not in ("title", "polygon")]
    for inner in element.elements:
        _disarm(inner)
