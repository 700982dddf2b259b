"""What a reader has chosen (words, figure, view, layers) and how every link carries it; error pages."""

from __future__ import annotations

import datetime
import gettext
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

import jinja2
from flask import Flask, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from msgspec import Struct, structs
from werkzeug.exceptions import BadRequest, HTTPException

from bodymap import safety
from bodymap.atlas import Atlas
from bodymap.drawing import Picture, draw
from bodymap.model import Audience, Figure, RedFlag, Statement

AUDIENCES: tuple[Audience, ...] = ("patient", "practitioner", "student")
FIGURES: tuple[Figure, ...] = ("female", "male")
LAYERS = ("zones", "nerves", "points")
"""What can be switched on over the figure: danger zones, nerves, and every point."""

SITEWIDE: dict[str, Any] = {"view": "", **dict.fromkeys(LAYERS, False)}
"""The changes to a choice that leave what belongs to the map alone behind."""

CARRIED = ("as", "figure", "with", "flags")
"""The parts of a choice that go along from page to page."""

OWN = ("q", "channel", "region", "category", "caution")
"""What belongs to a page and not to the reader's choice."""

SOURCE_KINDS = {
    "standard": "location standard", "guideline": "guideline", "review": "review of studies", "trial": "trial",
    "cohort": "study of people over time", "survey": "survey", "laboratory": "laboratory study",
    "textbook": "textbook", "web": "web page", "article": "the article", "dataset": "data set", "law": "rules",
    "teaching": "general teaching, no single source", "search": "our own search",
    "untraced": "text without a known address",
}  # fmt: skip
"""What kind of statement rests on what kind of source."""

ERRORS = {
    400: ("That address does not make sense here", "Look at what follows the question mark, or start from the map."),
    403: ("That was not sent from this site", "Open the page here and try again."),
    404: ("There is nothing at this address", "Search for a point, a place or a complaint, or go back to the map."),
    405: ("This page cannot be used in that way", "Go back to the map."),
    413: ("That was too much at once", "Send less than 64 KB."),
    409: ("This was changed in the meantime", "Open it again: nothing that was saved is lost."),
    414: ("That address is too long", "Search for a few words instead."),
    422: ("Something in it is not right", "Go back, mend it and send it again."),
    429: ("That was too often in a short time", "Wait a minute, then send it again: nothing that was saved is lost."),
    500: ("Something broke on our side", "Nothing of yours was lost. Please try again."),
}  # fmt: skip


Basis = tuple[str, tuple[str, ...], str]
"""Strength, sources and how far it was checked."""


NO_PLAN = ("This link opens no plan", "It may have run out or been replaced. Ask for a new one where you had it from.")
"""The same for every link that opens nothing, whatever the reason."""


TOO_LONG = (
    "Your browser's Back button mostly brings the page with your text back: copy it from there, shorten it and send it "
    "again. What was saved before is unchanged."
)
"""What becomes of a form that is too long even to be shown again."""


class Choice(Struct, frozen=True):
    """What the reader has chosen. Kept in the URL, defaults left out, so that one URL is one answer."""

    audience: Audience = "patient"
    figure: Figure = "female"
    view: str = ""
    zones: bool = False
    nerves: bool = False
    points: bool = False
    circumstances: tuple[str, ...] = ()
    """What the reader says of themselves (slugs). In the address and nowhere else."""
    flags: tuple[str, ...] = ()
    """The warning signs that the reader says fit them (ids)."""

    @property
    def private(self) -> bool:
        """Whether the address tells something of the reader's health."""
        return bool(self.circumstances or self.flags)

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of a link, with changes; defaults are left out."""
        chosen = structs.replace(self, **changes)
        query = {
            "as": chosen.audience if chosen.audience != "patient" else "",
            "figure": chosen.figure if chosen.figure != "female" else "",
            "view": chosen.view,
            **{layer: "on" if getattr(chosen, layer) else "" for layer in LAYERS},
            "with": ",".join(chosen.circumstances),
            "flags": ",".join(chosen.flags),
        }
        return {name: value for name, value in query.items() if value}


def atlas() -> Atlas:
    return cast(Atlas, current_app.extensions["atlas"])


def choice() -> Choice:
    """The reader's choice of this request; BadRequest names a value that does not exist."""
    if "choice" not in g:
        g.choice = _read_choice()
    return cast(Choice, g.choice)


