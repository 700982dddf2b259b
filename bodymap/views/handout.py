"""What the patient takes along: a page behind the view link, the same on paper and as PDF. Who may view cannot edit.

Everything on them comes from ``plans.handout``, which knows what patients may read, whatever voice the reader chose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import segno
from flask import Blueprint, Response, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from msgspec import Struct, structs
from werkzeug.exceptions import BadRequest, TooManyRequests

from bodymap.drawing import COLUMN, PAPER_LETTERS, Dot, Picture
from bodymap.plans import handout as handed
from bodymap.plans import pdf
from bodymap.plans.model import Plan
from bodymap.plans.standalone import data_uri
from bodymap.share import STATIC
from bodymap.store.counters import Limit
from bodymap.store.plans import Kept
from bodymap.views import access, compose, planned
from bodymap.views.page import atlas, choice, picture
from bodymap.views.plans import view_address

blueprint = Blueprint("handout", __name__)

TYPES = ("", "large")
PAPERS = ("", "letter")
"""Sizes of type and of paper; the first goes without saying (A4)."""
PDFS = Limit("PDFs by address", 30, 60)
CLOSE_UPS = 3
"""As many as paper has room for beside the figure, their numbers still to be read."""
IN_FULL = 6
"""As many points as two pages of paper hold with close-ups, reasons and sources. With more points, or in large type,
those stay on the page behind the code."""
IN_BRIEF = 9
"""As many as it holds with English names and every care; beyond, only those that press. In large type 22 points then
make four pages: 15.5 pt hold 35 lines a page, and the points alone take 80. Fewer would leave out points."""
LEGIBLE = 7 * 25.4 / 72
"""The least size of a number on paper in mm: 7 pt."""
WHOLE_ROOM, CLOSE_UP_ROOM = (50.0, 54.0), (41.0, 54.0)
"""Width and height in mm of the least room that paper has for a figure and for a close-up (``handout-paper.css``)."""
WHOLE = ("back", "left")
"""Views by which the whole figures are asked for: each brings its opposite."""


class Sheet(Struct, frozen=True):
    """A patient's copy, ready to be shown."""

    kept: Kept
    handout: handed.Handout
    figures: list[Picture]
    close_ups: list[Picture]
    sources: dict[str, int]
    """Ids of the sources with the numbers they are cited by."""
    leading: frozenset[str]
    """Those that paper has room for: the first two of any statement."""
    address: str
    type: str
    paper: str

    @property
    def extent(self) -> str:
        """How much paper tells, as classes of its style: what it leaves out is on the page behind the code."""
        points = len(self.handout.steps)
        if not self.type and points <= IN_FULL:
            return "full"
        return "brief short" if self.type or points > IN_BRIEF else "brief"


@blueprint.before_request
def speak_to_patients() -> None:
    """Whatever the address asks for: the copy is the patient's, and their circumstances are in no link."""
    g.choice = structs.replace(choice(), audience="patient", circumstances=(), flags=(), view="")


@blueprint.get("/shared/<token>")
def show_shared(token: str) -> str:
    """The patient's page."""
    sheet, able = sheet_for(token), pdf.available()
    return render_template("handout.html", sheet=sheet, pdf=able, drawn=picture, qr=qr, variant=variant)


@blueprint.get("/shared/<token>/handout")
def print_handout(token: str) -> str:
    """The same as it comes out on paper."""
    sheet, able = sheet_for(token), pdf.available()
    return render_template("handout_paper.html", sheet=sheet, pdf=able, drawn=picture, qr=qr, variant=variant)


@blueprint.get("/shared/<token>/handout.pdf")
def handout_pdf(token: str) -> ResponseReturnValue:
    if not pdf.available():
        abort(404)
    sheet = sheet_for(token)
    if PDFS.wait(access.store(), request.remote_addr or ""):
        raise TooManyRequests
    html = render_template("handout_paper.html", sheet=sheet, pdf=None, drawn=_as_image, qr=_qr_image, variant=variant)
    try:
        made = pdf.pdf(html, _paper_styles(sheet.paper or "A4"))
    except pdf.BusyError:
        page = render_template(
            "error.html", code=503, detail="", title="Many handouts are being made just now",
            remedy="Wait a few seconds, then ask for the PDF again. The page itself can be printed at once.",
        )  # fmt: skip
        return page, 503, {"Retry-After": str(int(pdf.SECONDS))}
    return Response(made, 200, {"Content-Disposition": 'inline; filename="handout.pdf"'}, mimetype="application/pdf")


