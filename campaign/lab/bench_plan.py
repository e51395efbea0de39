"""`campaign bench plan`: how long it takes to freeze and plan a large audience, and with how much memory.

Freezing and planning run in a process of their own, as they do in a web request or in the beat; making the
customers does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text

from campaign import config, migrations, processes
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import plan as planning
from campaign.errors import SetupError
from campaign.lab import bench_company, postgres, proc
from campaign.models import Contact, Message

WATCH_SECONDS = 0.1


@dataclass(frozen=True)
class Figures:
    """Seconds; megabytes of the biggest process."""

    recipients: int
    database: str
    freeze_seconds: float
    plan_seconds: float
    planned: int
    peak_rss_mb: float
    """Of the process that freezes and plans."""
    freeze_cpu_seconds: float
    """Of that process: what else the machine does is in the seconds above, and not in this."""
    freeze_cpu_seconds_database: float | None
    plan_cpu_seconds_database: float | None
    """Of its connection to the database server, nearly all of the work of planning."""
    load: float
    """Of the machine at the end: processes that want to run."""
    peak_rss_database_mb: float | None
    """Of the database server's biggest process, with the memory that its processes share."""


def bench(recipients: int, database: str) -> Figures:
    """Make the customers, then freeze and plan in a process of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        url, server = "" if database == "sqlite" else database, None
        if database == "postgresql":
            cluster = stack.enter_context(postgres.running())
            url, server = cluster.url, cluster.pid
        env = {"CAMPAIGN_STATE_DIR": str(folder), "DATABASE_URL": url}
        settings = config.load(env)
        _customers(settings.database_url, recipients)
        peak = _Peak(server) if server else None
        command = processes.python_module("campaign.lab.bench_plan")
        done = subprocess.run(  # noqa: S603 (this module)
            command,
            env=processes.environment(settings) | env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found = json.loads(done.stdout.splitlines()[-1])
        return Figures(
            recipients=recipients,
            database="sqlite" if database == "sqlite" else "postgresql",
            peak_rss_database_mb=round(peak.stop(), 1) if peak else None,
            **found,
        )


def _customers(url: str, recipients: int) -> None:
    database = Database(url)
    try:
        migrations.upgrade(database)
        with database.write() as db:
            if db.scalar(select(func.count(Contact.id))):
                raise SetupError("The bench needs an empty database of its own; this one holds contacts.")
            bench_company.make_message(db, recipients, utc_now())
        if not database.is_sqlite:
            # the server does this by itself within a minute
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
    finally:
        database.close()


class _Peak:
    """The most memory that any of a server's processes ever held, looked at from a thread."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(WATCH_SECONDS):
            self._most = max([self._most, *map(proc.peak_mb, proc.descendants(self._pid))])

    def stop(self) -> float:
        self._done.set()
        self._thread.join()
        return self._most


def _measure() -> dict[str, float | None]:
    """In the process of its own."""
    database = Database(config.load().database_url)
    server = _Server(database)
    began = time.monotonic()
    with database.write() as db:
        message = db.scalars(select(Message)).one()
        mailing = bench_company.make_mailing(db, message, utc_now())
    frozen, cpu_frozen, server_frozen = time.monotonic(), time.process_time(), server.cpu_seconds()
    while True:  # as the beat does it: a transaction a chunk
        with database.write() as db:
            if planning.plan_chunk(db, db.merge(mailing, load=False)) == 0:
                break
    planned, server_planned = time.monotonic(), server.cpu_seconds()
    with database.read() as db:
        count = planning.planned(db, mailing)
    database.close()
    return {
        "freeze_seconds": round(frozen - began, 2),
        "plan_seconds": round(planned - frozen, 2),
        "planned": count,
        "peak_rss_mb": round(proc.peak_mb(os.getpid()), 1),
        "freeze_cpu_seconds": round(cpu_frozen, 2),
        "freeze_cpu_seconds_database": round(server_frozen, 2) if server.is_here else None,
        "plan_cpu_seconds_database": round(server_planned - server_frozen, 2) if server.is_here else None,
        "load": round(os.getloadavg()[0], 1),
    }


class _Server:
    """The server process of our connection, where it runs on this machine."""

    def __init__(self, database: Database) -> None:
        self._pid = 0
        if not database.is_sqlite and not database.url.host:
            # the pool hands out the same connection again
            with database.read() as db:
                self._pid = db.scalar(select(func.pg_backend_pid())) or 0

    @property
    def is_here(self) -> bool:
        return bool(self._pid)

    def cpu_seconds(self) -> float:
        return proc.cpu_seconds(self._pid) if self._pid else 0.0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure()) + "\n")
