"""Alembic migrations; they run the same on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from campaign.db import Database
from campaign.errors import SetupError


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema; nothing to do is fine."""
    with database.engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def require_current(database: Database) -> None:
    """Refuse to start on a schema that is not ours; SetupError says what to run."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if found != head:
        raise SetupError(
            f"The database is at schema {found or 'none'}, the program needs {head}. Run: campaign db upgrade"
        )


def is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Alembic's `include_name`: the index of words is each database's own, made by migration 0290."""
    return not (
        kind in ("table", "index") and (name or "").startswith(("contact_search", "ix_contact_search"))
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
