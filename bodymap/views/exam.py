"""Exams: a fixed number of questions from a seed, so that a whole class gets the same, and a sheet to print."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bodymap.quiz import questions
from bodymap.quiz.decks import FIRST
from bodymap.quiz.model import Deck, Question
from bodymap.store.counters import Limit
from bodymap.store.learning import Exam, Told
from bodymap.views.access import store
from bodymap.views.learner import exams, keep_private, learning
from bodymap.views.page import SITEWIDE, atlas, choice, link
from bodymap.views.progress import chosen_deck
from bodymap.views.quiz import graded, kept_kinds, render_question, wanted_kinds

COUNTS = (10, 20, 40)
MINUTES = (0, 5, 10, 20)
"""How long an exam may take; 0 has no limit."""
NEW_BY_ADDRESS = Limit("new exams by address", 60, 3600)

blueprint = Blueprint("exam", __name__, url_prefix="/quiz")
keep_private(blueprint)


@blueprint.get("/exam")
def prepare_exam() -> str:
    """What to be examined in. The address may fix all of it, for a class."""
    deck = chosen_deck(FIRST)
    return render_template(
        "exam.html", deck=deck, counts=COUNTS, minutes=MINUTES, chosen_count=number("count", COUNTS),
        chosen_minutes=number("minutes", MINUTES), seed=request.args.get("seed", "")[:20], kinds=wanted_kinds(),
        onward={**kept_kinds(), **SITEWIDE}, in_words=request.args.get("form") == questions.IN_WORDS,
    )  # fmt: skip


def number(name: str, allowed: tuple[int, ...]) -> int:
    """A number of the address or the form, among those allowed; the first of them where it is none."""
    value = request.values.get(name, "")
    return int(value) if value.isdigit() and int(value) in allowed else allowed[0]


@blueprint.post("/exams")
def begin_exam() -> ResponseReturnValue:
    if NEW_BY_ADDRESS.wait(store(), request.remote_addr or ""):
        abort(429)
    deck = chosen_deck(request.form.get("deck", FIRST))
    typed = request.form.get("seed", "").strip()[:20]
    seed = typed or secrets.token_hex(4)
    asked_for = drawn(deck, seed, number("count", COUNTS), request.form.get("form", ""))
    exam = Exam(deck.slug, seed, len(asked_for), number("minutes", MINUTES), tuple(asked_for), store().now())
    return redirect(link("exam.show_exam", token=exams().begin(exam), **SITEWIDE), 303)


def drawn(deck: Deck, seed: str, count: int, form: str = "") -> list[Question]:
    """The exam's questions: of different points as long as there are any, in an order that the seed sets. In words
    (``form``) they are the same ones, without a figure."""
    luck = Random(f"{seed} {deck.slug}")  # noqa: S311 - the same for a whole class is what is wanted
    cards = questions.cards(atlas(), deck.codes, choice().audience, wanted_kinds())
    luck.shuffle(cards)
    met: Counter[str] = Counter()
    rounds = {}
    for card in cards:
        rounds[card], met[card.code] = met[card.code], met[card.code] + 1
    cards.sort(key=lambda card: rounds[card])
    figure, audience = choice().figure, choice().audience
    form = questions.IN_WORDS if form == questions.IN_WORDS else ""
    return [questions.ask(atlas(), card, luck.randrange(1000), figure, audience, form) for card in cards[:count]]


@blueprint.get("/exams/<token>")
def show_exam(token: str) -> ResponseReturnValue:
    """The next question; or, when all are answered or time is over, the sheet."""
    exam = exams().exam(token) or abort(404)
    return exam_page(exam, token)


def exam_page(exam: Exam, token: str, note: str = "") -> str:
    deck = chosen_deck(exam.deck)
    now = store().now()
    if exam.done or exam.late(now):
        zone = ZoneInfo(learning().settings().zone)
        return render_template(
            "exam_sheet.html", exam=exam, deck=deck, late=not exam.done, token=token,
            day=datetime.fromtimestamp(exam.started, zone).date(), form_of=form_of,
            forms=Counter(map(form_of, exam.questions)),
        )  # fmt: skip
    left = exam.started + 60 * exam.minutes - now if exam.minutes else 0
    return render_question(
        exam.next, deck, exam=exam, place=len(exam.told), left=left, note=note,
        action=url_for("exam.answer_exam", token=token, **choice().query(**SITEWIDE)),
    )  # fmt: skip


def form_of(question: Question) -> str:
    """How a place is asked: on a ``figure`` or in ``words``; empty for what is asked in words in any case."""
    return "figure" if question.view else questions.IN_WORDS if question.ask == questions.IN_WORDS else ""


def in_words(question: Question) -> Question:
    """The same question without a figure; one that has none as it is."""
    if not question.view:
        return question
    return questions.ask(atlas(), question.card, question.seed, question.figure, question.audience, questions.IN_WORDS)


@blueprint.post("/exams/<token>")
def answer_exam(token: str) -> ResponseReturnValue:
    """Keep the answer to the question at its place; one that was given before stays as it was.

    Or ask from here on in words: for good, since who could go back to the figure would have seen four places on offer.
    """
    exam = exams().exam(token) or abort(404)
    place = request.form.get("place", "")
    if exam.late(store().now()) or exam.done or place != str(len(exam.told)):
        return redirect(link("exam.show_exam", token=token, **SITEWIDE), 303)
    if request.form.get("words"):
        exams().rephrase(token, len(exam.told), [in_words(question) for question in exam.questions[len(exam.told) :]])
        return redirect(link("exam.show_exam", token=token, **SITEWIDE), 303)
    question, told = exam.next, None
    if not request.form.get("skip"):
        given, verdict = graded(question, request.form)
        told = Told(question, given, verdict)
    exams().give(token, len(exam.told), told)
    return redirect(link("exam.show_exam", token=token, **SITEWIDE), 303)
