"""Run by Alembic: the connection is handed over by `campaign.migrations`."""

from typing import Literal

from alembic import context
from sqlalchemy import JSON

from campaign.migrations import is_modelled
from campaign.models import Base
from campaign.models.base import UtcDateTime


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our own column types are written as what the database sees; a migration must not import models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item) is JSON:
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite changes a table by making it anew
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render_item,
    include_name=is_modelled,
)
with context.begin_transaction():
    context.run_migrations()
