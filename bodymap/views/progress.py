"""Where a learner stands, and decks to take along. Introduces the figures of progress to the charts.

The words of a chart are the template's; the numbers come from ``quiz.progress``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from bodymap import charts
from bodymap.charts import Head
from bodymap.model import View
from bodymap.quiz import anki, decks, progress, scheduling
from bodymap.quiz.model import Answered, Deck
from bodymap.quiz.progress import Band, Due, Share, Standing, Strength
from bodymap.quiz.scheduling import Settings
from bodymap.store.counters import Limit
from bodymap.views.access import store
from bodymap.views.learner import keep_private, learning
from bodymap.views.page import SITEWIDE, Astray, asset, atlas, choice, link

VIEWS = ("front", "back")
DOWNLOADS = Limit("decks by address", 30, 60)
"""The whole atlas takes half a second to draw."""

blueprint = Blueprint("progress", __name__)
keep_private(blueprint)


def chosen_deck(default: str) -> Deck:
    """The deck that the address names; Astray where there is none of that name."""
    slug = request.args.get("deck", default)
    found = decks.deck(atlas(), slug)
    if found is None:
        raise Astray(
            f"“deck” cannot be “{slug[:40]}”. It can be: {decks.FIRST}, channel:BL, {decks.ALL} and others.",
            "learning.choose_deck", "All decks",
        )  # fmt: skip
    return found


@blueprint.get("/quiz/progress")
def show_progress() -> str:
    """Where the learner stands: in all, or in the deck that the address names."""
    deck = chosen_deck(decks.ALL)
    own, now = learning(), datetime.fromtimestamp(store().now(), UTC)
    settings = own.settings()
    standings = progress.standings(own.memories().values(), now, settings)
    report = Report(standings, own.answered(), deck.codes, now, settings)
    return render_template(
        "progress.html", report=report, plates=Plates(report), deck=deck, decks=list(decks.decks(atlas())),
        left_out=request.args.get("left_out", 0, type=int),
    )  # fmt: skip


@blueprint.get("/quiz/export.apkg")
def export_anki() -> ResponseReturnValue:
    """The deck for Anki, in the reader's words and on the reader's figure."""
    deck = chosen_deck(decks.ALL)
    if DOWNLOADS.wait(store(), request.remote_addr or ""):
        abort(429)
    return _file(anki.package(atlas(), deck, choice().figure, choice().audience), deck, "apkg", "application/zip")


@blueprint.get("/quiz/export.txt")
def export_text() -> ResponseReturnValue:
    deck = chosen_deck(decks.ALL)
    return _file(anki.text(atlas(), deck, choice().audience).encode(), deck, "txt", "text/tab-separated-values")


def _file(content: bytes, deck: Deck, ending: str, kind: str) -> Response:
    """A download. It is kept by nobody, since a later one is a newer one."""
    name = deck.slug.replace(":", "-").lower()
    headers = {"Content-Disposition": f'attachment; filename="bodymap-{name}.{ending}"'}
    return Response(content, content_type=f"{kind}; charset=utf-8" if ending == "txt" else kind, headers=headers)


class Report:
    """All figures of the page: of one deck, or of every point that was met."""

    def __init__(
        self, standings: Sequence[Standing], answers: Sequence[Answered], codes: Sequence[str], now: datetime,
        settings: Settings,
    ) -> None:  # fmt: skip
        """``codes``: the points that the page is about; of others nothing is told."""
        self.points = set(codes)
        self.standings = [item for item in standings if item.code in self.points]
        self.answers = [item for item in answers if item.code in self.points]
        self.now, self.zone, self.target = now, ZoneInfo(settings.zone), settings.retention
        self.paused = bool(settings.paused)

    @cached_property
    def strengths(self) -> list[Strength]:
        """The weakest points first."""
        found = progress.strengths(self.standings, self.target, self.zone).values()
        return sorted(found, key=lambda item: (progress.GRAVITY.index(item.band), item.recall))

    @cached_property
    def band(self) -> dict[str, Band]:
        """Each point's band by code."""
        met: dict[str, Band] = {item.code: item.band for item in self.strengths}
        return {code: met.get(code, "unseen") for code in self.points}

    @cached_property
    def bands(self) -> dict[Band, int]:
        """How many points are in each band."""
        held = list(self.band.values())
        return {band: held.count(band) for band in progress.GRAVITY}

    @property
    def slipping(self) -> list[Standing]:
        """The leeches: cards that slipped too often, the most often first."""
        found = [item for item in self.standings if item.slips >= scheduling.LEECH]
        return sorted(found, key=lambda item: (-item.slips, item.code))

    @cached_property
    def due(self) -> list[Due]:
        return progress.forecast(self.standings, self.now, self.zone)

    @cached_property
    def all(self) -> Share:
        return progress.share("all", self.answers, progress.again(self.answers, self.zone))

    @cached_property
    def kinds(self) -> list[Share]:
        return progress.shares(self.answers, lambda item: item.kind, self.zone)

    @cached_property
    def channels(self) -> list[Share]:
        points = atlas().points
        return progress.shares(self.answers, lambda item: points[item.code].channel, self.zone)

    @property
    def channel_names(self) -> dict[str, str]:
        return {code: channel.name.removesuffix(" channel") for code, channel in atlas().channels.items()}

    @cached_property
    def throws(self) -> list[Answered]:
        return progress.throws(self.answers)

    @cached_property
    def usual(self) -> float | None:
        return progress.usual_distance(self.answers)

    @property
    def views(self) -> list[View]:
        return [atlas().views[choice().figure, view] for view in VIEWS]

    def day(self, when: datetime) -> date:
        """The learner's own day."""
        return when.astimezone(self.zone).date()


