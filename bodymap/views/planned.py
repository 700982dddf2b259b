"""A plan on the body: the points on the sides that the plan names, with the numbers of its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import g
from msgspec import structs

from bodymap import safety
from bodymap.drawing import Dot, Picture
from bodymap.plans.model import Plan, PlannedPoint
from bodymap.plans.warnings import marks
from bodymap.views import compose
from bodymap.views.page import Choice, atlas, choice, link

Href = Callable[[int], str]
"""Where the badge of a row (counted from 0) leads."""


def row_anchor(row: int) -> str:
    """The row in the list on the same page."""
    return f"#point-{row + 1}"


def choice_for(plan: Plan) -> Choice:
    """The reader's choice with the plan's figure; from here on the atlas's marks are those of the plan's patient."""
    g.marks = safety.marks(atlas(), plan.circumstances)
    return structs.replace(choice(), figure=plan.figure, circumstances=(), flags=())


def pictures(plan: Plan, primary: str, href: Href = row_anchor, shown: Sequence[int] = ()) -> list[Picture]:
    """The views of the map with the plan's points; other points, where they are switched on, as plain dots. ``shown``:
    the rows' numbers, if they are not 1, 2, 3."""
    chosen = choice_for(plan)
    return [_on(image, plan, href, shown) for image in compose.pictures(atlas(), chosen, primary, numbered=plan.codes)]


def close_ups(plan: Plan, href: Href = row_anchor, most: int = 4, shown: Sequence[int] = ()) -> list[Picture]:
    """The fewest zooms that show the plan's points."""
    chosen = choice_for(plan)
    return [_on(image, plan, href, shown) for image in compose.close_ups(atlas(), chosen, plan.codes, most)]


def best_view(plan: Plan) -> str:
    """The whole view that shows most of the points; the back where it is a tie."""
    shown: dict[str, set[str]] = {"back": set(), "front": set(), "left": set()}
    for code in set(plan.codes):
        for spot in atlas().placements_of(code, plan.figure):
            if spot.visible and spot.view in shown:
                shown[spot.view].add(code)
    return max(shown, key=lambda view: len(shown[view]))


def fits(plan: Plan) -> list[str]:
    """For each point what speaks against it: ``blocked``, ``caution``, ``ask`` or nothing. A written reason turns a
    blocked point into one to take care with."""
    levels = [mark.level if mark else "" for mark in marks(plan, atlas())]
    return [
        "caution" if level == "blocked" and point.reason.strip() else level
        for level, point in zip(levels, plan.points, strict=True)
    ]


def numbers(points: Sequence[PlannedPoint]) -> dict[tuple[str, str], list[int]]:
    """The rows by code and side of the body."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, point in enumerate(points):
        for side in ("left", "right", "midline") if point.side == "both" else (point.side,):
            found.setdefault((point.code, side), []).append(row)
    return found


def _on(image: Picture, plan: Plan, href: Href, shown: Sequence[int]) -> Picture:
    rows, fit = numbers(plan.points), fits(plan)
    shown = shown or range(1, len(plan.points) + 1)
    dots = [_placed(dot, rows, fit, href, shown) for dot in image.dots]
    areas = [area for area in image.areas if area.kind not in {"region", "course", "micro"}]
    return replace(image, areas=areas, dots=[dot for dot in dots if dot])


def _placed(
    dot: Dot, rows: Mapping[tuple[str, str], list[int]], fit: Sequence[str], href: Href, shown: Sequence[int]
) -> Dot | None:
    """The dot with its rows' numbers; None on a side that the plan leaves alone."""
    own = rows.get((dot.code, dot.side), [])
    name = f"{dot.code} {atlas().points[dot.code].pinyin}, {compose.SIDES[dot.side]}"
    if own:
        number = "·".join(str(shown[row]) for row in own) if dot.number else ""
        return replace(
            dot, number=number, href=href(own[0]), label=f"{number or shown[own[0]]}: {name}", fit=fit[own[0]]
        )
    if any(code == dot.code for code, _ in rows):
        return None
    return replace(dot, href=link("explore.show_point", code=dot.code), label=f"{name}, not in the plan", number="")
