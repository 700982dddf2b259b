"""The whole atlas as open data: CSV, JSON and SQLite with a data dictionary, for people who build on it.

A frictionless data package: ``datapackage.json`` lists every file with its size and hash, and describes every table and
field by the types of `model` and the words of ``data/dictionary.toml``. Nested parts (statements, rules of place) are
JSON within the cells of CSV and SQLite; the table ``dictionary``, which is in all three forms, tells what they hold.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from bodymap import __version__
from bodymap.build import FIGURE_TABLES, KINDS, TABLES, fingerprint
from bodymap.library import Library

NAME, TITLE = "bodymap", "Bodymap: an open atlas of acupuncture points for back pain"
LICENCES = [
    {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0",
     "path": "https://creativecommons.org/licenses/by/4.0/"},
]  # fmt: skip
SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object", tuple: "array"}
REFERS = {"channel": "channels", "region": "regions", "code": "points", "zone": "zones", "caution": "cautions"}
"""Fields that name an entry of another table."""

EXPORTED: tuple[tuple[str, str | None], ...] = (*TABLES, *((table, None) for table in FIGURE_TABLES))
"""The tables with their primary keys."""
DICTIONARY = ("table", "field", "type", "description")
SQLITE = "bodymap.sqlite"

Words = dict[str, Any]


def write(content: Library, atlas: Path, data: Path, folder: Path) -> list[Path]:
    """Write the package into ``folder``, file by file in one step each; returns the files. OSError if it cannot be."""
    words = tomllib.loads((data / "dictionary.toml").read_text(encoding="utf-8"))
    version = f"{__version__}+{fingerprint(data)}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as name:
        fresh = Path(name)
        meanings = list(dictionary(words))
        tables = {table: [msgspec.to_builtins(entry) for entry in getattr(content, table)] for table, _ in EXPORTED}
        for table, rows in (*tables.items(), ("dictionary", meanings)):
            fields = KINDS[table].__struct_fields__ if table in KINDS else DICTIONARY
            (fresh / f"{table}.csv").write_text(as_csv(fields, rows), encoding="utf-8", newline="")
            (fresh / f"{table}.json").write_text(as_json(rows), encoding="utf-8")
        _write_sqlite(atlas, meanings, fresh / SQLITE)
        package = {"profile": "data-package", "name": NAME, "title": TITLE, "version": version,
                   "description": words["description"], "licenses": LICENCES,
                   "resources": [file | _measure(fresh / file["path"]) for file in resources(words)]}  # fmt: skip
        (fresh / "datapackage.json").write_text(as_json(package), encoding="utf-8")
        (fresh / "CITATION.cff").write_text(citation(version, released(data.parent / "CHANGELOG.md")), encoding="utf-8")
        written = sorted(fresh.iterdir())
        for path in written:
            os.replace(path, folder / path.name)
    return [folder / path.name for path in written]


def _write_sqlite(atlas: Path, meanings: Sequence[dict[str, Any]], target: Path) -> None:
    """The atlas as it is, with the dictionary as one more table."""
    shutil.copyfile(atlas, target)
    with closing(sqlite3.connect(target)) as db, db:
        columns = ", ".join(f'"{name}" TEXT NOT NULL' for name in DICTIONARY)
        db.execute(f'CREATE TABLE dictionary ({columns}, PRIMARY KEY ("table", "field"))')
        db.executemany("INSERT INTO dictionary VALUES (:table, :field, :type, :description)", meanings)


def _measure(path: Path) -> dict[str, Any]:
    """Size and hash of a file, as a resource states them."""
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def released(changelog: Path) -> str:
    """The ISO date of this version in the changelog's heading; empty where it has none, being unreleased."""
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    found = re.search(rf"^## {re.escape(__version__)} \((\d{{4}}-\d\d-\d\d)\)", text, re.MULTILINE)
    return found[1] if found else ""


def citation(version: str, date: str = "") -> str:
    """How to cite a version, in the Citation File Format; ``date`` (ISO) is that of its release, empty before it."""
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use this atlas, please cite it."\n'
        f'title: "{TITLE}"\n'
        "type: dataset\n"
        "authors:\n"
        '  - name: "Bodymap contributors"\n'
        f'version: "{version}"\n' + (f"date-released: {date}\n" if date else "") + "license: CC-BY-4.0\n"
        "keywords:\n"
        "  - acupuncture\n"
        "  - back pain\n"
        "  - anatomy\n"
    )


