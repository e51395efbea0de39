"""Sign-off of a large audience in the background.

Revision ID: 0180
Revises: 0150
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0180"
down_revision = "0150"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "audience_check",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asks", JSON, nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("audience_id", ID, nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.String(length=130), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("gathered", JSON, nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("refusal", JSON, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_audience_check_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audience.id"], name=op.f("fk_audience_check_audience_id_audience")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_audience_check_message_id_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_check")),
    )
    with op.batch_alter_table("audience_check") as batch_op:
        batch_op.create_index(batch_op.f("ix_audience_check_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audience_check_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("audience_check")
