"""Every question asked of what learners remember. A learner is a random name in a cookie; only its digest is kept.

A question is answered once: its token's digest is unique for a learner, and a second answer changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Connection, delete, func, select, update

from bodymap.quiz import calibration, scheduling
from bodymap.quiz.model import KINDS, Answered, Card, Grade, Kind, Question, Verdict
from bodymap.quiz.scheduling import Memory, Settings
from bodymap.store import Store
from bodymap.store.schema import answers, exams, learners, memories
from bodymap.store.tokens import digest, fresh

FORMAT = 1
"""The version of the file that progress is exported to."""
MOST_CARDS, MOST_ANSWERS = 5_000, 100_000
"""What an imported file may hold."""
EPOCH, END = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between which times a card of a file may have been met and may fall due: days of any time zone exist there."""
MOST_DAYS, MOST_CUN, MOST_TIMES, MOST_ID = 36_500.0, 100.0, 1_000_000, 2**63 - 1
"""How long a card may be held (as FSRS has it), how far off and how often it may have been asked; what a row can be
numbered."""
EXAM_KEPT = 400 * 86_400
"""How long an exam's result sheet can be opened, in seconds."""


class Told(Struct, frozen=True):
    """What an answer page shows again: the question, what was answered, and how it was graded."""

    question: Question
    given: tuple[str, ...]
    verdict: Verdict

    @property
    def imported(self) -> bool:
        """Whether it came from a file, which tells how it was graded and not what was said."""
        return not self.given


class Answer(Struct, frozen=True):
    """An answer as it is kept. ``at`` in seconds since 1970, UTC; ``distance`` in cun."""

    id: int
    card: Card
    at: int
    grade: Grade
    distance: float | None
    told: Told


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
    memories: tuple[Memory, ...]
    answers: tuple[Given, ...]

    def within(self, codes: Container[str]) -> tuple[Progress, set[str]]:
        """What of it is about these points, and the codes of the others."""
        memories = tuple(memory for memory in self.memories if Card.of(memory.card).code in codes)
        answers = tuple(item for item in self.answers if item.code in codes)
        found = {Card.of(memory.card).code for memory in self.memories} | {item.code for item in self.answers}
        return structs.replace(self, memories=memories, answers=answers), {one for one in found if one not in codes}


class Exam(Struct, frozen=True):
    """An exam: its questions follow from deck, seed and number; the answers are in order. Times in seconds."""

    deck: str
    seed: str
    count: int
    minutes: int
    questions: tuple[Question, ...]
    started: int
    told: tuple[Told | None, ...] = ()

    @property
    def done(self) -> bool:
        return len(self.told) >= len(self.questions)

    @property
    def next(self) -> Question:
        """The question to be answered, of an exam that is not done."""
        return self.questions[len(self.told)]

    @property
    def right(self) -> int:
        return sum(told is not None and told.verdict.grade == "right" for told in self.told)

    def late(self, now: int) -> bool:
        """Whether its time is over."""
        return bool(self.minutes) and now >= self.started + 60 * self.minutes


