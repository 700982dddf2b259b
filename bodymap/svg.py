"""Elements of SVG by name: the few that svgwrite makes with checks we have no use for, and numbers as short text."""

from __future__ import annotations

from typing import Any

import svgwrite
from svgwrite.base import BaseElement
from svgwrite.container import Group


class Element(BaseElement):
    """An element by name, with attributes and text that are escaped when it is written."""

    def __init__(self, name: str, text: str, attributes: dict[str, str]) -> None:
        self.elementname = name
        super().__init__(debug=False)
        self.text = text
        self.attribs |= attributes

    def get_xml(self) -> Any:
        made = super().get_xml()
        made.text = self.text or None
        return made


def element(name: str, text: str = "", **attributes: str) -> Any:
    """``element("use", aria_hidden="true", class_="figure")``."""
    return Element(name, text, {dashed(key): value for key, value in attributes.items()})


def group(**attributes: str) -> Any:
    made = Group(debug=False)
    made.attribs |= {dashed(name): value for name, value in attributes.items()}
    return made


def words(text: str, x: float, y: float, **attributes: str) -> Any:
    """A line of text that starts, or is anchored by its class, at x on the baseline y."""
    made = svgwrite.text.Text(text, insert=(short(x), short(y)), debug=False)
    made.attribs |= {dashed(name): value for name, value in attributes.items()}
    return made


def dashed(name: str) -> str:
    """``aria_label`` -> ``aria-label``, ``class_`` -> ``class``."""
    return name if name in ("viewBox",) else name.rstrip("_").replace("_", "-")


def short(value: float) -> str:
    """A number as short text, one decimal."""
    return f"{value:.1f}".removesuffix(".0")
