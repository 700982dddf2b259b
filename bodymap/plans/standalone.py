"""A drawing that stands alone on paper: its figure put in, its colours resolved, without a style sheet.

Readers of PDF makers' SVG know no CSS variables, no strokes that keep their width and no shared files. Takes what
``drawing`` drew and gives one SVG document, black on white, numbers told by shape and not by colour.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from bodymap.share import STATIC

SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)

INK = {
    "--skin-1": "#ffffff", "--skin-2": "#fafafa", "--skin-3": "#f3f3f3", "--skin-4": "#ebebeb", "--skin-5": "#e0e0e0",
    "--skin-6": "#d2d2d2", "--skin-line": "#444444", "--skin-nail": "#ffffff", "--skin-deep": "#444444",
}  # fmt: skip
"""The colours of print, as in ``app.css``."""
STYLE = """
.badge {{ fill: #000; stroke: #fff; stroke-width: {line}px; }}
.number {{ fill: #fff; text-anchor: middle; font-weight: 700; }}
.dot {{ fill: #000; stroke: #fff; stroke-width: {line}px; }} .leader {{ stroke: #000; stroke-width: {line}px; }}
.hit, .ring, .name, .strike {{ display: none; }} .sides text {{ fill: #333; font-weight: 700; text-anchor: middle; }}
text {{ font-family: "DejaVu Sans", "Noto Sans", sans-serif; }}
"""
LINES = 700.0
"""How many thin lines would fill the picture's height."""
_VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*([^)]+))?\)")
_FIGURE = re.compile(r"/svg/((?:male/)?[\w-]+\.svg)(?:\?[^#]*)?#(\w+)$")


def standalone(drawn: str) -> str:
    """The drawing with its figure inside and its colours resolved."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing, in which every text was escaped
    _in_svg(root)
    for holder in root.iter():
        for place, child in enumerate(holder):
            found = _FIGURE.search(child.get("href", "")) if child.tag == f"{{{SVG}}}use" else None
            if found:
                holder[place] = _figure(STATIC / "svg" / found[1], found[2])
    height = float(root.get("viewBox", "0 0 1 1").split()[3])
    style = ElementTree.Element(f"{{{SVG}}}style")
    style.text = STYLE.format(line=round(height / LINES, 2))
    root.insert(0, style)
    for element in root.iter():
        for name, value in element.attrib.items():
            if "var(" in value:
                element.set(name, _VARIABLE.sub(_ink, value))
    return ElementTree.tostring(root, encoding="unicode")


def data_uri(drawn: str) -> str:
    """The drawing, standing alone, as an address that holds it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(standalone(drawn).encode()).decode()


def _ink(found: re.Match[str]) -> str:
    return INK.get(found[1], found[2] or "#000000")


def _in_svg(root: ElementTree.Element) -> None:
    """Names in SVG's space, which a drawing within a page leaves out. Links, of no use on paper, become groups."""
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        element.tag = f"{{{SVG}}}{'g' if name == 'a' else name}"
        if name == "a":
            for attribute in ("href", "target", "hx-get"):
                element.attrib.pop(attribute, None)


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _figure(path: Path, name: str) -> ElementTree.Element:
    """The part of a figure's file that is shown, read anew each time since it becomes part of a drawing."""
    for element in ElementTree.fromstring(_text(path)).iter():  # noqa: S314 - our own file
        if element.get("id") == name:
            return element
    raise LookupError(f"{path.name} has no {name}")
