"""An upload that holds an erased person is marked; the next clearing removes it.

Revision ID: 0308
Revises: 0305
"""

import sqlalchemy as sa
from alembic import op

revision = "0308"
down_revision = "0305"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contact_import", sa.Column("file_forgotten", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("contact_import", "file_forgotten")
