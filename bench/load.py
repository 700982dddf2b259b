"""Requests per second: wrk where it is installed, else a loop over http.client, always in a process of its own."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

from bench.servers import ROOT, NotMeasuredError

SECONDS = 3.0
CONNECTIONS = 8
"""As many as ``bodymap serve`` answers at once: 2 workers with 4 threads each."""
ACCEPT = "gzip, br"


def generator() -> str:
    """The name of what makes the load, for the report."""
    return "wrk" if shutil.which("wrk") else "http.client"


def rate(url: str) -> float:
    """Requests per second that ``url`` answered with status 200 over SECONDS; NotMeasuredError if any failed."""
    if wrk := shutil.which("wrk"):
        options = [
            "-t2",
            f"-c{CONNECTIONS}",
            f"-d{SECONDS:.0f}s",
            "-H",
            f"Accept-Encoding: {ACCEPT}",
        ]
        command = [wrk, *options, url]
    else:
        command = [sys.executable, "-m", "bench.load", url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS + 60)
    found = re.search(r"Requests/sec:\s*([\d.]+)", done.stdout)
    if done.returncode or not found or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise NotMeasuredError(f"load on {url} failed: {(done.stderr or done.stdout).strip()[-200:]}")
    return float(found[1])


def hammer(url: str, seconds: float) -> float:
    """Ask for ``url`` on CONNECTIONS kept-alive connections for ``seconds``; requests per second."""
    parts = urlsplit(url)
    counts = [0] * CONNECTIONS
    failures: list[str] = []
    end = time.perf_counter() + seconds

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        try:
            while time.perf_counter() < end:
                connection.request("GET", parts.path, headers={"Accept-Encoding": ACCEPT})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise http.client.HTTPException(f"status {answer.status}")
                counts[place] += 1
        except (OSError, http.client.HTTPException) as error:
            failures.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    start = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(failures[0])
    return sum(counts) / (time.perf_counter() - start)


if __name__ == "__main__":
    # The same words as wrk prints, so that both are read alike.
    print(f"Requests/sec: {hammer(sys.argv[1], SECONDS):.1f}")
