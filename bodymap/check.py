"""What must be true across the data files before anyone may read them: ``bodymap check``.

``library`` has already refused what does not fit its type, ``references`` what leads nowhere, ``wording`` what patients
should not read, ``planfiles`` the same in the two files of plans. Here: statements without a source, sources without
an address, names and entries that stand twice, points in danger without their caution.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bodymap import library, model, planfiles, references, wording
from bodymap.library import Fault, Library
from bodymap.numbering import plain

NO_ADDRESS = ("article", "teaching", "search", "untraced")
"""Kinds of sources that may have no address; the page says so."""
NUMBERED = re.compile(r"PMID \d+|(?!ISBN|PMID)[A-Z][\w./-]*(?: [\w./-]*\d[\w./-]*)?")
"""A PubMed number, or the number of a standard or report: "GB/T 13734-2008"."""


def faults(data: Path) -> list[Fault]:
    """Every fault of the data folder; empty when all is well."""
    content = library.read(data)
    return [*across(content), *planfiles.faults(data, content)]


def across(content: Library) -> list[Fault]:
    """The faults of files already read: those of reading, then those of each rule across files."""
    found = list(content.faults)
    for rule in (_sources, _works, _words, references.faults, _duplicates, _aliases, _terms, _places, _dangers):
        found += rule(content)
    return found


def _file(content: Library, kind: str, name: str) -> str:
    return content.origin.get((kind, name), kind)


def _sources(content: Library) -> Iterator[Fault]:
    """Whatever is said names sources that exist, and does not pass for checked where they are nothing to check."""
    kinds = {source.id: source.kind for source in content.sources}
    for file, name, entry in library.entries(content):
        for part in library.within(entry, model.Entry):
            if not hasattr(part, "sources"):
                continue
            told = getattr(part, "plain", getattr(part, "structure", type(part).__name__))[:60]
            if not part.sources:
                yield Fault(file, name, f"says “{told}” without a source", "Add its sources")
            for source in part.sources:
                if source not in kinds:
                    yield Fault(file, name, f"cites unknown source “{source}”", "Add it to sources.toml")
            yield from _unchecked(file, name, told, part, {kinds.get(source, "") for source in part.sources})


def _unchecked(file: str, name: str, told: str, part: model.Entry, kinds: set[str]) -> Iterator[Fault]:
    """What is generally taught was not read anywhere, and what only an untraced text says nobody can read again."""
    verified = getattr(part, "verified", "no")
    if kinds == {"teaching"} and verified != "no":
        yield Fault(file, name, f"says “{told}” on general teaching alone", 'Set verified = "no", or add what was read')
    elif kinds & {"teaching", "untraced"} and kinds <= {"teaching", "untraced"} and verified == "yes":
        yield Fault(file, name, f"says “{told}” on a text without an address", 'Set verified = "partly"')
    elif "teaching" in kinds and verified == "yes":
        yield Fault(file, name, f"says “{told}” in part on general teaching", 'Set verified = "partly"')


def _works(content: Library) -> Iterator[Fault]:
    """A work can be found, and says when it was read."""
    for source in content.sources:
        address = source.doi or source.url.startswith("http") or source.identifier
        if not address and source.kind not in NO_ADDRESS:
            yield Fault(
                "sources.toml", source.id, "has no address",
                f"Add doi, url or identifier; only the kinds {', '.join(NO_ADDRESS)} may have none",
            )  # fmt: skip
        if source.identifier and not _is_number(source.identifier):
            yield Fault(
                "sources.toml", source.id, f"has the identifier “{source.identifier}”", "Mend it, or its check digit"
            )
        if source.read != "no" and not _is_day(source.checked):
            yield Fault("sources.toml", source.id, "was read, and does not say when", 'Add checked = "2026-01-31"')


def _is_number(identifier: str) -> bool:
    scheme, _, value = identifier.partition(" ")
    return _is_isbn(value) if scheme == "ISBN" else bool(NUMBERED.fullmatch(identifier))


def _is_isbn(value: str) -> bool:
    """Whether the last digit checks the others: by weights of 1 and 3 (thirteen digits) or of 10 to 1 (ten)."""
    digits = [10 if digit == "X" else int(digit) for digit in value.replace("-", "") if digit.isdigit() or digit == "X"]
    if len(digits) == 13:
        return sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    return len(digits) == 10 and sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11 == 0


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _words(content: Library) -> Iterator[Fault]:
    for file, name, entry in library.entries(content):
        yield from wording.of_entry(file, name, entry)


def _duplicates(content: Library) -> Iterator[Fault]:
    for kind in (*library.PROSE, "sources"):
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
