"""Learners, what they remember, and their answers; exams."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "learners",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("settings", sa.LargeBinary, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "memories",
        sa.Column("learner", ID, sa.ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("code", sa.String, primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("learner", ID, sa.ForeignKey("learners.id", ondelete="CASCADE"), nullable=False),
        sa.Column("asked", sa.LargeBinary, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.String, nullable=False),
        sa.Column("distance", sa.Float),
        sa.Column("told", sa.LargeBinary, nullable=False),
        sa.Column("before", sa.LargeBinary),
        sa.UniqueConstraint("learner", "asked"),
    )
    op.create_table(
        "exams",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("started", sa.BigInteger, nullable=False, index=True),
    )


def downgrade() -> None:
    for table in ("exams", "answers", "memories", "learners"):
        op.drop_table(table)
