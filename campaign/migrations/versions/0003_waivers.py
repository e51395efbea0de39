"""The reviewer's desk: waivers, the checklist ticked, remarks at their places.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from campaign.models.base import BigId, Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = ("waivers", "checklist", "remarks")


def upgrade() -> None:
    for name in KEPT:
        op.add_column("submission", sa.Column(name, Json, nullable=False, server_default="[]"))
    op.create_table(
        "waiver",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("message_id", BigId, sa.ForeignKey("message.id"), nullable=False),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("requested_by", BigId, sa.ForeignKey("account.id")),
        sa.Column("requested_at", UtcDateTime()),
        sa.Column("granted_by", BigId, sa.ForeignKey("account.id")),
        sa.Column("granter", sa.String(200), nullable=False),
        sa.Column("granted_at", UtcDateTime()),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("rule_set", sa.String(64), nullable=False),
    )
    op.create_index("ix_waiver_message_id", "waiver", ["message_id"])


def downgrade() -> None:
    op.drop_table("waiver")
    for name in KEPT:
        op.drop_column("submission", name)
