"""Introduces the atlas to the drawing: which views a page shows, and which areas, points and marks lie on them."""

from __future__ import annotations

import math
import operator
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bodymap.atlas import Atlas
from bodymap.drawing import Area, Dot, Picture, marker_size
from bodymap.layout import Box, Spot, box_around, holds, stops
from bodymap.model import Mark, Placement, Point, View
from bodymap.views.page import Choice, asset, link, marks, withheld

PAIRS = {"front": ("front", "back"), "back": ("front", "back"), "left": ("left", "right"), "right": ("left", "right")}
FITS = {"blocked": "left out", "caution": "with care", "ask": "ask first"}
"""What is said of a point that a person's circumstances mark."""
SIDES = {"left": "left side", "right": "right side", "midline": "midline"}
AROUND = 4.5
"""How much of the body is shown around a point in the picture of how it is found, in cun."""
MARGIN = 2.5
"""How much of it is shown around several points, in cun."""
LEAST = {True: 1.5, False: 2.8}
"""The least of it, on the head and elsewhere."""
ORDER = ("root", "danger", "region", "sciatic-pathway", "nerve")
"""Which areas lie beneath which."""
SQUARE = 0.3
"""Least cosine between the direction of a close-up and that of the view that looks most squarely at a point: from
farther to the side (some 70 degrees) the point lies on the outline."""
CONTEXT = 3.0
"""How far around a point, in cun, its neighbours are shown as plain dots."""


def view_ids(primary: str) -> tuple[str, ...]:
    """The views shown together when ``primary`` is the one a phone shows."""
    return PAIRS.get(primary, (primary,))


def pictures(
    atlas: Atlas, choice: Choice, primary: str, *, numbered: Sequence[str] = (), chosen: str = "", region: str = "",
    channel: str = "",
) -> list[Picture]:  # fmt: skip
    """The map: each view with its regions and the page's points, numbered in their order; the course of a channel."""
    return [
        _picture(
            atlas,
            choice,
            view,
            prefix="",
            numbered=numbered,
            chosen=chosen,
            region=region,
            channel=channel,
            regions=True,
        )
        for view in view_ids(primary)
    ]


def close_ups(atlas: Atlas, choice: Choice, codes: Sequence[str], most: int = 4) -> list[Picture]:
    """The fewest zooms that show the points; while there is room, also those that look at points which would else lie
    on an outline. First the one with most points; of two with as many, the one with the first point of the list."""
    if withheld():
        return []
    visible: dict[str, set[str]] = defaultdict(set)
    square: dict[str, set[str]] = defaultdict(set)
    finding: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        zooms = [
            (view, (placement.x, placement.y))
            for placement in atlas.placements_of(code, choice.figure)
            if placement.visible and (view := atlas.views[choice.figure, placement.view]).zoom
        ]
        whole = [(view, spot) for view, spot in zooms if holds(_inset(view), spot)]
        best = next((mark.view for mark in atlas.marks(code, choice.figure)), "")
        finding[best].add(code)
        for view, _ in whole or zooms:  # where a badge is not cut by the edge, if there is such a view
            visible[view.id].add(code)
            if _faces(view, atlas.views.get((choice.figure, best))):
                square[view.id].add(code)
    chosen: list[str] = []
    for shown in (visible, square):
        left = set(codes).difference(*(shown[view] for view in chosen)) & set().union(*shown.values())
        while left and len(chosen) < most:
            views = [view for view in visible if view not in chosen]
            best = max(views, key=lambda view: tuple(len(held[view] & left) for held in (shown, square, finding)))
            chosen.append(best)
            left -= shown[best]
    chosen.sort(key=lambda view: (-len(visible[view]), *sorted(codes.index(code) for code in visible[view])))
    return [_picture(atlas, choice, view, prefix="zoom-", numbered=codes) for view in chosen]


def _faces(view: View, best: View | None) -> bool:
    """Whether the view looks at a point that ``best`` sees most squarely, rather than along the skin there."""
    return best is None or sum(map(operator.mul, view.toward, best.toward)) >= SQUARE


