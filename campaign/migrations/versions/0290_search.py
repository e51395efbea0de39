"""Contacts are found by their words: a column of them, and an index of the words.

PostgreSQL indexes the text as an array of words made a `tsvector`; nothing of that needs an extension or
an owner with special rights. SQLite has a full-text index that keeps no text of its own, and triggers that
bring it up to date whoever writes. There a word is whatever stands between blanks, as on PostgreSQL.

Revision ID: 0290
Revises: 0280
"""

import sqlalchemy as sa
from alembic import op

from campaign.contacts.search.words import words_of

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None

BATCH = 5_000
# SQLite's tokeniser of that name takes letters of other alphabets as they are; these it would leave out
SIGNS = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
TABLE = (
    "CREATE VIRTUAL TABLE contact_search USING fts5(search_words, content='contact', content_rowid='id', "
    f"detail=none, columnsize=0, tokenize=\"ascii tokenchars '{SIGNS.replace(chr(34), chr(34) * 2)}'\")"
)
ADD = "INSERT INTO contact_search (rowid, search_words) VALUES (NEW.id, NEW.search_words)"
TAKE_OFF = (
    "INSERT INTO contact_search (contact_search, rowid, search_words) "
    "VALUES ('delete', OLD.id, OLD.search_words)"
)
TRIGGERS = {
    "contact_search_insert": f"AFTER INSERT ON contact BEGIN {ADD}; END",
    "contact_search_delete": f"AFTER DELETE ON contact BEGIN {TAKE_OFF}; END",
    "contact_search_update": (
        "AFTER UPDATE OF search_words ON contact WHEN OLD.search_words <> NEW.search_words "
        f"BEGIN {TAKE_OFF}; {ADD}; END"
    ),
}
INDEX = (
    "CREATE INDEX ix_contact_search_words ON contact "
    "USING gin (array_to_tsvector(string_to_array(search_words, ' ')))"
)


def upgrade() -> None:
    op.add_column("contact", sa.Column("search_words", sa.Text(), nullable=False, server_default=""))
    _fill()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(INDEX)
        return
    op.get_bind().exec_driver_sql(TABLE)
    op.execute("INSERT INTO contact_search (contact_search) VALUES ('rebuild')")
    for name, act in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {act}")


def _fill() -> None:
    """In one pass by number: a million profiles must not be held at once."""
    names = ("id", "full_name", "code", "email_key", "phone_key", "organisation_id", "erased_at", "search_words")
    person = sa.table("contact", *(sa.column(name) for name in names)).alias("person")
    house = sa.table("contact", sa.column("id"), sa.column("full_name")).alias("house")
    target = sa.table("contact", sa.column("id"), sa.column("search_words"))
    facts = [person.c[name] for name in ("id", "full_name", "code", "email_key", "phone_key")]
    connection = op.get_bind()
    last = 0
    while True:
        found = connection.execute(
            sa.select(*facts, sa.func.coalesce(house.c.full_name, ""))
            .select_from(person.outerjoin(house, house.c.id == person.c.organisation_id))
            .where(person.c.id > last, person.c.erased_at.is_(None))
            .order_by(person.c.id)
            .limit(BATCH)
        ).all()
        if not found:
            return
        last = found[-1][0]
        connection.execute(
            sa.update(target).where(target.c.id == sa.bindparam("its")).values(search_words=sa.bindparam("words")),
            [{"its": id_, "words": words_of(*values)} for id_, *values in found],
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_contact_search_words")
    else:
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE contact_search")
    op.drop_column("contact", "search_words")
