"""What a message offers: goods, something digital, an event. Nobody has to say it.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("offer_type", sa.String(length=30), nullable=True))


def downgrade() -> None:
    op.drop_column("message", "offer_type")
