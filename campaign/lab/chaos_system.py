"""The whole system that the fault lab torments: its programs, and how each of them is struck.

Everything here is seen and done from outside: processes, sockets, database rows.
"""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import TextIO

from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from campaign import config, processes
from campaign.config import Settings
from campaign.db import Database
from campaign.lab import full_disk, postgres, proc, shifted, slow_database
from campaign.lab.full_disk import Disk
from campaign.lab.postgres import Cluster
from campaign.lab.shifted import Shift
from campaign.lab.sink_process import SinkProcess, sink_process
from campaign.models import Delivery, DeliveryState
from campaign.processes import Program
from campaign.queue import connect
from campaign.supervisor import Supervisor, members

# a lab kills on purpose; the supervisor of a real installation would give up
DEATHS_ALLOWED = 1_000_000


class Victim(StrEnum):
    """What of a worker is killed."""

    CHILD = "child"  # the sending child alone
    BOTH = "both"  # child and parent at once
    PARENT = "parent"  # the parent alone; its child must notice


@dataclass(frozen=True)
class Kill:
    """What a kill of a worker met."""

    rows: int
    """Rows that the killed processes had claimed."""
    connections: int
    """Connections to the sink that the killed processes held."""


class System:
    """Web, workers, beat, queue server; a sink; the database's server if it is ours."""

    def __init__(
        self,
        settings: Settings,
        supervisor: Supervisor,
        sink: SinkProcess,
        database: Database,
        cluster: Cluster | None,
    ) -> None:
        self.settings = settings
        self.supervisor = supervisor
        self.sink = sink
        self.database = database
        self.cluster = cluster
        self._names = [f"email-{number}" for number in range(1, settings.email_workers + 1)]
        self.disk: Disk | None = None
        """Under the journals, when it can be full."""
        self.clocks: dict[str, Shift] = {}
        """Of the programs whose clock can be set."""
        self._slowing: list[subprocess.Popen[bytes]] = []

    def start_queue(self) -> None:
        self.supervisor.start(processes.valkey(self.settings))
        processes.wait_for_redis(self.settings)

    def start_programs(self) -> None:
        """Everything that takes part in sending: letters and incoming mail do not."""
        for program in processes.programs(self.settings):
            if program.name in ("web", "beat", *self._names):
                self.supervisor.start(self._with_clock(program))

    def set_clocks(self) -> None:
        """The clocks of the workers and of the beat, which start things by the hour, can be set."""
        for name in ("beat", *self._names):
            self.clocks[name] = Shift(self._clock(name))

    def _with_clock(self, program: Program) -> Program:
        if program.name not in self.clocks:
            return program
        return replace(program, argv=shifted.before(self._clock(program.name), program.argv))

    def _clock(self, name: str) -> Path:
        return self.settings.state_dir / f"clock-{name}"

    def is_up(self) -> bool:
        """Whether the pages answer and every worker has told the queue server of itself."""
        redis = connect(self.settings)
        try:
            workers = int(redis.scard("rq:workers"))
        except RedisError:
            return False
        finally:
            redis.close()
        answers = processes.answers(self.settings.web_host, self.settings.web_port)
        return answers and workers >= self.settings.email_workers

    # --- strikes ---------------------------------------------------------------------------------

    def senders(self) -> list[tuple[str, int, int]]:
        """Workers with a child that talks to the sink: name, parent, child."""
        parents = [(name, self.supervisor.pid_of(name)) for name in self._names]
        return [
            (name, parent, pid)
            for name, parent in parents
            if parent is not None
            for pid in members({parent})
            if pid != parent and proc.connections(pid, self.sink.port)
        ]

    def kill_worker(self, name: str, parent: int, child: int, victim: Victim) -> Kill:
        """Freeze, count what is in flight, kill."""
        struck = {Victim.CHILD: [child], Victim.BOTH: [parent, child], Victim.PARENT: [parent]}[victim]
        frozen = [pid for pid in struck if proc.freeze(pid)]
        try:
            held = sum(proc.connections(pid, self.sink.port) for pid in frozen)
            rows = sum(self.rows_of(pid) for pid in frozen)
        finally:
            proc.kill(struck)
        return Kill(rows, held)

    def stop_worker(self, parent: int, child: int, victim: Victim) -> list[int]:
        """Who stands still from now on, the sending child last. Empty when it has ended, or stands within a
        transaction on SQLite: then all would wait for it, and nothing would be shown."""
        wanted = [parent, child] if victim is Victim.BOTH else [child]
        stopped = [pid for pid in wanted if proc.freeze(pid)]
        if child in stopped and self._can_write():
            return stopped
        proc.go_on(stopped)
        return []

    def _can_write(self) -> bool:
        if not self.database.is_sqlite:
            return True
        path = self.database.url.database or ""
        # a writer that only works is done by then
        connection = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        with contextlib.closing(connection):
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            connection.execute("ROLLBACK")
        return True

    def workers(self) -> list[int]:
        """All processes of the e-mail workers."""
        tops = [pid for name in self._names if (pid := self.supervisor.pid_of(name))]
        return list(members(set(tops)))

    def slow_down(self, seed: int, seconds: float) -> None:
        """The database stands still every other moment, for so long."""
        if self.database.is_sqlite:
            kind, where = "sqlite", self.database.url.database or ""
        else:
            assert self.cluster is not None
            kind, where = "postgresql", str(self.cluster.server)
        self._slowing.append(slow_database.start(kind, where, seed, seconds))

    def end_slowness(self) -> None:
        """None of what was slowed down stays so."""
        for process in self._slowing:
            process.terminate()
        for process in self._slowing:
            process.wait()

    def kill_idle_worker(self, random: Random) -> None:
        """A worker and whatever it has started, while nobody sends."""
        self.supervisor.keep_down(random.choice(self._names), 0.2)

    def rows_of(self, pid: int) -> int:
        """Rows that this process holds: its id stands between colons in `lease_owner`. 0 while the database
        does not answer."""
        rows = select(func.count()).where(
            Delivery.state == DeliveryState.CLAIMED, Delivery.lease_owner.like(f"%:{pid}:%")
        )
        try:
            with self.database.read() as db:
                return db.scalar(rows) or 0
        except DBAPIError:
            return 0

    def kill_web(self) -> None:
        """The web application with all of its processes."""
        self.supervisor.keep_down("web", 0.2)

    def flush(self) -> bool:
        """FLUSHALL; False when the queue server is down anyway."""
        redis = connect(self.settings)
        try:
            redis.flushall()
        except RedisError:
            return False
        finally:
            redis.close()
        return True

    def redis_outage(self, seconds: float) -> None:
        """The queue server is killed and stays away that long."""
        self.supervisor.keep_down("valkey", seconds)

    def wait(self, seconds: float) -> None:
        """Let the supervisor do its work for that long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.supervisor.step(min(left, 0.02))


@contextmanager
def system(
    folder: Path,
    database_url: str,
    workers: int,
    env: dict[str, str],
    out: TextIO,
    *,
    clocks: bool = False,
    disk: bool = False,
) -> Iterator[System]:
    """A system with nothing started but its sink and its database. An empty URL is SQLite, `postgresql` a
    server of our own, anything else an empty database that is given (and not killed). `clocks`: they can be
    set; `disk`: the one under the journals can be full."""
    with ExitStack() as stack:
        cluster = None
        if database_url == "postgresql":
            # a SIGKILL loses nothing that the kernel has: what fsync is for is not what is tested here
            cluster = stack.enter_context(postgres.running(fsync=False))
            database_url = cluster.url
        sink = stack.enter_context(sink_process(folder))
        ours = {
            "CAMPAIGN_STATE_DIR": str(folder),
            "CAMPAIGN_EMAIL_WORKERS": str(workers),
            "CAMPAIGN_PORT": str(processes.free_port()),
            "CAMPAIGN_NOTICES": "0",
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "DATABASE_URL": database_url,
            "REDIS_URL": "",
        } | env
        settings = config.load(ours)
        database = Database(settings.database_url)
        stack.callback(database.close)
        small = None
        if disk:  # before any program is started, so that all of them see it
            small = full_disk.disk(folder / "journal")
            stack.callback(small.close)
        supervisor = Supervisor(processes.environment(settings) | ours, out, deaths_allowed=DEATHS_ALLOWED)
        stack.callback(supervisor.stop)
        made = System(settings, supervisor, sink, database, cluster)
        made.disk = small
        stack.callback(made.end_slowness)
        if clocks:
            made.set_clocks()
        yield made
