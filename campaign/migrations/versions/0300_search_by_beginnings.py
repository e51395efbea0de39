"""SQLite: beginnings of one and two letters have entries of their own in the index of words, and where a name
stands in the alphabet is found by number without the whole profile.

For `n*` the index put the lists of all words together that begin so, before it could name the first contact;
and who fits was looked up in profiles of half a kilobyte to learn their names. PostgreSQL keeps its index.

Revision ID: 0300
Revises: 0295
"""

from alembic import op

revision = "0300"
down_revision = "0295"
branch_labels = None
depends_on = None

# as in 0290
SIGNS = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
TABLE = (
    "CREATE VIRTUAL TABLE contact_search USING fts5(search_words, content='contact', content_rowid='id', "
    f"detail=none, columnsize=0%s, tokenize=\"ascii tokenchars '{SIGNS.replace(chr(34), chr(34) * 2)}'\")"
)
NAMES = "CREATE INDEX ix_contact_search_names ON contact (id, name_key) WHERE erased_at IS NULL"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _anew(", prefix='1 2'")
        op.execute(NAMES)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP INDEX ix_contact_search_names")
        _anew("")


def _anew(beginnings: str) -> None:
    """The triggers are the contacts' own and stay."""
    connection = op.get_bind()
    connection.exec_driver_sql("DROP TABLE contact_search")
    connection.exec_driver_sql(TABLE.replace("%s", beginnings))
    connection.exec_driver_sql("INSERT INTO contact_search (contact_search) VALUES ('rebuild')")
