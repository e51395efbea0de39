"""The doubt leaves the database: it stands in the journals of the hosts. Messages keep their date.

Revision ID: 0120
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("dated_at", sa.DateTime(timezone=True), nullable=True))
    # senders are stopped while a schema changes: what they left in doubt nobody will ever know,
    # and what they had only claimed they had not ended
    op.execute(
        "UPDATE delivery SET state = 'unknown', reason = 'lease', attempt = attempt + 1,"
        " settled_at = CURRENT_TIMESTAMP, lease_until = NULL WHERE state = 'in_doubt'"
    )
    op.execute(
        "UPDATE delivery SET state = 'queued', lease_owner = '', lease_until = NULL"
        " WHERE state = 'claimed' AND channel = 'email'"
    )


def downgrade() -> None:
    with op.batch_alter_table("delivery") as table:
        table.drop_column("dated_at")
