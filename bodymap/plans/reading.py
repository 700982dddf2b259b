"""Plans from outside: a file or a form, checked field by field, so that whoever sent it sees every fault at once.

Knows older formats of the file and what the atlas holds; nothing of web requests. A *draft* is a plan as a form holds
it: the same fields, each a string, right or wrong, so that nothing typed is ever lost.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_type_hints

import msgspec
from msgspec import Struct, structs

from bodymap.atlas import Atlas
from bodymap.plans.model import FORMAT, MOST_BYTES, MOST_POINTS, Pair, Part, Plan, PlannedPoint, Record

T = TypeVar("T", bound=Part)
ROWS: dict[str, type[Part]] = {"points": PlannedPoint, "pairs": Pair}
NUMBERS = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
SAID = (
    (re.compile(r"of length <= (\d+)"), "is longer than {0}"),
    (re.compile(r"of length >= 1"), "is empty"),
    (re.compile(r"`(?:int|float)` <= ([\d.]+)"), "can be at most {0}"),
    (re.compile(r"`(?:int|float)` >= ([\d.]+)"), "must be at least {0}"),
    (re.compile(r"`(?:int|float)` > ([\d.]+)"), "must be more than {0}"),
    (re.compile(r"Number out of range"), "must be a finite number"),
    (re.compile(r"matching regex"), "must be a day such as 2026-03-31"),
    (re.compile(r"Expected `int"), "must be a whole number"),
    (re.compile(r"Expected `float"), "must be a number"),
    (re.compile(r"Invalid enum value '?([^']*)'?"), "cannot be “{0}”"),
    (re.compile(r"Expected `str"), "must be text"),
    (re.compile(r"Expected `array"), "must be a list"),
    (re.compile(r"Expected `bool"), "must be true or false"),
)


class Problem(Struct, frozen=True):
    """What is wrong in a plan: the field's path, such as ``points.2.gauge`` (counted from 0), and why."""

    path: str
    why: str

    @property
    def name(self) -> str:
        """The path in words: "point 3, gauge"."""
        parts = self.path.split(".")
        if len(parts) > 1 and parts[0] in ROWS and parts[1].isdigit():
            return ", ".join([f"{parts[0].rstrip('s')} {int(parts[1]) + 1}", *_spaced(parts[2:])])
        return ", ".join(_spaced(parts))

    @property
    def field(self) -> str:
        """The name of the form's field: ``p2-gauge``, ``x0-first``, ``record-style``, ``title``."""
        parts = self.path.split(".")
        if len(parts) == 3 and parts[0] in ROWS:
            name = "depth_to" if parts[2] == "depth" else parts[2]
            return f"{'p' if parts[0] == 'points' else 'x'}{parts[1]}-{name}"
        return "-".join(parts)


def _spaced(parts: Sequence[str]) -> list[str]:
    return [part.replace("_", " ") for part in parts]


Read = tuple[Plan | None, list[Problem]]
"""The plan, or None with every fault."""


def load(text: bytes, atlas: Atlas) -> Read:
    """A plan from a file of this format or an older one."""
    if len(text) > MOST_BYTES:
        return None, [Problem("file", f"is longer than {MOST_BYTES // 1024} KB")]
    try:
        raw = msgspec.json.decode(text.removeprefix(codecs.BOM_UTF8))  # as Windows' own editor writes it
    except msgspec.ValidationError:  # nothing is asked of the values yet, so it is a number that none can hold
        return None, [Problem("file", "holds a number beyond all bounds, such as 1e400: a plan's numbers are finite")]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return None, [Problem("file", f"is not JSON: {error}")]
    except RecursionError:
        return None, [Problem("file", "is nested too deeply to be a plan")]
    if not isinstance(raw, dict):
        return None, [Problem("file", "is not a plan: it must be one JSON object")]
    if not raw.keys() & {*Plan.__struct_fields__, *OLDER_FIELDS}:
        return None, [Problem("file", "is not a plan: it has none of a plan's fields")]
    kept = raw.get("format", 0)
    if isinstance(kept, bool) or kept not in (0, FORMAT):
        return None, [Problem("format", _unknown(kept))]
    if kept == 0:
        raw = migrate(raw)
    plan, problems = _part(Plan, raw, "", strict=True)
    return settled(plan, problems, atlas)


