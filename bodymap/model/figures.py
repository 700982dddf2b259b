"""The pictures of the body, and what lies on them: views, zones, places of points, measuring marks.

View coordinates are SVG units; lengths are in cun (stature / 75) unless a field says otherwise.
"""

from __future__ import annotations

from typing import Literal

from bodymap.model.said import CautionKind, Entry, Statement

Side = Literal["left", "right", "midline"]


Figure = Literal["female", "male"]


Part = Literal["whole", "head", "trunk", "arm", "leg"]


class Zone(Entry, frozen=True):
    """An area on the skin, defined by landmarks: a region people click, a danger beneath, the skin of a nerve root, an
    area of the ear or a line of the scalp that a technique uses.

    ``caution_kind`` (danger zones only): a point inside must carry a caution of that kind. ``pinyin`` and the
    characters are those of areas of the ear and lines of the scalp.
    """

    slug: str
    kind: Literal["region", "segment", "danger", "nerve", "ear", "scalp"]
    name: str
    shape: dict[str, object]
    said: Statement
    parent: str = ""
    caution_kind: CautionKind | None = None
    pinyin: str = ""
    hanzi: str = ""
    hanzi_simplified: str = ""


class View(Entry, frozen=True):
    """A picture of the body: its size and one B-cun (stature / 75) in its SVG units, and where its landmarks are.

    ``part`` is the part of the body it belongs to in a list; ``left`` is the edge of the picture on which the person's
    left is, empty where only one side is shown. ``toward`` points from the body to the viewer: to the person's left, up
    and forward.
    """

    id: str
    figure: Figure
    name: str
    width: float
    height: float
    cun: float
    zoom: bool
    landmarks: dict[str, tuple[float, float]]
    part: Part = "whole"
    left: Literal["left", "right", ""] = ""
    toward: tuple[float, float, float] = (0.0, 0.0, 1.0)


class Placement(Entry, frozen=True):
    """Where a point falls in a view, in SVG units. ``visible`` is False where the body hides it."""

    code: str
    figure: Figure
    view: str
    side: Side
    x: float
    y: float
    visible: bool
    position: Literal["standard", "alternative"] = "standard"


class Shape(Entry, frozen=True):
    """A zone's outline in a view, as SVG path data."""

    slug: str
    figure: Figure
    view: str
    side: Side
    path: str


class Mark(Entry, frozen=True):
    """A measuring mark that shows how a point is found in a view: a line to draw, with its label and where that goes.

    ``kind``: ``level`` a vertebral or other level line, ``midline``, ``ruler`` a measured distance with a tick at each
    cun, ``line`` an anatomical line, ``landmark`` a small cross; ``off`` how far a learner was off (drawn by the quiz,
    never in the data). ``path`` is SVG path data; ``x`` and ``y`` place the label.
    """

    code: str
    figure: Figure
    view: str
    kind: Literal["level", "midline", "ruler", "line", "landmark", "off"]
    label: str
    path: str
    x: float
    y: float
