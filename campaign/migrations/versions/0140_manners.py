"""What was sent on a day against its limit; mailings that the system paused.

Revision ID: 0140
Revises: 0120
"""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0130"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
COUNTS = (
    "tried", "accepted", "bounced", "complained",
    "base_tried", "base_accepted", "base_bounced", "base_complained",
)


def upgrade() -> None:
    op.create_table(
        "sending_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "subject", name=op.f("pk_sending_day")),
    )
    op.create_table(
        "automatic_pause",
        sa.Column("id", ID, nullable=False),
        sa.Column("mailing_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("cause", sa.String(length=30), nullable=False),
        sa.Column("threshold_ppm", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("resumed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_automatic_pause_mailing_id_mailing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automatic_pause")),
    )
    op.create_index(op.f("ix_automatic_pause_mailing_id"), "automatic_pause", ["mailing_id"])


def downgrade() -> None:
    op.drop_table("automatic_pause")
    op.drop_table("sending_day")
