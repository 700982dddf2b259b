"""The table: one row a measure, both servers in the same unit, and the ratio of the two."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measure. ``theirs`` is None where nginx was not measured or has nothing to compare."""

    group: str
    label: str
    ours: float
    theirs: float | None = None
    digits: int = 0
    """Decimals shown. The unit stands in ``group``."""


def median(values: Sequence[float]) -> float:
    """The middle value, in the unit of ``values``."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The 95th percentile by nearest rank, in the unit of ``values``: a value that was really measured."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def table(rows: Sequence[Row]) -> str:
    """The rows as plain text, a heading where the group changes. The ratio is ours / nginx."""
    width = max(len(row.label) for row in rows) + 4
    lines = [f"{'':{width}}{'Bodymap':>12}{'nginx':>12}{'ratio':>9}"]
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            lines += ["", group]
        theirs = "-" if row.theirs is None else f"{row.theirs:,.{row.digits}f}"
        ratio = f"{row.ours / row.theirs:.3g}" if row.theirs else "-"
        lines.append(f"  {row.label:{width - 2}}{row.ours:>12,.{row.digits}f}{theirs:>12}{ratio:>9}")
    return "\n".join(lines)
