"""Who says so, and how sure one may be: the evidence, the article claim by claim, sources, and words explained."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from bodymap import citations
from bodymap.model import Claim, Source
from bodymap.views.page import atlas

blueprint = Blueprint("evidence", __name__)

FORMATS: dict[str, tuple[str, Callable[[list[Source]], str]]] = {
    "json": ("application/vnd.citationstyles.csl+json", lambda works: _json(works)),
    "bib": ("application/x-bibtex", lambda works: "\n".join(citations.bibtex(work) for work in works)),
    "ris": ("application/x-research-info-systems", lambda works: "".join(citations.ris(work) for work in works)),
}
"""How sources can be taken away: media type and writer by the ending of the address."""


def _json(works: list[Source]) -> str:
    return json.dumps([citations.csl(work) for work in works], ensure_ascii=False, indent=1) + "\n"


@blueprint.get("/evidence")
def show_evidence() -> str:
    by_topic: dict[str, list[Claim]] = {}
    for claim in atlas().claims.values():
        by_topic.setdefault(claim.topic, []).append(claim)
    return render_template("evidence.html", by_topic=by_topic)


@blueprint.get("/evidence/article")
def show_article() -> str:
    by_chapter: dict[str, list[Claim]] = {}
    for claim in atlas().claims.values():
        by_chapter.setdefault(claim.chapter, []).append(claim)
    return render_template("article.html", by_chapter=by_chapter)


@blueprint.get("/sources")
def show_sources() -> str:
    return render_template("sources.html")


@blueprint.get("/sources.<ending>")
def download_sources(ending: str) -> ResponseReturnValue:
    return _download(list(atlas().sources.values()), "bodymap-sources", ending)


@blueprint.get("/sources/<name>.<ending>")
def download_source(name: str, ending: str) -> ResponseReturnValue:
    return _download([atlas().sources.get(name) or abort(404)], name, ending)


def _download(works: list[Source], name: str, ending: str) -> ResponseReturnValue:
    if ending not in FORMATS:
        abort(404)
    kind, write = FORMATS[ending]
    disposition = f'attachment; filename="{name}.{ending}"'
    return write(works), {"Content-Type": f"{kind}; charset=utf-8", "Content-Disposition": disposition}


@blueprint.get("/glossary")
def show_glossary() -> str:
    return render_template("glossary.html")