class Learning:
    """What one learner remembers; ``name`` is what the cookie holds. Someone new is kept at the first answer."""

    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name = store, name

    def settings(self) -> Settings:
        with self.store.reading() as db:
            row = self._row(db)
        return msgspec.json.decode(row.settings, type=Settings) if row else Settings()

    def memories(self) -> dict[str, Memory]:
        """Every card that was met, by its key."""
        with self.store.reading() as db:
            row = self._row(db)
            return self._memories(db, row.id) if row else {}

    def answers(self) -> list[Answer]:
        """Every answer, the first first."""
        with self.store.reading() as db:
            row = self._row(db)
            asked = select(answers).order_by(answers.c.at, answers.c.id)
            found = db.execute(asked.where(answers.c.learner == row.id)).all() if row else []
        return [_answer(item) for item in found]

    def answered(self) -> list[Answered]:
        """Every answer in the few words that progress is reckoned from, the first first."""
        told = select(answers.c.kind, answers.c.code, answers.c.at, answers.c.grade, answers.c.distance)
        with self.store.reading() as db:
            row = self._row(db)
            asked = told.order_by(answers.c.at, answers.c.id)
            found = db.execute(asked.where(answers.c.learner == row.id)).all() if row else []
        return [Answered(Card(item.kind, item.code).key, _utc(item.at), item.grade, item.distance) for item in found]

    def answer(self, number: int) -> Answer | None:
        if number > MOST_ID:
            return None
        with self.store.reading() as db:
            row = self._row(db)
            asked = select(answers).where(answers.c.id == number)
            found = db.execute(asked.where(answers.c.learner == row.id)).one_or_none() if row else None
        return _answer(found) if found else None

    def give(self, token: str, told: Told, zone: str = "") -> int:
        """Keep an answer and what it does to the card; returns its number. A second answer to a token is the first.

        ``zone`` is where the learner's device says it is: with someone's very first answer it is kept, if there is
        such a time zone, so that their days begin at their midnight; later ones change nothing that was chosen.
        """
        asked, moment = digest(token), self.store.now()
        card, verdict, now = told.question.card, told.verdict, _utc(moment)
        with self.store.writing() as db:
            new = self._row(db) is None
            learner = self._kept(db, moment)
            if new and zone and valid(there := Settings(zone=zone)):
                self._settle(db, learner.id, there)
                learner = self._row(db)
            own = (answers.c.learner == learner.id, answers.c.asked == asked)
            known = db.execute(select(answers.c.id).where(*own)).scalar_one_or_none()
            if known is not None:
                return int(known)
            settings = self._calibrated(db, learner, now)
            before = self._memory(db, learner.id, card)
            after = scheduling.review(before, card.key, scheduling.RATINGS[verdict.grade], now, settings)
            number = db.execute(
                answers.insert()
                .values(
                    learner=learner.id, asked=asked, kind=card.kind, code=card.code, at=moment, grade=verdict.grade,
                    distance=verdict.distance, told=msgspec.json.encode(told),
                    before=msgspec.json.encode(before) if before else None,
                )
                .returning(answers.c.id)
            ).scalar_one()  # fmt: skip
            self._remember(db, learner.id, after)
        return int(number)

    def undo(self, number: int | None = None) -> Card | None:
        """Take back the last answer, as if it had not been given; the card that is as before, or None.

        With a number only that answer is taken back, and only while it is the last: undoing twice undoes once. What
        came from a file stays, for the file does not tell what was before it.
        """
        with self.store.writing() as db:
            row = self._row(db)
            last = db.execute(
                select(answers).where(answers.c.learner == row.id).order_by(answers.c.id.desc()).limit(1)
            ).one_or_none() if row else None  # fmt: skip
            if last is None or number not in (None, last.id) or msgspec.json.decode(last.told, type=Told).imported:
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
        moment = self.store.now()
        with self.store.writing() as db:
            learner = self._kept(db, moment)
            before = msgspec.json.decode(learner.settings, type=Settings)
            if before.paused and not settings.paused:
                away = timedelta(seconds=max(moment - before.paused, 0))
                for memory in self._memories(db, learner.id).values():
                    self._remember(db, learner.id, scheduling.resumed(memory, away))
            self._settle(db, learner.id, settings)

    def export(self) -> Progress:
        """All that is kept of the learner."""
        given = [Given(item.card.kind, item.card.code, item.at, item.grade, item.distance) for item in self.answers()]
        return Progress(FORMAT, self.settings(), tuple(self.memories().values()), tuple(given))

    def replace(self, progress: Progress) -> None:
        """Put what a file holds in place of all that is kept of the learner, all or nothing."""
        with self.store.writing() as db:
            learner = self._kept(db, self.store.now())
            db.execute(delete(memories).where(memories.c.learner == learner.id))
            db.execute(delete(answers).where(answers.c.learner == learner.id))
            self._settle(db, learner.id, progress.settings)
            for memory in progress.memories:
                self._remember(db, learner.id, memory)
            for item in progress.answers:
                told = Told(Question(Card(item.kind, item.code), 0, "choice"), (), Verdict(item.grade, item.distance))
                db.execute(answers.insert().values(
                    learner=learner.id, asked=digest(fresh()), kind=item.kind, code=item.code, at=item.at,
                    grade=item.grade, distance=item.distance, told=msgspec.json.encode(told), before=None,
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

    def _memory(self, db: Connection, learner: int, card: Card) -> Memory | None:
        own = (memories.c.learner == learner, memories.c.kind == card.kind, memories.c.code == card.code)
        found = db.execute(select(memories.c.state).where(*own)).scalar_one_or_none()
        return msgspec.json.decode(found, type=Memory) if found else None

    def _memories(self, db: Connection, learner: int) -> dict[str, Memory]:
        found = db.execute(select(memories.c.state).where(memories.c.learner == learner)).scalars()
        known = (msgspec.json.decode(body, type=Memory) for body in found)
        return {memory.card: memory for memory in known}

    def _remember(self, db: Connection, learner: int, memory: Memory) -> None:
        card, body = Card.of(memory.card), msgspec.json.encode(memory)
        kept = self.store.insert(memories).values(learner=learner, kind=card.kind, code=card.code, state=body)
        db.execute(kept.on_conflict_do_update(index_elements=["learner", "kind", "code"], set_={"state": body}))

    def _settle(self, db: Connection, learner: int, settings: Settings) -> None:
        db.execute(update(learners).where(learners.c.id == learner).values(settings=msgspec.json.encode(settings)))

    def _calibrated(self, db: Connection, learner: Any, now: datetime) -> Settings:
        """The learner's settings; with the first answer of a day it is reckoned anew how long this one remembers."""
        settings = msgspec.json.decode(learner.settings, type=Settings)
        last = select(func.max(answers.c.at)).where(answers.c.learner == learner.id)
        before = db.execute(last).scalar_one()
        if before is None or scheduling.day(_utc(before), settings) == scheduling.day(now, settings):
            return settings
        given = select(answers.c.at, answers.c.grade, answers.c.before).where(answers.c.learner == learner.id)
        latest = given.where(answers.c.before.is_not(None)).order_by(answers.c.id.desc()).limit(calibration.LATEST)
        reviews = []
        for row in reversed(db.execute(latest).all()):
            memory, at = msgspec.json.decode(row.before, type=Memory), _utc(row.at)
            if scheduling.day(memory.last, settings) < scheduling.day(at, settings):
                reviews.append((scheduling.stabilities(memory, at, settings), row.grade != "wrong"))
        settings = structs.replace(settings, keenness=round(calibration.keenness(reviews), 3))
        self._settle(db, learner.id, settings)
        return settings


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
        return self._go_on(token, place, lambda exam: structs.replace(exam, told=(*exam.told, told)))

    def rephrase(self, token: str, place: int, left: Sequence[Question]) -> Exam | None:
        """Ask from that place on, where the exam has come to, these questions instead."""
        return self._go_on(token, place, lambda exam: structs.replace(exam, questions=(*exam.questions[:place], *left)))

    def _go_on(self, token: str, place: int, change: Callable[[Exam], Exam]) -> Exam | None:
        """The exam after a change at the place that it has come to; at another, as it is."""
        with self.store.writing() as db:
            found = db.execute(select(exams.c.body).where(exams.c.digest == digest(token))).scalar_one_or_none()
            exam = msgspec.json.decode(found, type=Exam) if found else None
            if exam is None or place != len(exam.told) or exam.done:
                return exam
            exam = change(exam)
            body = msgspec.json.encode(exam)
            db.execute(update(exams).where(exams.c.digest == digest(token)).values(body=body))
        return exam


def read(raw: bytes) -> Progress:
    """A file of progress, checked. ValueError says what is wrong with it."""
    try:
        given = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError) as error:
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
    if len(progress.memories) > MOST_CARDS or len(progress.answers) > MOST_ANSWERS:
        yield "It holds more than this app keeps."
    if not valid(settings):
        yield "Its settings are outside what can be chosen here."
    for memory in progress.memories:
        if not _sound(memory):
            yield f"The card “{memory.card[:40]}” is not one that this app could have kept."
    if any(not 0 <= item.at < END.timestamp() for item in progress.answers):
        yield "An answer has a time that cannot be."
    if any(not 0 <= item.distance <= MOST_CUN for item in progress.answers if item.distance is not None):
        yield "An answer is farther off than any body is long."


def _sound(memory: Memory) -> bool:
    """Whether the app could have kept it: each number within what the scheduler makes and can go on from."""
    kind, _, code = memory.card.partition(":")
    times = (memory.first, memory.last, memory.due)
    return (
        kind in KINDS
        and bool(code)
        and memory.state in (1, 2, 3)
        and (memory.step is None or 0 <= memory.step < 10)
        and 0 < memory.stability <= MOST_DAYS
        and 1 <= memory.difficulty <= 10
        and 0 <= memory.slips <= memory.answers <= MOST_TIMES
        and all(when.tzinfo and EPOCH <= when <= END for when in times)
    )


def valid(settings: Settings) -> bool:
    """Whether the settings are such as can be chosen."""
    try:
        ZoneInfo(settings.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    bounds = (
        0.7 <= settings.retention <= 0.97
        and 0 <= settings.new_per_day <= 200
        and 0 <= settings.paused < END.timestamp()
    )
    return bounds and calibration.LEAST <= settings.keenness <= calibration.MOST


def _answer(row: Any) -> Answer:
    told = msgspec.json.decode(row.told, type=Told)
    return Answer(row.id, Card(row.kind, row.code), row.at, row.grade, row.distance, told)


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
