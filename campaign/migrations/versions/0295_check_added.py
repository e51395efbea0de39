"""The check in the background also prepares what goes to people who were added later.

Revision ID: 0295
Revises: 0290
"""

import sqlalchemy as sa
from alembic import op

revision = "0295"
down_revision = "0290"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "audience_check", sa.Column("added", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    # without the column they would be taken for sign-offs
    op.execute(
        "UPDATE audience_check SET state = 'stopped', ended_at = CURRENT_TIMESTAMP "
        "WHERE added AND state IN ('freezing', 'reading')"
    )
    op.execute("UPDATE audience_check SET state = 'submitted' WHERE state = 'sent'")
    op.drop_column("audience_check", "added")