def sheet_for(token: str) -> Sheet:
    """The patient's copy that a view link opens, or the 404 page."""
    kept = access.plan_for_viewing(token)
    handout = handed.handout(kept.plan, atlas())
    g.choice = structs.replace(choice(), figure=handout.plan.figure)
    shown = [step.number for step in handout.steps]
    said = [statement.sources for statement in handout.statements]
    used = [source for sources in said for source in sources]
    leading = frozenset(source for sources in said for source in sources[:2])

    def in_list(row: int) -> str:
        return f"#point-{shown[row]}"

    return Sheet(
        kept, handout, [_few_links(plate(image, WHOLE_ROOM)) for image in whole_figures(handout.plan, in_list, shown)],
        [_few_links(plate(image, CLOSE_UP_ROOM))
         for image in planned.close_ups(handout.plan, in_list, CLOSE_UPS, shown)],
        {source: number for number, source in enumerate(dict.fromkeys(used), start=1)}, leading, view_address(token),
        option("type", TYPES), option("paper", PAPERS),
    )  # fmt: skip


def whole_figures(plan: Plan, href: planned.Href = planned.row_anchor, shown: Sequence[int] = ()) -> list[Picture]:
    """The fewest whole views in which every point of the plan is seen, those with most first, with the numbers that
    are ``shown`` for its rows."""
    left, chosen = set(plan.codes), []
    offered = [image for view in WHOLE for image in planned.pictures(plan, view, href, shown)]
    while left:
        best = max(offered, key=lambda image: len(_seen(image) & left))
        if not _seen(best) & left:
            break
        left -= _seen(best)
        chosen.append(best)
    return chosen


def plate(image: Picture, room: tuple[float, float]) -> Picture:
    """The picture for paper, where it has so much room: numbers beside the body, large enough to be read."""
    left, top, right, bottom = image.frame
    badge = LEGIBLE / PAPER_LETTERS
    unit = min((room[0] - 2 * COLUMN * badge) / (right - left), room[1] / (bottom - top))
    return replace(image, dots=_numbered_once(image), badge=badge / unit)


def _numbered_once(image: Picture) -> list[Dot]:
    """The dots with each number once, on the left and on the right in turn, so that there is room for all. The other
    place of a pair is a plain dot."""
    places: dict[tuple[str, str], list[Dot]] = {}
    for dot in image.dots:
        if dot.number:
            places.setdefault((dot.code, dot.number), []).append(dot)
    left, _, right, _ = image.frame
    held, chosen = [0, 0], {}
    for own in sorted(places.values(), key=lambda own: own[0].y):
        best = min(own, key=lambda dot: held[dot.x > (left + right) / 2])
        held[best.x > (left + right) / 2] += 1
        label = best.label.replace(compose.SIDES[best.side], "both sides") if len(own) > 1 else best.label
        chosen[best.id] = replace(best, label=label)
    return [chosen.get(dot.id, replace(dot, number="")) for dot in image.dots]


def _few_links(image: Picture) -> Picture:
    """The picture whose numbers lead to the list; the further dots of a row of places lead nowhere."""
    return replace(image, dots=[dot if dot.number else replace(dot, href="") for dot in image.dots])


def qr(address: str) -> Markup:
    """The address as a QR code, black on white with its margin."""
    made = segno.make(address, error="m", micro=False)
    return Markup(made.svg_inline(border=4, omitsize=True, svgclass="qr-code", lineclass=None, light="#fff"))  # noqa: S704 - squares only


def _qr_image(address: str) -> Markup:
    uri = segno.make(address, error="m", micro=False).svg_data_uri(border=4, light="#fff")
    return Markup('<img class="qr-code" src="{}" alt="{}">').format(uri, f"QR code of {address}")


def _as_image(image: Picture) -> Markup:
    """The picture as an image that stands alone, for the PDF, which tags it with its words."""
    words = [dot.label for dot in image.dots if dot.number]
    alt = f"{image.label}. " + "; ".join(sorted(words, key=_leading_number))
    return Markup('<img class="view" src="{}" alt="{}">').format(data_uri(picture(image)), alt)


def _leading_number(words: str) -> int:
    number = words.partition(":")[0].partition("·")[0]
    return int(number) if number.isdigit() else 0


def _seen(image: Picture) -> set[str]:
    return {dot.code for dot in image.dots if dot.number}


def option(name: str, allowed: Iterable[str]) -> str:
    """A choice in the address; BadRequest names one that does not exist."""
    value = request.args.get(name, "")
    if value not in allowed:
        raise BadRequest(f"“{name}” cannot be “{value[:40]}”. It can be: {', '.join(filter(None, allowed))}.")
    return value


def _paper_styles(size: str) -> str:
    """The style sheet of paper up to where only browsers read on."""
    styles = (STATIC / "handout-paper.css").read_text(encoding="utf-8").partition("/* The PDF ends here")[0]
    return styles + f"\n@page {{ size: {size} }}\n"


def variant(sheet: Sheet, endpoint: str, **changes: Any) -> str:
    """The address of another form of the sheet, with its type and paper unless they change."""
    chosen = {"type": sheet.type, "paper": sheet.paper, **changes}
    return url_for(endpoint, token=sheet.kept.view, **{name: value for name, value in chosen.items() if value})
