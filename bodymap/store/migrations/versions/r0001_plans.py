"""Plans, their versions, the devices that keep them, counters and secrets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("edit_digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("edit_until", sa.BigInteger, nullable=False),
        sa.Column("view_digest", sa.LargeBinary, unique=True),
        sa.Column("view_until", sa.BigInteger, nullable=False),
        sa.Column("view_sealed", sa.LargeBinary),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("deleted", sa.BigInteger),
    )
    op.create_table(
        "plan_versions",
        sa.Column("plan", ID, sa.ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("undo", sa.Integer),
        sa.Column("redo", sa.Integer),
        sa.Column("saved", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "plan_devices",
        sa.Column("device", sa.LargeBinary, primary_key=True),
        sa.Column("plan", ID, sa.ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("edit_sealed", sa.LargeBinary, nullable=False),
        sa.Column("opened", sa.BigInteger, nullable=False),
    )
    op.create_index("plan_devices_plan", "plan_devices", ["plan"])
    op.create_index("plan_devices_opened", "plan_devices", ["device", "opened"])
    op.create_table(
        "counters",
        sa.Column("subject", sa.LargeBinary, primary_key=True),
        sa.Column("slot", sa.BigInteger, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_counters_until", "counters", ["until"])
    op.create_table(
        "secrets",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in ("secrets", "counters", "plan_devices", "plan_versions", "plans"):
        op.drop_table(table)
