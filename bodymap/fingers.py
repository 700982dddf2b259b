"""Distances in the breadths of the person's own fingers, and fingers drawn over the body to show them.

The WHO standard's finger measures: a thumb is 1 cun wide, four fingers held together are 3 cun. Two fingers as 1.5 cun
is their half. Gives words and areas to draw; knows no point and no page. Lengths are cun, coordinates SVG units.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from bodymap.drawing import Area
from bodymap.layout import Spot, stops
from bodymap.model import Mark
from bodymap.svg import n

FINGER, THUMB = 0.75, 1.0
"""Breadths in cun: each of four fingers, and the thumb at its joint."""
MOST = 6.0
"""Two hands. Longer ways are measured along the limb and not by fingers."""
TIPS: dict[int, tuple[float, ...]] = {1: (1.15,), 2: (1.6, 1.75), 4: (1.45, 1.75, 1.6, 1.15)}
"""How far each finger of so many reaches beyond the line that is measured, in cun."""
BASE = 2.4
"""How far fingers reach back from it."""
_CUN = re.compile(r"^(\d+(?:\.\d+)?) cun$")


WIDE = {4: 3.0, 2: 1.5, 1: 1.0}
"""How wide so many fingers are side by side, in cun; one is the thumb."""
COUNTED = {2: "two fingers", 4: "four fingers", 6: "six fingers", 8: "eight fingers (two hands)"}
THUMBS = {1: "a thumb", 2: "two thumbs"}


def breadths(cun: float) -> tuple[int, ...]:
    """The distance as fingers side by side: 4, 2 or 1 (a thumb) at a time. Empty where fingers do not measure it."""
    if not 1 <= cun <= MOST or cun * 2 % 1:
        return ()
    found: list[int] = []
    left = cun
    while left > 0:
        one = next(fingers for fingers, wide in WIDE.items() if left == wide or left - wide >= 1)
        found.append(one)
        left -= WIDE[one]
    return tuple(found)


def words(cun: float) -> str:
    """Such as "four fingers and a thumb"; empty where fingers do not measure it."""
    found = breadths(cun)
    fingers, thumbs = sum(one for one in found if one > 1), found.count(1)
    return " and ".join(filter(None, (COUNTED.get(fingers, ""), THUMBS.get(thumbs, ""))))


def measured(mark: Mark) -> float:
    """The cun that a ruler measures; 0 for what is no ruler."""
    found = _CUN.match(mark.label) if mark.kind == "ruler" else None
    return float(found[1]) if found else 0.0


def laid(mark: Mark, inwards: float, id: str) -> Area | None:
    """Fingers laid along a ruler, or None. ``inwards`` is the x towards which they point on an upright ruler."""
    found, ends = breadths(measured(mark)), _ends(mark.path)
    if not found or ends is None:
        return None
    (x1, y1), (x2, y2) = ends
    cun = math.dist(*ends) / measured(mark)
    along = ((x2 - x1) / math.dist(*ends), (y2 - y1) / math.dist(*ends))
    tip = (along[1], -along[0])
    level = abs(x2 - x1) >= abs(y2 - y1)
    if (tip[1] > 0) if level else ((tip[0] > 0) != (inwards > x1)):
        tip = (-tip[0], -tip[1])
    paths, reached = [], 0.0
    for fingers in found:
        for length in TIPS[fingers]:
            wide = THUMB if fingers == 1 else FINGER
            corner = (x1 + along[0] * reached * cun, y1 + along[1] * reached * cun)
            paths.append(_finger(corner, along, tip, wide * cun, length * cun, BASE * cun))
            reached += wide
    return Area(id, "fingers", f"{words(measured(mark))}, side by side", tuple(paths), kind="fingers")


def _ends(path: str) -> tuple[Spot, Spot] | None:
    """Where a ruler's line starts and ends; its ticks come after it."""
    line = stops("M" + path.partition("M")[2].partition("M")[0])
    return (line[0], line[-1]) if len(line) > 1 and line[0] != line[-1] else None


def _finger(corner: Spot, along: Sequence[float], tip: Sequence[float], wide: float, length: float, base: float) -> str:
    """A finger seen from its back: outline with a round tip, nail, and the creases of its joint."""

    def at(across: float, up: float) -> str:
        x, y = corner[0] + along[0] * across + tip[0] * up, corner[1] + along[1] * across + tip[1] * up
        return f"{n(x)} {n(y)}"

    half, edge, gap = wide / 2, 0.03 * wide, 0.36 * wide
    sweep = 1 if along[0] * tip[1] - along[1] * tip[0] < 0 else 0
    outline = (
        f"M{at(edge, -base)}L{at(edge, length - half)}"
        f"A{n(half - edge)} {n(half - edge)} 0 0 {sweep} {at(wide - edge, length - half)}L{at(wide - edge, -base)}"
    )
    near, far, root = half - 0.75 * gap, half + 0.75 * gap, length - half
    nail = (
        f"M{at(near, root)}L{at(near, length - 0.55 * half)}"
        f"Q{at(half, length - 0.05 * half)} {at(far, length - 0.55 * half)}"
        f"L{at(far, root)}Q{at(half, length - 1.25 * half)} {at(near, root)}Z"
    )
    creases = "".join(
        f"M{at(0.22 * wide, up * wide)}Q{at(half, (up + 0.06) * wide)} {at(0.78 * wide, up * wide)}"
        for up in (-0.09, 0.09)
    )
    return outline + nail + creases
