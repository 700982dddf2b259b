"""The same store tests on SQLite and on a real PostgreSQL. ``tests/conftest.py`` makes the fixtures known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bodymap.store import Store
from bodymap.store.schema import metadata
from tests.database import postgresql

NOON = 1_800_000_000
"""A moment in January 2027, in seconds since 1970."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return float(self.now)

    def move(self, seconds: int) -> None:
        self.now += seconds


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A running PostgreSQL."""
    with postgresql() as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    address = request.getfixturevalue("postgresql_server")
    yield address
    left = Store(address)
    with left.writing() as db:
        metadata.drop_all(db)
        db.exec_driver_sql("DROP TABLE alembic_version")
    left.close()


@pytest.fixture
def store(store_url: str, clock: Clock) -> Iterator[Store]:
    made = Store(store_url, clock)
    yield made
    made.close()
