"""From ``data/`` to ``atlas.db``: one plain SQLite file with a table per kind of entry and a full-text index.

Nested parts of an entry (its statements, its rule of place) are JSON columns, so that ``datasette`` can open the atlas
and ``atlas`` can read an entry back whole. The build writes a new file and renames it: a failed build changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import sqlite_utils

from bodymap import library, model, numbering
from bodymap.library import Library

TABLES: tuple[tuple[str, str], ...] = (
    ("channels", "code"),
    ("points", "code"),
    ("categories", "slug"),
    ("regions", "slug"),
    ("zones", "slug"),
    ("conditions", "slug"),
    ("techniques", "slug"),
    ("cautions", "id"),
    ("circumstances", "slug"),
    ("red_flags", "id"),
    ("claims", "id"),
    ("effects", "id"),
    ("regimens", "id"),
    ("glossary", "slug"),
    ("guide", "slug"),
    ("remarks", "id"),
    ("sources", "id"),
    ("numbering", "code"),
)
FIGURE_TABLES = ("views", "placements", "shapes", "marks", "inside")
KINDS: dict[str, type[model.Entry]] = {
    **{name: kind for _, _, name, kind in library.TOML},
    **{name: kind for _, name, kind in library.CSV},
    "views": model.View,
}


class BuildError(Exception):
    """The data has faults; the atlas was left as it was."""

    def __init__(self, faults: list[library.Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def fingerprint(data: Path) -> str:
    """A hash of every data file and of the code that builds from them: the same inputs give the same atlas."""
    digest = hashlib.sha256()
    code = [Path(module.__file__ or "") for module in (library, numbering)] + [Path(__file__)]
    code += sorted(Path(model.__file__ or "").parent.glob("*.py"))
    for path in sorted(data.rglob("*.*")) + code:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def build_atlas(data: Path, target: Path) -> Path:
    """Build the atlas at ``target``, atomically. BuildError if a data file cannot be decoded."""
    content = library.read(data)
    if content.faults:
        raise BuildError(content.faults)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".new", dir=target.parent)
    os.close(handle)
    try:
        write(content, Path(name), fingerprint(data))
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
    return target


def write(content: Library, path: Path, revision: str) -> None:
    """Write every entry into a fresh SQLite file at ``path``."""
    db = sqlite_utils.Database(path)
    with db.conn:
        for table, primary in TABLES:
            rows = [_row(entry) | {"position": place} for place, entry in enumerate(getattr(content, table))]
            _fill(db, table, rows, primary)
        for table in FIGURE_TABLES:
            _fill(db, table, [_row(entry) for entry in getattr(content, table)], None)
        for table, columns in (
            ("placements", ["figure", "view", "code"]),
            ("placements", ["figure", "code"]),
            ("shapes", ["figure", "view"]),
            ("marks", ["code", "figure", "view"]),
        ):
            db.table(table).create_index(columns)
        _write_search(db, content)
        db.table("build").insert({"revision": revision})
    db.conn.close()


def _fill(db: sqlite_utils.Database, table: str, rows: list[dict[str, Any]], primary: str | None) -> None:
    """A table is there even when it has no rows, so that every question has an answer."""
    if rows:
        db.table(table).insert_all(rows, pk=primary)
    else:
        fields = KINDS[table].__struct_fields__
        db.table(table).create(dict.fromkeys((*fields, "position"), str), pk=primary)


def _row(entry: model.Entry) -> dict[str, Any]:
    """One row: scalars as they are, everything nested as JSON (sqlite-utils encodes lists and dicts)."""
    row: dict[str, Any] = msgspec.to_builtins(entry)
    return row


def _write_search(db: sqlite_utils.Database, content: Library) -> None:
    db.table("search").create({"kind": str, "key": str, "title": str, "names": str, "hanzi": str, "words": str})
    db.table("search").insert_all(_documents(content))
    db.table("search").enable_fts(["title", "names", "hanzi", "words"], tokenize="unicode61 remove_diacritics 2")


def _documents(content: Library) -> Iterable[dict[str, str]]:
    channels = {channel.code: channel for channel in content.channels}
    named: dict[str, list[str]] = defaultdict(list)
    for category in content.categories:
        for code, whose in category.points.items():
            named[code] += [category.name, whose]
    for point in content.points:
        names = [point.pinyin, numbering.plain(point.pinyin), numbering.spaced(point.pinyin), point.english]
        names += [*point.aliases, *numbering.spellings(point, channels)]
        yield {
            "kind": "point", "key": point.code, "title": point.code, "names": " ".join(names),
            "hanzi": " ".join(point.hanzi.replace("兪", "俞")) + " | " + " ".join(point.hanzi_simplified),
            "words": " ".join(
                [point.location.plain, point.location.clinical, *(m.name for m in point.meets), *named[point.code]]
            ),
        }  # fmt: skip
    for kind, entries in (
        ("condition", content.conditions), ("region", content.regions), ("technique", content.techniques),
    ):  # fmt: skip
        for entry in entries:
            yield {
                "kind": kind, "key": entry.slug, "title": entry.name, "names": entry.slug.replace("-", " "),
                "hanzi": "", "words": entry.summary.plain + " " + entry.summary.clinical,
            }  # fmt: skip
    for page in content.guide:
        headings = " ".join(section.heading for section in page.sections)
        yield {
            "kind": "guide", "key": page.slug, "title": page.title, "names": headings, "hanzi": "",
            "words": page.summary.plain,
        }  # fmt: skip
    for flag in content.red_flags:
        yield {
            "kind": "flag", "key": flag.id, "title": flag.title, "names": " ".join(flag.signs), "hanzi": "",
            "words": flag.said.plain + " " + flag.said.clinical,
        }  # fmt: skip
    for circumstance in content.circumstances:
        yield {
            "kind": "circumstance", "key": circumstance.slug, "title": circumstance.name, "names": circumstance.tell,
            "hanzi": "", "words": circumstance.said.plain,
        }  # fmt: skip
    for technique in content.techniques:
        for zone in content.zones:
            if zone.kind in technique.zones:  # its key leads to its place on the technique's page
                yield {
                    "kind": "zone", "key": f"{technique.slug}#{zone.slug}", "title": zone.name, "names": zone.kind,
                    "hanzi": "", "words": zone.said.plain,
                }  # fmt: skip
    for term in content.glossary:
        yield {
            "kind": "term", "key": term.slug, "title": term.name,
            "names": " ".join([*term.forms, term.pinyin, numbering.plain(term.pinyin)]),
            "hanzi": " ".join(term.hanzi), "words": term.said.plain,
        }  # fmt: skip
