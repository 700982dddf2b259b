"""Rendered pages kept in memory. One URL is one answer for as long as the process lives, so it is drawn once.

Only whole answers to GET are kept; the bare home page is not looked up for a reader whose cookie leads elsewhere, and
a page whose address tells something of the reader's health is never kept, nor one that says it must not be stored.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from flask import Flask, Response, current_app, request

MOST = 400
"""Pages kept per process: about 25 MB. Beyond it the one longest unused goes."""


class Shelf:
    """The least recently used pages fall off. Safe between threads."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._pages: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._lock = Lock()

    def get(self, url: str) -> tuple[bytes, str] | None:
        with self._lock:
            if url in self._pages:
                self._pages.move_to_end(url)
            return self._pages.get(url)

    def put(self, url: str, page: tuple[bytes, str]) -> None:
        with self._lock:
            self._pages[url] = page
            self._pages.move_to_end(url)
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)


def install(app: Flask) -> None:
    """Attach a shelf; after the guard, so that what is taken from it is guarded too."""
    app.extensions["shelf"] = Shelf()
    app.before_request(_take)
    app.after_request(_put)


def _keeps() -> bool:
    bare_home = request.path == "/" and not request.query_string and bool(request.cookies)
    private = "with" in request.args or "flags" in request.args
    public = not (private or bare_home)
    return request.method == "GET" and request.endpoint not in {None, "static", "explore.health"} and public


def _take() -> Response | None:
    page = current_app.extensions["shelf"].get(request.full_path) if _keeps() else None
    return Response(page[0], content_type=page[1]) if page else None


def _put(response: Response) -> Response:
    whole = response.status_code == 200 and not response.is_streamed
    if _keeps() and whole and not response.cache_control.no_store:
        current_app.extensions["shelf"].put(request.full_path, (response.get_data(), response.headers["Content-Type"]))
    return response
