"""Presenting a plan, step by step: one large figure, a point lit at a time, plain words, fingers that show the way.

Every step is an address (``?step=3``); the script only changes steps without a reload. What is said is the patient's
copy (``plans.handout``), whoever presents it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from msgspec import Struct, structs
from werkzeug.exceptions import BadRequest

from bodymap import fingers
from bodymap.drawing import Dot, Picture
from bodymap.layout import Box, box_around, stops
from bodymap.model import Mark, View
from bodymap.plans import handout as handed
from bodymap.plans.model import Plan
from bodymap.store.plans import Kept
from bodymap.views import access, compose, planned
from bodymap.views.handout import blueprint as blueprint
from bodymap.views.handout import option, qr, whole_figures
from bodymap.views.page import atlas, link
from bodymap.views.plans import view_address

FACINGS = ("", "both", "across")
"""How the words stand: for one side of the table, for both, or for the one across."""
ROOMS = ("", "dark")
NEAR = 6.5
"""How much of the body is shown around a lit point, in cun to each side."""

PLAIN = {"PSIS": "Dimple of the back"}
"""What patients are told instead of a mark's name."""


class Found(Struct, frozen=True):
    """The picture of how a point is found, and the distances in finger breadths."""

    picture: Picture
    widths: tuple[str, ...]
    """Such as "two fingers"; empty where fingers do not measure it."""
    other_side: bool
    """Whether it shows the side that is not needled, since the other cannot be seen there."""
    room: float
    """0 where all of it is within the view, less the more is cut off."""


class Stop(Struct, frozen=True):
    """A step of the presentation that shows a point."""

    step: handed.Step
    view: str
    window: Box
    """Left, top, width and height of the part of the view to fly to."""
    dots: tuple[str, ...]
    """Ids of what lights up."""
    found: Found | None


@blueprint.get("/plans/<token>/present")
def present(token: str) -> str:
    """From the edit link, by the practitioner: the way back leads to the editor."""
    return show(access.plan_for_editing(token), token, link("plans.edit_plan", token=token, audience="practitioner"))


@blueprint.get("/shared/<token>/present")
def present_shared(token: str) -> str:
    """From the view link, by the patient: the way back leads to their page."""
    return show(access.plan_for_viewing(token), token, url_for("handout.show_shared", token=token))


def show(kept: Kept, token: str, back: str) -> str:
    """The page at the step that the address names; ``back`` is where leaving leads."""
    handout = handed.handout(kept.plan, atlas())
    last = len(handout.steps) + 1
    step = request.args.get("step", default=0, type=int)
    if not 0 <= step <= last:
        raise BadRequest(f"“step” cannot be “{step}”. It can be: 0 to {last}.")
    facing, room = option("facing", FACINGS), option("room", ROOMS)
    own = str(request.endpoint)

    def address(**changes: Any) -> str:
        chosen = {"step": step, "facing": facing, "room": room, **changes}
        return url_for(own, token=token, **{name: value for name, value in chosen.items() if value})

    figures = whole_figures(handout.plan, lambda row: address(step=row + 1), [item.number for item in handout.steps])
    stops = [_stop(item, handout.plan, figures) for item in handout.steps]
    lit = stops[step - 1] if 0 < step < last else None
    return render_template(
        "present.html", kept=kept, handout=handout, stops=stops, step=step, last=last, facing=facing, room=room,
        back=back, address=address, lit=lit, figures=[_lit(image, lit) for image in figures],
        shown=lit.view if lit else (figures[0].id if figures else ""),
        code=qr(view_address(kept.view)) if kept.view else "",
    )  # fmt: skip


def _stop(step: handed.Step, plan: Plan, figures: Sequence[Picture]) -> Stop:
    own = {image.id: [dot for dot in image.dots if _is_of(dot, step, plan)] for image in figures}
    best = max(figures, key=lambda image: sum(bool(dot.number) for dot in own[image.id]), default=None)
    dots = own[best.id] if best else []
    if best is None or not dots:
        return Stop(step, best.id if best else "", (0.0, 0.0, 1.0, 1.0), (), _found(step, plan))
    return Stop(step, best.id, _window(best, dots), tuple(dot.id for dot in dots), _found(step, plan))


def _is_of(dot: Dot, step: handed.Step, plan: Plan) -> bool:
    return dot.code == step.point.code and step.row in planned.numbers(plan.points).get((dot.code, dot.side), [])


