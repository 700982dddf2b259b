"""The quiz: a question, its answer with the reason, and the next. Thin; ``quiz`` asks and grades, ``store`` keeps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec import Struct
from werkzeug.exceptions import UnprocessableEntity

from bodymap import standalone
from bodymap.quiz import questions, scheduling, scoring
from bodymap.quiz.decks import FIRST
from bodymap.quiz.model import KINDS, Card, Deck, Kind, Question, Verdict
from bodymap.share import STATIC
from bodymap.store.counters import Limit
from bodymap.store.learning import Told
from bodymap.views import asked
from bodymap.views.access import store
from bodymap.views.learner import StaleError, keep_learner, keep_private, learning, opened, sign
from bodymap.views.page import SITEWIDE, atlas, choice, link
from bodymap.views.progress import chosen_deck

BY_ADDRESS = Limit("answers by address", 240, 60)
PICTURE_WIDTH = 280
"""Width of the figure in CSS pixels where a tap is posted as pixels, without JavaScript."""

blueprint = Blueprint("quiz", __name__, url_prefix="/quiz")
keep_private(blueprint)
blueprint.add_app_template_filter(asked.unnamed)


def wanted_kinds() -> tuple[Kind, ...]:
    """The kinds of question that the address asks for; all where it names none."""
    named = [value for given in request.args.getlist("kinds") for value in given.split(",")]
    return tuple(kind for kind in KINDS if kind in named) or KINDS


class Today(Struct, frozen=True):
    """What a deck holds for the learner now: the card to ask, how many are due, and how many new ones are left."""

    card: Card | None
    due: int
    fresh: int


def today(deck: Deck) -> Today:
    """What the learner should be asked of the deck now."""
    now, settings, memories = datetime.fromtimestamp(store().now(), UTC), learning().settings(), learning().memories()
    cards = [card.key for card in questions.cards(atlas(), deck.codes, choice().audience, wanted_kinds())]
    following = scheduling.upcoming(memories, cards, now, settings)
    if following is None and request.args.get("more") and not settings.paused:
        following = scheduling.weakest(memories, cards, now, settings)
    due = scheduling.due([memories[card] for card in cards if card in memories], now, settings)
    left = min(scheduling.new_left(memories.values(), now, settings), sum(card not in memories for card in cards))
    return Today(Card.of(following) if following else None, len(due), left)


@blueprint.get("")
def show_quiz() -> str:
    deck, settings = chosen_deck(FIRST), learning().settings()
    cards = today(deck)
    if settings.paused or not cards.card:
        return render_template("quiz_done.html", deck=deck, settings=settings, kinds=wanted_kinds())
    return show_question(deck, cards.card, cards)


def show_question(deck: Deck, card: Card, cards: Today, note: str = "") -> str:
    """The page of a card's question. How often it was answered is its seed, so that it is asked in another way."""
    memory = learning().memories().get(card.key)
    question = questions.ask(
        atlas(), card, memory.answers if memory else 0, choice().figure, choice().audience, request.args.get("form", "")
    )
    return render_question(question, deck, token=sign(question, deck.slug), cards=cards, note=note)


def render_question(question: Question, deck: Deck, **context: object) -> str:
    return render_template(
        "quiz.html", question=question, deck=deck, kinds=wanted_kinds(), asked_for=kept_kinds(),
        onward={**kept_kinds(), **SITEWIDE}, picture_width=PICTURE_WIDTH,
        shown=asked.picture(atlas(), choice(), question),
        view=atlas().views.get((question.figure, question.view)), **context,
    )  # fmt: skip


@blueprint.post("/answers")
def give_answer() -> ResponseReturnValue:
    """Grade what was sent and go on to its page. A question that was answered already leads to that answer."""
    if BY_ADDRESS.wait(store(), request.remote_addr or ""):
        abort(429)
    token = request.form.get("token", "")
    try:
        question, slug = opened(token)
    except StaleError as error:
        return render_template("quiz_stale.html", why=str(error)), 410 if str(error) == "old" else 400
    given, verdict = graded(question, request.form)
    number = learning().give(token, Told(question, given, verdict), request.form.get("zone", ""))
    keep_learner()
    return redirect(link("quiz.show_answer", number=number, deck=slug, **kept_kinds(), **SITEWIDE), 303)


