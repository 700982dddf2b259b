"""What is kept, on SQLite and on PostgreSQL alike: schema, transactions, counters, secrets, and what a kill leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from bodymap.plans.model import Plan
from bodymap.store import Store, StoreError, tokens
from bodymap.store.counters import Limit
from bodymap.store.plans import Plans
from bodymap.store.schema import counters, metadata
from tests.stores import Clock

ROOT = Path(__file__).parent.parent


def worker(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.workers", *words]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_opening_a_store_again_keeps_what_is_in_it(store_url: str, store: Store) -> None:
    kept = Plans(store).create(Plan(title="Sciatica"))
    again = Store(store_url)
    assert Plans(again).by_edit(kept.edit) is not None or kept.edit_until <= again.now()
    assert Plans(again).count() == 1
    again.close()


def test_many_may_open_a_new_store_at_once(store_url: str) -> None:
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(Store(store_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for one in opened:
        assert Plans(one).count() == 0
        one.close()


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.writing() as db:
            db.execute(counters.insert().values(subject=b"x", slot=1, count=1, until=2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with store.reading() as db:
        assert db.execute(select(counters)).all() == []


def test_a_secret_is_made_once(store: Store) -> None:
    first = store.secret("cookie")
    assert len(first) == 32
    assert store.secret("cookie") == first
    assert store.secret("other") != first


def test_a_limit_counts_within_a_stretch_of_time_and_starts_anew(store: Store, clock: Clock) -> None:
    limit = Limit("saves", 2, 60)
    assert [limit.wait(store, "10.0.0.1") for _ in range(3)] == [0, 0, 60 - clock.now % 60]
    assert limit.wait(store, "10.0.0.2") == 0
    clock.move(60)
    assert limit.wait(store, "10.0.0.1") == 0


def test_a_limit_keeps_no_address_and_nothing_that_is_over(store: Store, clock: Clock) -> None:
    limit = Limit("saves", 2, 60)
    limit.wait(store, "10.0.0.1")
    clock.move(120)
    limit.wait(store, "10.0.0.2")
    with store.reading() as db:
        rows = db.execute(select(counters)).all()
    assert [row.subject for row in rows] == [tokens.digest("saves 10.0.0.2")]


def test_four_processes_lose_no_update(store_url: str, store: Store, clock: Clock) -> None:
    clock.now = 4_000_000_000  # the workers have a clock of their own: the link must still open
    kept = Plans(store).create(Plan(sessions=1))
    running = [worker("count", store_url, kept.edit, "25") for _ in range(4)]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) > 0, "they never met"
    assert all(process.returncode == 0 for process in running)
    last = Plans(store).by_edit(kept.edit)
    assert last is not None
    assert last.plan.sessions == 1 + 4 * 25
    assert last.version == 1 + 4 * 25


@pytest.mark.parametrize("after", [1, 7, 20])
def test_what_was_said_to_be_saved_is_there_after_a_kill(
    store_url: str, store: Store, clock: Clock, after: int
) -> None:
    clock.now = 4_000_000_000
    plans = Plans(store)
    kept = plans.create(Plan(title="version 1"))
    process = worker("save", store_url, kept.edit)
    assert process.stdout
    for _ in range(after):
        said = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    said = max([said, *(int(line) for line in process.communicate()[0].splitlines(keepends=True) if line[-1] == "\n")])
    last = plans.by_edit(kept.edit)
    assert last is not None
    assert last.version >= said
    assert last.plan.title == f"version {last.version}"
    again = plans.save(kept.edit, Plan(title="after"), last.version)
    assert again is not None
    if store_url.startswith("sqlite"):
        with store.reading() as db:
            assert db.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_database_of_another_kind_or_out_of_reach_is_refused_in_one_line(tmp_path: Path) -> None:
    for address in (
        "mysql://localhost/x",
        "nonsense",
        "postgresql://nobody@/none?host=/nowhere",
        f"sqlite:///{tmp_path}",
    ):
        with pytest.raises(StoreError) as error:
            Store(address)
        assert "\n" not in str(error.value)
