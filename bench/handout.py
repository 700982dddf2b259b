"""What a handout's PDF costs: time, and the memory that a process needs on top. Measured in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from flask.testing import FlaskClient

from bench.report import Row, median
from bench.servers import NotMeasuredError
from bodymap import create_app, default_atlas
from bodymap.plans import pdf
from bodymap.plans.templates import start
from bodymap.store.plans import Plans

PDFS = 7


def measured(scratch: Path) -> list[Row]:
    """Rows about the PDF and the pages of a plan of eleven points."""
    if not pdf.available():
        raise NotMeasuredError("the pdf extra is not installed")
    command = [sys.executable, "-m", "bench.handout", str(scratch / "handout.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    what = "A patient's copy of eleven points"
    return [
        Row(what, f"seconds for its PDF, median of {PDFS}", told["pdf"], digits=2),
        Row(what, "seconds for the first PDF of a process", told["first"], digits=2),
        Row(what, "MB that the process grows by at its peak", told["megabytes"], digits=0),
        Row(what, f"milliseconds for the page, median of {PDFS}", 1000 * told["page"], digits=0),
        Row(what, f"milliseconds for presenting, median of {PDFS}", 1000 * told["present"], digits=0),
    ]


def main(store: str) -> None:
    """Make the PDFs and print what they took as JSON."""
    app = create_app(ATLAS=default_atlas(), STORE=f"sqlite:///{store}")
    plan = start("sciatica", app.extensions["atlas"])
    assert plan is not None
    path = f"/shared/{Plans(app.extensions['store']).create(plan).view}"
    client = app.test_client()
    pages = {name: [_seconds(client, path + end) for _ in range(PDFS + 1)][1:]
             for name, end in (("page", ""), ("present", "/present?step=1"))}  # fmt: skip
    before = _peak()
    made = [_seconds(client, f"{path}/handout.pdf") for _ in range(PDFS)]
    told = {"first": made[0], "pdf": median(made[1:]), "megabytes": _peak() - before}
    print(json.dumps(told | {name: median(spent) for name, spent in pages.items()}))


def _seconds(client: FlaskClient, path: str) -> float:
    start_at = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200
    return time.perf_counter() - start_at


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    main(sys.argv[1])
