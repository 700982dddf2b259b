"""Who learns here: a random name in a signed cookie, made with the first answer, and what is kept under it."""

from __future__ import annotations

import secrets
from typing import cast

from flask import Blueprint, Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from bodymap.store import Store
from bodymap.store.learning import Learning

COOKIE = "learner"
COOKIE_DAYS = 400
"""The longest that browsers keep a cookie; renewed with every answer."""


def learning() -> Learning:
    return Learning(cast(Store, current_app.extensions["store"]))


def learner() -> str:
    """The learner's name, or nothing where there is no cookie or it was forged."""
    try:
        return str(_serializer().loads(request.cookies.get(COOKIE, "")))
    except BadSignature:
        return ""


def new_learner() -> str:
    """The learner's name, made if there is none, and kept by the cookie that this answer will carry."""
    g.learner = learner() or secrets.token_urlsafe(18)
    return cast(str, g.learner)


def keep_private(blueprint: Blueprint) -> None:
    """Every answer of the blueprint is kept by nobody and found by no search engine."""
    blueprint.after_request(_private)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if "learner" in g:
        response.set_cookie(
            COOKIE, signed(g.learner), max_age=COOKIE_DAYS * 86_400, path="/quiz", secure=request.is_secure,
            httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


def signed(name: str) -> str:
    """What the cookie of this learner holds."""
    text = _serializer().dumps(name)
    return text if isinstance(text, str) else text.decode()


def _serializer() -> URLSafeSerializer:
    if "learner key" not in current_app.extensions:
        current_app.extensions["learner key"] = cast(Store, current_app.extensions["store"]).secret("learner cookie")
    return URLSafeSerializer(current_app.extensions["learner key"], salt="learner")
