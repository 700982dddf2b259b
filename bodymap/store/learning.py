"""What learners have answered and what they remember. A learner is known by a random name that their cookie holds.

Only the digest of that name is kept. An answer is written once for each question's token, so that a form that is sent
twice changes nothing; undoing brings back what was before the last answer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from fsrs import Rating
from sqlalchemy import Connection, delete, func, select, update

from bodymap.quiz import calibration, scheduling
from bodymap.quiz.model import Answered, Grade
from bodymap.quiz.scheduling import Memory, Settings
from bodymap.store import Store, tokens
from bodymap.store.schema import learner_answers, learner_cards, learners

RATINGS: dict[Grade, Rating] = {"right": Rating.Good, "near": Rating.Hard, "wrong": Rating.Again}
"""What a grade is to FSRS: near is remembered, with effort."""
FITTED = 50
"""After so many answers each the learner's keenness is found anew."""


class Learning:
    """The learners of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def settings(self, learner: str) -> Settings:
        """What the learner decided; the defaults of one who is not known."""
        with self.store.reading() as db:
            found = db.execute(select(learners.c.settings).where(_is(learner))).scalar_one_or_none()
        return msgspec.json.decode(found, type=Settings) if found else Settings()

    def decide(self, learner: str, settings: Settings) -> None:
        """Keep the learner's settings."""
        with self.store.writing() as db:
            self._settle(db, self._known(db, learner), settings)

    def memories(self, learner: str) -> dict[str, Memory]:
        """What is remembered of each card, by its name."""
        query = select(learner_cards.c.memory).join(learners, learners.c.id == learner_cards.c.learner)
        with self.store.reading() as db:
            found = [_memory(text) for text in db.execute(query.where(_is(learner))).scalars()]
        return {memory.card: memory for memory in found}

    def answers(self, learner: str) -> list[Answered]:
        """Every answer, in the order in which they were given."""
        query = select(learner_answers).join(learners, learners.c.id == learner_answers.c.learner)
        with self.store.reading() as db:
            rows = db.execute(query.where(_is(learner)).order_by(learner_answers.c.number)).all()
        return [Answered(row.card, datetime.fromtimestamp(row.at, UTC), row.grade, row.distance) for row in rows]

    def record(self, learner: str, card: str, grade: Grade, token: str, distance: float | None = None) -> bool:
        """Write an answer down and schedule its card; False if the question was answered before. Makes the learner."""
        now = self.store.now()
        with self.store.writing() as db:
            id = self._known(db, learner)
            before = db.execute(select(learner_cards.c.memory).where(_card(id, card))).scalar_one_or_none()
            number = self._count(db, id) + 1
            written = self.store.insert(learner_answers).values(
                learner=id, number=number, token=tokens.digest(token), card=card, at=now, grade=grade,
                distance=distance, before=before,
            )  # fmt: skip
            once = written.on_conflict_do_nothing(index_elements=["learner", "token"])
            if db.execute(once.returning(learner_answers.c.number)).first() is None:
                return False
            settings = self._settings(db, id)
            memory = scheduling.review(
                _memory(before) if before else None, card, RATINGS[grade], datetime.fromtimestamp(now, UTC), settings
            )
            self._remember(db, id, card, msgspec.json.encode(memory).decode())
            if number % FITTED == 0:
                self._fit(db, id, settings)
        return True

    def undo(self, learner: str) -> str | None:
        """Take the last answer back; its card's name, or None if there is none."""
        with self.store.writing() as db:
            id = db.execute(select(learners.c.id).where(_is(learner)).with_for_update()).scalar_one_or_none()
            last = db.execute(
                select(learner_answers).where(learner_answers.c.learner == id).order_by(learner_answers.c.number.desc())
            ).first()
            if id is None or last is None:
                return None
            db.execute(
                delete(learner_answers).where(learner_answers.c.learner == id, learner_answers.c.number == last.number)
            )
            if last.before is None:
                db.execute(delete(learner_cards).where(_card(id, last.card)))
            else:
                self._remember(db, id, last.card, last.before)
            return str(last.card)

    def forget(self, learner: str) -> None:
        """Delete the learner and all that is known of them."""
        with self.store.writing() as db:
            id = db.execute(select(learners.c.id).where(_is(learner))).scalar_one_or_none()
            for table in (learner_answers, learner_cards):
                db.execute(delete(table).where(table.c.learner == id))
            db.execute(delete(learners).where(learners.c.id == id))

    def _known(self, db: Connection, learner: str) -> int:
        """The learner's row, made if need be, and held until the transaction ends."""
        now = self.store.now()
        settings = msgspec.json.encode(Settings()).decode()
        made = self.store.insert(learners).values(
            digest=tokens.digest(learner), settings=settings, created=now, seen=now
        )
        kept = made.on_conflict_do_update(index_elements=["digest"], set_={"seen": now}).returning(learners.c.id)
        return int(db.execute(kept).scalar_one())

    def _settings(self, db: Connection, id: int) -> Settings:
        found = db.execute(select(learners.c.settings).where(learners.c.id == id)).scalar_one()
        return msgspec.json.decode(found, type=Settings)

    def _settle(self, db: Connection, id: int, settings: Settings) -> None:
        kept = msgspec.json.encode(settings).decode()
        db.execute(update(learners).where(learners.c.id == id).values(settings=kept))

    def _count(self, db: Connection, id: int) -> int:
        last = db.execute(select(func.max(learner_answers.c.number)).where(learner_answers.c.learner == id)).scalar()
        return int(last or 0)

    def _remember(self, db: Connection, id: int, card: str, memory: str) -> None:
        put = self.store.insert(learner_cards).values(learner=id, card=card, memory=memory)
        db.execute(put.on_conflict_do_update(index_elements=["learner", "card"], set_={"memory": memory}))

    def _fit(self, db: Connection, id: int, settings: Settings) -> None:
        """Find out how long this learner remembers from the answers on a later day than the card's last."""
        query = select(learner_answers).where(learner_answers.c.learner == id, learner_answers.c.before.is_not(None))
        reviews = []
        for row in db.execute(query.order_by(learner_answers.c.number.desc()).limit(calibration.LATEST)):
            passed = scheduling.stabilities(_memory(row.before), datetime.fromtimestamp(row.at, UTC), settings)
            if passed > 0:
                reviews.append((passed, row.grade != "wrong"))
        self._settle(db, id, msgspec.structs.replace(settings, keenness=round(calibration.keenness(reviews), 3)))


def _is(learner: str) -> Any:
    return learners.c.digest == tokens.digest(learner)


def _card(id: int, card: str) -> Any:
    return (learner_cards.c.learner == id) & (learner_cards.c.card == card)


def _memory(text: str) -> Memory:
    return msgspec.json.decode(text, type=Memory)
