"""The real road for a bench: an installation of its own whose workers wait, so that rounds can be timed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.orm import Session

from campaign import config, migrations, processes
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import control, plan
from campaign.dispatch.dkim import keys
from campaign.dispatch.states import SETTLED
from campaign.errors import SetupError
from campaign.lab import postgres, proc
from campaign.lab.bench_company import make_mailing, make_message
from campaign.models import Contact, Delivery, DkimAlgorithm, Mailing, MailingState, Message
from campaign.queue import Job, Queues, connect
from campaign.supervisor import Out, Supervisor, members

LOOK_SECONDS = 0.05
# each count reads every row: more often, and it would be seen in what is measured
TELL_SECONDS = 2.0
START_SECONDS = 60.0
STUCK_SECONDS = 120.0
IDLE_SECONDS = 40.0
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Round:
    """One sending of the whole mailing. Processor time in seconds, by who spent it."""

    began: float
    """Seconds since the epoch, as the lanes tell them."""
    ended: float
    cpu: dict[str, float]

    @property
    def seconds(self) -> float:
        return self.ended - self.began


class Installation:
    """Queue server, beat and workers of one temporary installation, and its mailing."""

    def __init__(
        self, settings: Settings, supervisor: Supervisor, database: Database, server: int | None, dkim: str
    ) -> None:
        self.settings = settings
        self.database = database
        self._supervisor = supervisor
        self._dkim = dkim
        self._server = server
        """The database server's process, when it is ours."""
        self._queues = Queues(connect(settings))
        self._names = [f"email-{number}" for number in range(1, settings.email_workers + 1)]
        self.mailing_id = 0
        self.prepared_seconds = 0.0
        self.peak_mb = 0.0

    def prepare(self, recipients: int) -> None:
        """Contacts, a signed message, a frozen audience and its planned rows; then the workers."""
        migrations.upgrade(self.database)
        with self.database.write() as db:
            if db.scalar(select(func.count(Contact.id))):
                raise SetupError("The bench needs an empty database of its own; this one holds contacts.")
        with self.database.write() as db:
            message = make_message(db, recipients, utc_now())
            message_id = message.id
            if self._dkim != "none":
                self._sign(db, message.sender.domain)
        began = time.monotonic()
        with self.database.write() as db:
            self.mailing_id = make_mailing(db, db.get_one(Message, message_id), utc_now()).id
        self._plan()
        self.prepared_seconds = time.monotonic() - began
        self._start()

    def _sign(self, db: Session, domain: str) -> None:
        """An active key, as if its record stood in the DNS."""
        key = keys.new(db, None, domain, DkimAlgorithm(self._dkim), self.settings.secret_key, utc_now())
        keys.activate(db, None, key, lambda _name: [keys.record(key)], utc_now())

    def round(self, tell: Tell) -> Round:
        """Send the mailing once, from the bell to the last row with an end."""
        self._again()
        before = self._cpu()
        with self.database.write() as db:
            mailing = db.get_one(Mailing, self.mailing_id)
            control.start(db, mailing, utc_now())
            control.run_when_complete(db, mailing)
        began = time.time()
        self._queues.ring_up_to(len(self._names), Job.EMAIL_LANE, self.mailing_id)
        self._until_settled(tell)
        ended = time.time()
        self._until_idle()
        after = self._cpu()
        pids = list(members(self._supervisor.sessions))
        self.peak_mb = max([self.peak_mb, *(proc.peak_mb(pid) for pid in pids)])
        return Round(began, ended, {name: after[name] - before[name] for name in after})

    def close(self) -> None:
        self._queues.connection.close()

    def _plan(self) -> None:
        with self.database.write() as db:
            plan.plan(db, db.get_one(Mailing, self.mailing_id))
        if not self.database.is_sqlite:
            with self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))

    def _start(self) -> None:
        self._supervisor.start(processes.valkey(self.settings))
        processes.wait_for_redis(self.settings)
        for program in processes.programs(self.settings):
            if program.name in ("beat", *self._names):
                self._supervisor.start(program)
        end = time.monotonic() + START_SECONDS
        while int(self._queues.connection.scard("rq:workers")) < len(self._names):
            if time.monotonic() > end:
                raise SetupError("The workers do not start; --verbose shows what they say.")
            self._supervisor.step(0.1)

    def _again(self) -> None:
        """The mailing as it was before it was ever started; the first round finds it so."""
        with self.database.read() as db:
            if db.get_one(Mailing, self.mailing_id).started_at is None:
                return
        with self.database.write() as db:
            db.execute(delete(Delivery).where(Delivery.mailing_id == self.mailing_id))
            fresh = {"state": MailingState.PLANNED, "started_at": None, "finished_at": None, "planned_to": 0}
            db.execute(update(Mailing).where(Mailing.id == self.mailing_id).values(fresh))
        self._plan()

    def _until_settled(self, tell: Tell) -> None:
        open_rows = select(
            exists().where(Delivery.mailing_id == self.mailing_id, Delivery.state.not_in(SETTLED))
        )
        counts = select(func.count(), func.count().filter(Delivery.state.in_(SETTLED))).where(
            Delivery.mailing_id == self.mailing_id
        )
        moved, done, next_tell = time.monotonic(), -1, 0.0
        while True:
            self._supervisor.step(LOOK_SECONDS)
            with self.database.read() as db:
                if not db.scalar(open_rows):
                    return
                if time.monotonic() < next_tell:
                    continue
                total, settled = db.execute(counts).one()
            next_tell = time.monotonic() + TELL_SECONDS
            tell(settled, total)
            if settled != done:
                moved, done = time.monotonic(), settled
            elif time.monotonic() - moved > STUCK_SECONDS:
                raise SetupError(f"Nothing is sent any more at {settled} of {total}; try --verbose.")

    def _until_idle(self) -> None:
        """Until no lane is at work any more: what follows is measured alone, and all lanes have told their
        times."""
        end = time.monotonic() + IDLE_SECONDS
        while any(proc.descendants(pid) for pid in self._senders()) and time.monotonic() < end:
            self._supervisor.step(LOOK_SECONDS)
        self._supervisor.step(LOOK_SECONDS)

    def _senders(self) -> list[int]:
        return [pid for name in self._names if (pid := self._supervisor.pid_of(name))]

    def _cpu(self) -> dict[str, float]:
        """Processor time so far of the sending processes and of the database's server."""
        found = {"sender": sum(proc.cpu_seconds(pid) for pid in members(set(self._senders())))}
        if self._server:
            found["database"] = sum(map(proc.cpu_seconds, [self._server, *proc.descendants(self._server)]))
        return found


@contextmanager
def installation(
    folder: Path, database: str, workers: int, smtp_port: int, out: Out, dkim: str = "none"
) -> Iterator[Installation]:
    """Not yet prepared. `database`: `sqlite`, `postgresql` for a server of its own, or a URL."""
    with ExitStack() as stack:
        server, url = None, "" if database == "sqlite" else database
        if database == "postgresql":
            cluster = stack.enter_context(postgres.running())
            server, url = cluster.pid, cluster.url
        env = {
            "CAMPAIGN_STATE_DIR": str(folder),
            "CAMPAIGN_EMAIL_WORKERS": str(workers),
            "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
            "DATABASE_URL": url,
            "REDIS_URL": "",
            "CAMPAIGN_LOG": "json",
            "CAMPAIGN_LANE_TIMES": "1",
        }
        settings = config.load(env)
        made = Database(settings.database_url)
        stack.callback(made.close)
        supervisor = Supervisor(processes.environment(settings) | env, out)
        stack.callback(supervisor.stop)
        here = Installation(settings, supervisor, made, server, dkim)
        stack.callback(here.close)
        yield here
