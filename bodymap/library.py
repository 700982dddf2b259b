"""The data files, read and typed. Knows their layout and nothing of what is true about them (``check`` does).

A file that cannot be decoded is a ``Fault``, not an exception: the person who edits it sees every fault at once.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bodymap import model


@dataclass(frozen=True)
class Fault:
    """Something wrong in ``data/``: where, what, and how to mend it."""

    file: str
    entry: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.problem}. {self.remedy}."


class OldNumber(model.Entry, frozen=True):
    """A bladder point whose number differs in older books: WHO code, names, place in our words, older code."""

    code: str
    pinyin: str
    hanzi: str
    hanzi_simplified: str
    where: str
    older: str


class Inside(model.Entry, frozen=True):
    """A point that lies over a danger zone or in a region, as computed on the surface."""

    zone: str
    code: str


@dataclass
class Library:
    """Everything in ``data/``, in the order of the files."""

    channels: list[model.Channel] = field(default_factory=list)
    points: list[model.Point] = field(default_factory=list)
    categories: list[model.Category] = field(default_factory=list)
    regions: list[model.Region] = field(default_factory=list)
    zones: list[model.Zone] = field(default_factory=list)
    conditions: list[model.Condition] = field(default_factory=list)
    techniques: list[model.Technique] = field(default_factory=list)
    cautions: list[model.Caution] = field(default_factory=list)
    circumstances: list[model.Circumstance] = field(default_factory=list)
    red_flags: list[model.RedFlag] = field(default_factory=list)
    claims: list[model.Claim] = field(default_factory=list)
    effects: list[model.Effect] = field(default_factory=list)
    regimens: list[model.Regimen] = field(default_factory=list)
    glossary: list[model.Term] = field(default_factory=list)
    guide: list[model.GuidePage] = field(default_factory=list)
    remarks: list[model.Remark] = field(default_factory=list)
    sources: list[model.Source] = field(default_factory=list)
    numbering: list[OldNumber] = field(default_factory=list)
    views: list[model.View] = field(default_factory=list)
    placements: list[model.Placement] = field(default_factory=list)
    shapes: list[model.Shape] = field(default_factory=list)
    marks: list[model.Mark] = field(default_factory=list)
    inside: list[Inside] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    origin: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, key) -> file, so that a later fault can name the file."""


# file pattern, table in the TOML file, list of the library, type
TOML: tuple[tuple[str, str, str, type[model.Entry]], ...] = (
    ("channels.toml", "channel", "channels", model.Channel),
    ("points/*.toml", "point", "points", model.Point),
    ("categories.toml", "category", "categories", model.Category),
    ("regions.toml", "region", "regions", model.Region),
    ("zones.toml", "zone", "zones", model.Zone),
    ("conditions.toml", "condition", "conditions", model.Condition),
    ("techniques.toml", "technique", "techniques", model.Technique),
    ("cautions.toml", "caution", "cautions", model.Caution),
    ("circumstances.toml", "circumstance", "circumstances", model.Circumstance),
    ("red_flags.toml", "red_flag", "red_flags", model.RedFlag),
    ("claims.toml", "claim", "claims", model.Claim),
    ("effects.toml", "effect", "effects", model.Effect),
    ("regimens.toml", "regimen", "regimens", model.Regimen),
    ("glossary.toml", "term", "glossary", model.Term),
    ("guide.toml", "page", "guide", model.GuidePage),
    ("remarks.toml", "remark", "remarks", model.Remark),
    ("sources.toml", "source", "sources", model.Source),
)
CSV: tuple[tuple[str, str, type[model.Entry]], ...] = (
    ("numbering.csv", "numbering", OldNumber),
    ("placements.csv", "placements", model.Placement),
    ("shapes.csv", "shapes", model.Shape),
    ("marks.csv", "marks", model.Mark),
    ("inside.csv", "inside", Inside),
)

PROSE = tuple(dict.fromkeys(name for _, _, name, _ in TOML if name != "sources"))
"""The lists whose entries say something; sources are what they rest on."""

T = TypeVar("T", bound=model.Entry)


def read(data: Path) -> Library:
    """Everything in ``data``; what could not be decoded is in ``faults``."""
    library = Library()
    for pattern, table, name, kind in TOML:
        paths = sorted(data.glob(pattern))
        if not paths:
            library.faults.append(Fault(pattern, "file", "is missing", f"Create it with [[{table}]] entries"))
        for path in paths:
            getattr(library, name).extend(_entries(library, path, str(path.relative_to(data)), table, name, kind))
    for filename, name, kind in CSV:
        getattr(library, name).extend(_rows(library, data / filename, kind))
    library.views.extend(_views(library, data / "views.json"))
    return library


def key(entry: Any) -> str:
    """What an entry is called in its file: its code, slug or id."""
    return str(getattr(entry, "code", "") or getattr(entry, "slug", "") or getattr(entry, "id", "") or "?")


def entries(library: Library) -> Iterator[tuple[str, str, Any]]:
    """Every entry that says something, with its file and key."""
    for kind in PROSE:
        for entry in getattr(library, kind):
            yield library.origin.get((kind, key(entry)), f"{kind}.toml"), key(entry), entry


def within(entry: Any, wanted: type[Any]) -> Iterator[Any]:
    """Every part of the entry that is of the wanted type, itself included."""
    if isinstance(entry, wanted):
        yield entry
    if isinstance(entry, msgspec.Struct):
        for name in entry.__struct_fields__:
            yield from within(getattr(entry, name), wanted)
    elif isinstance(entry, tuple):
        for part in entry:
            yield from within(part, wanted)


def _entries(library: Library, path: Path, file: str, table: str, name: str, kind: type[T]) -> Iterator[T]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        library.faults.append(Fault(file, "file", f"is not valid TOML: {error}", "Mend the syntax at that place"))
        return
    for stray in sorted(set(content) - {table}):
        library.faults.append(Fault(file, stray, "is not a table of this file", f"Use [[{table}]]"))
    for number, raw in enumerate(content.get(table, []), start=1):
        label = str(raw.get("code") or raw.get("slug") or raw.get("id") or f"entry {number}")
        try:
            entry = msgspec.convert(raw, kind, strict=False)
        except msgspec.ValidationError as error:
            library.faults.append(Fault(file, label, str(error), "See the field's type in bodymap/model/"))
            continue
        library.origin[name, key(entry)] = file
        yield entry


def _rows(library: Library, path: Path, kind: type[T]) -> Iterator[T]:
    if not path.exists():
        library.faults.append(Fault(path.name, "file", "is missing", "Run `make figure`"))
        return
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                yield msgspec.convert(row, kind, strict=False)
            except msgspec.ValidationError as error:
                library.faults.append(Fault(path.name, f"line {number}", str(error), "Run `make figure` again"))


def _views(library: Library, path: Path) -> list[model.View]:
    try:
        return msgspec.convert(json.loads(path.read_text(encoding="utf-8")), list[model.View], strict=False)
    except (OSError, ValueError) as error:
        library.faults.append(Fault(path.name, "file", str(error), "Run `make figure`"))
        return []
