"""A deck for Anki: locate and name cards with the figures, needling cards for those who needle; or as plain text.

Ids are fixed: those of the two note types here, a deck's made from its name in an address, a note's from the point's
code. So a second import, of the same deck or of another that shares points, updates what is there and adds no twin.
Anki compares times: a package that is written later is the newer one. Change the fields or cards of a note type and
it is another note type: give it another id.

Knows the atlas and how to draw; knows no learner and no page.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from html import escape
from itertools import count
from typing import Any

import genanki

from bodymap import standalone
from bodymap.atlas import Atlas
from bodymap.drawing import Dot, Picture
from bodymap.model import Audience, Figure, Placement, Point, Statement, View
from bodymap.quiz.model import Deck
from bodymap.quiz.places import asked_view
from bodymap.share import STATIC

POINT_MODEL, NEEDLING_MODEL = 1_764_100_801, 1_764_100_802
CSS = """
.card { margin: 0 auto; padding: 1rem; max-width: 34rem; font: 1.1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans",
  "Noto Sans CJK SC", sans-serif; text-align: center; color: #1c2528; background: #fbf9f6; }
.names { margin: .3rem 0; font-size: 1.5rem; font-weight: 650; line-height: 1.25; }
.large { font-size: 2.4rem; }
.english, .cite, .ask { color: #566161; } .cite { font-size: .8rem; } .ask { margin: 0 0 .3rem; }
.figure { display: grid; margin: .6rem auto; border-radius: 10px; background: #fbf9f6; overflow: hidden; }
.figure img { grid-area: 1 / 1; justify-self: center; width: auto; max-width: 100%; height: auto; max-height: 68vh; }
.said, table { margin: .6rem 0; text-align: left; } table { width: 100%; border-collapse: collapse; font-size: 1rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid #ddd8d0; vertical-align: top; }
.mind { padding: .4rem .8rem; border-left: 4px solid #a3201b; background: #fbe9e6; text-align: left; }
.mind ul { margin: 0; padding-left: 1rem; } hr#answer { border: 0; border-top: 1px solid #ddd8d0; }
.card.night_mode, .card.nightMode { color: #e9e6e1; background: #14191b; }
.nightMode .english, .nightMode .cite, .nightMode .ask { color: #a9b2b4; }
.nightMode .mind { background: #3a1d1b; border-color: #ff9d94; } .nightMode th, .nightMode td { border-color: #343d41; }
"""
NAMES = (
    '<p class="names">{{Code}} {{Pinyin}} <span lang="zh-Hant">{{Hanzi}}</span></p><p class="english">{{English}}</p>'
)
MIND = '{{#Mind}}<div class="mind">{{Mind}}</div>{{/Mind}}'
FOUND = '<div class="figure">{{Figure}}{{Place}}</div>'
KNOWN = f'{NAMES}{FOUND}<div class="said">{{{{Find}}}}</div>{MIND}'


def _card(name: str, ask: str, front: str, back: str) -> dict[str, str]:
    """A kind of card. Its answer stands below the question, or in the question's place where both show the figure."""
    asked = f'<p class="ask">{ask}</p>{front}'
    if "{{Figure}}" in front:
        return {
            "name": name,
            "qfmt": f"{{{{#Figure}}}}{asked}{{{{/Figure}}}}",
            "afmt": f'<div id="answer"></div>{back}',
        }
    return {"name": name, "qfmt": asked, "afmt": f'{asked}<hr id="answer">{back}'}


def _model(id: int, name: str, fields: str, templates: list[dict[str, str]]) -> Any:
    return genanki.Model(id, name, fields=[{"name": field} for field in fields.split()], templates=templates, css=CSS)


POINT = _model(
    POINT_MODEL,
    "Bodymap point",
    "Key Code Pinyin Hanzi English Figure Place Spot Find Mind",
    [
        _card("Locate", "Where is it?", NAMES + '<div class="figure">{{Figure}}</div>', KNOWN),
        _card("Name", "Which point is this?", '<div class="figure">{{Figure}}{{Spot}}</div>', KNOWN),
        _card("Code to names", "What is it called?", '<p class="names large">{{Code}}</p>', NAMES + FOUND),
        _card("Hanzi to code", "Which is it?", '<p class="names large" lang="zh-Hant">{{Hanzi}}</p>', NAMES + FOUND),
    ],
)
NEEDLING = _model(
    NEEDLING_MODEL,
    "Bodymap needling",
    "Key Code Pinyin Hanzi English Needling Mind",
    [_card("Needling", "Technique, angle and depth? What must you mind?", NAMES, "{{Needling}}" + MIND)],
)


def package(
    atlas: Atlas, deck: Deck, figure: Figure = "female", audience: Audience = "patient", written: float | None = None
) -> bytes:
    """The deck as an ``.apkg`` file, written now or at that time (seconds). Patients get no needling cards."""
    cards = Cards(atlas, figure, audience)
    made = genanki.Deck(_deck_id(deck.slug), f"Bodymap::{deck.name}", f"Bodymap, {deck.name}. Never needle yourself.")
    points = [atlas.points[code] for code in deck.codes]
    for point in points:
        made.add_note(cards.point(point))
    for point in points:
        if audience != "patient" and point.needling:
            made.add_note(cards.needling(point))
    return _packed(made, cards.media, time.time() if written is None else written)


def text(atlas: Atlas, deck: Deck, audience: Audience = "patient") -> str:
    """The deck as tab-separated text that Anki and spreadsheets read: id, question, answer, tags.

    Lines of # tell Anki what the columns are; the id makes a second import an update.
    """
    lines = io.StringIO()
    lines.write("#separator:tab\n#html:false\n#guid column:1\n#tags column:4\n")
    rows = csv.writer(lines, delimiter="\t", lineterminator="\n")
    cards = Cards(atlas, "female", audience)
    for code in deck.codes:
        point = atlas.points[code]
        tags = " ".join(_tags(atlas, code))
        names = f"{code} {point.pinyin} {point.hanzi}"
        rows.writerow([f"bodymap-text-name-{code}", code, f"{point.pinyin} {point.hanzi}: {point.english}", tags])
        rows.writerow([f"bodymap-text-place-{code}", f"Where is {names}?", cards.words(point.location), tags])
        if audience != "patient" and point.needling:
            told = "; ".join(", ".join(filter(None, row[:3])) for row in cards.needlings(point))
            rows.writerow([f"bodymap-text-needling-{code}", f"How is {names} needled?", told, tags])
    return lines.getvalue()


class Cards:
    """Makes notes, and the pictures that they show: ``media`` is each file's content by its name."""

    def __init__(self, atlas: Atlas, figure: Figure, audience: Audience) -> None:
        self.atlas = atlas
        self.figure: Figure = figure
        self.audience: Audience = audience
        self.media: dict[str, str] = {}

    def words(self, statement: Statement) -> str:
        """Patients never get the clinical words."""
        return statement.plain if self.audience == "patient" else statement.clinical or statement.plain

    def point(self, point: Point) -> Any:
        view = asked_view(self.atlas, self.figure, point.code)
        pictures = self._pictures(point, view) if view else ("", "", "")
        find = f"{escape(self.words(point.location))} {self._cite(point.location)}"
        cautions = "".join(
            f"<li><b>{escape(caution.title)}.</b> {escape(self.words(caution.said))} {self._cite(caution.said)}</li>"
            for caution in self.atlas.grave_cautions_of(point.code)
        )
        mind = f"<ul>{cautions}</ul>" if cautions else ""
        return self._note(POINT, point, "point", [*pictures, find, mind])

    def needling(self, point: Point) -> Any:
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self.needlings(point)
        )
        head = "".join(f"<th>{name}</th>" for name in ("Technique", "Angle", "Depth", "Source"))
        table = f"<table><tr>{head}</tr>{rows}</table>"
        dangers = "".join(
            f"<li><b>{escape(danger.structure)}.</b> {escape(danger.text)} "
            f'<span class="cite">{escape(self._works(danger.sources))}</span></li>'
            for danger in point.dangers
        )
        return self._note(NEEDLING, point, "needling", [table, f"<ul>{dangers}</ul>" if dangers else ""])

    def needlings(self, point: Point) -> Iterator[tuple[str, str, str, str]]:
        """Technique, angle, depth and source, as each source gives them."""
        for item in point.needling:
            technique = self.atlas.techniques.get(item.technique)
            depth = f"{item.depth[0]:g}–{item.depth[1]:g} cun" if item.depth else ""
            angle = item.angle + (f" ({item.note})" if item.note else "")
            yield technique.name if technique else item.technique, angle, depth, self._works(item.sources)

    def _note(self, kind: Any, point: Point, what: str, rest: list[str]) -> Any:
        names = (f"{point.code} {point.pinyin}", point.code, point.pinyin, point.hanzi, point.english)
        fields = [*(escape(name) for name in names), *rest]
        return genanki.Note(kind, fields, guid=f"bodymap-{what}-{point.code}", tags=_tags(self.atlas, point.code))

    def _cite(self, said: Statement) -> str:
        return f'<span class="cite">({escape(said.strength)}: {escape(self._works(said.sources))})</span>'

    def _works(self, ids: tuple[str, ...]) -> str:
        """The works by title, as short as can be."""
        works = [self.atlas.sources[id] for id in ids if id in self.atlas.sources]
        return "; ".join(f"{work.title} ({work.year})" for work in works)

    # Pictures

    def _pictures(self, point: Point, view: View) -> tuple[str, str, str]:
        """The figure, the place with its name and measures, and the bare place: as ``<img>``."""
        folder = "" if self.figure == "female" else self.figure
        source = (STATIC / "svg" / folder / f"{view.id}.svg").read_text(encoding="utf-8")
        placed = self.atlas.placements_of(point.code, self.figure)
        spots = [spot for spot in placed if spot.view == view.id and spot.visible]
        marks = [mark for mark in self.atlas.marks(point.code, self.figure) if mark.view == view.id]
        base = Picture(view, "", view.name, view.id)
        told = [_dot(spot, view, point, named=nth == 0) for nth, spot in enumerate(spots)]
        bare = [_dot(spot, view, point, named=False) for spot in spots if spot.position == "standard"]
        place = standalone.marked(replace(base, dots=told, marks=marks))
        return (
            self._image(f"{self.figure}-{view.id}", standalone.figure(source, view), f"{view.name}, unmarked"),
            self._image(f"{point.code}-place", place, f"{point.code} marked on it"),
            self._image(f"{point.code}-spot", standalone.marked(replace(base, dots=bare)), "A point marked on it"),
        )

    def _image(self, name: str, content: str, alt: str) -> str:
        """Files are named by what is in them, so that a redrawn one is a new file."""
        digest = hashlib.sha256(content.encode()).hexdigest()[:10]
        file = f"bodymap-{name}-{digest}.svg"
        self.media[file] = content
        return f'<img src="{file}" alt="{escape(alt)}">'


def _dot(spot: Placement, view: View, point: Point, *, named: bool) -> Dot:
    standard = spot.position == "standard"
    return Dot(
        id="", code=spot.code, href="", label="", x=spot.x, y=spot.y, chosen=True, alternative=not standard,
        caption=spot.code if named and standard else "", ring=point.ring * view.cun if standard else 0.0,
    )  # fmt: skip


def _tags(atlas: Atlas, code: str) -> list[str]:
    """Where the point belongs, as Anki's nested tags."""
    tags = ["bodymap", f"bodymap::channel::{atlas.points[code].channel}"]
    tags += [f"bodymap::condition::{entry.slug}" for entry in atlas.conditions_of(code)]
    return tags + [f"bodymap::region::{entry.slug}" for entry in atlas.regions_of(code)]


def _deck_id(slug: str) -> int:
    """Between 2^30 and 2^31, as Anki's own are wide enough; the same for a deck for good."""
    digest = hashlib.sha256(f"bodymap deck {slug}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def _packed(deck: Any, media: Mapping[str, str], written: float) -> bytes:
    """What ``genanki.Package`` writes, in memory and compressed: it leaves a temporary file behind each time."""
    with closing(sqlite3.connect(":memory:")) as collection:
        genanki.Package(deck).write_to_db(collection.cursor(), written, count(int(written * 1000)))
        collection.commit()
        notes = collection.serialize()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", notes)
        archive.writestr("media", json.dumps({str(number): name for number, name in enumerate(media)}))
        for number, content in enumerate(media.values()):
            archive.writestr(str(number), content)
    return packed.getvalue()