def _unknown(kept: Any) -> str:
    """What is wrong with a format, quoted as the file has it: ``"1"`` is a text and not the number."""
    known = f"is {msgspec.json.encode(kept).decode()[:20]}, and this version of Bodymap reads formats 0 and {FORMAT}"
    if isinstance(kept, bool) or not isinstance(kept, int | float):
        return known + ", written as a number without quotes"
    return known + ("; it was written by a newer one" if kept > FORMAT else "")


OLDER_FIELDS = ("needle", "notes")
"""Fields of format 0 that format 1 has not."""


def migrate(raw: dict[str, Any]) -> dict[str, Any]:
    """Format 0 as format 1. In format 0 points and pairs were words: ``"BL40 left"``, ``"BL23-BL25 2 Hz"``, one
    ``needle`` such as ``"0.25 x 40"`` served all points, and the patient's advice was called ``notes``."""
    found = {name: value for name, value in raw.items() if name not in {"format", *OLDER_FIELDS}}
    needle = [float(size.replace(",", ".")) for size in NUMBERS.findall(str(raw.get("needle", "")))]
    points = raw.get("points", [])
    if isinstance(points, list):
        found["points"] = [_point_0(point, needle) if isinstance(point, str) else point for point in points]
    pairs = raw.get("pairs", [])
    if isinstance(pairs, list):
        found["pairs"] = [_pair_0(pair) if isinstance(pair, str) else pair for pair in pairs]
    if "notes" in raw:
        found["advice"] = raw["notes"]
    return {**found, "format": FORMAT}


def _point_0(words: str, needle: list[float]) -> dict[str, Any]:
    code, _, side = words.strip().rpartition(" ")
    known = side.lower() in {"left", "right", "both", "midline"}
    point = {"code": code if known else words.strip(), **({"side": side.lower()} if known else {})}
    return {**point, **dict(zip(("gauge", "length"), needle, strict=False))}


def _pair_0(words: str) -> dict[str, Any]:
    joined, _, rest = words.strip().partition(" ")
    first, _, second = joined.partition("-")
    hz = [float(number.replace(",", ".")) for number in NUMBERS.findall(rest)]
    return {"first": first, "second": second, **dict(zip(("hz", "hz_high"), hz, strict=False))}


def drafted(plan: Plan) -> dict[str, Any]:
    """The plan as a draft."""
    draft: dict[str, Any] = {name: _text(value) for name, value in structs.asdict(plan).items() if name not in ROWS}
    draft["circumstances"] = list(plan.circumstances)
    draft["points"] = [_row(point) for point in plan.points]
    draft["pairs"] = [_row(pair) for pair in plan.pairs]
    draft["record"] = {**_row(plan.record), "sources": list(plan.record.sources)}
    return draft


def _row(part: Part) -> dict[str, Any]:
    row = {name: _text(value) for name, value in structs.asdict(part).items()}
    if isinstance(part, PlannedPoint):
        row["depth_from"], row["depth_to"] = (_text(mm) for mm in part.depth) if part.depth else ("", "")
    return row


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    return f"{value:g}" if isinstance(value, float) else "on" if value is True else str(value)


def from_form(
    single: Mapping[str, str], circumstances: Sequence[str], sources: Sequence[str], order: Sequence[str]
) -> dict[str, Any]:
    """A draft from the fields of a form: ``title``, ``record-style``, ``p0-code``, ``x0-first`` … ``order`` lists the
    rows of points as they stand on the page."""
    single = {name: value.replace("\r\n", "\n") for name, value in single.items()}  # as browsers send line ends
    draft: dict[str, Any] = {name: single.get(name, "") for name in Plan.__struct_fields__ if name not in ROWS}
    draft["circumstances"] = list(circumstances)
    draft["record"] = {name: single.get(f"record-{name}", "") for name in Record.__struct_fields__}
    draft["record"]["sources"] = list(sources)
    draft["points"] = [_fields(single, f"p{row}", POINT_FIELDS) for row in _rows(single, "p", "code", order)]
    draft["pairs"] = [_fields(single, f"x{row}", Pair.__struct_fields__) for row in _rows(single, "x", "first", ())]
    return draft


