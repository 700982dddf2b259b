"""The atlas as JSON, read-only, described by its own OpenAPI document. Never says a depth: people judge that.

What a person says of themselves (``with``, ``flags``) changes the answer as it changes pages: points carry how they
fit, blocked ones leave the lists of a patient, and no point is offered to a patient to whom help comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from bodymap import model, safety
from bodymap.views.page import atlas, choice, kept, kind_of, marks, stopping, withheld

LICENCE = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}

ABOUT = (
    "Every statement has a basis: its strength, its kind and the ids of its sources (at /sources/<id>.json). With what "
    "a person says of their health (with, flags), points and techniques carry how they fit and why; such answers are "
    "kept nowhere. The words are those for patients: no depth and no angle of a needle."
)

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


class Basis(model.Entry, frozen=True):
    """How surely something is said, what kind of statement that makes it, and on whose word: ids of sources, each of
    them at ``/sources/<id>.json``; ``verified`` is how far that was checked in the source itself."""

    strength: model.Strength
    kind: str
    sources: tuple[str, ...]
    verified: model.Verified


class Location(model.Entry, frozen=True):
    """How to find the point, in plain and in clinical words."""

    plain: str
    clinical: str
    basis: Basis


class Spot(model.Entry, frozen=True):
    """Where the point falls in a view, in the view's SVG units; ``side`` is the person's own."""

    view: str
    side: model.Side
    x: float
    y: float
    visible: bool
    position: str


class CautionSummary(model.Entry, frozen=True):
    """A caution, and what to do about it; lists have the gravest first."""

    id: str
    kind: str
    level: model.Level
    title: str
    text: str
    todo: str
    basis: Basis


class Fit(model.Entry, frozen=True):
    """What the person's circumstances (``with``) say of a point or technique: left out, with care, or to ask about
    first, and why. ``withheld``: help comes first, so no point is offered at all."""

    level: Literal["blocked", "caution", "ask", "withheld"]
    reasons: list[CautionSummary]


class Sign(model.Entry, frozen=True):
    """A warning sign that the person has (``flags``), and what to do."""

    id: str
    title: str
    urgency: str
    text: str
    basis: Basis


class Person(model.Entry, frozen=True):
    """What holds for this person whatever the point: the signs that need help now or today, those for a doctor's
    visit, and the cautions about all needling. Nothing of it is stored, and the answer is ``no-store``."""

    stop: list[Sign]
    see_doctor: list[Sign]
    general: list[CautionSummary]


class PointEntry(model.Entry, frozen=True):
    """A point as the API tells it. While points are withheld it keeps its names and has no place."""

    code: str
    channel: str
    pinyin: str
    hanzi: str
    hanzi_simplified: str
    english: str
    aliases: list[str]
    location: Location | None
    placements: list[Spot]
    cautions: list[CautionSummary]
    fit: Fit | None


class PointAnswer(PointEntry, frozen=True):
    """A point with what holds for the person."""

    person: Person | None


class ViewEntry(model.Entry, frozen=True):
    """A view: its size and one B-cun (stature / 75) in its SVG units."""

    id: str
    width: float
    height: float
    cun: float
    landmarks: dict[str, tuple[float, float]]


class RegionEntry(model.Entry, frozen=True):
    """A part of the body. ``left_out``: points that a patient in these circumstances is not shown."""

    slug: str
    name: str
    summary: str
    basis: Basis
    points: list[str]
    left_out: list[str]
    conditions: list[str]


class ConditionPointEntry(model.Entry, frozen=True):
    """A point of a complaint: who names it, and why."""

    code: str
    origin: str
    written: str
    reason: str
    basis: Basis
    fit: Fit | None


class ConditionEntry(model.Entry, frozen=True):
    """A complaint. ``left_out``: points that a patient in these circumstances is not shown; ``technique_fits``: what
    the circumstances say of techniques, by slug."""

    slug: str
    name: str
    region: str
    summary: str
    basis: Basis
    red_flags: list[str]
    points: list[ConditionPointEntry]
    left_out: list[str]
    techniques: list[str]
    technique_fits: dict[str, Fit]
    person: Person | None


class Points(model.Entry, frozen=True):
    points: list[PointEntry]
    person: Person | None


class Views(model.Entry, frozen=True):
    views: list[ViewEntry]


class Regions(model.Entry, frozen=True):
    regions: list[RegionEntry]
    person: Person | None


ANSWERS: dict[str, type[model.Entry]] = {
    "/points": Points,
    "/points/{code}": PointAnswer,
    "/views": Views,
    "/regions": Regions,
    "/conditions/{slug}": ConditionEntry,
}


def answer(value: Any) -> ResponseReturnValue:
    return msgspec.json.encode(value), {"Content-Type": "application/json"}


def basis(said: model.Statement) -> Basis:
    return Basis(said.strength, kind_of(said.strength, said.sources), said.sources, said.verified)


def summaries(cautions: Iterable[model.Caution]) -> list[CautionSummary]:
    return [CautionSummary(item.id, item.kind, item.level, item.title, item.said.plain, item.todo, basis(item.said))
            for item in cautions]  # fmt: skip


def fit(mark: safety.Mark | None) -> Fit | None:
    """What the circumstances say; None where nothing speaks against it."""
    return Fit(mark.level, summaries(mark.cautions)) if mark else None


def fit_of(code: str) -> Fit | None:
    """How a point fits the person; while points are withheld, that."""
    return Fit("withheld", []) if withheld() else fit(marks().points.get(code))


def person() -> Person | None:
    """What holds for the person; None where nobody said anything."""
    if not choice().private:
        return None
    urgent = stopping()
    later = [sign for sign in atlas().red_flags.values() if sign.id in choice().flags and sign not in urgent]
    return Person(_signs(urgent), _signs(later), summaries(marks().general))


def _signs(signs: Iterable[model.RedFlag]) -> list[Sign]:
    return [Sign(sign.id, sign.title, sign.urgency, sign.said.plain, basis(sign.said)) for sign in signs]


def point_fields(point: model.Point) -> dict[str, Any]:
    """The fields of a point as the API tells it, for the chosen figure."""
    where = point.location
    told = not withheld()
    placements = atlas().placements_of(point.code, choice().figure) if told else ()
    return {
        "code": point.code, "channel": point.channel, "pinyin": point.pinyin, "hanzi": point.hanzi,
        "hanzi_simplified": point.hanzi_simplified, "english": point.english, "aliases": atlas().aliases(point),
        "location": Location(where.plain, where.clinical or where.plain, basis(where)) if told else None,
        "placements": [Spot(spot.view, spot.side, spot.x, spot.y, spot.visible, spot.position) for spot in placements],
        "cautions": summaries(atlas().cautions_of(point.code)), "fit": fit_of(point.code),
    }  # fmt: skip


@blueprint.get("/points")
def list_points() -> ResponseReturnValue:
    points = () if withheld() else atlas().points.values()
    return answer(Points([PointEntry(**point_fields(point)) for point in points], person()))


@blueprint.get("/points/<code>")
def show_point(code: str) -> ResponseReturnValue:
    return answer(PointAnswer(**point_fields(atlas().point(code) or abort(404)), person=person()))


@blueprint.get("/views")
def list_views() -> ResponseReturnValue:
    views = [view for (figure, _), view in atlas().views.items() if figure == choice().figure]
    return answer(Views([ViewEntry(view.id, view.width, view.height, view.cun, view.landmarks) for view in views]))


@blueprint.get("/regions")
def list_regions() -> ResponseReturnValue:
    return answer(Regions([_region(region) for region in atlas().regions.values()], person()))


def _region(region: model.Region) -> RegionEntry:
    codes = [item.code for item in region.points]
    return RegionEntry(
        region.slug, region.name, region.summary.plain, basis(region.summary), kept(codes), _left_out(codes),
        list(region.conditions),
    )  # fmt: skip


def _left_out(codes: list[str]) -> list[str]:
    """The points of a list that this reader is not shown; while none are offered, that is not told one by one."""
    shown = kept(codes)
    return [] if withheld() else [code for code in codes if code not in shown]


@blueprint.get("/conditions/<slug>")
def show_condition(slug: str) -> ResponseReturnValue:
    condition = atlas().conditions.get(slug) or abort(404)
    codes = [item.code for item in condition.points]
    shown = kept(codes)
    fits = {slug: fit(marks().techniques.get(slug)) for slug in condition.techniques}
    return answer(ConditionEntry(
        condition.slug, condition.name, condition.region, condition.summary.plain, basis(condition.summary),
        list(condition.red_flags),
        [ConditionPointEntry(item.code, item.origin, item.written, item.reason.plain, basis(item.reason),
                             fit_of(item.code))
         for item in condition.points if item.code in shown],
        _left_out(codes), list(condition.techniques), {slug: found for slug, found in fits.items() if found}, person(),
    ))  # fmt: skip


PARAMETERS = (
    ("figure", "The body on which places are told", ["female", "male"]),
    ("as", "For whom: what is blocked is left out of a patient's lists and only marked for others",
     ["patient", "practitioner", "student"]),
)  # fmt: skip


def _parameters() -> list[dict[str, Any]]:
    """The query of every path. Circumstances and signs are lists with commas; such an answer may not be stored."""
    single = [{"name": name, "in": "query", "description": told, "schema": {"type": "string", "enum": values}}
              for name, told, values in PARAMETERS]  # fmt: skip
    listed = [
        {"name": name, "in": "query", "description": told, "style": "form", "explode": False,
         "schema": {"type": "array", "items": {"type": "string", "enum": list(values)}}}
        for name, told, values in (
            ("with", "What the person says of their health. Points and techniques then carry how they fit",
             atlas().circumstances),
            ("flags", "Warning signs that the person has. One that needs help now or today withholds points from "
             "patients, and `person.stop` says what to do", atlas().red_flags),
        )
    ]  # fmt: skip
    return [*single, *listed]


@blueprint.get("/openapi.json")
def describe() -> ResponseReturnValue:
    """The OpenAPI 3.1 document, its schemas written by msgspec from the types above."""
    schemas, components = msgspec.json.schema_components(
        list(ANSWERS.values()), ref_template="#/components/schemas/{name}"
    )
    paths = {}
    for (path, _), schema in zip(ANSWERS.items(), schemas, strict=True):
        named = [{"name": part.strip("{}"), "in": "path", "required": True, "schema": {"type": "string"}}
                 for part in path.split("/") if part.startswith("{")]  # fmt: skip
        answers = {"200": {"description": "The atlas says", "content": {"application/json": {"schema": schema}}},
                   "400": {"description": "A query value that does not exist"}}  # fmt: skip
        if named:
            answers["404"] = {"description": "No such entry"}
        paths["/api/v1" + path] = {"get": {"parameters": [*named, *_parameters()], "responses": answers}}
    return answer({
        "openapi": "3.1.0",
        "info": {"title": "Bodymap atlas", "version": "1.1.0", "license": LICENCE, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": components},
    })  # fmt: skip
