"""What must be true across the data files before anyone may read them: ``bodymap check``.

``library`` has already refused what does not fit its type. Here: references that lead nowhere, statements without a
source, points in danger without their caution, patients' text that is too hard or says a depth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import textstat

from bodymap import library, model
from bodymap.depths import NOT_FOR_PATIENTS
from bodymap.library import Fault, Library
from bodymap.numbering import plain

HARDEST_GRADE = 8.0
"""School grade (Flesch-Kincaid) that patients' text may not exceed."""

FOR_PATIENTS: tuple[tuple[Any, ...], ...] = (
    (model.Statement, "plain"), (model.Caution, "title", "todo"), (model.RedFlag, "title", "signs"),
    (model.Circumstance, "name", "tell"), (model.Frequency, "what"), (model.Regimen, "condition", "schedule", "note"),
    (model.Effect, "study", "when", "note"), (model.Phase, "name"), (model.Section, "heading"), (model.Claim, "title"),
)  # fmt: skip
"""Which fields of which types patients read."""

REFERENCES: tuple[tuple[str, str, str], ...] = (
    # lists of the library that refer, field, list referred to
    ("regions", "conditions", "conditions"), ("regions", "red_flags", "red_flags"),
    ("conditions", "red_flags", "red_flags"), ("conditions", "claims", "claims"),
    ("conditions", "techniques", "techniques"), ("techniques", "claims", "claims"),
    ("techniques", "cautions", "cautions"), ("claims", "conditions", "conditions"),
    ("claims", "techniques", "techniques"), ("cautions", "techniques", "techniques"),
    ("claims", "points", "points"), ("cautions", "points", "points"), ("regimens", "codes", "points"),
    ("cautions", "circumstance", "circumstances"), ("effects", "claim", "claims"),
)  # fmt: skip
KINDS = (
    "channels",
    "points",
    "categories",
    "regions",
    "zones",
    "conditions",
    "techniques",
    "cautions",
    "circumstances",
    "red_flags",
    "claims",
    "effects",
    "regimens",
    "glossary",
    "guide",
    "remarks",
)


def faults(data: Path) -> list[Fault]:
    """Every fault of the data folder; empty when all is well."""
    return across(library.read(data))


def across(content: Library) -> list[Fault]:
    """The faults of files already read: those of reading, then those of each rule across files."""
    found = list(content.faults)
    for rule in (_sources, _plain_words, _references, _points, _duplicates, _aliases, _terms, _places, _dangers):
        found += rule(content)
    return found


def _file(content: Library, kind: str, name: str) -> str:
    return content.origin.get((kind, name), kind)


def _all(content: Library) -> Iterator[tuple[str, str, Any]]:
    """Every entry with its file and key."""
    for kind in KINDS:
        for entry in getattr(content, kind):
            name = library.key(entry)
            yield _file(content, kind, name), name, entry


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


def _sources(content: Library) -> Iterator[Fault]:
    known = {source.id for source in content.sources}
    for file, name, entry in _all(content):
        for kind in (model.Statement, model.Needling, model.Danger, model.Beneath, model.Meeting,
                     model.Parameter, model.Frequency, model.Effect, model.Regimen):  # fmt: skip
            for part in within(entry, kind):
                if not part.sources:
                    said = getattr(part, "plain", getattr(part, "structure", type(part).__name__))[:60]
                    yield Fault(file, name, f"says “{said}” without a source", "Add its sources")
                for source in part.sources:
                    if source not in known:
                        yield Fault(file, name, f"cites unknown source “{source}”", "Add it to sources.toml")
    for source in content.sources:
        if source.read != "no" and not (source.doi or source.url or source.note):
            yield Fault("sources.toml", source.id, "has no address", "Add doi, url, or a note that says where it is")


def _plain_words(content: Library) -> Iterator[Fault]:
    for file, name, entry in _all(content):
        for kind, *fields in FOR_PATIENTS:
            for part in within(entry, kind):
                for text in (text for field in fields for text in _texts(getattr(part, field))):
                    yield from _plain(file, name, text, graded=kind is model.Statement)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _plain(file: str, name: str, text: str, *, graded: bool) -> Iterator[Fault]:
    """Faults of words that patients read. The grade is told of whole statements; a title or a label has none."""
    grade = textstat.flesch_kincaid_grade(text) if graded else 0.0
    if grade > HARDEST_GRADE:
        yield Fault(file, name, f"“{text[:60]}…” reads at grade {grade:.1f}", "Shorter words and sentences")
    measure = NOT_FOR_PATIENTS.search(text)
    if measure:
        yield Fault(file, name, f"tells patients “{measure.group()}”", "Move it to the clinical words")


def _references(content: Library) -> Iterator[Fault]:
    for kind, field, target in REFERENCES:
        known = {library.key(entry) for entry in getattr(content, target)}
        for entry in getattr(content, kind):
            named = getattr(entry, field)
            for reference in filter(None, (named,) if isinstance(named, str) else named):
                if reference not in known:
                    name = library.key(entry)
                    yield Fault(
                        _file(content, kind, name),
                        name,
                        f"refers to unknown {field} “{reference}”",
                        f"Use an entry of {target}",
                    )
    for page in content.guide:
        for section in page.sections:
            for field in ("claims", "cautions", "red_flags"):
                known = {entry.id for entry in getattr(content, field)}
                for reference in set(getattr(section, field)) - known:
                    yield Fault(
                        "guide.toml",
                        page.slug,
                        f"refers to unknown {field} “{reference}”",
                        f"Use an entry of {field}.toml",
                    )


