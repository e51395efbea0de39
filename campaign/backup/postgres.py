"""PostgreSQL: pg_dump and psql, found on the PATH; their versions must be the server's or newer."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, text

from campaign.db import Database
from campaign.errors import SetupError

PACKAGE = "On Debian: apt-get install postgresql-client; elsewhere the client package of your PostgreSQL."
LAST_WORDS = 400


def dump(database: Database, target: Path) -> tuple[str, dict[str, int]]:
    """Dump as of one moment, in pg_dump's own format; the server's version, and the rows of each table at
    that very moment (both read the same snapshot)."""
    with database.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        version = str(connection.scalar(text("SHOW server_version")))
        names = connection.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        ).all()
        # names of tables, as the catalogue gives them
        counts = {
            name: int(connection.scalar(text(f'SELECT count(*) FROM public."{name}"')) or 0)  # noqa: S608 (names of the catalogue)
            for name in names
        }
        _run(
            database.url,
            [
                *("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema=public"),
                *(f"--snapshot={snapshot}", f"--file={target}"),
            ],
        )
    return version, counts


def put(dumped: Path, database: Database, backup_made_at: datetime) -> None:
    """Replace all that stands in the database, and lock it, in one transaction: a failure leaves what was."""
    script = dumped.with_name("restore.sql")
    _run(None, ["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dumped)])
    lines = script.with_name("ready.sql")
    with script.open("rb") as source, lines.open("wb") as out:
        for line in source:
            # the schema is made below, whatever the dump says of it
            if not line.startswith((b"CREATE SCHEMA public;", b"COMMENT ON SCHEMA public")):
                out.write(line)
    database.close()
    # a moment of ours in ISO 8601, for psql takes no parameters here
    lock = (
        "DELETE FROM public.system_id; INSERT INTO public.system_id (id, value, set_at, backup_made_at) "  # noqa: S608 (a moment of ours)
        f"VALUES (1, '', now(), '{backup_made_at.isoformat()}')"
    )
    _run(
        database.url,
        [
            *("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
            *("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"),
            *(f"--file={lines}", f"--command={lock}"),
        ],
    )


def others(database: Database) -> int:
    """How many other connections the database has."""
    with database.engine.connect() as connection:
        query = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(connection.scalar(text(query)) or 0)


def _run(url: URL | None, command: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, not by the command line."""
    program = shutil.which(command[0])
    if program is None:
        raise SetupError(f"{command[0]} is not installed here. {PACKAGE}")
    given = _environment(url) if url is not None else {}
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL with our arguments)
        [program, *command[1:]], env=os.environ | given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SetupError(f"{command[0]} failed: {done.stderr.strip()[-LAST_WORDS:]}")


def _environment(url: URL) -> dict[str, str]:
    """The connection as libpq's variables."""
    query = {key: value if isinstance(value, str) else value[0] for key, value in url.query.items()}
    values = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port) if url.port else query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
    }
    return {key: value for key, value in values.items() if value}
