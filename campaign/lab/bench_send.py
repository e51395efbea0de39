"""`campaign bench send`: the real road, measured from outside.

A temporary installation (queue server, database, beat, workers as processes) sends one mailing into a
sink that is a process of its own; then the sink's record and the database are compared.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy import func, select

from campaign import config, migrations, processes
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, progress
from campaign.dispatch.states import SETTLED
from campaign.errors import SetupError
from campaign.lab.bench_company import make_company
from campaign.models import Contact, Delivery, DeliveryState, Mailing
from campaign.queue import Job, Queues, connect
from campaign.supervisor import Supervisor, members

LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Figures:
    """What the bench prints. `lost`: planned, but in no visible state, or accepted but not in the sink."""

    messages_per_second: float
    seconds: float
    peak_rss_mb: float
    processes: int
    message_bytes: int
    planned: int
    accepted: int
    sink_received: int
    lost: int
    duplicates: int
    unknown: int
    freeze_and_plan_seconds: float

    @property
    def agree(self) -> bool:
        """Whether database and sink say the same, and all went out once."""
        return (
            self.accepted == self.sink_received == self.planned
            and not self.lost
            and not self.duplicates
            and not self.unknown
        )


def bench(
    recipients: int,
    workers: int,
    database_url: str = "",
    tell: Callable[[int, int], None] = lambda _done, _all: None,
    log: TextIO | None = None,
) -> Figures:
    """Send to that many recipients with that many sending processes; `tell` hears how far it is."""
    with ExitStack() as stack:
        # a short name: a socket's path may hold 107 bytes only
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        out = log or stack.enter_context((folder / "bench.log").open("w"))
        record = folder / "sink.tsv"
        sink = stack.enter_context(_sink(record))
        env = {
            "CAMPAIGN_STATE_DIR": str(folder),
            "CAMPAIGN_EMAIL_WORKERS": str(workers),
            "SMTP_URL": f"smtp://127.0.0.1:{sink}",
            "DATABASE_URL": database_url,
        }
        settings = config.load(env)
        database = Database(settings.database_url)
        stack.callback(database.close)
        began = time.monotonic()
        mailing_id = _prepare(database, recipients)
        prepared = time.monotonic() - began
        supervisor = Supervisor(processes.environment(settings) | env, out)
        try:
            seconds, peak = _send(supervisor, settings, database, mailing_id, tell)
        finally:
            supervisor.stop()
        return _figures(database, mailing_id, record, seconds, peak, workers, prepared)


def _prepare(database: Database, recipients: int) -> int:
    migrations.upgrade(database)
    now = utc_now()
    with database.write() as db:
        if db.scalar(select(func.count(Contact.id))):
            raise SetupError("The bench needs an empty database of its own; this one holds contacts.")
        return make_company(db, recipients, now).id


def _send(
    supervisor: Supervisor,
    settings: Settings,
    database: Database,
    mailing_id: int,
    tell: Callable[[int, int], None],
) -> tuple[float, float]:
    """Seconds from the start of the mailing to its last outcome; the biggest process's memory in MB."""
    supervisor.start(processes.valkey(settings))
    processes.wait_for_redis(settings)
    names = [
        program for program in processes.programs(settings) if program.name.startswith(("email", "beat"))
    ]
    queues = Queues(connect(settings))
    for program in names:
        supervisor.start(program)
    end = time.monotonic() + 30
    expected = settings.email_workers
    supervisor.run(until=lambda: _ready(queues) >= expected or time.monotonic() > end)
    began = time.monotonic()
    with database.write() as db:
        control.start(db, db.get_one(Mailing, mailing_id), utc_now())
    queues.ring_up_to(expected, Job.EMAIL_LANE, mailing_id)
    watch = _Watch(supervisor, database, mailing_id, tell)
    supervisor.run(until=watch.done)
    queues.connection.close()
    return watch.at - began, watch.peak


def _ready(queues: Queues) -> int:
    return int(queues.connection.scard("rq:workers"))


class _Watch:
    """Looks at the counts and the processes twice a second."""

    def __init__(
        self, supervisor: Supervisor, database: Database, mailing_id: int, tell: Callable[[int, int], None]
    ) -> None:
        self._supervisor = supervisor
        self._database = database
        self._mailing_id = mailing_id
        self._tell = tell
        self._next = 0.0
        self.at = 0.0
        self.peak = 0.0

    def done(self) -> bool:
        self.at = time.monotonic()
        if self.at < self._next:
            return False
        self._next = self.at + LOOK_SECONDS
        self.peak = max([self.peak, *(_peak_mb(pid) for pid in members(self._supervisor.sessions))])
        with self._database.read() as db:
            found = progress.of_mailing(db, self._mailing_id)
        self._tell(found.settled, found.total)
        return found.total > 0 and found.settled == found.total


def _peak_mb(pid: int) -> float:
    """The most memory a process ever held (VmHWM, proc(5)), in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


@contextmanager
def _sink(record: Path) -> Iterator[int]:
    """The sink as a process of its own; its port."""
    command = (sys.executable, "-m", "campaign.lab.sink", "--log", str(record))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own program)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _figures(
    database: Database,
    mailing_id: int,
    record: Path,
    seconds: float,
    peak: float,
    workers: int,
    prepared: float,
) -> Figures:
    received = [line.split("\t") for line in record.read_text().splitlines()]
    copies = Counter((message_id, recipient) for message_id, recipient, _sha, _size in received)
    with database.read() as db:
        rows = db.execute(
            select(Delivery.message_id_header, Delivery.address, Delivery.state, Delivery.body_sha256).where(
                Delivery.mailing_id == mailing_id
            )
        ).all()
    bodies = {(message_id, recipient): sha for message_id, recipient, sha, _size in received}
    accepted = [row for row in rows if row.state is DeliveryState.ACCEPTED]
    missing = sum(bodies.get((row[0], row[1])) != row.body_sha256 for row in accepted)
    unsettled = sum(row.state not in SETTLED for row in rows)
    return Figures(
        messages_per_second=round(len(accepted) / seconds, 1),
        seconds=round(seconds, 2),
        peak_rss_mb=round(peak, 1),
        processes=workers,
        message_bytes=round(sum(int(line[3]) for line in received) / max(1, len(received))),
        planned=len(rows),
        accepted=len(accepted),
        sink_received=len(received),
        lost=missing + unsettled,
        duplicates=len(received) - len(copies),
        unknown=sum(row.state is DeliveryState.UNKNOWN for row in rows),
        freeze_and_plan_seconds=round(prepared, 2),
    )


def as_json(figures: Figures) -> dict[str, float]:
    """For `--json`."""
    return asdict(figures)
