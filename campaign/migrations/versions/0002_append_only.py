"""What the database itself refuses, whoever asks.

The audit log, the consent ledger and the list of who changed a message take no UPDATE and no DELETE.
A submission keeps what it was made with, and nobody signs what they put up or changed.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("audit_entry", "consent", "message_edit")

# of a submission: true when its signer may not sign it; a person's own answer to one customer is a
# letter between two people, for which its writer stands
OWN_HAND = (
    "NEW.state = 'approved' AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = NEW.message_id"
    " AND message.kind = 'reply') AND (NEW.decided_by IS NULL OR NEW.decided_by = NEW.submitted_by"
    " OR EXISTS (SELECT 1 FROM message WHERE message.id = NEW.message_id"
    " AND message.account_id = NEW.decided_by)"
    " OR EXISTS (SELECT 1 FROM message_edit WHERE message_edit.message_id = NEW.message_id"
    " AND message_edit.account_id = NEW.decided_by))"
)
# the content itself is kept by its hash, which is compared before signing and before sending
SEALED_COLUMNS = ("message_id", "audience_id", "content_hash", "submitted_by")
OWN_HAND_SAYS = "nobody signs a message that they changed"
SEALED_SAYS = "a submission keeps what it was made with"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def _sqlite() -> None:
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for act in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER submission_signer_{act.lower()} BEFORE {act} ON submission WHEN {OWN_HAND} "
            f"BEGIN SELECT RAISE(ABORT, '{OWN_HAND_SAYS}'); END"
        )
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in SEALED_COLUMNS)
    op.execute(
        f"CREATE TRIGGER submission_sealed BEFORE UPDATE ON submission WHEN {changed} "
        f"BEGIN SELECT RAISE(ABORT, '{SEALED_SAYS}'); END"
    )


def _postgres() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in SEALED_COLUMNS)
    op.execute(
        "CREATE FUNCTION guard_submission() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {OWN_HAND} THEN RAISE EXCEPTION '{OWN_HAND_SAYS}'; END IF; "
        f"IF TG_OP = 'UPDATE' AND ({changed}) THEN RAISE EXCEPTION '{SEALED_SAYS}'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER submission_guard BEFORE INSERT OR UPDATE ON submission "
        "FOR EACH ROW EXECUTE FUNCTION guard_submission()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{act}")
        for name in ("signer_insert", "signer_update", "sealed"):
            op.execute(f"DROP TRIGGER submission_{name}")
        return
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("DROP TRIGGER submission_guard ON submission")
    op.execute("DROP FUNCTION guard_submission()")
