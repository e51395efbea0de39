"""The reviewer's desk: waivers, remarks and proposals, ticked questions, mails to who must act.

A decided submission keeps the findings, waivers, answers and remarks of its decision, and a waiver the
words it was asked for with: the database refuses to change them.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)

# what was before the reviewer at the decision; the moment of decision is set with it, and then stays
DECIDED_COLUMNS = (
    "findings",
    "waivers",
    "checklist",
    "remarks",
    "decided_by",
    "decided_at",
    "reason",
    "rule_set",
)
DECIDED_SAYS = "a decided submission keeps its decision"
WAIVER_COLUMNS = (
    "message_id", "submission_id", "rule", "part", "fingerprint", "content_hash", "rule_set", "reason", "asked_by",
)  # fmt: skip
WAIVER_SAYS = "a waiver keeps what it was asked for with"
KEPT = {
    "submission": ("OLD.decided_at IS NOT NULL", DECIDED_COLUMNS, DECIDED_SAYS),
    "waiver": ("1 = 1", WAIVER_COLUMNS, WAIVER_SAYS),
}


def upgrade() -> None:
    for column in ("waivers", "checklist", "remarks"):
        op.add_column("submission", sa.Column(column, JSON, nullable=False, server_default="[]"))
    _waiver()
    _remark()
    _notice()
    for table, (when, columns, says) in KEPT.items():
        _keep(table, when, columns, says)


def _waiver() -> None:
    op.create_table(
        "waiver",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("rule_set", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("granted_by", ID, nullable=True),
        sa.Column("granted_at", MOMENT, nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("voided_by", ID, nullable=True),
        sa.Column("voided_at", MOMENT, nullable=True),
        *_links("waiver", "asked_by", "granted_by", "voided_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
    )
    op.create_index(op.f("ix_waiver_message_id"), "waiver", ["message_id"])


def _remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("block_id", sa.String(length=60), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("proposed", JSON, nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        *_links("remark", "written_by", "settled_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_message_id"), "remark", ["message_id"])


def _notice() -> None:
    names = ("kind", "submission_id", "account_id", "remark_id")
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("submission_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("remark_id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        _link("notice", "submission_id", "submission"),
        _link("notice", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(*names, name=op.f("uq_notice_" + "_".join(names))),
    )


def _links(table: str, *people: str) -> list[sa.ForeignKeyConstraint]:
    return [
        _link(table, "message_id", "message"),
        _link(table, "submission_id", "submission"),
        *(_link(table, column, "account") for column in people),
    ]


def _link(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _keep(table: str, when: str, columns: tuple[str, ...], says: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {when} AND ({changed}) "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
        return
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    op.execute(
        f"CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} AND ({changed}) THEN RAISE EXCEPTION '{says}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_{table}()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in KEPT:
        op.execute(f"DROP TRIGGER {table}_kept" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION keep_{table}()")
    for table in ("notice", "remark", "waiver"):
        op.drop_table(table)
    for column in ("waivers", "checklist", "remarks"):
        op.drop_column("submission", column)