POINT_FIELDS = (*(name for name in PlannedPoint.__struct_fields__ if name != "depth"), "depth_from", "depth_to")


def _rows(single: Mapping[str, str], letter: str, field: str, order: Sequence[str]) -> list[str]:
    """The numbers of the rows that the form holds, in the given order; what that leaves out follows."""
    there = [name[1:].partition("-")[0] for name in single if re.fullmatch(rf"{letter}\d{{1,4}}-{field}", name)]
    wanted = [row for row in dict.fromkeys(order) if row in set(there)]
    return [*wanted, *(row for row in sorted(there, key=int) if row not in set(wanted))]


def _fields(single: Mapping[str, str], prefix: str, names: Sequence[str]) -> dict[str, str]:
    return {name: single.get(f"{prefix}-{name}", "") for name in names}


def read_draft(draft: dict[str, Any], atlas: Atlas) -> Read:
    """The plan that a draft holds. What is empty is left out; a decimal comma is a point."""
    raw: dict[str, Any] = {name: value for name, value in draft.items() if value and name not in {"format", "record"}}
    raw["points"] = [_filled(row, PlannedPoint) for row in draft["points"]]
    raw["pairs"] = [_filled(row, Pair) for row in draft["pairs"]]
    raw["record"] = _filled(draft["record"], Record)
    if raw["record"].get("consent"):
        raw["record"]["consent"] = True
    plan, problems = _part(Plan, _numbered(raw, Plan), "", strict=False)
    return settled(plan, problems, atlas)


def _filled(row: dict[str, Any], kind: type[Part]) -> dict[str, Any]:
    found = {name: value for name, value in row.items() if value and name in kind.__struct_fields__ and name != "depth"}
    depth = [row[name] for name in ("depth_from", "depth_to") if row.get(name)]
    if depth:
        found["depth"] = [str(mm).strip().replace(",", ".") for mm in (depth[0], depth[-1])]
    return _numbered(found, kind)


def _numbered(raw: dict[str, Any], kind: type[Part]) -> dict[str, Any]:
    """The same with numbers as people write them: blanks around, a decimal comma."""
    hints = get_type_hints(kind)
    numeric = {name for name, hint in hints.items() if "int" in str(hint) or "float" in str(hint)}
    return {
        name: value.strip().replace(",", ".") if name in numeric and isinstance(value, str) else value
        for name, value in raw.items()
    }


def _part(kind: type[T], raw: Any, path: str, strict: bool) -> tuple[T | None, list[Problem]]:
    """The part of a plan, or None with every fault in it."""
    if not isinstance(raw, dict):
        return None, [Problem(path.rstrip("."), "must be an object with fields")]
    hints = get_type_hints(kind, include_extras=True)
    problems = [
        Problem(path + (str(name)[:40] or "“”"), "is not a field of a plan") for name in raw if name not in hints
    ]
    values: dict[str, Any] = {}
    for field in structs.fields(kind):
        if field.name not in raw:
            if field.required:
                problems.append(Problem(path + field.name, "is missing"))
            continue
        value = raw[field.name]
        if field.name in ROWS and isinstance(value, list) and kind is Plan:
            if len(value) > MOST_POINTS:
                problems.append(Problem(field.name, f"are more than {MOST_POINTS}"))
            read = [_part(ROWS[field.name], row, f"{field.name}.{place}.", strict)
                    for place, row in enumerate(value[:MOST_POINTS])]  # fmt: skip
            values[field.name] = tuple(row for row, _ in read if row)
            problems += [problem for _, found in read for problem in found]
        elif field.name == "record" and kind is Plan:
            values["record"], found = _part(Record, value, "record.", strict)
            problems += found
        else:
            try:
                values[field.name] = msgspec.convert(value, hints[field.name], strict=strict)
            except msgspec.ValidationError as error:
                problems.append(Problem(path + field.name, _said(str(error))))
    return (None, problems) if problems else (kind(**values), [])


