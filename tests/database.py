"""A real PostgreSQL for the tests: a fresh cluster in a temporary folder, on a socket there, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them off PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)]))
    assert found, f"{name} is missing: sh tests/install.sh installs PostgreSQL"
    return found


def _as_other() -> tuple[list[str], int | None]:
    """PostgreSQL refuses root: the words that run it as somebody else, and that user's number."""
    if os.geteuid() != 0:
        return [], None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    words = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return words, user.pw_uid


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a running, empty database. No port is opened."""
    before, uid = _as_other()
    folder = Path(tempfile.mkdtemp(prefix="bodymap-pg-", dir="/tmp"))  # short: a socket's path has 107 letters
    try:
        if uid is not None:
            os.chown(folder, uid, -1)
        quiet = {"check": True, "capture_output": True, "cwd": folder, "timeout": 120}
        data = str(folder / "data")
        subprocess.run(
            [*before, program("initdb"), "-D", data, "-U", "bodymap", "-A", "trust", "-E", "UTF8", "--no-locale"],
            **quiet,
        )
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=on -c max_connections=60"
        control = [*before, program("pg_ctl"), "-D", data, "-l", str(folder / "log"), "-w"]
        subprocess.run([*control, "-o", settings, "start"], **{**quiet, "capture_output": False},
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            yield f"postgresql://bodymap@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
