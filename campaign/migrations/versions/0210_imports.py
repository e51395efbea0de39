"""Imports that workers do: refused rows and touched people in tables of their own; phones by one key.

Revision ID: 0210
Revises: 0200
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from campaign.contacts.addresses import phone_key

revision = "0210"
down_revision = "0200"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
BATCH = 5_000


def upgrade() -> None:
    op.create_table(
        "import_refusal",
        sa.Column("import_id", ID, sa.ForeignKey("contact_import.id", name="fk_import_refusal_import_id_contact_import"), nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("cells", JSON, nullable=False),
        sa.PrimaryKeyConstraint("import_id", "row", name="pk_import_refusal"),
    )
    op.create_table(
        "import_touch",
        sa.Column("import_id", ID, sa.ForeignKey("contact_import.id", name="fk_import_touch_import_id_contact_import"), nullable=False),
        sa.Column("contact_id", ID, sa.ForeignKey("contact.id", name="fk_import_touch_contact_id_contact"), autoincrement=False, nullable=False),
        sa.Column("created", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "contact_id", name="pk_import_touch"),
    )
    op.create_index("ix_import_touch_contact_id", "import_touch", ["contact_id"])
    _move_refused()
    with op.batch_alter_table("contact_import") as batch:
        batch.add_column(sa.Column("signature", sa.String(length=64), nullable=False, server_default=""))
        batch.add_column(sa.Column("preview", JSON, nullable=False, server_default="[]"))
        batch.add_column(sa.Column("error", JSON, nullable=False, server_default="{}"))
        batch.add_column(sa.Column("rows_done", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("leased_until", MOMENT, nullable=True))
        batch.add_column(sa.Column("lease", sa.String(length=32), nullable=False, server_default=""))
        batch.drop_column("refused")
        batch.create_index("ix_contact_import_signature", ["signature"])
    op.add_column("contact", sa.Column("phone_key", sa.String(length=20), nullable=False, server_default=""))
    _fill_phone_keys()
    op.create_index("ix_contact_phone_key", "contact", ["phone_key"])


def _move_refused() -> None:
    old = sa.table("contact_import", sa.column("id"), sa.column("refused", JSON))
    new = sa.table(
        "import_refusal", sa.column("import_id"), sa.column("row"), sa.column("reason"),
        sa.column("values", JSON), sa.column("cells", JSON),
    )  # fmt: skip
    connection = op.get_bind()
    for import_id, refused in connection.execute(sa.select(old.c.id, old.c.refused)).all():
        rows = [
            {"import_id": import_id, **{name: entry[name] for name in ("row", "reason", "values", "cells")}}
            for entry in {entry["row"]: entry for entry in refused or []}.values()
        ]
        if rows:
            connection.execute(sa.insert(new), rows)


def _fill_phone_keys() -> None:
    contact = sa.table("contact", sa.column("id"), sa.column("phone"), sa.column("phone_key"))
    connection = op.get_bind()
    last = 0
    while True:
        found = connection.execute(
            sa.select(contact.c.id, contact.c.phone)
            .where(contact.c.id > last, contact.c.phone != "")
            .order_by(contact.c.id)
            .limit(BATCH)
        ).all()
        if not found:
            return
        last = found[-1][0]
        connection.execute(
            sa.update(contact).where(contact.c.id == sa.bindparam("its")).values(phone_key=sa.bindparam("found")),
            [{"its": id_, "found": phone_key(phone)} for id_, phone in found],
        )


def downgrade() -> None:
    op.drop_index("ix_contact_phone_key", "contact")
    op.drop_column("contact", "phone_key")
    with op.batch_alter_table("contact_import") as batch:
        batch.drop_index("ix_contact_import_signature")
        for name in ("lease", "leased_until", "rows_done", "error", "preview", "signature"):
            batch.drop_column(name)
        batch.add_column(sa.Column("refused", JSON, nullable=False, server_default="[]"))
    op.drop_table("import_touch")
    op.drop_table("import_refusal")
