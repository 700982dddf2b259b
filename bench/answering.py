"""How long the quiz takes to ask, and from an answer sent to its page received, for one learner over HTTP."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from bench.report import Row, median, p95

DECKS = ("condition:sciatica", "all")
ROUNDS = 50
"""Answers a deck; with all decks fewer than the app takes from one address in a minute."""
TOKEN = re.compile(r'name="token" value="([^"]+)"')
VALUE = re.compile(r'type="radio" name="value" value="([^"]+)"')
PLACES = re.compile(r'<select name="(place\d)"')
OPTION = re.compile(r'<option value="([^"]+)">')


def measured(url: str) -> list[Row]:
    """Median and 95th percentile of asking and answering, in milliseconds, of a small deck and of all points."""
    rows = []
    for deck in DECKS:
        spent = list(answers(url, deck))
        for group, values in (
            ("Milliseconds until a question", [asked for asked, _ in spent]),
            ("Milliseconds from an answer to its page", [answered for _, answered in spent]),
        ):
            for name, summary in (("median", median), ("p95", p95)):
                rows.append(Row(group, f"{deck}, {name}", summary(values), digits=1))
    return sorted(rows, key=lambda row: row.group)


def answers(url: str, deck: str) -> Iterator[tuple[float, float]]:
    """Milliseconds of each question and of its answer, by a learner who always takes the first option."""
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    query = urlencode({"as": "student", "deck": deck, "more": "1"})
    for _ in range(ROUNDS):
        asked, page = timed(visitor, f"{url}/quiz?{query}")
        answered, _ = timed(visitor, f"{url}/quiz/answers?as=student", fields(page))
        yield asked, answered


def fields(page: str) -> dict[str, str]:
    """What the form of a question's page is answered with: the first option, or the middle of the figure."""
    token = TOKEN.search(page)
    assert token, "the page asks nothing"
    chosen = {"token": token[1]}
    if value := VALUE.search(page):
        return {**chosen, "value": html.unescape(value[1])}
    if places := PLACES.findall(page):
        return {**chosen, **dict(zip(places, OPTION.findall(page), strict=False))}
    return {**chosen, "x": "100", "y": "100"}


def timed(visitor: OpenerDirector, url: str, form: dict[str, str] | None = None) -> tuple[float, str]:
    """Milliseconds until the whole page was there, redirects followed; and the page."""
    start = time.perf_counter()
    with visitor.open(url, urlencode(form).encode() if form else None) as response:
        body = response.read().decode()
    return 1000 * (time.perf_counter() - start), body
