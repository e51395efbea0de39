"""Consent as proof: evidence in the ledger, double opt-in, how often, domains never to write to.

Versions of forms take no UPDATE and no DELETE, as the ledger does.

Revision ID: 0250
Revises: 0240
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0250"
down_revision = "0240"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
VERSIONS = "consent_form_version"


def upgrade() -> None:
    op.add_column("consent", sa.Column("evidence", JSON, nullable=False, server_default="{}"))
    _forms()
    op.create_table(
        "mail_rhythm",
        _to("contact", "mail_rhythm"),
        _to("sender", "mail_rhythm"),
        sa.Column("rhythm", sa.String(length=30), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "sender_id", name="pk_mail_rhythm"),
    )
    op.create_table(
        "suppressed_domain",
        sa.Column("id", ID, nullable=False),
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("tail", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _to("account", "suppressed_domain", nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suppressed_domain"),
        sa.UniqueConstraint("domain", name="uq_suppressed_domain_domain"),
    )
    op.create_index("ix_suppressed_domain_tail", "suppressed_domain", ["tail"])
    _keep_versions()


def _forms() -> None:
    op.create_table(
        "consent_form",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        _to("sender", "consent_form"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _to("account", "consent_form", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consent_form"),
        sa.UniqueConstraint("key", name="uq_consent_form_key"),
    )
    op.create_table(
        VERSIONS,
        sa.Column("id", ID, nullable=False),
        sa.Column("form_id", ID, sa.ForeignKey("consent_form.id", name="fk_consent_form_version_form_id_consent_form"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        _to("account", VERSIONS, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consent_form_version"),
        sa.UniqueConstraint("form_id", "number", name="uq_consent_form_version_form_id_number"),
    )
    op.create_table(
        "opt_in",
        sa.Column("id", ID, nullable=False),
        sa.Column("nonce", ID, nullable=False),
        sa.Column("origin", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("form_version_id", ID, sa.ForeignKey("consent_form_version.id", name="fk_opt_in_form_version_id_consent_form_version"), nullable=True),
        sa.Column("import_id", ID, sa.ForeignKey("contact_import.id", name="fk_opt_in_import_id_contact_import"), nullable=True),
        _to("contact", "opt_in", nullable=True),
        _to("sender", "opt_in"),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("asks", JSON, nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_opt_in"),
        sa.UniqueConstraint("import_id", "contact_id", name="uq_opt_in_import_id_contact_id"),
    )
    op.create_index("ix_opt_in_contact_id", "opt_in", ["contact_id"])
    op.create_index("ix_opt_in_email_key", "opt_in", ["email_key"])
    op.create_index("ix_opt_in_network", "opt_in", ["network", "asked_at"])
    op.create_index("ix_opt_in_state", "opt_in", ["state", "expires_at"])


def _to(table: str, of: str, *, nullable: bool = False) -> sa.Column[int]:
    name = f"fk_{of}_{table}_id_{table}"
    key = sa.ForeignKey(f"{table}.id", name=name)
    return sa.Column(f"{table}_id", ID, key, nullable=nullable, autoincrement=False)


def _keep_versions() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {VERSIONS}_no_{act.lower()} BEFORE {act} ON {VERSIONS} "
                f"BEGIN SELECT RAISE(ABORT, '{VERSIONS} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {VERSIONS}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {VERSIONS} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    for table in ("suppressed_domain", "mail_rhythm", "opt_in", VERSIONS, "consent_form"):
        op.drop_table(table)
    op.drop_column("consent", "evidence")
