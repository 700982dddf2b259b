"""Every question asked of what learners remember. A learner is a random name in a cookie; only its digest is kept.

A question is answered once: its token's digest is unique for a learner, and a second answer changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, func, select, update

from bodymap.quiz.model import Card, Grade, Kind, Question, Verdict
from bodymap.quiz.scheduling import Settings, State, answered, resumed
from bodymap.store import Store
from bodymap.store.schema import answers, exams, learners, memories
from bodymap.store.tokens import digest, fresh

FORMAT = 1
"""The version of the file that progress is exported to."""
MOST_CARDS, MOST_ANSWERS = 5_000, 100_000
"""What an imported file may hold."""
EXAM_KEPT = 400 * 86_400
"""How long an exam's result sheet can be opened, in seconds."""


class Told(Struct, frozen=True):
    """What an answer page shows again: the question, what was answered, and how it was graded."""

    question: Question
    given: tuple[str, ...]
    verdict: Verdict


class Answer(Struct, frozen=True):
    """An answer as it is kept. ``at`` in seconds since 1970, UTC; ``distance`` in cun."""

    id: int
    card: Card
    at: int
    grade: Grade
    distance: float | None
    told: Told


class Remembered(Struct, frozen=True):
    """One card in an exported file."""

    kind: Kind
    code: str
    state: State
    met: int


class Given(Struct, frozen=True):
    """One answer in an exported file."""

    kind: Kind
    code: str
    at: int
    grade: Grade
    distance: float | None = None