def kept_kinds() -> dict[str, str]:
    """The query that keeps to the kinds asked for, and to going on beyond what is due."""
    named = request.values.get("kinds", "")
    kinds = {"kinds": named} if named and set(named.split(",")) <= set(KINDS) else {}
    return kinds | ({"more": "1"} if request.values.get("more") else {})


def graded(question: Question, form: Mapping[str, str]) -> tuple[tuple[str, ...], Verdict]:
    """What was answered, and the verdict. UnprocessableEntity where nothing that can be graded was sent."""
    if question.form == "place":
        x, y = tapped(question, form)
        return (f"{x:.1f}", f"{y:.1f}"), scoring.place(atlas(), question, x, y)
    if question.form == "typed":
        text = form.get("text", "").strip()[:100]
        if not text:
            raise UnprocessableEntity("“text” is empty. Go back, write a code or a name, and send it.")
        return (text,), scoring.typed(atlas(), question, text)
    if question.form == "order":
        values = tuple(form.get(f"place{place}", "") for place in range(1, len(question.right) + 1))
    else:
        values = (form.get("value", ""),)
    if not set(values) <= set(question.options):
        raise UnprocessableEntity("“answer” is missing or is none of those offered. Go back, choose one, and send it.")
    if len(set(values)) < len(values):
        raise UnprocessableEntity("“order” names a point twice. Go back and give each place a point of its own.")
    return values, scoring.choice(question, values)


def tapped(question: Question, form: Mapping[str, str]) -> tuple[float, float]:
    """Where the figure was tapped, in the view's units: sent as such by the script, else as pixels of the picture."""
    view = atlas().views[question.figure, question.view]
    scale, names = (1.0, ("x", "y")) if form.get("x") else (view.width / PICTURE_WIDTH, ("at.x", "at.y"))
    try:
        x, y = (float(form.get(name, "")) * scale for name in names)
    except ValueError:
        x = y = math.nan
    if not form.get("x") and x == y == 0:  # what a browser sends for Enter on an image: no place was chosen
        x = y = math.nan
    if not (0 <= x <= view.width and 0 <= y <= view.height):  # which NaN is not either
        raise UnprocessableEntity("“place” is not on the figure. Go back and tap the figure itself.")
    return x, y


@blueprint.get("/answers/<int:number>")
def show_answer(number: int) -> str:
    """How it was, with the reason; and the way on."""
    answer = learning().answer(number) or abort(404)
    deck = chosen_deck(FIRST)
    memory = learning().memories().get(answer.card.key)
    return render_template(
        "quiz_answer.html", answer=answer, told=answer.told, deck=deck, kinds=wanted_kinds(), memory=memory,
        shown=asked.feedback(atlas(), choice(), answer.told), now=datetime.fromtimestamp(store().now(), UTC),
        cards=today(deck), asked_for=kept_kinds(), onward={**kept_kinds(), **SITEWIDE},
    )  # fmt: skip


@blueprint.post("/undo")
def undo_answer() -> Response:
    """Take the last answer back and ask again. The form names it, so that a second press undoes nothing more."""
    learning().undo(request.form.get("answer", type=int))
    slug = request.form.get("deck", FIRST)
    return redirect(link("quiz.show_quiz", deck=slug, **kept_kinds(), **SITEWIDE), 303)  # type: ignore[return-value]


@blueprint.get("/figure.svg")
def show_figure() -> Response:
    """A view's figure with its colours in it, for where the figure is an image."""
    view = atlas().views.get((choice().figure, choice().view)) or abort(404)
    folder = "" if choice().figure == "female" else choice().figure
    source = (STATIC / "svg" / folder / f"{view.id}.svg").read_text(encoding="utf-8")
    return Response(standalone.figure(source, view), content_type="image/svg+xml")


def url_of_figure(question: Question) -> str:
    """Where the image of a question's view is."""
    return url_for("quiz.show_figure", view=question.view, figure=question.figure)
