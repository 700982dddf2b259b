"""The map and the pages about points, regions, conditions, techniques and evidence. One whole page per URL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from htmx_flask import make_response
from werkzeug.wrappers import Response

from bodymap.numbering import Meaning
from bodymap.views import compose, listing, pairs
from bodymap.views.page import AUDIENCES, FIGURES, Choice, atlas, choice, kept, withheld

blueprint = Blueprint("explore", __name__)

COOKIE = "choice"

T = TypeVar("T")


def found(entry: T | None) -> T:
    """The entry, or the 404 page."""
    return entry if entry is not None else abort(404)


def show_map(
    template: str,
    *,
    view: str = "back",
    numbered: Sequence[str] = (),
    chosen: str = "",
    region: str = "",
    course: str = "",
    **context: object,
) -> str:
    """A page of the map: the figures with their overlay beside the panel of ``template``."""
    primary = choice().view or view
    images = compose.pictures(
        atlas(), choice(), primary, numbered=numbered, chosen=chosen, region=region, channel=course
    )
    return render_template(template, pictures=images, primary=primary, **context)


def whole_view(view: str) -> str:
    """The whole-body view that shows what a zoom shows."""
    return "front" if view in {"front", "abdomen", "foot", "head-front", "hand-palm", "knee-side"} else "back"


@blueprint.get("/")
def show_home() -> ResponseReturnValue:
    remembered = request.cookies.get(COOKIE, "")
    audience, _, figure = remembered.partition(".")
    if not request.query_string and audience in AUDIENCES and figure in FIGURES and remembered != "patient.female":
        changed = choice().query(audience=audience, figure=figure)
        return redirect(url_for("explore.show_home", **changed))
    return show_map("home.html")


@blueprint.post("/preferences")
def keep_preferences() -> ResponseReturnValue:
    """Remember the reader's words and figure, and go back to the page in those words."""
    audience, figure = request.form.get("as", "patient"), request.form.get("figure", "female")
    target = request.form.get("next", "/")
    if audience not in AUDIENCES or figure not in FIGURES or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        abort(400)
    parts = urlsplit(target)
    kept_query = [(name, value) for name, value in parse_qsl(parts.query) if name not in {"as", "figure"}]
    chosen = Choice(audience, figure).query()
    query = urlencode([*chosen.items(), *kept_query], safe=",")
    response: Response = make_response(redirect(parts.path + ("?" + query if query else ""), 303))
    response.set_cookie(COOKIE, f"{audience}.{figure}", max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@blueprint.get("/regions/<slug>")
def show_region(slug: str) -> str:
    region = found(atlas().regions.get(slug))
    codes = kept(item.code for item in region.points)
    return show_map(
        "region.html", view=whole_view(region.view), numbered=codes, region=slug, entry=region,
        close_ups=compose.close_ups(atlas(), choice(), codes),
    )  # fmt: skip


@blueprint.get("/conditions/<slug>")
def show_condition(slug: str) -> str:
    condition = found(atlas().conditions.get(slug))
    codes = kept(item.code for item in condition.points)
    return show_map(
        "condition.html", numbered=codes, region=condition.region, entry=condition,
        close_ups=compose.close_ups(atlas(), choice(), codes),
    )  # fmt: skip


@blueprint.get("/points")
def list_points() -> str:
    wanted = listing.read(request.args, atlas())
    return render_template("points.html", points=listing.chosen(wanted, atlas()), wanted=wanted, kinds=listing.KINDS)


@blueprint.get("/points/<code>")
def show_point(code: str) -> ResponseReturnValue:
    point = atlas().point(code)
    if point is None:
        meanings = [meaning for meaning in atlas().numbering.meanings(code) if meaning.code in atlas().points]
        if len(meanings) == 1 and meanings[0].system != "older":
            return redirect(url_for("explore.show_point", code=meanings[0].code, **choice().query()), 301)
        if meanings:
            return redirect(url_for("explore.find", q=code, **choice().query()))
        abort(404)
    finding = compose.how_to_find(atlas(), choice(), point)
    return show_map(
        "point.html", view=_best_view([code]), chosen=code, course=point.channel, point=point,
        notes=atlas().technique_notes(code), finding=finding,
        other=compose.other_place(atlas(), choice(), point, finding),
        nearby=compose.nearby(atlas(), choice(), point),
    )  # fmt: skip


def _best_view(codes: list[str]) -> str:
    """The whole view that shows most of the points; of two that show as many, the back, then the front."""
    places = [place for code in codes for place in atlas().placements_of(code, choice().figure)]
    shown = {view: {p.code for p in places if p.view == view and p.visible} for view in ("back", "front", "left")}
    return max(shown, key=lambda view: len(shown[view]))


@blueprint.get("/channels/<code>")
def show_channel(code: str) -> str:
    channel = found(atlas().channels.get(code))
    codes = [point.code for point in atlas().channel_points(code)]
    wanted = listing.read(request.args, atlas(), channel=code)
    return show_map(
        "channel.html", view=_best_view(codes), course=code, channel=channel, wanted=wanted, codes=codes,
        points=listing.chosen(wanted, atlas()),
        close_ups=compose.close_ups(atlas(), choice(), codes, most=6),
    )  # fmt: skip


@blueprint.get("/techniques")
def list_techniques() -> str:
    return render_template("techniques.html")


@blueprint.get("/techniques/<slug>")
def show_technique(slug: str) -> str:
    technique = found(atlas().techniques.get(slug))
    zones = compose.zone_pictures(atlas(), choice(), technique.zones, technique.views)
    joined = pairs.pictures(atlas(), choice(), technique)
    return render_template("technique.html", technique=technique, pictures=zones, joined=joined)


@blueprint.get("/guide")
def list_guide() -> str:
    return render_template("guide_index.html")


@blueprint.get("/guide/<slug>")
def show_guide(slug: str) -> str:
    return render_template("guide.html", page=found(atlas().guide.get(slug)))


@blueprint.get("/search")
def find() -> ResponseReturnValue:
    query = request.args.get("q", "").strip()
    if len(query) > listing.LONGEST:
        return render_template("search.html", query=query[:60] + "…", meanings=[], hits=[], too_long=True), 400
    meanings: list[Meaning] = atlas().numbering.meanings(query)
    named = {meaning.code for meaning in meanings}
    hits = [hit for hit in atlas().search(query) if hit.key not in named]
    if withheld():
        meanings, hits = [], [hit for hit in hits if hit.kind != "point"]
    hits.sort(key=lambda hit: hit.kind == "term" and hit.title.lower() != query.lower())  # words explained come last
    return render_template("search.html", query=query, meanings=meanings, hits=hits, too_long=False)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Alive, and reading the atlas it says it reads."""
    return {"status": "ok", "atlas": atlas().revision, "points": len(atlas().points)}, {"Cache-Control": "no-store"}