def _read_choice() -> Choice:
    arguments = request.args
    audience, figure = arguments.get("as", "patient"), arguments.get("figure", "female")
    view, layers = arguments.get("view", ""), {layer: arguments.get(layer, "") for layer in LAYERS}
    views = [name for kind, name in atlas().views if kind == "female"]
    circumstances, flags = _listed("with"), _listed("flags")
    for name, value, allowed in (
        ("as", audience, AUDIENCES), ("figure", figure, FIGURES), ("view", view, ["", *views]),
        *((layer, value, ["", "on"]) for layer, value in layers.items()),
        *(("with", value, list(atlas().circumstances)) for value in circumstances),
        *(("flags", value, list(atlas().red_flags)) for value in flags),
    ):  # fmt: skip
        if value not in allowed:
            raise BadRequest(f"“{name}” cannot be “{value[:40]}”. It can be: {', '.join(filter(None, allowed))}.")
    on = {layer: bool(value) for layer, value in layers.items()}
    return Choice(cast(Audience, audience), cast(Figure, figure), view, circumstances=circumstances, flags=flags, **on)


def _listed(name: str) -> tuple[str, ...]:
    """The values of a query field that lists several, each once and in order, so that one choice is one address."""
    values = (value for given in request.args.getlist(name) for value in given.split(","))
    return tuple(sorted({value for value in values if value}))


def link(endpoint: str, **values: Any) -> str:
    """The URL of a page, carrying the reader's choice. Changes to it are given as keywords."""
    changes = {name: values.pop(name) for name in Choice.__struct_fields__ if name in values}
    return url_for(endpoint, **values, **choice().query(**changes))


def here(**changes: Any) -> str:
    """The URL of this very page with the reader's choice changed."""
    own = {name: value for name, value in request.args.items() if name in OWN and value}
    return link(request.endpoint or "explore.show_home", **(request.view_args or {}), **own, **changes)


def carried(target: str) -> str:
    """A local address with the reader's choice in place of the one it carried."""
    parts = urlsplit(target)
    own = [(name, value) for name, value in parse_qsl(parts.query) if name not in CARRIED]
    query = urlencode([*choice().query(view="").items(), *own], safe=",")
    return parts.path + ("?" + query if query else "")


def asset(filename: str) -> str:
    """The URL of a static file, named by revision so that it may be cached for good."""
    return url_for("static", filename=filename, v=current_app.extensions["revision"])


def words(statement: Statement) -> str:
    """The words of a statement for this reader. Patients never get the clinical ones."""
    if choice().audience == "patient" or not statement.clinical:
        return statement.plain
    return statement.clinical


def marks() -> safety.Marks:
    """What the reader's circumstances change."""
    if "marks" not in g:
        g.marks = safety.marks(atlas(), choice().circumstances)
    return cast(safety.Marks, g.marks)


def stopping() -> list[RedFlag]:
    """The reader's warning signs that need help now or today, most urgent first."""
    return safety.stopping(atlas(), choice().flags)


def withheld() -> bool:
    """Whether no points are offered to this reader: a patient to whom help comes first."""
    return choice().audience == "patient" and bool(stopping())


def kept(codes: Iterable[str]) -> list[str]:
    """The points that this reader is shown: no blocked ones for patients, and none to whom help comes first."""
    if choice().audience != "patient":
        return list(codes)
    blocked = {code for code, mark in marks().points.items() if mark.level == "blocked"}
    return [] if withheld() else [code for code in codes if code not in blocked]


def explained(text: str) -> Markup:
    """The text with the first use of each word of the glossary on this page linked to its explanation."""
    terms, used = atlas().forms, g.setdefault("explained", set())
    if not terms or request.endpoint == "evidence.show_glossary":
        return escape(text)
    parts = []
    for place, part in enumerate(_pattern(tuple(terms)).split(text)):
        slug = terms[part.casefold()] if place % 2 else ""
        if slug and slug not in used:
            used.add(slug)
            href = link("evidence.show_glossary", **SITEWIDE) + f"#{slug}"
            parts.append(Markup('<a class="term" href="{}">{}</a>').format(href, part))
        else:
            parts.append(escape(part))
    return Markup("").join(parts)


