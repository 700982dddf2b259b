"""The atlas as JSON, read-only, described by its own OpenAPI document. Never says a depth: people judge that."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from bodymap import model
from bodymap.views.page import atlas, choice

LICENCE = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


class Location(model.Entry, frozen=True):
    """How to find the point, in plain and in clinical words."""

    plain: str
    clinical: str


class Spot(model.Entry, frozen=True):
    """Where the point falls in a view, in the view's SVG units; ``side`` is the person's own."""

    view: str
    side: model.Side
    x: float
    y: float
    visible: bool
    position: str


class CautionSummary(model.Entry, frozen=True):
    """A caution of the point, gravest first."""

    id: str
    kind: str
    level: model.Level
    title: str
    text: str


class PointEntry(model.Entry, frozen=True):
    """A point as the API tells it."""

    code: str
    channel: str
    pinyin: str
    hanzi: str
    hanzi_simplified: str
    english: str
    aliases: list[str]
    location: Location
    placements: list[Spot]
    cautions: list[CautionSummary]


class ViewEntry(model.Entry, frozen=True):
    """A view: its size and one B-cun (stature / 75) in its SVG units."""

    id: str
    width: float
    height: float
    cun: float
    landmarks: dict[str, tuple[float, float]]


class RegionEntry(model.Entry, frozen=True):
    slug: str
    name: str
    summary: str
    points: list[str]
    conditions: list[str]


class ConditionPointEntry(model.Entry, frozen=True):
    code: str
    origin: str
    written: str
    reason: str


class ConditionEntry(model.Entry, frozen=True):
    slug: str
    name: str
    region: str
    summary: str
    red_flags: list[str]
    points: list[ConditionPointEntry]
    techniques: list[str]


class Points(model.Entry, frozen=True):
    points: list[PointEntry]


class Views(model.Entry, frozen=True):
    views: list[ViewEntry]


class Regions(model.Entry, frozen=True):
    regions: list[RegionEntry]


ANSWERS: dict[str, type[model.Entry]] = {
    "/points": Points,
    "/points/{code}": PointEntry,
    "/views": Views,
    "/regions": Regions,
    "/conditions/{slug}": ConditionEntry,
}


def answer(value: Any) -> ResponseReturnValue:
    return msgspec.json.encode(value), {"Content-Type": "application/json"}


def entry(point: model.Point) -> PointEntry:
    """The point as the API tells it, for the chosen figure."""
    placements = atlas().placements_of(point.code, choice().figure)
    return PointEntry(
        code=point.code, channel=point.channel, pinyin=point.pinyin, hanzi=point.hanzi,
        hanzi_simplified=point.hanzi_simplified, english=point.english, aliases=atlas().aliases(point),
        location=Location(point.location.plain, point.location.clinical or point.location.plain),
        placements=[Spot(spot.view, spot.side, spot.x, spot.y, spot.visible, spot.position) for spot in placements],
        cautions=[
            CautionSummary(caution.id, caution.kind, caution.level, caution.title, caution.said.plain)
            for caution in atlas().cautions_of(point.code)
        ],
    )  # fmt: skip


@blueprint.get("/points")
def list_points() -> ResponseReturnValue:
    return answer(Points([entry(point) for point in atlas().points.values()]))


@blueprint.get("/points/<code>")
def show_point(code: str) -> ResponseReturnValue:
    return answer(entry(atlas().point(code) or abort(404)))


@blueprint.get("/views")
def list_views() -> ResponseReturnValue:
    views = [view for (figure, _), view in atlas().views.items() if figure == choice().figure]
    return answer(Views([ViewEntry(view.id, view.width, view.height, view.cun, view.landmarks) for view in views]))


@blueprint.get("/regions")
def list_regions() -> ResponseReturnValue:
    return answer(Regions([
        RegionEntry(region.slug, region.name, region.summary.plain, [item.code for item in region.points],
                    list(region.conditions))
        for region in atlas().regions.values()
    ]))  # fmt: skip


@blueprint.get("/conditions/<slug>")
def show_condition(slug: str) -> ResponseReturnValue:
    condition = atlas().conditions.get(slug) or abort(404)
    return answer(ConditionEntry(
        condition.slug, condition.name, condition.region, condition.summary.plain, list(condition.red_flags),
        [ConditionPointEntry(item.code, item.origin, item.written, item.reason.plain) for item in condition.points],
        list(condition.techniques),
    ))  # fmt: skip


@blueprint.get("/openapi.json")
def describe() -> ResponseReturnValue:
    """The OpenAPI 3.1 document, its schemas written by msgspec from the types above."""
    schemas, components = msgspec.json.schema_components(
        list(ANSWERS.values()), ref_template="#/components/schemas/{name}"
    )
    figure = {"name": "figure", "in": "query", "schema": {"type": "string", "enum": ["female", "male"]}}
    paths = {}
    for (path, _), schema in zip(ANSWERS.items(), schemas, strict=True):
        named = [{"name": part.strip("{}"), "in": "path", "required": True, "schema": {"type": "string"}}
                 for part in path.split("/") if part.startswith("{")]  # fmt: skip
        answers = {"200": {"description": "The atlas says", "content": {"application/json": {"schema": schema}}},
                   "400": {"description": "A query value that does not exist"}}  # fmt: skip
        if named:
            answers["404"] = {"description": "No such entry"}
        paths["/api/v1" + path] = {"get": {"parameters": [*named, figure], "responses": answers}}
    return answer({
        "openapi": "3.1.0",
        "info": {"title": "Bodymap atlas", "version": "1.0.0", "license": LICENCE},
        "paths": paths,
        "components": {"schemas": components},
    })  # fmt: skip
