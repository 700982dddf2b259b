"""Every question asked of the atlas, and the only SQL against it. Read-only; a missing thing is None."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar, get_origin, get_type_hints

import msgspec

from bodymap import model
from bodymap.numbering import Meaning, Numbering, plain

T = TypeVar("T", bound=model.Entry)

GRAVITY = {"avoid": 0, "high": 1, "caution": 2, "ask": 3, "information": 4}
PLACE_KINDS = (*model.BENEATH, "pregnancy")
IN_ORDER = "1 ORDER BY (SELECT position FROM channels WHERE code = points.channel), number"
URGENCY = {"emergency": 0, "same-day": 1, "urgent": 2, "appointment": 3}


class Hit(model.Entry, frozen=True):
    """A search result: what kind of thing, its key and title."""

    kind: str
    key: str
    title: str


@cache
def _nested(kind: type[model.Entry]) -> tuple[str, ...]:
    """The fields that the build stored as JSON: all that are not plain scalars."""
    scalars = (str, int, float, bool)
    hints = get_type_hints(kind)
    return tuple(name for name, hint in hints.items() if hint not in scalars and get_origin(hint) is not Literal)


class Atlas:
    """The atlas file, opened once per process; safe to share between threads because nothing is ever written."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.db.row_factory = sqlite3.Row

    @cached_property
    def revision(self) -> str:
        """The fingerprint of the data this atlas was built from."""
        return str(self.db.execute("SELECT revision FROM build").fetchone()[0])

    def _entries(self, kind: type[T], table: str, where: str = "1", *values: Any) -> list[T]:
        rows = self.db.execute(f"SELECT * FROM {table} WHERE {where}", values)  # noqa: S608 - constant SQL only
        return [self._entry(kind, row) for row in rows]

    @staticmethod
    def _entry(kind: type[T], row: sqlite3.Row) -> T:
        nested = _nested(kind)
        columns = {name: row[name] for name in kind.__struct_fields__ if name in row.keys()}  # noqa: SIM118 - a Row
        for name in nested:
            if isinstance(columns.get(name), str):
                columns[name] = json.loads(columns[name]) if columns[name][:1] in "[{" else columns[name]
        return msgspec.convert(columns, kind, strict=False)

    # Points

    @cached_property
    def points(self) -> dict[str, model.Point]:
        """Every point by code, in channel order."""
        return {point.code: point for point in self._entries(model.Point, "points", IN_ORDER)}

    def point(self, code: str) -> model.Point | None:
        return self.points.get(code)

    @cached_property
    def channels(self) -> dict[str, model.Channel]:
        return {channel.code: channel for channel in self._entries(model.Channel, "channels", "1 ORDER BY position")}

    def channel_points(self, code: str) -> list[model.Point]:
        return [point for point in self.points.values() if point.channel == code]

    @cached_property
    def categories(self) -> dict[str, model.Category]:
        return {entry.slug: entry for entry in self._entries(model.Category, "categories", "1 ORDER BY position")}

    def categories_of(self, code: str) -> list[tuple[model.Category, str]]:
        """What the tradition calls the point, and for what each."""
        return [(entry, entry.points[code]) for entry in self.categories.values() if code in entry.points]

    def aliases(self, point: model.Point) -> list[str]:
        """Every other way to write the point: other systems' prefixes, other names, its older number."""
        prefixes = self.channels[point.channel].prefixes if point.channel in self.channels else ()
        systematic = [f"{prefix}{point.number}" for prefix in prefixes if prefix != point.channel]
        older = [f"{older} (older)" for meaning, older in self.older_numbers if meaning.code == point.code]
        return [*point.aliases, *(systematic if self.channels[point.channel].count else ()), *older]

    @cached_property
    def older_numbers(self) -> list[tuple[Meaning, str]]:
        """Each bladder point whose number changed, as the standard names it, with its older code."""
        rows = self.db.execute("SELECT * FROM numbering ORDER BY position")
        return [
            (Meaning(row["code"], "standard", row["pinyin"], row["hanzi"], row["where"]), row["older"]) for row in rows
        ]

    @cached_property
    def numbering(self) -> Numbering:
        return Numbering(self.points.values(), self.channels.values(), self.older_numbers)

    # Places

    @cached_property
    def views(self) -> dict[tuple[str, str], model.View]:
        """Every view by (figure, id), whole views first."""
        return {(view.figure, view.id): view for view in self._entries(model.View, "views")}

    @cached_property
    def _placements(self) -> tuple[dict[tuple[str, str], list[model.Placement]], ...]:
        """Every placement by figure and view, and by figure and code: read once, since every page and question asks."""
        by_view: dict[tuple[str, str], list[model.Placement]] = defaultdict(list)
        by_code: dict[tuple[str, str], list[model.Placement]] = defaultdict(list)
        for spot in self._entries(model.Placement, "placements", "1 ORDER BY rowid"):
            by_view[spot.figure, spot.view].append(spot)
            by_code[spot.figure, spot.code].append(spot)
        return by_view, by_code

    def placements(self, figure: str, view: str) -> Sequence[model.Placement]:
        return self._placements[0].get((figure, view), ())

    def placements_of(self, code: str, figure: str) -> Sequence[model.Placement]:
        return self._placements[1].get((figure, code), ())

    @cached_property
    def shown(self) -> dict[str, frozenset[str]]:
        """The codes of the points that any view shows, by figure."""
        rows = self.db.execute("SELECT DISTINCT figure, code FROM placements WHERE visible").fetchall()
        codes = defaultdict(set)
        for row in rows:
            codes[row["figure"]].add(row["code"])
        return defaultdict(frozenset, {figure: frozenset(found) for figure, found in codes.items()})

    def shapes(self, figure: str, view: str) -> list[model.Shape]:
        return self._entries(model.Shape, "shapes", "figure = ? AND view = ?", figure, view)

    def marks(self, code: str, figure: str) -> list[model.Mark]:
        """The point's measuring marks, those of the view that shows them best first."""
        return self._entries(model.Mark, "marks", "code = ? AND figure = ? ORDER BY rowid", code, figure)

    # What is said

    @cached_property
    def regions(self) -> dict[str, model.Region]:
        return {region.slug: region for region in self._entries(model.Region, "regions", "1 ORDER BY position")}

    @cached_property
    def zones(self) -> dict[str, model.Zone]:
        return {zone.slug: zone for zone in self._entries(model.Zone, "zones", "1 ORDER BY position")}

    @cached_property
    def conditions(self) -> dict[str, model.Condition]:
        return {entry.slug: entry for entry in self._entries(model.Condition, "conditions", "1 ORDER BY position")}

    @cached_property
    def techniques(self) -> dict[str, model.Technique]:
        return {entry.slug: entry for entry in self._entries(model.Technique, "techniques", "1 ORDER BY position")}

    @cached_property
    def guide(self) -> dict[str, model.GuidePage]:
        return {page.slug: page for page in self._entries(model.GuidePage, "guide", "1 ORDER BY position")}

    @cached_property
    def remarks(self) -> dict[str, model.Statement]:
        """What pages say in passing, by id."""
        return {entry.id: entry.said for entry in self._entries(model.Remark, "remarks", "1 ORDER BY position")}

    @cached_property
    def sources(self) -> dict[str, model.Source]:
        return {source.id: source for source in self._entries(model.Source, "sources", "1 ORDER BY position")}

    @cached_property
    def claims(self) -> dict[str, model.Claim]:
        return {claim.id: claim for claim in self._entries(model.Claim, "claims", "1 ORDER BY position")}

    @cached_property
    def cautions(self) -> dict[str, model.Caution]:
        """Every caution, gravest first."""
        found = self._entries(model.Caution, "cautions", "1 ORDER BY position")
        return {caution.id: caution for caution in sorted(found, key=lambda caution: GRAVITY[caution.level])}

    @cached_property
    def circumstances(self) -> dict[str, model.Circumstance]:
        found = self._entries(model.Circumstance, "circumstances", "1 ORDER BY position")
        return {entry.slug: entry for entry in found}

    @cached_property
    def effects(self) -> list[model.Effect]:
        return self._entries(model.Effect, "effects", "1 ORDER BY position")

    @cached_property
    def regimens(self) -> list[model.Regimen]:
        return self._entries(model.Regimen, "regimens", "1 ORDER BY position")

    @cached_property
    def glossary(self) -> dict[str, model.Term]:
        return {term.slug: term for term in self._entries(model.Term, "glossary", "1 ORDER BY name COLLATE NOCASE")}

    @cached_property
    def forms(self) -> dict[str, str]:
        """Every way that a word of the glossary is written, in lower case -> its slug."""
        return {form.casefold(): term.slug for term in self.glossary.values() for form in term.forms}

    @cached_property
    def red_flags(self) -> dict[str, model.RedFlag]:
        """Every red flag, most urgent first."""
        found = self._entries(model.RedFlag, "red_flags", "1 ORDER BY position")
        return {flag.id: flag for flag in sorted(found, key=lambda flag: URGENCY[flag.urgency])}

    @cached_property
    def _cautions_by_point(self) -> dict[str, list[model.Caution]]:
        by_point: dict[str, list[model.Caution]] = defaultdict(list)
        for caution in self.cautions.values():
            for code in caution.points:
                by_point[code].append(caution)
        return by_point

    def cautions_of(self, code: str) -> list[model.Caution]:
        """The cautions that name this point, gravest first."""
        return self._cautions_by_point.get(code, [])

    def grave_cautions_of(self, code: str) -> list[model.Caution]:
        """Those that go with the place itself whoever the person is, or with pregnancy: avoid and high risk."""
        return [
            caution
            for caution in self.cautions_of(code)
            if caution.level in ("avoid", "high") and caution.kind in PLACE_KINDS
        ]

    def conditions_of(self, code: str) -> list[model.Condition]:
        return [entry for entry in self.conditions.values() if any(item.code == code for item in entry.points)]

    def inside(self, zone: str) -> set[str]:
        """The codes of the points that lie in a region or over a danger zone, as computed on the surface."""
        return {str(row["code"]) for row in self.db.execute("SELECT code FROM inside WHERE zone = ?", (zone,))}

    def regions_of(self, code: str) -> list[model.Region]:
        return [region for region in self.regions.values() if any(item.code == code for item in region.points)]

    def technique_notes(self, code: str) -> list[tuple[model.Technique, model.Statement]]:
        """The techniques that use the point for some condition, and what each is."""
        return [
            (technique, technique.summary)
            for technique in self.techniques.values()
            if any(code in use.codes for use in technique.points)
        ]

    def claims_of(self, code: str) -> list[model.Claim]:
        return [claim for claim in self.claims.values() if code in claim.points]

    # Search

    def search(self, text: str, limit: int = 30) -> list[Hit]:
        """Entries whose names or words match, best first. Any text is safe: every term is quoted for FTS5."""
        text = text.replace("兪", "俞")
        hanzi = [character for character in text if "\u3400" <= character <= "\u9fff"]
        latin = "".join(" " if character in hanzi else character for character in text)
        terms = [term for term in ("".join(c if c.isalnum() else " " for c in latin)).split() if plain(term)]
        query = " ".join(
            [f'"{term}"*' for term in terms[:12]] + ([f'hanzi: "{" ".join(hanzi[:12])}"'] if hanzi else [])
        )
        if not query:
            return []
        rows = self.db.execute(
            """SELECT search.kind, search.key, search.title
               FROM search_fts JOIN search ON search.rowid = search_fts.rowid
               WHERE search_fts MATCH ? ORDER BY bm25(search_fts, 8.0, 6.0, 6.0, 1.0) LIMIT ?""",
            (query, limit),
        )
        return [Hit(row["kind"], row["key"], row["title"]) for row in rows]