def as_csv(fields: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    """A table with a header; nested values as JSON, true and false as words, None as nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in fields])
    return text.getvalue()


def as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def resources(words: Words) -> Iterator[dict[str, Any]]:
    """The description of every file: the tables as CSV and as JSON, and the SQLite file."""
    described = [*(resource(table, primary, words) for table, primary in EXPORTED), _own(words)]
    yield from described
    for table in described:
        name = table["name"]
        yield {
            "profile": "data-resource", "name": f"{name}-json", "path": f"{name}.json", "format": "json",
            "mediatype": "application/json", "encoding": "utf-8",
            "description": f"{table['description']}. As {name}.csv, nested parts as objects and lists",
        }  # fmt: skip
    yield {
        "profile": "data-resource", "name": f"{NAME}-sqlite", "path": SQLITE, "format": "sqlite",
        "mediatype": "application/vnd.sqlite3", "description": words["sqlite"],
    }  # fmt: skip


def _own(words: Words) -> dict[str, Any]:
    """The description of the dictionary itself."""
    told = words["tables"]["dictionary"]
    fields = [{"name": name, "type": "string", "description": told["fields"][name]} for name in DICTIONARY]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["table", "field"]}
    return _tabular("dictionary", told["description"], schema)


def _tabular(table: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource", "name": table, "path": f"{table}.csv", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "description": description,
        "schema": {name: value for name, value in schema.items() if value},
    }  # fmt: skip


def dictionary(words: Words) -> Iterator[dict[str, str]]:
    """A row for every field of every table and of the parts nested in it, with its path, type and meaning."""
    for table, _ in EXPORTED:
        own = words["fields"] | words["tables"][table].get("fields", {})
        yield from _meanings(table, KINDS[table], "", own, words)


def _meanings(table: str, kind: type[Any], path: str, told: Words, words: Words) -> Iterator[dict[str, str]]:
    tag = kind.__struct_config__.tag
    if tag:
        yield {"table": table, "field": f"{path}rule", "type": "string", "description": told["rule"]}
    for name, hint in get_type_hints(kind).items():
        yield {"table": table, "field": path + name, "type": _type(hint), "description": told[name]}
        for part in dict.fromkeys(_parts(hint)):
            inner = f"{path}{name}{'[]' if _type(hint) == 'array' else ''}"
            inner += f"({part.__struct_config__.tag})." if part.__struct_config__.tag else "."
            yield from _meanings(table, part, inner, words["fields"] | words["parts"].get(part.__name__, {}), words)


def _parts(hint: Any) -> Iterator[type[Any]]:
    """The structs that a type holds, such as the five rules of place."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for inner in get_args(hint):
        yield from _parts(inner)


def resource(table: str, primary: str | None, words: Words) -> dict[str, Any]:
    """The description of one table: where it is, what it holds, and the type and meaning of each field."""
    kind = KINDS[table]
    types = get_type_hints(kind)
    fields = [_field(table, name, types[name], words) for name in kind.__struct_fields__]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if primary and table != "numbering":
        schema["primaryKey"] = primary
    schema["foreignKeys"] = [
        {"fields": name, "reference": {"resource": REFERS[name], "fields": dict(TABLES)[REFERS[name]]}}
        for name in kind.__struct_fields__
        if name in REFERS and types[name] is str and not (table == REFERS[name] and name == primary) and name != primary
    ]
    return _tabular(table, words["tables"][table]["description"], schema)


def _field(table: str, name: str, kind: Any, words: Words) -> dict[str, Any]:
    own = words["tables"][table].get("fields", {})
    field: dict[str, Any] = {"name": name, "type": _type(kind), "description": own.get(name) or words["fields"][name]}
    if get_origin(kind) is Literal and all(get_args(kind)):
        field["constraints"] = {"enum": list(get_args(kind))}
    return field


def _type(kind: Any) -> str:
    """The frictionless name of a type: ``tuple[str, ...]`` is an array, a struct an object."""
    if kind in SIMPLE:
        return SIMPLE[kind]
    match get_origin(kind):
        case origin if origin in SIMPLE:
            return SIMPLE[origin]
        case origin if origin is Literal:
            return "string"
        case origin if origin is UnionType or "Union" in str(origin):
            return _type(next(part for part in get_args(kind) if part is not type(None)))
    return "object"


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
