"""An index of those of whom any trait is known: a segment that asks for one does not read all the others.

Revision ID: 0320
Revises: 0308
"""

from alembic import op
from sqlalchemy import text

revision = "0320"
down_revision = "0308"
branch_labels = None
depends_on = None

TRAITS_KNOWN = text("traits <> '{}'")


def upgrade() -> None:
    op.create_index(
        "ix_contact_traits", "contact", ["id"], postgresql_where=TRAITS_KNOWN, sqlite_where=TRAITS_KNOWN
    )


def downgrade() -> None:
    op.drop_index("ix_contact_traits", "contact")
