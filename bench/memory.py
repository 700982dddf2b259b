"""What each worker process holds in memory, from ``/proc``."""

from __future__ import annotations

from pathlib import Path

PROC = Path("/proc")


def workers(master: int) -> list[int]:
    """The process ids of the children of ``master``; empty where there is no /proc."""
    found = []
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            # "pid (name) state parent ...": a name may hold spaces and brackets, so count from the last bracket.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile
        if parent == master:
            found.append(int(stat.parent.name))
    return sorted(found)


def megabytes(pid: int) -> float:
    """Memory of the process in MB (10^6 bytes): PSS, in which shared pages count by share; RSS where PSS is hidden."""
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = (PROC / str(pid) / name).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(field):
                return int(line.split()[1]) * 1024 / 1e6  # the kernel's "kB" are 1024 bytes
    return 0.0