def _inset(view: View) -> Box:
    """The part of a view that lies a badge's breadth within its edges."""
    edge = 1.3 * marker_size(view)
    return edge, edge, view.width - edge, view.height - edge


def how_to_find(atlas: Atlas, choice: Choice, point: Point) -> Picture | None:
    """The view that looks most squarely at the point, with the measuring marks that show how it is found."""
    marks = defaultdict(list)
    for mark in atlas.marks(point.code, choice.figure):
        marks[mark.view].append(mark)
    for view in marks:  # the best first
        image = _picture(atlas, choice, view, prefix="find-", numbered=[], chosen=point.code)
        dots = [dot for dot in image.dots if dot.chosen]
        if dots:
            return replace(image, dots=dots, marks=marks[view], window=_window(image.view, dots, marks[view]))
    return None


def other_place(atlas: Atlas, choice: Choice, point: Point, finding: Picture | None) -> Picture | None:
    """The close-up that shows a second place on record, where ``finding`` cannot: the two lie on opposite sides of a
    limb. None where it can, or where no close-up shows it."""
    seen = [
        spot
        for spot in atlas.placements_of(point.code, choice.figure)
        if spot.position == "alternative" and spot.visible
    ]
    if not finding or not seen or finding.view.id in {spot.view for spot in seen}:
        return None
    for spot in seen:
        if atlas.views[choice.figure, spot.view].zoom:
            image = _picture(atlas, choice, spot.view, prefix="other-", numbered=[], chosen=point.code)
            dots = [replace(dot, caption=dot.code) for dot in image.dots if dot.chosen and dot.alternative]
            return replace(image, dots=dots, window=_window(image.view, dots, ()))
    return None


def zone_pictures(atlas: Atlas, choice: Choice, kinds: Sequence[str], view_ids: Sequence[str]) -> list[Picture]:
    """Close-ups with the areas of the ear or the lines of the scalp, each under its name."""
    images = []
    for view_id in view_ids:
        image = _picture(atlas, choice, view_id, prefix="zone-", numbered=[])
        images.append(replace(image, areas=_micro(atlas, image.view, kinds)))
    return images


def nearby(atlas: Atlas, choice: Choice, point: Point, most: int = 6) -> list[Point]:
    """The nearest other points, nearest first, as seen in the view that looks most squarely at the point."""
    marks = atlas.marks(point.code, choice.figure)
    for view_id in dict.fromkeys(mark.view for mark in marks):
        view = atlas.views[choice.figure, view_id]
        shown = [
            spot for spot in atlas.placements(choice.figure, view_id) if spot.visible and spot.position == "standard"
        ]
        own = [spot for spot in shown if spot.code == point.code]
        if own:
            apart = {
                spot.code: math.dist((spot.x, spot.y), (own[0].x, own[0].y))
                for spot in sorted(shown, key=lambda spot: -math.dist((spot.x, spot.y), (own[0].x, own[0].y)))
            }
            near = [code for code in sorted(apart, key=apart.__getitem__) if apart[code] <= 1.5 * CONTEXT * view.cun]
            return [atlas.points[code] for code in near if code != point.code][:most]
    return []


def _window(view: View, dots: Sequence[Dot], marks: Sequence[Mark]) -> tuple[float, float, float, float]:
    """A square that holds the dots with at most AROUND cun to each side, and both ends of every ruler and the landmarks
    with room for their names; moved to lie within the view. What is measured finely is shown larger."""
    ends = measured_from(marks)
    apart = [min(math.dist(end, (dot.x, dot.y)) for dot in dots) for end in ends]
    least, most = LEAST[view.id.startswith("head")] * view.cun, AROUND * view.cun
    reach = min(max(3 * max(apart, default=most if marks else least), least), most)
    boxes = [box_around((dot.x, dot.y), reach) for dot in dots] + [box_around(end, view.cun) for end in ends]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    return square(view, (left, top, right, bottom), max(right - left, bottom - top))


