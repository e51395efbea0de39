"""Whose database this is, signs of life, and what was found about sending domains.

Revision ID: 0160
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0160"
down_revision = "0140"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "system_id",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("backup_made_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_system_id"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("host", sa.String(length=80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeat"),
    )
    op.create_table(
        "domain_check",
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("remarks", JSON, nullable=False),
        sa.PrimaryKeyConstraint("domain", name="pk_domain_check"),
    )


def downgrade() -> None:
    op.drop_table("domain_check")
    op.drop_table("heartbeat")
    op.drop_table("system_id")