@cache
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest first, as a word of its own."""
    longest = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)


def kind_of(strength: str, sources: Iterable[str]) -> str:
    """What kind of statement this is: a tradition, a laboratory idea, or what its sources are, each kind once."""
    if strength == "tradition":
        return "tradition"
    works = [atlas().sources[name] for name in sources if name in atlas().sources]
    return ", ".join(dict.fromkeys(SOURCE_KINDS[work.kind] for work in works))


def basis(statement: Statement) -> Basis:
    """What a statement rests on: how surely, on whose word, how far that was checked."""
    return statement.strength, statement.sources, statement.verified


def bases(statements: Iterable[Statement]) -> dict[Basis, int]:
    """What the statements rest on, each once, numbered from 1: the notes under a long list."""
    return {found: place for place, found in enumerate(dict.fromkeys(map(basis, statements)), start=1)}


def picture(image: Picture) -> Markup:
    """The picture as markup."""
    return Markup(draw(image))  # noqa: S704 - svgwrite has escaped every text and attribute


def day(moment: int) -> str:
    """A moment (seconds since 1970) as its day in UTC, such as 2026-03-31."""
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).date().isoformat()


def install(app: Flask) -> None:
    """Templates' vocabulary, gettext, and error pages."""
    from bodymap.views import plots  # which asks the atlas through this module

    environment = cast(Any, app.jinja_env)
    environment.undefined = jinja2.StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    translations = gettext.NullTranslations()
    environment.install_gettext_callables(translations.gettext, translations.ngettext, newstyle=True)
    environment.globals |= {
        "link": link,
        "here": here,
        "asset": asset,
        "words": words,
        "picture": picture,
        "marks": marks,
        "stopping": stopping,
        "kept": kept,
        "withheld": withheld,
        "carried": carried,
        "day": day,
        "kind_of": kind_of,
        "basis": basis,
        "bases": bases,
        "explained": explained,
        "plots": plots,
        "SITEWIDE": SITEWIDE,
        "AUDIENCES": AUDIENCES,
    }
    app.context_processor(lambda: {"choice": choice(), "atlas": atlas()} if "atlas" in app.extensions else {})
    app.register_error_handler(HTTPException, show_error)


class Astray(BadRequest):
    """What was asked for is not there; the page leads to where it can be chosen."""

    def __init__(self, description: str, endpoint: str, name: str) -> None:
        super().__init__(description)
        self.endpoint, self.name_of_way = endpoint, name


def show_error(error: HTTPException) -> ResponseReturnValue:
    """A whole page that says what is wrong and the way out; JSON for the API."""
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    of_link = code == 404 and request.path.startswith(("/plans/", "/shared/"))
    title, remedy = NO_PLAN if of_link else ERRORS.get(code, (error.name, "Go back to the map."))
    detail = (error.description or "") if "“" in (error.description or "") else ""
    if request.path.startswith("/api/"):
        return {"error": {"status": code, "title": title, "detail": detail or remedy}}, code
    g.choice = safe_choice()
    back = _way_back() if code in {403, 413, 429} else ("", "")
    if isinstance(error, Astray):
        back = link(error.endpoint, **SITEWIDE), error.name_of_way
    if back[0] and code == 413:
        title, remedy = "That was too long to be read", TOO_LONG
    wait = getattr(error, "retry_after", None)
    page = render_template("error.html", code=code, title=title, remedy=remedy, detail=detail, back=back)
    return page, code, {"Retry-After": str(wait)} if wait else {}


def _way_back() -> tuple[str, str]:
    """The address and the name of the page of plans that a refused form was sent from; empty for other pages."""
    if request.blueprint != "plans":
        return "", ""
    token = (request.view_args or {}).get("token", "")
    if token:
        return link("plans.edit_plan", token=token), "Back to the plan"
    if request.endpoint == "plans.import_plan":
        return link("plans.import_plan"), "Back to the import"
    return link("plans.list_plans"), "Back to the plans"


def safe_choice() -> Choice:
    """The reader's choice, or none where the address names what does not exist."""
    try:
        return _read_choice()
    except BadRequest:
        return Choice()
