"""What is deleted when its days are over: figures of opens and clicks that go, audiences that were emptied, and
two indexes by which the oldest of a kind are found.

Revision ID: 0335
Revises: 0330
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0335"
down_revision = "0330"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
OPENS_AND_CLICKS = sa.text("(kind || '') IN ('open', 'click')")
WITH_WORDS = sa.text("(full_text <> '' OR subject <> '' OR from_address <> '')")


def upgrade() -> None:
    op.create_table(
        "engagement_figures",
        sa.Column("mailing_id", ID, nullable=False, autoincrement=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column("gone_before", MOMENT, nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.PrimaryKeyConstraint("mailing_id", name=op.f("pk_engagement_figures")),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_engagement_figures_mailing_id_mailing")
        ),
    )
    op.add_column("audience", sa.Column("emptied_at", MOMENT, nullable=True))
    op.create_index(
        "ix_event_engagement_at",
        "event",
        ["at"],
        postgresql_where=OPENS_AND_CLICKS,
        sqlite_where=OPENS_AND_CLICKS,
    )
    op.create_index(
        "ix_reply_words", "reply", ["received_at"], postgresql_where=WITH_WORDS, sqlite_where=WITH_WORDS
    )


def downgrade() -> None:
    op.drop_index("ix_reply_words", "reply")
    op.drop_index("ix_event_engagement_at", "event")
    op.drop_column("audience", "emptied_at")
    op.drop_table("engagement_figures")
