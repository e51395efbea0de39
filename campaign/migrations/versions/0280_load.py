"""Who changes a frozen row is noted by the database; a mailing knows how far its rows are made.

Revision ID: 0280
Revises: 0270
"""

import sqlalchemy as sa
from alembic import op

revision = "0280"
down_revision = "0270"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FROZEN_SAYS = "a frozen audience keeps its hash, and what was noted of its rows"
# of an audience: true when a change would hide another one
HIDES = "OLD.sha256 <> '' AND (NEW.sha256 <> OLD.sha256 OR (NEW.untouched AND NOT OLD.untouched))"
# which rows of the member table each event is about
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def upgrade() -> None:
    # of what was frozen before nobody noted changes: false, and its rows are read
    op.add_column("audience", sa.Column("untouched", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("mailing", sa.Column("planned_to", ID, nullable=False, server_default="0"))
    op.execute(
        "UPDATE mailing SET planned_to = coalesce((SELECT max(audience_member_id) FROM delivery"
        " WHERE delivery.mailing_id = mailing.id), 0)"
    )
    # both unique constraints begin with it
    op.drop_index("ix_audience_member_audience_id", table_name="audience_member")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def _sqlite() -> None:
    op.execute(
        f"CREATE TRIGGER audience_frozen BEFORE UPDATE ON audience WHEN {HIDES} "
        f"BEGIN SELECT RAISE(ABORT, '{FROZEN_SAYS}'); END"
    )
    for event, rows in EVENTS.items():
        which = ", ".join(f"{row}.audience_id" for row in rows)
        op.execute(
            f"CREATE TRIGGER audience_member_{event.lower()} AFTER {event} ON audience_member BEGIN "
            f"UPDATE audience SET untouched = 0 WHERE id IN ({which}) AND untouched; END"
        )


def _postgres() -> None:
    op.execute(
        "CREATE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {HIDES} THEN RAISE EXCEPTION '{FROZEN_SAYS}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER audience_frozen BEFORE UPDATE ON audience "
        "FOR EACH ROW EXECUTE FUNCTION keep_frozen()"
    )
    for event, rows in EVENTS.items():
        name, function = f"audience_member_{event.lower()}", f"note_{event.lower()}_of_member"
        which = " UNION ALL ".join(f"SELECT audience_id FROM {row.lower()}_rows" for row in rows)
        tables = " ".join(f"{row} TABLE AS {row.lower()}_rows" for row in rows)
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"UPDATE audience SET untouched = false WHERE untouched AND id IN ({which}); RETURN NULL; END $$"
        )
        # once a statement: a freeze writes thousands of rows with one
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON audience_member REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )
    op.execute(
        "CREATE FUNCTION note_emptied_members() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "UPDATE audience SET untouched = false WHERE untouched; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER audience_member_truncate AFTER TRUNCATE ON audience_member "
        "FOR EACH STATEMENT EXECUTE FUNCTION note_emptied_members()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for event in EVENTS:
        op.execute(f"DROP TRIGGER audience_member_{event.lower()}" + ("" if sqlite else " ON audience_member"))
        if not sqlite:
            op.execute(f"DROP FUNCTION note_{event.lower()}_of_member()")
    op.execute("DROP TRIGGER audience_frozen" + ("" if sqlite else " ON audience"))
    if not sqlite:
        op.execute("DROP TRIGGER audience_member_truncate ON audience_member")
        op.execute("DROP FUNCTION note_emptied_members()")
        op.execute("DROP FUNCTION keep_frozen()")
    op.create_index("ix_audience_member_audience_id", "audience_member", ["audience_id"])
    op.drop_column("mailing", "planned_to")
    op.drop_column("audience", "untouched")