class Plates:
    """The charts of a report, under the words that the template gives."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def body(self, view: View, title: str, description: str, names: Mapping[str, str]) -> Markup:
        """The figure with every point of the report that can be seen in this view."""
        figure = choice().figure
        folder = "" if figure == "female" else f"{figure}/"
        band, points = self.report.band, atlas().points
        places = [
            charts.Place(
                link("explore.show_point", code=spot.code, **SITEWIDE),
                f"{spot.code} {points[spot.code].pinyin}: {names[band[spot.code]]}", spot.x, spot.y, band[spot.code],
            )
            for spot in atlas().placements(figure, view.id)
            if spot.visible and spot.position == "standard" and spot.code in band
        ]  # fmt: skip
        places.sort(key=lambda place: -progress.GRAVITY.index(place.band))  # what is weak lies on top
        head = Head(f"body-{view.id}", title, description)
        return _markup(charts.body(head, view, asset(f"svg/{folder}{view.id}.svg") + "#body", places))

    def key(self, band: Band) -> Markup:
        return _markup(charts.key(band))

    def forecast(self, title: str, description: str, weekdays: Sequence[str], today: str) -> Markup:
        days = [
            charts.Day(weekdays[item.day.weekday()] if place else today, str(item.day.day), item.due, item.overdue)
            for place, item in enumerate(self.report.due)
        ]
        return _markup(charts.forecast(Head("due", title, description), days))

    def shares(
        self, id: str, groups: Sequence[Share], title: str, description: str, names: Mapping[str, str], target: str
    ) -> Markup:
        rows = [
            charts.Share(names[item.key], item.accuracy, item.retention, item.low, item.high, item.count)
            for item in groups
        ]
        return _markup(charts.shares(Head(id, title, description), rows, self.report.target, target))

    def distances(
        self, title: str, description: str, right: str, near: str, months: Sequence[str], unit: str
    ) -> Markup:
        """The first, the middle and the last day are named."""
        throws = [charts.Throw(item.at.timestamp(), item.distance or 0.0, item.grade) for item in self.report.throws]
        days = {self.report.day(item.at): item.at.timestamp() for item in reversed(self.report.throws)}
        shown = sorted(days)
        named = {shown[0], shown[len(shown) // 2], shown[-1]}
        ticks = [(days[day], f"{day.day} {months[day.month - 1]}") for day in sorted(named)]
        return _markup(charts.distances(Head("far", title, description), throws, ticks, right, near, unit))


def _markup(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - svgwrite has escaped every text and attribute
