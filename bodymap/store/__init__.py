"""What users write, on SQLite or PostgreSQL: one engine, one schema, migrations run at start under a lock.

Knows transactions and nothing of what is written in them: ``plans`` and ``counters`` ask the questions.
"""

from __future__ import annotations

import secrets as randomness
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, StaticPool, event, select
from sqlalchemy.dialects import postgresql, sqlite

from bodymap.store import schema

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 15
"""Seconds that a write waits for another's to end."""
LOCK = 0x626F6479
"""Names the advisory lock that PostgreSQL holds while the schema changes ("body")."""


class StoreError(Exception):
    """Why the store cannot be used, in one line."""


class Store:
    """The database, opened and brought up to date. Safe between threads and after a fork."""

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        """``url`` as in SQLAlchemy; ``sqlite://`` keeps all in memory. StoreError if it cannot be opened."""
        self._clock = clock
        try:
            self.engine = _engine(url)
            self._migrate()
        except (sqlalchemy.exc.SQLAlchemyError, ImportError) as error:
            raise StoreError(str(error).splitlines()[0]) from error

    def now(self) -> int:
        """Seconds since 1970, UTC."""
        return int(self._clock())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment and holds up nobody."""
        with self.engine.connect().execution_options(purpose="read") as db, db.begin():
            yield db

    @contextmanager
    def writing(self, durable: bool = True) -> Iterator[Connection]:
        """A transaction that writes, alone on SQLite. What is not ``durable`` may be lost when power fails."""
        purpose = "write" if durable else "count"
        with self.engine.connect().execution_options(purpose=purpose) as db, db.begin():
            if not durable and self.engine.dialect.name == "postgresql":
                db.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield db

    def insert(self, table: sqlalchemy.Table) -> Any:
        """An INSERT of the engine's dialect, which knows ON CONFLICT."""
        return (postgresql if self.engine.dialect.name == "postgresql" else sqlite).insert(table)

    def secret(self, name: str) -> bytes:
        """32 random bytes under this name, the same for good: whoever asks first makes them."""
        table = schema.secrets
        with self.writing() as db:
            made = self.insert(table).values(name=name, value=randomness.token_bytes(32))
            db.execute(made.on_conflict_do_nothing())
            return bytes(db.execute(select(table.c.value).where(table.c.name == name)).scalar_one())

    def rest(self) -> None:
        """Hold no connection for now: whoever forks from here on must not share one."""
        if self.engine.url.database:
            self.engine.dispose()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _migrate(self) -> None:
        """Bring the schema up to date, one process at a time, all or nothing."""
        from alembic import command, config

        with self.writing() as db:
            if self.engine.dialect.name == "postgresql":
                db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            settings = config.Config(attributes={"connection": db})
            settings.set_main_option("script_location", str(MIGRATIONS))
            settings.set_main_option("path_separator", "os")
            command.upgrade(settings, "head")
        self.rest()


def _engine(url: str) -> Engine:
    parsed = sqlalchemy.make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "postgresql":
        return sqlalchemy.create_engine(parsed, pool_pre_ping=True)
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(f"“{parsed.get_backend_name()}” is not a database that plans can be kept in")
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sqlalchemy.create_engine(parsed)
    else:
        engine = sqlalchemy.create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)
    return engine


def _connected(connection: Any, record: object) -> None:
    """Transactions are begun by hand (``_begun``): Python's sqlite3 begins them too late to read and then write."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", f"busy_timeout={PATIENCE * 1000}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begun(db: Connection) -> None:
    purpose = db.get_execution_options().get("purpose", "write")
    if purpose != "read":
        db.exec_driver_sql(f"PRAGMA synchronous={'FULL' if purpose == 'write' else 'NORMAL'}")
    db.exec_driver_sql("BEGIN" if purpose == "read" else "BEGIN IMMEDIATE")
