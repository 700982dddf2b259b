"""Who is learning, and the tokens that carry a question to the learner and back.

A learner is a random name in a signed cookie, made at the first answer; nothing else is known of them. A question is
not kept: its token says which it was, and only this app can have made it.
"""

from __future__ import annotations

import secrets
from typing import Any, cast

from flask import Blueprint, Response, current_app, g, request
from itsdangerous import BadData, SignatureExpired, URLSafeSerializer, URLSafeTimedSerializer

from bodymap.quiz import questions
from bodymap.quiz.model import KINDS, Card, Question
from bodymap.store.learning import Exams, Learning
from bodymap.views.access import store
from bodymap.views.page import atlas

COOKIE = "learner"
COOKIE_DAYS = 400
"""The longest that browsers keep a cookie; renewed with every answer."""
OPEN_FOR = 86_400
"""How long a question can be answered, in seconds."""


class StaleError(Exception):
    """A question that is too old to be answered, or that this app did not ask."""


def learning() -> Learning:
    """What this learner remembers; someone new remembers nothing."""
    if "learning" not in g:
        try:
            name = str(_names().loads(request.cookies.get(COOKIE, "")))
        except BadData:
            name = secrets.token_urlsafe(18)
        g.learning = Learning(store(), name)
    return cast(Learning, g.learning)


def exams() -> Exams:
    return Exams(store())


def keep_learner() -> None:
    """Let the answer carry the learner's cookie."""
    g.keep_learner = True


def forget_learner() -> None:
    """Let the answer take the cookie away."""
    g.forget_learner = True


def sign(question: Question, deck: str) -> str:
    """A token for the question; every one is new, so that each asking can be answered once."""
    told = [question.card.kind, question.card.code, question.seed, question.figure, question.audience,
            question.ask if question.form == "choice" else question.form, deck, secrets.token_urlsafe(6)]  # fmt: skip
    return _text(_tokens().dumps(told))


def opened(token: str) -> tuple[Question, str]:
    """The question of a token, and the deck it came from. StaleError if it is too old, forged, or no longer asked."""
    try:
        kind, code, seed, figure, audience, form, deck, _ = _tokens().loads(token, max_age=OPEN_FOR)
    except SignatureExpired as error:
        raise StaleError("old") from error
    except (BadData, ValueError, TypeError) as error:
        raise StaleError("forged") from error
    if kind not in KINDS or code not in atlas().points:
        raise StaleError("old")
    return questions.ask(atlas(), Card(kind, code), seed, figure, audience, form), deck


def keep_private(blueprint: Blueprint) -> None:
    """Answers of the blueprint are kept by nobody, and carry the learner's cookie where one was made."""
    blueprint.after_request(_private)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("X-Robots-Tag", "noindex")
    if g.get("forget_learner"):
        response.delete_cookie(COOKIE, path="/quiz", samesite="Lax", httponly=True)
    elif g.get("keep_learner"):
        response.set_cookie(
            COOKIE, signed(learning().name), max_age=COOKIE_DAYS * 86_400, path="/quiz",
            secure=request.is_secure, httponly=True, samesite="Lax",
        )  # fmt: skip
    return response


def signed(name: str) -> str:
    """What the cookie of this learner holds."""
    return _text(_names().dumps(name))


def _names() -> URLSafeSerializer:
    return URLSafeSerializer(_key(), salt="learner")


def _tokens() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(), salt="question")


def _key() -> bytes:
    if "quiz key" not in current_app.extensions:
        current_app.extensions["quiz key"] = store().secret("quiz")
    return cast(bytes, current_app.extensions["quiz key"])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else value.decode()
