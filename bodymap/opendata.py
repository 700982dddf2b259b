"""The whole atlas as open data: CSV, JSON and SQLite with a data dictionary, for people who build on it.

A frictionless data package: ``datapackage.json`` describes every table and field by the types of `model` and the words
of ``data/dictionary.toml``. Nested fields (statements, rules of place) are JSON within the CSV.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Sequence
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

Words = dict[str, Any]


def write(content: Library, atlas: Path, data: Path, folder: Path) -> list[Path]:
    """Write the package into ``folder``, file by file in one step each; returns the files. OSError if it cannot be."""
    words = tomllib.loads((data / "dictionary.toml").read_text(encoding="utf-8"))
    version = f"{__version__}+{fingerprint(data)}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as name:
        fresh = Path(name)
        resources = []
        for table, primary in (*TABLES, *((table, None) for table in FIGURE_TABLES)):
            rows = [msgspec.to_builtins(entry) for entry in getattr(content, table)]
            fields = KINDS[table].__struct_fields__
            (fresh / f"{table}.csv").write_text(as_csv(fields, rows), encoding="utf-8", newline="")
            (fresh / f"{table}.json").write_text(as_json(rows), encoding="utf-8")
            resources.append(resource(table, primary, words))
        package = {"profile": "tabular-data-package", "name": NAME, "title": TITLE, "version": version,
                   "description": words["description"], "licenses": LICENCES, "resources": resources}  # fmt: skip
        (fresh / "datapackage.json").write_text(as_json(package), encoding="utf-8")
        (fresh / "CITATION.cff").write_text(citation(version), encoding="utf-8")
        shutil.copyfile(atlas, fresh / "bodymap.sqlite")
        written = sorted(fresh.iterdir())
        for path in written:
            os.replace(path, folder / path.name)
    return [folder / path.name for path in written]


def citation(version: str) -> str:
    """How to cite a version, in the Citation File Format."""
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use this atlas, please cite it."\n'
        f'title: "{TITLE}"\n'
        "type: dataset\n"
        "authors:\n"
        '  - name: "Bodymap contributors"\n'
        f'version: "{version}"\n'
        "license: CC-BY-4.0\n"
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
    return {
        "profile": "tabular-data-resource", "name": table, "path": f"{table}.csv", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "description": words["tables"][table]["description"],
        "schema": {name: value for name, value in schema.items() if value},
    }  # fmt: skip


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
