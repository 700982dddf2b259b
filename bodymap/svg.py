"""The few SVG elements that every drawing is made of, on svgwrite, whose validator predates ARIA and stays off.

svgwrite escapes every text and attribute. Attributes are given as keywords: ``aria_label`` becomes ``aria-label``.
"""

from __future__ import annotations

from typing import Any

import svgwrite
from svgwrite.base import BaseElement
from svgwrite.container import Group


def link(href: str, label: str, **attributes: str) -> BaseElement:
    """A link that a browser and htmx both follow; one to a place within a page is the browser's alone."""
    made = svgwrite.container.Hyperlink(href, target="_self", debug=False)
    made.attribs.pop("xlink:href", None)
    made.attribs |= {"href": href, "aria-label": label} | ({} if "#" in href else {"hx-get": href})
    made.attribs |= {dashed(name): value for name, value in attributes.items()}
    return made


def group(**attributes: str) -> Any:
    made = Group(debug=False)
    made.attribs |= {dashed(name): value for name, value in attributes.items()}
    return made


def titled(text: str) -> BaseElement:
    return svgwrite.base.Title(text)


def text(words: str, x: float, y: float, **attributes: str) -> BaseElement:
    """A line of words that begins at x, on the base line y."""
    made = svgwrite.text.Text(words, insert=(n(x), n(y)), debug=False)
    made.attribs |= {dashed(name): value for name, value in attributes.items()}
    return made


class _Plain(BaseElement):
    """An element by name, for the few that svgwrite has no use to check."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.elementname = name
        super().__init__(debug=False)
        self.attribs |= attributes


def element(name: str, **attributes: str) -> BaseElement:
    return _Plain(name, {dashed(key): value for key, value in attributes.items()})


def dashed(name: str) -> str:
    """``aria_label`` -> ``aria-label``, ``class_`` -> ``class``."""
    return name if name in ("viewBox",) else name.rstrip("_").replace("_", "-")


def n(value: float) -> str:
    """A number as short text, one decimal."""
    return f"{value:.1f}".removesuffix(".0")