def _said(error: str) -> str:
    for pattern, words in SAID:
        if found := pattern.search(error):
            return words.format(*found.groups())
    return error


def settled(plan: Plan | None, problems: list[Problem], atlas: Atlas) -> Read:
    """The plan in the atlas's own codes and sides, or what the atlas does not hold of it."""
    if plan is None:
        return None, problems
    codes = {point.code: canonical(point.code, atlas) for point in plan.points}
    points = tuple(_sided(point, codes[point.code] or point.code, atlas) for point in plan.points)
    pairs = tuple(
        structs.replace(pair, first=canonical(pair.first, atlas) or pair.first,
                        second=canonical(pair.second, atlas) or pair.second)
        for pair in plan.pairs
    )  # fmt: skip
    plan = structs.replace(plan, points=points, pairs=pairs, circumstances=tuple(dict.fromkeys(plan.circumstances)))
    faults = _foreign(plan, atlas)
    return (None, faults) if faults else (plan, [])


def canonical(words: str, atlas: Atlas) -> str | None:
    """The one code that is meant by a code or name in any spelling; None if there is none or more than one."""
    written = _bare(words)
    exact = [code for code in atlas.points if _bare(code) == written]
    if exact:  # the standard's own code, however it is spaced
        return exact[0]
    meant = [meaning for meaning in atlas.numbering.meanings(words) if meaning.code in atlas.points]
    codes = {meaning.code for meaning in meant}
    return codes.pop() if len(codes) == 1 and meant[0].system != "older" else None


def unclear(words: str, atlas: Atlas) -> str:
    """Why words are not one code: they name nothing, or several."""
    codes = [meaning.code for meaning in atlas.numbering.meanings(words) if meaning.code in atlas.points]
    if codes:
        return f"“{words[:40]}” can mean {' or '.join(dict.fromkeys(codes))}: write the code"
    return f"“{words[:40]}” is no point of this atlas"


def _bare(code: str) -> str:
    return code.upper().replace(" ", "").replace("-", "")


def _sided(point: PlannedPoint, code: str, atlas: Atlas) -> PlannedPoint:
    """On the midline there are no sides, and off it there is no midline; a depth runs from shallow to deep."""
    entry = atlas.points.get(code)
    side = point.side
    if entry:
        side = "midline" if entry.midline else "both" if side == "midline" else side
    depth = (min(point.depth), max(point.depth)) if point.depth else None
    return structs.replace(point, code=code, side=side, depth=depth)


def _foreign(plan: Plan, atlas: Atlas) -> list[Problem]:
    """What the plan names that the atlas, or the plan itself, does not hold."""
    problems = []
    for place, point in enumerate(plan.points):
        if point.code not in atlas.points:
            problems.append(Problem(f"points.{place}.code", unclear(point.code, atlas)))
        if point.technique and point.technique not in atlas.techniques:
            problems.append(Problem(f"points.{place}.technique", f"cannot be “{point.technique}”"))
    for place, pair in enumerate(plan.pairs):
        for field, code in (("first", pair.first), ("second", pair.second)):
            if code not in plan.codes:
                problems.append(Problem(f"pairs.{place}.{field}", f"“{code}” is not among the plan's points"))
        if pair.first == pair.second and pair.side != "across":
            problems.append(Problem(f"pairs.{place}.second", "joins a point with itself"))
    for path, slugs, known in (
        ("circumstances", plan.circumstances, atlas.circumstances),
        ("record.sources", plan.record.sources, atlas.sources),
        ("condition", (plan.condition,) if plan.condition else (), atlas.conditions),
    ):  # fmt: skip
        problems += [Problem(path, f"cannot be “{slug}”") for slug in slugs if slug not in known]
    return problems
