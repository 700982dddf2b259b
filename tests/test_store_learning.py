"""What learners answered and remember, on SQLite and on PostgreSQL: written once, taken back, forgotten for good."""

from datetime import UTC, datetime, timedelta

from msgspec import structs

from bodymap.quiz.scheduling import Settings
from bodymap.store import Store
from bodymap.store.learning import Learning
from tests.stores import NOON, Clock

DAY = 86_400


def test_nobody_has_answered_nothing(store: Store) -> None:
    learning = Learning(store)
    assert (learning.memories("nobody"), learning.answers("nobody")) == ({}, [])
    assert learning.settings("nobody") == Settings()
    assert learning.undo("nobody") is None


def test_an_answer_is_written_down_and_its_card_scheduled(store: Store, clock: Clock) -> None:
    learning = Learning(store)
    assert learning.record("ann", "locate:BL23", "right", "question 1", 0.3)
    clock.move(DAY)
    assert learning.record("ann", "name:GB30", "wrong", "question 2")
    first, second = learning.answers("ann")
    assert (first.card, first.grade, first.distance) == ("locate:BL23", "right", 0.3)
    assert first.at == datetime.fromtimestamp(NOON, UTC)
    assert second.at - first.at == timedelta(days=1)
    assert (second.code, second.kind, second.distance) == ("GB30", "name", None)
    memories = learning.memories("ann")
    assert set(memories) == {"locate:BL23", "name:GB30"}
    assert memories["locate:BL23"].due == first.at + timedelta(minutes=10)
    assert not memories["name:GB30"].last_right
    assert learning.memories("bob") == {}


def test_a_question_is_answered_once(store: Store) -> None:
    learning = Learning(store)
    assert learning.record("ann", "locate:BL23", "wrong", "question 1")
    before = learning.memories("ann")
    assert not learning.record("ann", "locate:BL23", "right", "question 1")
    assert learning.memories("ann") == before
    assert [answer.grade for answer in learning.answers("ann")] == ["wrong"]
    assert learning.record("bob", "locate:BL23", "right", "question 1")  # each learner on their own


def test_undoing_brings_back_what_was_before(store: Store, clock: Clock) -> None:
    learning = Learning(store)
    states = [learning.memories("ann")]
    for number in range(3):
        clock.move(DAY)
        learning.record("ann", "locate:BL23", "right" if number else "near", f"question {number}")
        states.append(learning.memories("ann"))
    for state in reversed(states[:-1]):
        assert learning.undo("ann") == "locate:BL23"
        assert learning.memories("ann") == state
    assert learning.undo("ann") is None
    assert learning.record("ann", "locate:BL23", "wrong", "question 2")  # it may be answered again


def test_settings_are_kept(store: Store) -> None:
    learning = Learning(store)
    wanted = Settings(new_per_day=3, retention=0.85, zone="Asia/Tokyo", paused=True)
    learning.decide("ann", wanted)
    assert learning.settings("ann") == wanted
    assert learning.settings("bob") == Settings()


def test_the_store_finds_out_how_long_a_learner_remembers(store: Store, clock: Clock) -> None:
    learning = Learning(store)
    learning.record("ann", "locate:BL23", "right", "first")
    for number in range(50):
        clock.move(9 * DAY)
        learning.record("ann", "locate:BL23", "wrong", f"question {number}")
    assert learning.settings("ann").keenness < 0.7
    assert structs.replace(learning.settings("ann"), keenness=1.0) == Settings()


def test_whoever_is_forgotten_leaves_nothing(store: Store) -> None:
    learning = Learning(store)
    for name in ("ann", "bob"):
        learning.record(name, "locate:BL23", "right", "question")
    learning.forget("ann")
    assert (learning.memories("ann"), learning.answers("ann")) == ({}, [])
    assert len(learning.answers("bob")) == 1
