"""Learners, what each remembers of a card, and their answers."""

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
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "learner_cards",
        sa.Column("learner", ID, sa.ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("card", sa.String, primary_key=True),
        sa.Column("memory", sa.Text, nullable=False),
    )
    op.create_table(
        "learner_answers",
        sa.Column("learner", ID, sa.ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("token", sa.LargeBinary, nullable=False),
        sa.Column("card", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("grade", sa.String, nullable=False),
        sa.Column("distance", sa.Float),
        sa.Column("before", sa.Text),
        sa.UniqueConstraint("learner", "token", name="learner_answers_token"),
    )


def downgrade() -> None:
    for table in ("learner_answers", "learner_cards", "learners"):
        op.drop_table(table)
