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

learners = Table(
    "learners",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("digest", LargeBinary, nullable=False, unique=True),  # of what the learner's cookie holds
    Column("settings", Text, nullable=False),  # as JSON
    Column("created", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)

learner_cards = Table(
    "learner_cards",
    metadata,
    Column("learner", Id, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("card", String, primary_key=True),
    Column("memory", Text, nullable=False),  # as JSON
)

learner_answers = Table(
    "learner_answers",
    metadata,
    Column("learner", Id, ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("token", LargeBinary, nullable=False),  # digest of the question's: a question is answered once
    Column("card", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("grade", String, nullable=False),
    Column("distance", Float),  # in cun
    Column("before", Text),  # the card's memory before, which undoing brings back
    UniqueConstraint("learner", "token", name="learner_answers_token"),
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
