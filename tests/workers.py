"""Processes that write to a store at the same time, or until they are killed. Run as ``python -m tests.workers``."""

from __future__ import annotations

import os
import sys

from msgspec import structs

from bodymap.plans.model import Plan
from bodymap.store import Store
from bodymap.store.plans import ConflictError, Plans


def count_up(url: str, edit: str, times: int) -> None:
    """Add one to the plan's sessions, so many times, starting again whenever another was first. Print the conflicts.

    Each save has a goal of its own: two that are alike to the letter would rightly count as one."""
    plans, conflicts = Plans(Store(url)), 0
    print("ready", flush=True)
    sys.stdin.readline()  # until all are ready
    for turn in range(times):
        goal = f"{os.getpid()} {turn}"
        while True:
            kept = plans.by_edit(edit)
            assert kept
            try:
                plans.save(
                    edit, structs.replace(kept.plan, goal=goal, sessions=(kept.plan.sessions or 0) + 1), kept.version
                )
                break
            except ConflictError:
                conflicts += 1
    print(conflicts)


def save_for_ever(url: str, edit: str) -> None:
    """Save titles that name their version; print each version once it is kept."""
    plans = Plans(Store(url))
    version = getattr(plans.by_edit(edit), "version", 0)
    while True:
        kept = plans.save(edit, Plan(title=f"version {version + 1}", advice="x" * 2000), version)
        assert kept
        version = kept.version
        print(version, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "count":
        count_up(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        save_for_ever(sys.argv[2], sys.argv[3])
