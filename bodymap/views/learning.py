"""What a learner chooses: the deck, how much a day, a pause; and what they may take along or have deleted."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from msgspec import structs

from bodymap.quiz import decks
from bodymap.quiz.model import Deck
from bodymap.store.learning import read, valid
from bodymap.views.access import store
from bodymap.views.learner import forget_learner, keep_learner, keep_private, learning
from bodymap.views.page import SITEWIDE, atlas, link

MOST_BYTES = 8 * 1024 * 1024
"""What a file of progress may weigh: years of learning."""

blueprint = Blueprint("learning", __name__, url_prefix="/quiz")
keep_private(blueprint)


@blueprint.get("/decks")
def choose_deck() -> str:
    groups: dict[str, list[Deck]] = {}
    for deck in decks.decks(atlas()):
        groups.setdefault(deck.slug.partition(":")[0], []).append(deck)
    return render_template("quiz_decks.html", groups=groups)


@blueprint.get("/settings")
def show_settings() -> str:
    return settings_page()


def settings_page(problem: str = "", typed: dict[str, str] | None = None) -> str:
    """The settings; with what was typed still there where it was refused."""
    own = learning()
    return render_template(
        "quiz_settings.html", settings=own.settings(), has_progress=bool(own.memories()), problem=problem,
        typed=typed or {}, saved=request.args.get("saved"),
    )  # fmt: skip


@blueprint.post("/settings")
def save_settings() -> ResponseReturnValue:
    typed = {name: request.form.get(name, "").strip() for name in ("new_per_day", "retention", "zone")}
    settings = learning().settings()
    try:
        chosen = structs.replace(
            settings, new_per_day=int(typed["new_per_day"]), retention=float(typed["retention"]) / 100,
            zone=typed["zone"],
        )  # fmt: skip
    except ValueError:
        return settings_page("Give whole numbers for new cards a day and for the share to remember.", typed), 422
    if not valid(chosen):
        told = "New cards a day: 0 to 200. Share to remember: 70 to 97. Time zone: a name such as Europe/Berlin."
        return settings_page(told, typed), 422
    learning().choose(chosen)
    return _back("learning.show_settings", saved="on")


@blueprint.post("/pause")
def pause() -> Response:
    """Begin a pause, or end it: then every card is moved by as long as it was."""
    since = store().now() if request.form.get("paused") else 0
    learning().choose(structs.replace(learning().settings(), paused=since))
    return _back("quiz.show_quiz")


@blueprint.get("/progress.json")
def export_progress() -> Response:
    body = msgspec.json.format(msgspec.json.encode(learning().export()), indent=1)
    headers = {"Content-Disposition": 'attachment; filename="bodymap-progress.json"'}
    return Response(body, content_type="application/json", headers=headers)


@blueprint.post("/import")
def import_progress() -> ResponseReturnValue:
    """Put what a file holds, or what a page of deletion held, in place of what is kept. What is broken changes
    nothing; what is about points that the atlas has not is left out, and said so."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    file, text = request.files.get("file"), request.form.get("text", "")
    if not file and not text:
        return settings_page("Choose the file that “Export progress” gave you, and import again."), 422
    try:
        progress = read(file.read() if file else text.encode())
    except ValueError as error:
        return settings_page(f"That file was not taken, and nothing was changed. {error}"), 422
    known, strange = progress.within(atlas().points)
    if strange and not (known.memories or known.answers):
        told = "None of its points is in this atlas."
        return settings_page(f"That file was not taken, and nothing was changed. {told}"), 422
    learning().replace(known)
    return _back("progress.show_progress", **({"left_out": str(len(strange))} if strange else {}))


@blueprint.post("/forget")
def forget() -> ResponseReturnValue:
    """Delete all that is kept of the learner, if they are sure.

    Answers with a page, not with a way elsewhere: that page holds the only copy, so that whoever regrets it can bring
    it back as long as it is open, though nothing is kept here.
    """
    if not request.form.get("sure"):
        return settings_page("Nothing was deleted. Tick “Yes, delete all of it” first."), 422
    progress = learning().export()
    learning().forget()
    forget_learner()
    copy = msgspec.json.encode(progress).decode() if progress.memories or progress.answers else ""
    return render_template("quiz_forgotten.html", copy=copy)


def _back(endpoint: str, **values: str) -> Response:
    keep_learner()
    return redirect(link(endpoint, **values, **SITEWIDE), 303)  # type: ignore[return-value]
