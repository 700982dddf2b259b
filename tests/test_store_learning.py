"""What learners answered and remember, on SQLite and on PostgreSQL: written once, taken back, forgotten for good."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec import structs

from bodymap.quiz.model import Card, Grade, Kind, Question, Verdict
from bodymap.quiz.scheduling import Settings
from bodymap.store import Store
from bodymap.store.learning import EXAM_KEPT, Exam, Exams, Learning, Told, read, valid
from tests.stores import NOON, Clock

DAY = 86_400


def told(grade: Grade, kind: Kind = "locate", code: str = "BL23", distance: float | None = None) -> Told:
    return Told(Question(Card(kind, code), 0, "choice", right=(code,)), (code,), Verdict(grade, distance))


def test_nobody_has_answered_nothing(store: Store) -> None:
    nobody = Learning(store, "nobody")
    assert (nobody.memories(), nobody.answers(), nobody.settings()) == ({}, [], Settings())
    assert nobody.undo() is None


def test_an_answer_is_written_down_and_its_card_scheduled(store: Store, clock: Clock) -> None:
    ann = Learning(store, "ann")
    ann.give("question 1", told("right", distance=0.3))
    clock.move(DAY)
    ann.give("question 2", told("wrong", "name", "GB30"))
    first, second = ann.answered()
    assert (first.card, first.grade, first.distance) == ("locate:BL23", "right", 0.3)
    assert first.at == datetime.fromtimestamp(NOON, UTC)
    assert second.at - first.at == timedelta(days=1)
    assert (second.code, second.kind, second.distance) == ("GB30", "name", None)
    memories = ann.memories()
    assert set(memories) == {"locate:BL23", "name:GB30"}
    assert memories["locate:BL23"].due == first.at + timedelta(minutes=10)
    assert not memories["name:GB30"].last_right
    assert Learning(store, "bob").memories() == {}


def test_a_question_is_answered_once(store: Store) -> None:
    ann = Learning(store, "ann")
    number = ann.give("question 1", told("wrong"))
    before = ann.memories()
    assert ann.give("question 1", told("right")) == number
    assert ann.memories() == before
    assert [answer.grade for answer in ann.answers()] == ["wrong"]
    assert Learning(store, "bob").give("question 1", told("right")) != number  # each learner on their own


def test_an_answer_is_shown_again_to_its_learner_alone(store: Store) -> None:
    ann, given = Learning(store, "ann"), told("near")
    number = ann.give("question 1", given)
    shown = ann.answer(number)
    assert shown is not None
    assert shown.told == given
    assert Learning(store, "bob").answer(number) is None


def test_undoing_brings_back_what_was_before(store: Store, clock: Clock) -> None:
    ann = Learning(store, "ann")
    states = [ann.memories()]
    for number in range(3):
        clock.move(3600)
        ann.give(f"question {number}", told("right" if number else "near"))
        states.append(ann.memories())
    for state in reversed(states[:-1]):
        assert ann.undo() == Card("locate", "BL23")
        assert ann.memories() == state
    assert ann.undo() is None
    ann.give("question 2", told("wrong"))  # it may be answered again
    assert len(ann.answers()) == 1


def test_undoing_one_answer_twice_takes_back_no_other(store: Store) -> None:
    ann = Learning(store, "ann")
    first, second = (ann.give(f"question {number}", told("right")) for number in range(2))
    assert ann.undo(first) is None  # no longer the last
    assert ann.undo(second) == Card("locate", "BL23")
    assert ann.undo(second) is None
    assert len(ann.answers()) == 1


def test_a_number_that_no_row_can_have_is_no_answer(store: Store) -> None:
    ann = Learning(store, "ann")
    ann.give("question 1", told("right"))
    assert ann.answer(10**30) is None
    assert ann.undo(10**30) is None


def test_a_pause_moves_every_card_by_as_long_as_it_was(store: Store, clock: Clock) -> None:
    ann = Learning(store, "ann")
    ann.give("question 1", told("right"))
    due = ann.memories()["locate:BL23"].due
    ann.choose(structs.replace(ann.settings(), paused=clock.now))
    clock.move(30 * DAY)
    ann.choose(structs.replace(ann.settings(), paused=0))
    assert ann.memories()["locate:BL23"].due == due + timedelta(days=30)


def test_a_memory_that_forgets_sooner_than_most_is_found_out_on_a_later_day(store: Store, clock: Clock) -> None:
    ann = Learning(store, "ann")
    for day in range(6):
        for number in range(12):
            grade: Grade = "right" if day == 0 or number % 3 == 0 else "wrong"
            ann.give(f"{day} {number}", told(grade, code=f"BL{number + 1}"))
        clock.move(DAY)
    assert ann.settings().keenness < 0.8


def test_what_is_exported_can_be_imported_elsewhere(store: Store, clock: Clock) -> None:
    ann, bob = Learning(store, "ann"), Learning(store, "bob")
    ann.choose(Settings(new_per_day=5, zone="Europe/Berlin"))
    ann.give("question 1", told("right", distance=0.25))
    clock.move(DAY)
    ann.give("question 2", told("wrong", "name", "GB30"))
    bob.give("question 9", told("wrong", code="ST36"))
    bob.replace(read(msgspec.json.encode(ann.export())))
    assert bob.memories() == ann.memories()
    assert bob.answered() == ann.answered()
    assert bob.settings() == ann.settings()
    assert bob.undo() is None  # the file does not tell what was before
    assert bob.memories() == ann.memories()
    bob.give("question 10", told("right"))
    assert bob.undo() == Card("locate", "BL23")
    assert bob.memories() == ann.memories()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"no json", "not JSON"),
        (b"[]", "format is None"),
        (b'{"format": 7}', "format is 7"),
        (b'{"format": 1, "settings": {}, "memories": [], "answers": [], "extra": 1}', "unknown field"),
        (b'{"format": 1, "settings": {"retention": 2}, "memories": [], "answers": []}', "outside what can be chosen"),
        (b'{"format": 1, "settings": {"zone": "Mars/Olympus"}, "memories": [], "answers": []}', "outside"),
        (
            b'{"format": 1, "settings": {}, "memories": [{"card": "spell:BL23", "state": 2, "step": null,'
            b'"stability": 3, "difficulty": 5, "due": "2026-01-01T00:00:00Z", "first": "2026-01-01T00:00:00Z",'
            b'"last": "2026-01-01T00:00:00Z"}], "answers": []}',
            "spell:BL23",
        ),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(raw: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read(raw)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due", "9999-12-31T23:59:59Z"),
        ("first", "0001-01-01T00:00:00Z"),
        ("last", "2026-01-01T00:00:00"),
        ("stability", 1e300),
        ("stability", -1),
        ("difficulty", 11),
        ("step", -5),
        ("state", 4),
        ("answers", 10**30),
        ("slips", 3),
        ("card", "locate:"),
    ],
)
def test_a_file_cannot_hold_what_the_scheduler_could_not_go_on_from(store: Store, field: str, value: object) -> None:
    ann = Learning(store, "ann")
    ann.give("question 1", told("right"))
    file = json.loads(msgspec.json.encode(ann.export()))
    read(json.dumps(file).encode())  # as it was exported it is taken
    file["memories"][0][field] = value
    with pytest.raises(ValueError, match=r"not one that this app could have kept|answers"):
        read(json.dumps(file).encode())


@pytest.mark.parametrize(("field", "value"), [("at", 10**15), ("at", -1), ("distance", -1), ("distance", 1e300)])
def test_a_file_cannot_hold_an_answer_that_cannot_be(store: Store, field: str, value: object) -> None:
    ann = Learning(store, "ann")
    ann.give("question 1", told("near", distance=0.7))
    file = json.loads(msgspec.json.encode(ann.export()))
    file["answers"][0][field] = value
    with pytest.raises(ValueError, match="An answer"):
        read(json.dumps(file).encode())


def test_a_file_nested_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON"):
        read(b"[" * 100_000)


def test_forgetting_leaves_nothing(store: Store) -> None:
    ann, bob = Learning(store, "ann"), Learning(store, "bob")
    for learner in (ann, bob):
        learner.give("question 1", told("right"))
    ann.forget()
    assert (ann.memories(), ann.answers()) == ({}, [])
    assert len(bob.answers()) == 1


@pytest.mark.parametrize(
    "settings", [Settings(retention=0.5), Settings(new_per_day=-1), Settings(zone="../etc/passwd")]
)
def test_settings_have_bounds(settings: Settings) -> None:
    assert not valid(settings)
    assert valid(Settings(zone="America/New_York"))


def exam(count: int = 2, minutes: int = 0) -> Exam:
    questions = tuple(told("right", code=f"BL{number}").question for number in range(1, count + 1))
    return Exam("channel:BL", "seed", count, minutes, questions, NOON)


def test_an_exam_takes_each_answer_once_and_in_order(store: Store) -> None:
    exams = Exams(store)
    token = exams.begin(exam())
    exams.give(token, 0, told("wrong"))
    exams.give(token, 0, told("right"))  # too late
    exams.give(token, 2, told("right"))  # not yet asked
    exams.give(token, 1, None)
    found = exams.exam(token)
    assert found is not None
    assert found.done
    assert [given.verdict.grade if given else None for given in found.told] == ["wrong", None]
    assert found.right == 0
    assert exams.exam("nothing") is None
    assert exams.give("nothing", 0, None) is None


def test_an_exam_with_a_limit_is_over_when_its_time_is(clock: Clock) -> None:
    assert not exam(minutes=5).late(NOON + 299)
    assert exam(minutes=5).late(NOON + 300)
    assert not exam().late(NOON + 10_000_000)


def test_old_exams_go(store: Store, clock: Clock) -> None:
    exams = Exams(store)
    token = exams.begin(exam())
    clock.move(EXAM_KEPT + 1)
    exams.begin(exam())
    assert exams.exam(token) is None
