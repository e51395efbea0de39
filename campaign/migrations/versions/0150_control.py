"""Hours by a named clock, test arms with a winner, people held out.

Revision ID: 0150
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0150"
down_revision = "0160"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # defaults fill the rows that are there; the models set their own
    for table, column in (("campaign", "timing"), ("campaign", "terms"), ("mailing", "timing")):
        op.add_column(table, sa.Column(column, JSON, nullable=False, server_default="{}"))
    op.add_column(
        "audience_member", sa.Column("part", sa.String(length=30), nullable=False, server_default="")
    )
    op.create_table(
        "trial",
        sa.Column("id", ID, nullable=False),
        sa.Column("mailing_id", ID, nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("decide_at", MOMENT, nullable=False),
        sa.Column("winner", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=30), nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("figures", JSON, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_trial_account_id_account")),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_trial_mailing_id_mailing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
        sa.UniqueConstraint("mailing_id", name=op.f("uq_trial_mailing_id")),
    )
    op.create_index(op.f("ix_trial_state"), "trial", ["state"])


def downgrade() -> None:
    op.drop_table("trial")
    op.drop_column("audience_member", "part")
    for table, column in (("mailing", "timing"), ("campaign", "terms"), ("campaign", "timing")):
        op.drop_column(table, column)
