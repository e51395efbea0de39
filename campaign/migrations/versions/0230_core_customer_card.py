"""The core-customer card: traits, satisfaction, level of the relationship, leaving, death; notes; cost of orders.

Revision ID: 0230
Revises: 0210
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0230"
down_revision = "0210"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)

# added one by one: a table that is copied, as a batch does on SQLite, loses the triggers of others on it
COLUMNS = (
    ("traits", JSON, "{}"),
    ("satisfaction", sa.Integer(), None),
    ("satisfaction_said", sa.String(length=20), ""),
    ("satisfaction_on", sa.Date(), None),
    ("relationship_level", sa.String(length=30), ""),
    ("leaving_reason", sa.String(length=30), ""),
    ("leaving_note", sa.String(length=500), ""),
    ("left_on", sa.Date(), None),
    ("deceased_at", MOMENT, None),
    ("died_on", sa.Date(), None),
)


def upgrade() -> None:
    for name, kind, default in COLUMNS:
        op.add_column("contact", sa.Column(name, kind, nullable=default is None, server_default=default))
    op.add_column("customer_order", sa.Column("cost", ID, nullable=True))
    op.create_table(
        "contact_note",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, sa.ForeignKey("contact.id", name="fk_contact_note_contact_id_contact"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", ID, sa.ForeignKey("account.id", name="fk_contact_note_account_id_account"), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_note"),
    )
    op.create_index("ix_contact_note_contact_at", "contact_note", ["contact_id", "at"])


def downgrade() -> None:
    op.drop_table("contact_note")
    op.drop_column("customer_order", "cost")
    for name, _, _ in reversed(COLUMNS):
        op.drop_column("contact", name)