def _points(content: Library) -> Iterator[Fault]:
    """Codes that regions, conditions and techniques name exist; channels exist; techniques of needling exist."""
    codes = {point.code for point in content.points}
    channels = {channel.code for channel in content.channels}
    techniques = {technique.slug for technique in content.techniques}
    for kind in ("regions", "conditions", "techniques"):
        for entry in getattr(content, kind):
            named = {code for use in entry.points for code in _codes(use)}
            for code in sorted(named - codes):
                yield Fault(
                    f"{kind}.toml", entry.slug, f"names unknown point “{code}”", "Add the point, or mend the code"
                )
    standard = {f"{c.code}{number}" for c in content.channels for number in range(1, c.count + 1)}
    for technique in content.techniques:
        for code in sorted({code for couple in technique.couples for code in couple.codes} - codes):
            yield Fault("techniques.toml", technique.slug, f"couples unknown point “{code}”", "Mend the code")
        kinds = {zone.kind for zone in content.zones}
        for kind in sorted(set(technique.zones) - kinds):
            yield Fault("techniques.toml", technique.slug, f"works on “{kind}”, which no zone is", "Mend the kind")
    for category in content.categories:
        for code in sorted(set(category.points) - codes - standard):
            yield Fault("categories.toml", category.slug, f"names “{code}”, which no channel has", "Mend the code")
    for point in content.points:
        file = _file(content, "points", point.code)
        if point.channel not in channels:
            yield Fault(file, point.code, f"is on unknown channel “{point.channel}”", "Use a code of channels.toml")
        for needling in point.needling:
            if needling.technique not in techniques:
                yield Fault(
                    file,
                    point.code,
                    f"is needled by unknown technique “{needling.technique}”",
                    "Use a slug of techniques.toml",
                )


def _codes(use: model.RegionPoint | model.ConditionPoint | model.TechniquePoints) -> tuple[str, ...]:
    return use.codes if isinstance(use, model.TechniquePoints) else (use.code,)


def _duplicates(content: Library) -> Iterator[Fault]:
    for kind in (*KINDS, "sources"):
        for name, count in Counter(library.key(entry) for entry in getattr(content, kind)).items():
            if count > 1:
                yield Fault(_file(content, kind, name), name, f"is there {count} times", "Keep one")


def _aliases(content: Library) -> Iterator[Fault]:
    """A name belongs to one point. Older bladder numbers are ambiguous by nature and live in numbering.csv; and some
    points sound alike but for a tone (LI18 Fútū, ST32 Fútù): pinyin that is each one's own may be shared."""
    owners: dict[str, set[str]] = {}
    own = {(plain(point.pinyin), point.code) for point in content.points}
    for point in content.points:
        for name in (point.pinyin, point.hanzi, point.english, *point.aliases):
            owners.setdefault(plain(name), set()).add(point.code)
    for name, codes in owners.items():
        if len(codes) > 1 and not all((name, code) in own for code in codes):
            yield Fault("points", ", ".join(sorted(codes)), f"share the name “{name}”", "Keep it with one of them")


def _terms(content: Library) -> Iterator[Fault]:
    """A way of writing belongs to one word of the glossary, since its first use links there."""
    owners: dict[str, str] = {}
    for term in content.glossary:
        for form in term.forms:
            other = owners.setdefault(form.casefold(), term.slug)
            if other != term.slug:
                yield Fault("glossary.toml", term.slug, f"is written “{form}”, and so is {other}", "Keep it with one")


def _places(content: Library) -> Iterator[Fault]:
    placed = {(spot.code, spot.figure) for spot in content.placements if spot.visible}
    for point in content.points:
        for figure in ("female", "male"):
            if (point.code, figure) not in placed:
                yield Fault(
                    "placements.csv", point.code, f"is visible nowhere on the {figure} figure", "Run `make figure`"
                )


def _dangers(content: Library) -> Iterator[Fault]:
    """Every point over a danger zone carries a caution of the zone's kind, and one with a danger beneath says so."""
    kinds = {zone.slug: zone.caution_kind for zone in content.zones if zone.kind == "danger"}
    cautioned = {(code, caution.kind) for caution in content.cautions for code in caution.points}
    for place in content.inside:
        kind = kinds.get(place.zone)
        if kind and (place.code, kind) not in cautioned:
            yield Fault(
                "cautions.toml", place.code, f"lies over the {place.zone} and has no “{kind}” caution", "Add one"
            )
    told = {code for code, kind in cautioned if kind in model.BENEATH}
    for point in content.points:
        if point.dangers and point.code not in told:
            yield Fault(
                "cautions.toml", point.code, f"has the danger “{point.dangers[0].structure}” and no caution", "Add one"
            )
