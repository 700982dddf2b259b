"""What must be true of the two files that plans read beside the atlas: ``handout.toml`` and ``plan_templates.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bodymap import references, wording
from bodymap.library import Fault, Library
from bodymap.plans.handout import Lines
from bodymap.plans.model import Plan
from bodymap.plans.templates import Template

HANDOUT, TEMPLATES = "handout.toml", "plan_templates.toml"

T = TypeVar("T")


def faults(data: Path, content: Library) -> Iterator[Fault]:
    """The faults of both files of the folder, held to the lists of ``content``."""
    known = references.targets(content)
    yield from _read(data / HANDOUT, Lines, lambda lines: _handout(lines, known))
    yield from _read(data / TEMPLATES, Templates, lambda found: _templates(found, known))


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``plan_templates.toml``."""

    template: tuple[Template, ...]


def _read(path: Path, kind: type[Any], rule: Any) -> Iterator[Fault]:
    """The faults of a file by its rule, or why it cannot be read."""
    try:
        content = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except OSError:
        yield Fault(path.name, "file", "is missing", "Put it back")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield Fault(path.name, "file", f"is not valid TOML: {error}", "Mend the syntax at that place")
    except msgspec.ValidationError as error:
        yield Fault(path.name, "file", str(error), "See the field's type in bodymap/plans/")
    else:
        yield from rule(content)


def _handout(lines: Lines, known: Any) -> Iterator[Fault]:
    yield from _unknown(HANDOUT, "settled", known, cautions=lines.settled)
    for number, line in enumerate(lines.line, start=1):
        name = f"line {number}"
        yield from wording.of_entry(HANDOUT, name, line.said)
        if not line.said.sources:
            yield Fault(HANDOUT, name, f"says “{line.said.plain[:60]}” without a source", "Add its sources")
        yield from _unknown(
            HANDOUT, name, known, techniques=line.technique, circumstances=line.circumstance, red_flags=line.covers,
            sources=line.said.sources,
        )  # fmt: skip


def _templates(found: Templates, known: Any) -> Iterator[Fault]:
    for entry in found.template:
        plan = entry.plan
        if not entry.sources:
            yield Fault(TEMPLATES, entry.slug, "is a trial's schedule without a source", "Add its sources")
        yield from _unknown(
            TEMPLATES, entry.slug, known, sources=(*entry.sources, *plan.record.sources), conditions=plan.condition,
            points=_codes(plan), techniques=tuple(point.technique for point in plan.points),
            circumstances=plan.circumstances,
        )  # fmt: skip
        for text in (plan.title, plan.goal, plan.frequency, plan.advice):  # what the handout shows of it
            yield from wording.faults(TEMPLATES, entry.slug, text, graded=False)


def _codes(plan: Plan) -> tuple[str, ...]:
    return (*plan.codes, *(code for pair in plan.pairs for code in (pair.first, pair.second)))


def _unknown(file: str, name: str, known: Any, **named: str | tuple[str, ...]) -> Iterator[Fault]:
    """References that lead nowhere: each keyword is a list of the atlas and what is named of it."""
    for target, value in named.items():
        for reference in filter(None, (value,) if isinstance(value, str) else value):
            if reference not in known[target]:
                yield references.dangling(file, name, target, reference, target)
