"""The tables, as SQLAlchemy Core sees them. Times are seconds since 1970, UTC. ``migrations`` makes them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
Id = BigInteger().with_variant(Integer, "sqlite")

plans = Table(
    "plans",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("edit_digest", LargeBinary, nullable=False, unique=True),
    Column("edit_until", BigInteger, nullable=False),
    Column("view_digest", LargeBinary, unique=True),
    Column("view_until", BigInteger, nullable=False),
    Column("view_sealed", LargeBinary),  # the view link, readable only with the edit link; both None: revoked
    Column("version", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("words", Text, nullable=False),  # what a search finds the plan by
    Column("points", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("deleted", BigInteger),
)

plan_versions = Table(
    "plan_versions",
    metadata,
    Column("plan", Id, ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the plan as JSON
    Column("undo", Integer),  # the version that undoing leads back to
    Column("redo", Integer),  # the version that was undone
    Column("saved", BigInteger, nullable=False),
)

plan_devices = Table(
    "plan_devices",
    metadata,
    Column("device", LargeBinary, primary_key=True),  # digest of what the device's cookie holds
    Column("plan", Id, ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
    Column("edit_sealed", LargeBinary, nullable=False),  # the edit link, readable only by the device
    Column("opened", BigInteger, nullable=False),
    Index("plan_devices_plan", "plan"),
    Index("plan_devices_opened", "device", "opened"),
)

counters = Table(
    "counters",
    metadata,
    Column("subject", LargeBinary, primary_key=True),  # digest of whom or what is counted
    Column("slot", BigInteger, primary_key=True),  # which stretch of time
    Column("count", Integer, nullable=False),
    Column("until", BigInteger, nullable=False, index=True),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

learners = Table(
    "learners",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("digest", LargeBinary, nullable=False, unique=True),  # of what the learner's cookie holds
    Column("settings", LargeBinary, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)

memories = Table(
    "memories",
    metadata,
    Column("learner", Id, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("state", LargeBinary, nullable=False),  # what FSRS remembers, as JSON
)

answers = Table(
    "answers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("learner", Id, ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
    Column("asked", LargeBinary, nullable=False),  # digest of the question's token: a question is answered once
    Column("kind", String, nullable=False),
    Column("code", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("grade", String, nullable=False),
    Column("distance", Float),  # cun; None where no place was asked
    Column("told", LargeBinary, nullable=False),  # question, what was answered and the verdict, as JSON
    Column("before", LargeBinary),  # the card's state before it, for undo; None where it was new
    UniqueConstraint("learner", "asked"),
)

exams = Table(
    "exams",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),  # its questions by seed and what was answered, as JSON
    Column("started", BigInteger, nullable=False, index=True),
)
