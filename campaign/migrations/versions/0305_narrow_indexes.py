"""No index of Message-IDs, for they name their rows; and on PostgreSQL the indexes of leases and of print runs
hold only rows that somebody looks for there.

Every update of a delivery writes all indexes of its row anew on PostgreSQL, and a message is two updates.

Revision ID: 0305
Revises: 0300
"""

from alembic import op
from sqlalchemy import text

revision = "0305"
down_revision = "0300"
branch_labels = None
depends_on = None

HELD_OR_UNKNOWN = text("state IN ('claimed', 'unknown')")
IN_A_PRINT_RUN = text("print_run_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_delivery_message_id_header", "delivery")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_delivery_lease", "delivery")
        op.create_index(
            "ix_delivery_lease", "delivery", ["state", "lease_until"], postgresql_where=HELD_OR_UNKNOWN
        )
        op.drop_index("ix_delivery_print_run_id", "delivery")
        op.create_index(
            "ix_delivery_print_run_id", "delivery", ["print_run_id"], postgresql_where=IN_A_PRINT_RUN
        )


def downgrade() -> None:
    op.create_index("ix_delivery_message_id_header", "delivery", ["message_id_header"])
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_delivery_lease", "delivery")
        op.create_index("ix_delivery_lease", "delivery", ["state", "lease_until"])
        op.drop_index("ix_delivery_print_run_id", "delivery")
        op.create_index("ix_delivery_print_run_id", "delivery", ["print_run_id"])
