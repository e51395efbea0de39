"""Keyed hashes of the addresses of erased people; what files of orders brought and changed.

Revision ID: 0260
Revises: 0250
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0260"
down_revision = "0250"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "erasure_secret",
        sa.Column("id", ID, nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_secret")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("contact_created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint(
            "contact_id", "contact_created_at", name=op.f("uq_erasure_contact_id_contact_created_at")
        ),
    )
    op.create_table(
        "erased_key",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("erasure_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["erasure.id"], name=op.f("fk_erased_key_erasure_id_erasure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_erased_key_digest")),
    )
    op.create_index("ix_erased_key_erasure_id", "erased_key", ["erasure_id"])
    op.create_table(
        "order_touch",
        sa.Column("import_id", ID, nullable=False),
        sa.Column("order_id", ID, autoincrement=False, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["contact_import.id"], name=op.f("fk_order_touch_import_id_contact_import")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["customer_order.id"],
            name=op.f("fk_order_touch_order_id_customer_order"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "order_id", name=op.f("pk_order_touch")),
    )
    op.create_index("ix_order_touch_order_id", "order_touch", ["order_id"])
    # of those erased before nothing is left to hash; that they were is known to an older backup by their number
    op.execute(
        "INSERT INTO erasure (contact_id, contact_created_at, at) SELECT id, created_at, erased_at FROM contact "
        "WHERE erased_at IS NOT NULL AND code NOT LIKE 'undone-%' ORDER BY id"
    )


def downgrade() -> None:
    op.drop_table("order_touch")
    op.drop_table("erased_key")
    op.drop_table("erasure")
    op.drop_table("erasure_secret")
