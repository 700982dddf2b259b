"""``make bench``: measure Bodymap and nginx side by side and print the table. Everything stays on loopback."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import mean

from playwright.sync_api import Error as BrowserError

from bench import answering, browser, handout, learning, load, memory, plans, servers
from bench.report import Row, median, p95, table
from bench.servers import NotMeasuredError, Server
from bodymap import default_atlas
from bodymap.atlas import Atlas
from bodymap.build import BuildError, build_atlas, fingerprint
from bodymap.quiz import anki, decks, questions
from bodymap.share import DATA

PAGES = ("/", "/regions/lower-back", "/points/BL23")
CLICKS = {"home -> lower back": "#tile-lower-back", "lower back -> BL23": "#item-BL23"}
ROUNDS = 15
STARTS = 3


def main() -> None:
    """Run every part; a part that cannot be measured is named below the table, and the rest is printed."""
    notes: list[str] = []
    title = heading()
    with tempfile.TemporaryDirectory(prefix="bodymap-bench-") as folder, ExitStack() as stack:
        scratch = Path(folder)
        os.environ["BODYMAP_STORE"] = str(scratch / "store.db")  # nobody's own plans
        build, export = building(scratch)
        starts = [starting(scratch) for _ in range(STARTS - 1)]
        ours = stack.enter_context(servers.serve_bodymap(scratch))
        starts.append(ours.start)
        theirs: Server | None = None
        try:
            theirs = stack.enter_context(servers.serve_nginx(scratch / "tree", scratch))
        except NotMeasuredError as reason:
            notes.append(f"nginx not measured: {reason}")
        rows: list[Row] = []
        try:
            rows += browsing(ours, theirs)
        except BrowserError as reason:
            notes.append(f"browser not measured: {str(reason).strip().splitlines()[0]}")
        rows += answering.measured(ours.url)
        rows += loading(ours, theirs)
        rows += remembering(ours, theirs)
        try:
            rows += plans.measured(scratch)
        except (AssertionError, OSError, subprocess.SubprocessError) as reason:
            notes.append(f"plans not measured: {str(reason).strip().splitlines()[0]}")
        try:
            rows += handout.measured(scratch)
        except (NotMeasuredError, subprocess.SubprocessError) as reason:
            notes.append(f"handout not measured: {reason}")
    rows.append(Row("Seconds", f"start until the first answer, median of {STARTS}", median(starts), digits=2))
    rows.append(Row("Seconds", "build of the atlas", build, digits=2))
    rows.append(Row("Seconds", "export of every page", export, digits=2))
    rows += studying()
    print(title + "\n\n" + table(rows))
    for note in notes:
        print(f"\n{note}")


def heading() -> str:
    """What was measured, and where: numbers of two machines, or of a busy one, must not be compared unawares."""
    busy = f"load average {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else "load unknown"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"Bodymap bench, atlas {fingerprint(DATA)}, {os.cpu_count()} CPUs ({busy}), {python}, "
        f"requests from {load.generator()}"
    )


def building(scratch: Path) -> tuple[float, float]:
    """Seconds to build the atlas (median of three) and to export every page into ``scratch``/tree."""
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        build_atlas(DATA, scratch / "atlas.db")
        spent.append(time.perf_counter() - start)
    # Also brings the checkout's own atlas up to date, so that starts are those of an atlas at hand.
    return median(spent), servers.export(scratch / "tree")


def starting(scratch: Path) -> float:
    """Seconds of one start of ``bodymap serve`` until /healthz answers."""
    with servers.serve_bodymap(scratch) as server:
        return server.start


def browsing(ours: Server, theirs: Server | None) -> list[Row]:
    """Bytes, requests and clicks in Chromium. The servers take turns, so that a busy moment hits both."""
    both = [server for server in (ours, theirs) if server]
    spent: dict[int, list[list[float]]] = {server.port: [] for server in both}
    with browser.chromium() as program:
        visits = [[browser.visit(program, server.url, path) for server in both] for path in PAGES]
        for server in both:  # once unmeasured: code of browser and server warms up
            browser.clicks(program, server.url, list(CLICKS.values()))
        for _ in range(ROUNDS):
            for server in both:
                spent[server.port].append(browser.clicks(program, server.url, list(CLICKS.values())))
        frames = browser.zooming(program, ours.url, "/?points=on")
    rows = [
        Row("Milliseconds between frames while zooming all points", "median", median(frames), None, 1),
        Row("Milliseconds between frames while zooming all points", "p95", p95(frames), None, 1),
    ]
    for group, name in (
        ("Bytes of the page alone, compressed, with headers", "page"),
        ("Bytes of a first visit with all assets", "whole"),
        ("Requests of a first visit", "requests"),
    ):
        for path, found in zip(PAGES, visits, strict=True):
            values = [float(getattr(visit, name)) for visit in found]
            rows.append(Row(group, path, values[0], values[1] if theirs else None))
    for place, label in enumerate(CLICKS):
        for name, summary in (("median", median), ("p95", p95)):
            values = [summary([one[place] for one in spent[server.port]]) for server in both]
            group = f"Milliseconds from click to painted panel, {ROUNDS} clicks"
            rows.append(Row(group, f"{label}, {name}", values[0], values[1] if theirs else None, 1))
    return rows


def loading(ours: Server, theirs: Server | None) -> list[Row]:
    """Requests per second of each page; each server is left alone while the other works."""
    group = f"Requests per second, {load.CONNECTIONS} connections, {load.SECONDS:.0f} s"
    rows = []
    for path in PAGES:
        rates = [load.rate(server.url + path) for server in (ours, theirs) if server]
        rows.append(Row(group, path, rates[0], rates[1] if theirs else None))
    if theirs:
        # Where nginx comes near this, the load generator is what was measured and the true ratio is smaller.
        rows.append(Row(group, "(the load generator's own limit)", load.rate(theirs.url + "/nothing")))
    return rows


def remembering(ours: Server, theirs: Server | None) -> list[Row]:
    """Memory of each worker after all that work."""
    own = [memory.megabytes(pid) for pid in memory.workers(ours.pid)]
    other = [memory.megabytes(pid) for pid in memory.workers(theirs.pid)] if theirs else []
    rows = []
    for place, megabytes in enumerate(own):
        beside = other[place] if place < len(other) else None
        rows.append(Row("Memory after the load, MB (PSS)", f"worker {place + 1}", megabytes, beside, 1))
    return rows


def studying() -> list[Row]:
    """What simulated learners remember, who study by the scheduler; and how long a deck for Anki takes to make."""
    atlas, rows = Atlas(default_atlas()), []
    first, whole = (decks.deck(atlas, slug) for slug in (decks.FIRST, decks.ALL))
    assert first is not None
    assert whole is not None
    cards = [card.key for card in questions.cards(atlas, first.codes, "student")]
    points = [card for card in cards if card.startswith(("locate:", "name:"))]
    for keenness in (0.8, 1.0, 1.25):
        name = f"memory {keenness:g} times most people's"
        studies = [learning.half_year(seed, keenness) for seed in range(3)]
        for label, shares in (
            ("where the scheduler chose the time", [study.retention_timed for study in studies]),
            ("of all asked on a later day", [study.retention for study in studies]),
        ):
            group = "Percent remembered in 180 days, target 90"
            rows.append(Row(group, f"{name}: {label}", 100 * mean(shares), digits=1))
        for label, asked in (("places and names only", points), ("every kind of question", cards)):
            weeks = [learning.week(seed, asked, keenness) for seed in range(12)]
            for kind in ("locate", "name"):
                group = f"Percent right of “{kind}” for sciatica after a week of 5 minutes a day"
                rows.append(Row(group, f"{name}: {label}", 100 * mean(week.score(kind) for week in weeks), digits=1))
    for deck in (first, whole):
        start = time.perf_counter()
        size = len(anki.package(atlas, deck, audience="student"))
        rows.append(Row("Seconds to make a deck for Anki", deck.slug, time.perf_counter() - start, digits=2))
        rows.append(Row("Kilobytes of a deck for Anki", deck.slug, size / 1000))
    return sorted(rows, key=lambda row: row.group)


if __name__ == "__main__":
    try:
        main()
    except BuildError as error:
        sys.exit(f"bench: the data has {len(error.faults)} fault(s); `bodymap check` names them")
    except NotMeasuredError as reason:
        sys.exit(f"bench: {reason}")
