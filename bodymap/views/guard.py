"""What every answer carries and every write must pass: security headers, strong ETags, same-origin writes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bodymap.share import STATIC, TEMPLATES

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), screen-wake-lock=(self)",
}
LONGEST_QUERY = 2048


def install(app: Flask) -> None:
    """Attach the guard to the app."""
    app.extensions["revision"] = revision(app)
    app.before_request(_refuse)
    app.after_request(_finish)


def revision(app: Flask) -> str:
    """What pages depend on: the atlas, the templates and the static files' text. Names static URLs and ETags."""
    digest = hashlib.sha256(app.extensions["atlas"].revision.encode())
    for folder in (TEMPLATES, STATIC, Path(__file__).parent.parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".html", ".css", ".js", ".svg", ".py"}:
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _refuse() -> ResponseReturnValue | None:
    """Absurdly long queries, and writes that another site sends (Sec-Fetch-Site, else Origin against Host)."""
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return None
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    # A page that tells nobody its address (no-referrer) sends "null" for its own origin, and over plain http browsers
    # send no Sec-Fetch-Site. Plans are such pages: there the secret in the address, or the SameSite cookie, must do.
    hidden = origin == "null" and request.path.startswith("/plans")
    foreign = bool(origin) and not hidden and urlsplit(origin or "").netloc != request.host
    if (site and site not in {"same-origin", "none"}) or (not site and foreign):
        abort(403)
    return None


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code == 200 and request.method == "GET":
        response.direct_passthrough = False  # read whole (the largest is 50 KB), so that it can be compressed
        content = response.get_data()
        response.close()  # the file, now: whoever goes away in between must not leave it open
        response.set_data(content)
    whole = response.status_code == 200 and not response.is_streamed
    if "with" in request.args or "flags" in request.args:  # a health matter: kept nowhere
        response.headers.setdefault("Cache-Control", "no-store")
    elif request.method in {"GET", "HEAD"} and whole and request.endpoint not in {"static", "explore.health"}:
        if response.cache_control.no_store:
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        response.set_etag(current_app.extensions["revision"])
        response.make_conditional(request)
    return response
