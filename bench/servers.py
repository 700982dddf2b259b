"""The two servers on free loopback ports: ``bodymap serve``, and nginx over the tree that ``bodymap export`` wrote."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WORKERS = 2
"""What ``bodymap serve`` starts by default; nginx gets as many."""
PATIENCE = 60.0
"""Seconds a server may take to answer, or to end."""

# What a careful administrator would write, so that the comparison is with a good nginx: the same caching rules as the
# app sends, compression at the app's level (5), no access log, files kept open.
NGINX = """
daemon off;
{user}
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
  types {{
    text/html html; text/css css; text/javascript js; image/svg+xml svg; application/json json;
  }}
  default_type application/octet-stream;
  charset utf-8;
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=1000 inactive=60s;
  gzip on;
  gzip_comp_level 5;
  gzip_min_length 500;
  gzip_types text/css text/javascript image/svg+xml application/json;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen {host}:{port};
    root {tree};
    location /static/ {{ expires 1y; }}
    # Pages lie at <url>/index.html and links have no trailing slash; a query changes nothing.
    location / {{ add_header Cache-Control no-cache; try_files $uri/index.html =404; }}
    # The shortest answer there is: what the load generator itself can do.
    location = /nothing {{ return 200 "ok"; }}
  }}
}}
"""


class NotMeasuredError(Exception):
    """Why a part of the bench could not be measured, in one line."""


@dataclass(frozen=True)
class Server:
    """A running server that this bench started."""

    port: int
    pid: int
    """The master process; the workers are its children."""
    start: float
    """Seconds from start of the process to its first answer of status 200."""

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


def free_port() -> int:
    """A loopback port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def find_nginx() -> str:
    """The path of nginx, installed with apt if need be; NotMeasuredError if it cannot be had."""
    # Debian keeps it in /usr/sbin, which is not on everyone's PATH.
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
    if found := shutil.which("nginx", path=path):
        return found
    if not shutil.which("apt-get"):
        raise NotMeasuredError("nginx is not installed and there is no apt-get to install it with")
    # -n: a bench must not stop and wait for a password.
    apt = [*([] if os.geteuid() == 0 else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try:
        for words in (["update"], ["install", "-y", "--no-install-recommends", "nginx-light"]):
            subprocess.run([*apt, *words], check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotMeasuredError(f"nginx is not installed and apt-get failed ({error})") from error
    if found := shutil.which("nginx", path=path):
        return found
    raise NotMeasuredError("nginx was installed but cannot be found")


def bodymap(*words: str) -> list[str]:
    """The command line of ``bodymap`` from this checkout."""
    return [sys.executable, "-m", "bodymap", *words]


def export(folder: Path) -> float:
    """Write every page as a file into ``folder``; seconds it took, start of Python included."""
    start = time.perf_counter()
    done = subprocess.run(bodymap("export", str(folder)), cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise NotMeasuredError(f"bodymap export failed: {done.stderr.strip().splitlines()[-1]}")
    return time.perf_counter() - start


@contextmanager
def serve_bodymap(scratch: Path) -> Iterator[Server]:
    """``bodymap serve`` as a user starts it, on its default number of workers."""
    port = free_port()
    command = bodymap("serve", "--port", str(port), "--workers", str(WORKERS))
    with _running(command, port, "/healthz", scratch / "bodymap.log") as server:
        yield server


@contextmanager
def serve_nginx(tree: Path, scratch: Path) -> Iterator[Server]:
    """Nginx over the exported pages in ``tree``; its configuration, pid file and logs are in ``scratch``."""
    program, port = find_nginx(), free_port()
    # Started by root, workers would become `nobody`, who may not read a private temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config = scratch / "nginx.conf"
    config.write_text(NGINX.format(user=user, workers=WORKERS, folder=scratch, host=HOST, port=port, tree=tree))
    command = [program, "-c", str(config), "-e", str(scratch / "error.log"), "-p", str(scratch)]
    with _running(command, port, "/", scratch / "nginx.log") as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, path: str, log: Path) -> Iterator[Server]:
    """Start, wait for the first answer, and end this very process however the block is left."""
    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["no message"]
                raise NotMeasuredError(f"{Path(command[0]).name} did not start: {last[0]}")
            time.sleep(0.005)
        yield Server(port, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
