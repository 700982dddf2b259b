"""Who may see and change a plan: the secret link, the cookie that names a device, and how often anyone may write.

A link that opens nothing is always the same 404, whether it never existed, ran out, was revoked or is no link at all;
every one of them takes the same way through the store.
"""

from __future__ import annotations

import secrets
from typing import cast

from flask import Flask, Response, abort, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from bodymap.numbering import plain, spellings
from bodymap.store import Store
from bodymap.store.counters import Limit
from bodymap.store.plans import Kept, Plans
from bodymap.views.page import atlas

COOKIE = "device"
COOKIE_DAYS = 400
"""The longest that browsers keep a cookie; renewed whenever plans are opened."""

MOST_READ = 1280 * 1024
"""Bytes of a form that are read at all: as many as an editor takes whose every field is full of Chinese (nine bytes a
letter), so that what is too much for a plan can still be shown again."""

BY_ADDRESS = Limit("writes by address", 600, 60)
BY_PLAN = Limit("writes to plan", 120, 60)
NEW_BY_ADDRESS = Limit("new plans by address", 600, 3600)


def read_much() -> None:
    """Let this request's form be as long as ``MOST_READ``; a form with a file has a second limit, half a megabyte."""
    request.max_content_length = request.max_form_memory_size = MOST_READ


def store() -> Store:
    return cast(Store, current_app.extensions["store"])


def plans() -> Plans:
    return Plans(store(), names)


def names(code: str) -> str:
    """How else people write a point: its names and the other prefixes of its code, as they would search for it."""
    point = atlas().points.get(code)
    if point is None:
        return ""
    forms = [form for form in spellings(point, atlas().channels) if " " not in form]
    written = (point.pinyin, point.hanzi, point.hanzi_simplified)
    return " ".join((*written, *map(plain, written), point.english, *forms))


def plan_for_editing(token: str) -> Kept:
    """The plan that an edit link opens, or the 404 page."""
    return plans().by_edit(token) or abort(404)


def plan_for_viewing(token: str) -> Kept:
    """The plan that a view link opens, or the 404 page. ``edit`` is empty: who may view can never edit."""
    return plans().by_view(token) or abort(404)


def device() -> str:
    """The name of this device: random, from its signed cookie; a new one where there is none or it was forged."""
    if "device" not in g:
        try:
            g.device = str(_serializer().loads(request.cookies.get(COOKIE, "")))
        except BadSignature:
            g.device = secrets.token_urlsafe(18)
    return cast(str, g.device)


def known_device() -> bool:
    """Whether the device has its cookie already."""
    return COOKIE in request.cookies


def keep_on_device(token: str, durable: bool = True) -> None:
    """Put the plan on top of this device's list, and let the answer carry the cookie."""
    plans().remember(device(), token, durable)
    g.keep_device = True


def seconds_to_wait(token: str = "", new: bool = False) -> int:
    """Count a write of this address, and to this plan; 0 if it may go on, else the seconds to wait."""
    address = request.remote_addr or ""
    waits = [BY_ADDRESS.wait(store(), address)]
    if token:
        waits.append(BY_PLAN.wait(store(), token))
    if new:
        waits.append(NEW_BY_ADDRESS.wait(store(), address))
    return max(waits)


def install(app: Flask) -> None:
    """Keep what is behind links private. By its path, since a link with a stray character belongs to no blueprint; and
    after the shelf, so that this comes first and the shelf keeps none of it."""
    app.after_request(_private)


def _private(response: Response) -> Response:
    """Every answer about plans is kept by nobody, found by no search engine, and tells nobody its address."""
    if f"{request.path}/".startswith(("/plans/", "/shared/")):
        _close(response)
    return response


def _close(response: Response) -> None:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if g.get("keep_device"):
        response.set_cookie(
            COOKIE, _signed(device()), max_age=COOKIE_DAYS * 86_400, path="/plans", secure=request.is_secure,
            httponly=True, samesite="Lax",
        )  # fmt: skip


def _signed(name: str) -> str:
    signed = _serializer().dumps(name)
    return signed if isinstance(signed, str) else signed.decode()


def _serializer() -> URLSafeSerializer:
    if "device key" not in current_app.extensions:
        current_app.extensions["device key"] = store().secret("device cookie")
    return URLSafeSerializer(current_app.extensions["device key"], salt="device")