def square(view: View, about: Box, side: float) -> tuple[float, float, float, float]:
    """A square window with its middle in that of a box, cut down to the view and moved to lie within it."""
    left, top, right, bottom = about
    width, height = min(side, view.width), min(side, view.height)
    left = min(max((left + right - width) / 2, 0.0), view.width - width)
    top = min(max((top + bottom - height) / 2, 0.0), view.height - height)
    return left, top, width, height


def measured_from(marks: Sequence[Mark]) -> list[Spot]:
    """What a place is found by: the landmarks, and all that rulers pass."""
    ends: list[Spot] = []
    for mark in marks:
        ends += [(mark.x, mark.y)] if mark.kind == "landmark" else stops(mark.path) if mark.kind == "ruler" else []
    return ends


def window_around(view: View, spots: Sequence[Spot]) -> tuple[float, float, float, float] | None:
    """The part of a view that holds the spots with some body around; None, the whole, where that is most of it."""
    boxes = [box_around(spot, MARGIN * view.cun) for spot in spots]
    left, top = max(min(box[0] for box in boxes), 0.0), max(min(box[1] for box in boxes), 0.0)
    right = min(max(box[2] for box in boxes), view.width)
    bottom = min(max(box[3] for box in boxes), view.height)
    return None if bottom - top > 0.75 * view.height else (left, top, right - left, bottom - top)


def plain(atlas: Atlas, choice: Choice, view_id: str, prefix: str) -> Picture:
    """A view with nothing on it yet."""
    return _picture(atlas, choice, view_id, prefix=prefix, numbered=[])


def dot(atlas: Atlas, view: View, prefix: str, placement: Placement) -> Dot:
    """A point without a number, where it is placed."""
    return _dot(atlas, view, prefix, placement, "", 1, "")


def _picture(
    atlas: Atlas, choice: Choice, view_id: str, *, prefix: str, numbered: Sequence[str], chosen: str = "",
    region: str = "", channel: str = "", regions: bool = False,
) -> Picture:  # fmt: skip
    view = atlas.views[choice.figure, view_id]
    folder = "" if choice.figure == "female" else f"{choice.figure}/"
    areas = _areas(atlas, choice, view, region) if regions else []
    if regions and view.zoom and not withheld():
        for technique in atlas.techniques.values():
            areas += _micro(atlas, view, technique.zones, technique.slug) if technique.zones else []
    areas += _course(atlas, view, channel)
    return Picture(
        view=view,
        figure_href=asset(f"svg/{folder}{view_id}.svg") + "#body",
        label=view.name,
        id=f"{prefix}{view_id}",
        areas=areas,
        dots=_dots(
            atlas, view, prefix + view_id, numbered, chosen, "" if chosen else channel, every=choice.points and regions
        ),
    )


def _areas(atlas: Atlas, choice: Choice, view: View, region: str) -> list[Area]:
    """Nerves and danger zones beneath, then the regions as links. A segment shows as a part of its region."""
    paths: dict[str, list[str]] = defaultdict(list)
    for shape in atlas.shapes(choice.figure, view.id):
        paths[shape.slug].append(shape.path)
    areas = []
    for slug, zone in atlas.zones.items():
        if slug not in paths:
            continue
        if zone.kind == "danger":
            if choice.zones:
                areas.append(Area(f"zone-{view.id}-{slug}", slug, zone.name, tuple(paths[slug]), kind="danger"))
        elif zone.kind == "nerve":
            if choice.nerves:
                caption = zone.name if slug.startswith("root-") else ""
                kind = "root" if caption else "nerve"
                areas.append(Area(f"{slug}-{view.id}", slug, zone.name, tuple(paths[slug]), kind=kind, caption=caption))
        elif zone.kind == "region" and slug in atlas.regions:
            name = atlas.regions[slug].name
            href = link("explore.show_region", slug=slug)
            areas.append(
                Area(f"region-{view.id}-{slug}", slug, name, tuple(paths[slug]), href, "region", slug == region)
            )
    return sorted(areas, key=lambda area: ORDER.index(area.slug if area.slug in ORDER else area.kind))