class Progress(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is kept of a learner, as a file."""

    format: int
    settings: Settings
    cards: tuple[Remembered, ...]
    answers: tuple[Given, ...]


class Exam(Struct, frozen=True):
    """An exam: its questions follow from deck, seed and number; the answers are in order. Times in seconds."""

    deck: str
    seed: int
    count: int
    minutes: int
    questions: tuple[Question, ...]
    started: int
    told: tuple[Told | None, ...] = ()

    @property
    def done(self) -> bool:
        return len(self.told) >= len(self.questions)

    @property
    def right(self) -> int:
        return sum(told is not None and told.verdict.grade == "right" for told in self.told)

    def late(self, now: int) -> bool:
        """Whether its time is over."""
        return bool(self.minutes) and now > self.started + 60 * self.minutes


class Learning:
    """What one learner remembers; ``name`` is what the cookie holds. Someone new is kept at the first answer."""

    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name = store, name

    def settings(self) -> Settings:
        with self.store.reading() as db:
            row = self._row(db)
        return msgspec.json.decode(row.settings, type=Settings) if row else Settings()

    def states(self) -> dict[Card, State]:
        """Every card that was met, with its state."""
        with self.store.reading() as db:
            row = self._row(db)
            found = db.execute(select(memories).where(memories.c.learner == row.id)).all() if row else []
        return {Card(item.kind, item.code): msgspec.json.decode(item.state, type=State) for item in found}

    def met_since(self, moment: int) -> int:
        """How many cards were met for the first time since then."""
        with self.store.reading() as db:
            row = self._row(db)
            counted = select(func.count()).where(memories.c.met >= moment)
            return int(db.execute(counted.where(memories.c.learner == row.id)).scalar_one()) if row else 0

    def answers(self) -> list[Answer]:
        """Every answer, the first first."""
        with self.store.reading() as db:
            row = self._row(db)
            asked = select(answers).order_by(answers.c.at, answers.c.id)
            found = db.execute(asked.where(answers.c.learner == row.id)).all() if row else []
        return [_answer(item) for item in found]

    def answer(self, number: int) -> Answer | None:
        with self.store.reading() as db:
            row = self._row(db)
            asked = select(answers).where(answers.c.id == number)
            found = db.execute(asked.where(answers.c.learner == row.id)).one_or_none() if row else None
        return _answer(found) if found else None

    def give(self, token: str, told: Told) -> int:
        """Keep an answer and what it does to the card; returns its number. A second answer to a token is the first."""
        asked, now = digest(token), self.store.now()
        card, verdict = told.question.card, told.verdict
        with self.store.writing() as db:
            learner = self._kept(db, now)
            known = db.execute(
                select(answers.c.id).where(answers.c.learner == learner.id, answers.c.asked == asked)
            ).scalar_one_or_none()
            if known is not None:
                return int(known)
            settings = msgspec.json.decode(learner.settings, type=Settings)
            before = self._state(db, learner.id, card)
            state = answered(before, verdict.grade, now, settings.target)
            number = db.execute(
                answers.insert()
                .values(
                    learner=learner.id, asked=asked, kind=card.kind, code=card.code, at=now, grade=verdict.grade,
                    distance=verdict.distance, told=msgspec.json.encode(told),
                    before=msgspec.json.encode(before) if before else None,
                )
                .returning(answers.c.id)
            ).scalar_one()  # fmt: skip
            self._remember(db, learner.id, card, state, now)
        return int(number)

    def undo(self) -> Card | None:
        """Take back the last answer, as if it had not been given; the card that is as before, or None."""
        with self.store.writing() as db:
            row = self._row(db)
            last = db.execute(
                select(answers).where(answers.c.learner == row.id).order_by(answers.c.id.desc()).limit(1)
            ).one_or_none() if row else None  # fmt: skip
            if last is None:
                return None
            own = (memories.c.learner == row.id, memories.c.kind == last.kind, memories.c.code == last.code)
            if last.before is None:
                db.execute(delete(memories).where(*own))
            else:
                db.execute(update(memories).where(*own).values(state=last.before))
            db.execute(delete(answers).where(answers.c.id == last.id))
        return Card(last.kind, last.code)

    def choose(self, settings: Settings) -> None:
        """Keep other settings. Ending a pause moves every card by as long as it was."""
        now = self.store.now()
        with self.store.writing() as db:
            learner = self._kept(db, now)
            before = msgspec.json.decode(learner.settings, type=Settings)
            if before.paused and not settings.paused:
                own = db.execute(select(memories).where(memories.c.learner == learner.id)).all()
                states = {Card(row.kind, row.code): msgspec.json.decode(row.state, type=State) for row in own}
                met = {Card(row.kind, row.code): row.met for row in own}
                for card, state in resumed(states, before, now).items():
                    self._remember(db, learner.id, card, state, met[card])
            db.execute(
                update(learners).where(learners.c.id == learner.id).values(settings=msgspec.json.encode(settings))
            )

    def export(self) -> Progress:
        """All that is kept of the learner."""
        with self.store.reading() as db:
            row = self._row(db)
            own = db.execute(select(memories).where(memories.c.learner == row.id)).all() if row else []
        cards = [
            Remembered(item.kind, item.code, msgspec.json.decode(item.state, type=State), item.met) for item in own
        ]
        given = [Given(item.card.kind, item.card.code, item.at, item.grade, item.distance) for item in self.answers()]
        return Progress(FORMAT, self.settings(), tuple(cards), tuple(given))

    def replace(self, progress: Progress) -> None:
        """Put what a file holds in place of all that is kept of the learner, all or nothing."""
        now = self.store.now()
        with self.store.writing() as db:
            learner = self._kept(db, now)
            db.execute(delete(memories).where(memories.c.learner == learner.id))
            db.execute(delete(answers).where(answers.c.learner == learner.id))
            settings = msgspec.json.encode(progress.settings)
            db.execute(update(learners).where(learners.c.id == learner.id).values(settings=settings))
            for item in progress.cards:
                self._remember(db, learner.id, Card(item.kind, item.code), item.state, item.met)
            for given in progress.answers:
                card = Card(given.kind, given.code)
                verdict = Verdict(given.grade, given.distance)
                told = Told(Question(card, 0, "choice"), (), verdict)
                db.execute(answers.insert().values(
                    learner=learner.id, asked=digest(fresh()), kind=given.kind, code=given.code, at=given.at,
                    grade=given.grade, distance=given.distance, told=msgspec.json.encode(told), before=None,
                ))  # fmt: skip

    def forget(self) -> None:
        """Delete everything that is kept of the learner."""
        with self.store.writing() as db:
            row = self._row(db)
            if row:
                db.execute(delete(answers).where(answers.c.learner == row.id))
                db.execute(delete(memories).where(memories.c.learner == row.id))
                db.execute(delete(learners).where(learners.c.id == row.id))

    def _row(self, db: Connection) -> Any:
        return db.execute(select(learners).where(learners.c.digest == digest(self.name))).one_or_none()

    def _kept(self, db: Connection, now: int) -> Any:
        """The learner's row, made if there is none."""
        settings = msgspec.json.encode(Settings())
        made = self.store.insert(learners).values(digest=digest(self.name), settings=settings, created=now, seen=now)
        seen = made.on_conflict_do_update(index_elements=["digest"], set_={"seen": now})
        return db.execute(seen.returning(learners)).one()

    def _state(self, db: Connection, learner: int, card: Card) -> State | None:
        own = (memories.c.learner == learner, memories.c.kind == card.kind, memories.c.code == card.code)
        found = db.execute(select(memories.c.state).where(*own)).scalar_one_or_none()
        return msgspec.json.decode(found, type=State) if found else None

    def _remember(self, db: Connection, learner: int, card: Card, state: State, met: int) -> None:
        body = msgspec.json.encode(state)
        kept = self.store.insert(memories).values(learner=learner, kind=card.kind, code=card.code, state=body, met=met)
        db.execute(kept.on_conflict_do_update(index_elements=["learner", "kind", "code"], set_={"state": body}))


class Exams:
    """Exams that were begun, each under a link that cannot be guessed."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def begin(self, exam: Exam) -> str:
        """Keep a new exam; returns its link. Exams too old to be opened go."""
        token, now = fresh(), self.store.now()
        with self.store.writing() as db:
            db.execute(delete(exams).where(exams.c.started < now - EXAM_KEPT))
            db.execute(exams.insert().values(digest=digest(token), body=msgspec.json.encode(exam), started=now))
        return token

    def exam(self, token: str) -> Exam | None:
        with self.store.reading() as db:
            found = db.execute(select(exams.c.body).where(exams.c.digest == digest(token))).scalar_one_or_none()
        return msgspec.json.decode(found, type=Exam) if found else None

    def give(self, token: str, place: int, told: Told | None) -> Exam | None:
        """Keep the answer to the question at that place (None: left out). An answer given is never changed."""
        with self.store.writing() as db:
            found = db.execute(select(exams.c.body).where(exams.c.digest == digest(token))).scalar_one_or_none()
            exam = msgspec.json.decode(found, type=Exam) if found else None
            if exam is None or place != len(exam.told) or exam.done:
                return exam
            exam = msgspec.structs.replace(exam, told=(*exam.told, told))
            body = msgspec.json.encode(exam)
            db.execute(update(exams).where(exams.c.digest == digest(token)).values(body=body))
        return exam


def read(raw: bytes) -> Progress:
    """A file of progress, checked. ValueError says what is wrong with it."""
    try:
        given = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise ValueError("It is not JSON. Choose the file that “Export progress” gave you.") from error
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        shown = given.get("format") if isinstance(given, dict) else None
        raise ValueError(f"Its format is {shown!r}; this app reads format {FORMAT}.")
    try:
        progress = msgspec.convert(given, Progress)
    except msgspec.ValidationError as error:
        raise ValueError(f"{error}.") from error
    problem = next(_problems(progress), "")
    if problem:
        raise ValueError(problem)
    return progress


def _problems(progress: Progress) -> Iterator[str]:
    settings = progress.settings
    if len(progress.cards) > MOST_CARDS or len(progress.answers) > MOST_ANSWERS:
        yield "It holds more than this app keeps."
    if not 0.7 <= settings.target <= 0.97 or not 0 <= settings.new_per_day <= 100:
        yield "Its settings are outside what can be chosen here."
    for item in progress.cards:
        state = item.state
        if state.state not in (1, 2, 3) or not 0 <= state.due < 2**34 or (state.stability or 1) <= 0:
            yield f"The card {item.kind} of {item.code[:20]} has a state that cannot be."


def _answer(row: Any) -> Answer:
    told = msgspec.json.decode(row.told, type=Told)
    return Answer(row.id, Card(row.kind, row.code), row.at, row.grade, row.distance, told)