def _window(image: Picture, dots: Sequence[Dot]) -> Box:
    """The part of a whole figure to fly to: the dots with the body around them."""
    boxes = [box_around((dot.x, dot.y), NEAR * image.view.cun) for dot in dots]
    return _square(boxes, image.view.width, image.view.height)


def _lit(image: Picture, lit: Stop | None) -> Picture:
    """The figure with the step's dots lit and the others ready to be."""
    ids = lit.dots if lit and lit.view == image.id else ()
    rings = {dot.id: max(atlas().points[dot.code].ring, 0.5) * image.view.cun for dot in image.dots}
    return replace(
        image, dots=[replace(dot, chosen=dot.id in ids, ring=rings[dot.id], caption="") for dot in image.dots]
    )


def _found(step: handed.Step, plan: Plan) -> Found | None:
    """The close-up with its measuring marks, in finger breadths where fingers measure them."""
    by_view: dict[str, list[Mark]] = {}
    for mark in atlas().marks(step.point.code, plan.figure):
        by_view.setdefault(mark.view, []).append(mark)
    offered = [_finding(step, plan, view, marks) for view, marks in by_view.items()]
    return max(filter(None, offered), key=lambda found: found.room, default=None)


def _finding(step: handed.Step, plan: Plan, view_id: str, marks: Sequence[Mark]) -> Found | None:
    """How the point is found in one view; None if it is not seen there."""
    name = f"find-{step.number}"
    image = compose.plain(atlas(), planned.choice_for(plan), view_id, name)
    seen = [
        compose.dot(atlas(), image.view, name, placement)
        for placement in atlas().placements_of(step.point.code, plan.figure)
        if placement.view == view_id and placement.visible and placement.position == "standard"
    ]
    if not seen:
        return None
    sides = ("left", "right", "midline") if step.side == "both" else (step.side,)
    meant = [dot for dot in seen if dot.side in sides]
    dots = [
        replace(dot, id=f"{name}-{place}", href="", chosen=True, number=str(step.number))
        for place, dot in enumerate(meant or seen)
    ]
    areas = [
        area
        for place, mark in enumerate(marks)
        if (area := fingers.laid(mark, image.view.width / 2, f"{name}-fingers-{place}"))
    ]
    widths = tuple(dict.fromkeys(filter(None, (fingers.words(fingers.measured(mark)) for mark in marks))))
    boxes = _held(dots, marks, image.view.cun)
    shown = replace(
        image, id=name, label=f"How to find {step.point.code}", dots=dots, areas=areas,
        marks=[structs.replace(mark, label=_in_breadths(mark)) for mark in marks],
        window=_square(boxes, image.view.width, image.view.height),
    )  # fmt: skip
    return Found(shown, widths, not meant, _room(boxes, image.view))


def _room(boxes: Sequence[Box], view: View) -> float:
    """0 where all that is to be seen lies within the view, else how much of it is cut off, in cun, below zero."""
    cut = (-min(box[0] for box in boxes), -min(box[1] for box in boxes),
           max(box[2] for box in boxes) - view.width, max(box[3] for box in boxes) - view.height)  # fmt: skip
    return -round(max(0.0, *cut) / view.cun)


def _held(dots: Sequence[Dot], marks: Sequence[Mark], cun: float) -> list[Box]:
    """What a close-up must hold: the dots, what is measured from, and the fingers that measure."""
    boxes = [box_around((dot.x, dot.y), 2.4 * cun) for dot in dots]
    for mark in marks:
        ends = [(mark.x, mark.y)] if mark.kind == "landmark" else stops(mark.path) if mark.kind == "ruler" else []
        boxes += [box_around(end, (1.2 if mark.kind == "landmark" else 1.8) * cun) for end in ends]
    return boxes


def _square(boxes: Sequence[Box], width: float, height: float) -> Box:
    """The square around the boxes as left, top and both sides, moved to lie within the view where it fits."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    side = min(max(right - left, bottom - top), height)
    x = (left + right - side) / 2
    x = min(max(x, 0.0), width - side) if side <= width else (width - side) / 2
    y = min(max((top + bottom - side) / 2, 0.0), height - side)
    return round(x, 1), round(y, 1), round(side, 1), round(side, 1)


def _in_breadths(mark: Mark) -> str:
    """The label of a mark in the breadths of fingers; a thumb is one cun. The names of vertebrae say nothing here."""
    cun = fingers.measured(mark)
    if mark.kind == "level":
        return ""
    if mark.kind == "ruler":
        return fingers.words(cun) or (f"{cun:g} thumb widths" if cun else "")
    return PLAIN.get(mark.label) or mark.label.replace(" cun ", " parts ")