def _micro(atlas: Atlas, view: View, kinds: Sequence[str], slug: str = "") -> list[Area]:
    """The areas of the ear and lines of the scalp in a view, under their codes; links to where the technique of the
    given ``slug`` tells of them, if any."""
    paths: dict[str, list[str]] = defaultdict(list)
    for shape in atlas.shapes(view.figure, view.id):
        zone = atlas.zones.get(shape.slug)
        if zone and zone.kind in kinds:
            paths[shape.slug].append(shape.path)
    return [
        Area(f"zone-{view.id}-{name}", name, atlas.zones[name].name, tuple(found), kind="micro",
             href=f"{link('explore.show_technique', slug=slug, view='')}#{name}" if slug else "",
             caption=atlas.zones[name].name.partition(" (")[2].rstrip(")"))
        for name, found in paths.items()
    ]  # fmt: skip


def _course(atlas: Atlas, view: View, channel: str) -> list[Area]:
    """The lines of a channel, above the regions and beneath the points."""
    slug = f"channel-{channel}"
    paths = [shape.path for shape in atlas.shapes(view.figure, view.id) if shape.slug == slug]
    if not channel or not paths:
        return []
    return [Area(f"{slug}-{view.id}", slug, atlas.channels[channel].name, tuple(paths), kind="course")]


def _dots(
    atlas: Atlas, view: View, prefix: str, numbered: Sequence[str], chosen: str, channel: str, *, every: bool = False
) -> list[Dot]:
    """The page's points in this view; without numbers the neighbours of a chosen point, all of a channel, or all.

    None are drawn for a reader who is offered none."""
    if withheld():
        return []
    placements = [
        placement
        for placement in atlas.placements(view.figure, view.id)
        if placement.visible and (placement.position == "standard" or placement.code == chosen)
    ]
    numbers = {code: str(place) for place, code in enumerate(numbered, start=1)}
    here = [placement for placement in placements if placement.code == chosen]
    dots = []
    seen: dict[str, int] = defaultdict(int)
    for placement in placements:
        number = numbers.get(placement.code, "")
        near = any(_close(placement, spot, view) for spot in here)
        of_channel = channel and atlas.points[placement.code].channel == channel
        if not (number or placement.code == chosen or near or of_channel or every):
            continue
        key = f"{placement.code}-{placement.side}"
        seen[key] += 1
        # In a row of points such as Jiaji the first carries the number, the others are plain dots.
        dot = _dot(atlas, view, prefix, placement, number if seen[key] == 1 else "", seen[key], chosen)
        dots.append(replace(dot, name=dot.code) if every and not (dot.number or dot.caption) else dot)
    return sorted(dots, key=lambda dot: (dot.chosen, not dot.alternative, bool(dot.number)))


def _close(placement: Placement, spot: Placement, view: View) -> bool:
    return (placement.x - spot.x) ** 2 + (placement.y - spot.y) ** 2 <= (CONTEXT * view.cun) ** 2


def _dot(atlas: Atlas, view: View, prefix: str, placement: Placement, number: str, nth: int, chosen: str) -> Dot:
    point = atlas.points[placement.code]
    alternative = placement.position == "alternative"
    label = f"{point.code} {point.pinyin}, {point.english}, {SIDES[placement.side]}"
    if number:
        label = f"{number}: {label}"
    if alternative:
        label += ", other position"
    mark = marks().points.get(point.code)
    if mark:
        label += f", {FITS[mark.level]}: {mark.cautions[0].title}"
    is_chosen = placement.code == chosen
    return Dot(
        id=f"p-{prefix}-{point.code}-{placement.side}" + (f"-{nth}" if nth > 1 else ""),
        code=point.code,
        href=link("explore.show_point", code=point.code),
        label=label,
        x=placement.x,
        y=placement.y,
        number=number,
        chosen=is_chosen,
        alternative=alternative,
        caption=point.code if is_chosen and nth == 1 and not alternative else "",
        ring=point.ring * view.cun if is_chosen else 0.0,
        side=placement.side,
        fit=mark.level if mark else "",
    )
