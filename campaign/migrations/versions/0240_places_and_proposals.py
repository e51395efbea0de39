"""The province of an address by a key of its own; answers to what is proposed of a profile.

Revision ID: 0240
Revises: 0230
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from campaign.contacts import provinces

revision = "0240"
down_revision = "0230"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("contact", sa.Column("province_key", sa.String(length=20), nullable=False, server_default=""))
    _fill_province_keys()
    op.create_index("ix_contact_province_key", "contact", ["province_key"])
    op.create_table(
        "proposal_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, sa.ForeignKey("account.id", name="fk_proposal_batch_account_id_account"), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_batch"),
    )
    op.create_table(
        "proposal_answer",
        sa.Column("batch_id", ID, sa.ForeignKey("proposal_batch.id", name="fk_proposal_answer_batch_id_proposal_batch"), nullable=False),
        sa.Column("contact_id", ID, sa.ForeignKey("contact.id", name="fk_proposal_answer_contact_id_contact"), autoincrement=False, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "contact_id", name="pk_proposal_answer"),
    )
    op.create_index("ix_proposal_answer_contact_id", "proposal_answer", ["contact_id"])


def _fill_province_keys() -> None:
    """One statement a way of writing: there are as many as people wrote, a few hundred, not one a contact."""
    contact = sa.table("contact", sa.column("province"), sa.column("country"), sa.column("province_key"))
    connection = op.get_bind()
    written = sa.select(contact.c.province).where(contact.c.country == provinces.VIETNAM).distinct()
    for (name,) in connection.execute(written).all():
        if key := provinces.key_of(name):
            connection.execute(
                sa.update(contact)
                .where(contact.c.province == name, contact.c.country == provinces.VIETNAM)
                .values(province_key=key)
            )


def downgrade() -> None:
    op.drop_table("proposal_answer")
    op.drop_table("proposal_batch")
    op.drop_index("ix_contact_province_key", "contact")
    op.drop_column("contact", "province_key")
