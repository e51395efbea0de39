"""An address may be dead and its owner's no stand there as well.

Revision ID: 0330
Revises: 0320
"""

import sqlalchemy as sa
from alembic import op

revision = "0330"
down_revision = "0320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("suppression", sa.Column("also_dead", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("suppression", "also_dead")
