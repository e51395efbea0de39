"""The fault lab: a mailing goes out while everything around it is killed, and nothing may be lost, sent
twice or hidden. How to read its figures: docs/fault_lab.md."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy.exc import DBAPIError

from campaign import migrations
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control, progress
from campaign.errors import SetupError
from campaign.lab import chaos_plan
from campaign.lab.bench_company import make_company
from campaign.lab.chaos_acts import Acts
from campaign.lab.chaos_check import Verdict, check
from campaign.lab.chaos_facts import gather
from campaign.lab.chaos_plan import Faults, What
from campaign.lab.chaos_system import System, system
from campaign.models import Campaign, CampaignState, Contact, Mailing, MailingState
from campaign.queue import Job, Queues, connect

LOOK_SECONDS = 0.1
START_SECONDS = 60.0
# a run in which nothing has moved for so long will not drain; longer than every outage and lease
STUCK_SECONDS = 180.0
# of all messages, how many meet a sink that does not do as usual
MISBEHAVIOUR = 0.05
# the waits of dispatch, shortened (docs/operations.md): a retry after 5 minutes would only hold up the run
HASTE = {
    "CAMPAIGN_RETRY_SECONDS": "0.5,1,2",
    "CAMPAIGN_BREAKER_SECONDS": "1,2",
    "CAMPAIGN_LEASE_SECONDS": "5",
}


@dataclass(frozen=True)
class Run:
    """One run, as asked for. `pace` is messages a second over all connections; the sink holds it."""

    recipients: int
    seed: int
    database: str
    workers: int
    faults: Faults
    pace: float


@dataclass(frozen=True)
class Result:
    """What is printed; see docs/fault_lab.md."""

    recipients: int
    seed: int
    database: str
    seconds: float
    lost: int
    duplicates: int
    unknown: int
    unknown_bound: int
    kills_with_rows_in_flight: int
    kills: int
    web_kills: int
    flushes: int
    db_kills: int
    outages: int
    redis_outages: int
    pauses: int
    stops: int
    stops_taken_over: int
    clock_jumps: int
    full_disks: int
    full_disk_by: str
    slowdowns: int
    unsubscribed: int
    suppressed: int
    sink_received: int
    states: dict[str, int]
    violations: list[str]


def chaos(run: Run, tell: Callable[[str], None], out: TextIO | None = None) -> Result:
    """Start everything, torment it, let it drain, look at it. `tell` hears a sentence now and then."""
    # a short name: a socket's path may hold 107 bytes only
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
        log = out or stack.enter_context((folder / "chaos.log").open("w"))
        faults = run.faults
        here = stack.enter_context(
            system(
                folder, _url(run.database), run.workers, HASTE, log,
                clocks=faults.clock_jumps > 0, disk=faults.full_disks > 0,
            )
        )  # fmt: skip
        migrations.upgrade(here.database)
        here.start_queue()
        here.start_programs()
        mailing_id, campaign_id = prepare(here, run.recipients)  # while the programs start
        wait_until_up(here)
        tell("everything is up; the mailing goes out")
        return _Execution(run, here, mailing_id, campaign_id, tell).run()


def _url(database: str) -> str:
    return "" if database == "sqlite" else database


def prepare(here: System, recipients: int) -> tuple[int, int]:
    """A signed mailing of a campaign to that many people, ready to start."""
    database: Database = here.database
    migrations.upgrade(database)
    with database.write() as db:
        if db.query(Contact.id).first():
            raise SetupError("The lab needs an empty database of its own; this one holds contacts.")
        mailing = make_company(db, recipients, utc_now())
        campaign = Campaign(
            name="Chaos", message_id=mailing.message_id, channels="email", state=CampaignState.RUNNING,
            account_id=mailing.created_by, created_at=utc_now(), updated_at=utc_now(),
        )  # fmt: skip
        db.add(campaign)
        db.flush()
        mailing.campaign_id = campaign.id
        return mailing.id, campaign.id


def wait_until_up(here: System) -> None:
    end = time.monotonic() + START_SECONDS
    while not here.is_up():
        if time.monotonic() > end:
            raise SetupError("The system does not come up; --verbose shows what its programs say.")
        here.wait(0.1)


class _Execution:
    """The plan, carried out."""

    def __init__(
        self, run: Run, here: System, mailing_id: int, campaign_id: int, tell: Callable[[str], None]
    ) -> None:
        self._run = run
        self._here = here
        self._mailing_id = mailing_id
        self._tell = tell
        self._acts = Acts(here, campaign_id, run.seed, run.faults)
        self._plan = chaos_plan.plan(
            run.seed, run.recipients, run.faults, here.cluster is not None,
            can_slow=here.cluster is not None or here.database.is_sqlite,
        )  # fmt: skip
        self._wanted = {what: sum(event.what is what for event in self._plan) for what in What}
        self._moved_at = time.monotonic()
        self._seen: tuple[int, int] = (0, 0)
        self._told = 0

    def run(self) -> Result:
        began = time.monotonic()
        self._here.sink.order(
            rates=chaos_plan.misbehaviour(MISBEHAVIOUR), seed=self._run.seed, per_second=self._run.pace,
            hang=2.0, late=1.0,
        )  # fmt: skip
        with self._here.database.write() as db:
            control.start(db, db.get_one(Mailing, self._mailing_id), utc_now())
        self._ring()
        stuck = self._until_drained()
        seconds = time.monotonic() - began
        self._here.sink.order(rates={}, per_second=0)
        facts = gather(self._here, self._mailing_id, self._acts, stuck, self._missed())
        return self._result(seconds, check(facts), facts.unknown_bound)

    def _ring(self) -> None:
        queues = Queues(connect(self._here.settings))
        queues.ring_up_to(self._run.workers, Job.EMAIL_LANE, self._mailing_id)
        queues.connection.close()

    def _until_drained(self) -> str:
        """Empty when nothing is left to do; else why it was given up."""
        while True:
            self._here.wait(LOOK_SECONDS)
            taken = self._here.sink.order()["taken"]
            while self._plan and self._plan[0].at * self._run.recipients <= taken:
                self._acts.begin(self._plan.pop(0))
            self._acts.turn()
            if not self._plan and self._acts.is_idle:
                self._acts.standing.in_the_end()
            settled, finished = self._settled(taken)
            if finished and self._acts.is_idle:
                return ""
            self._note(taken, settled)
            if time.monotonic() - self._moved_at > STUCK_SECONDS + self._run.faults.outage_seconds:
                return f"nothing has moved for {STUCK_SECONDS:g} s"

    def _settled(self, taken: int) -> tuple[int, bool]:
        """Rows with an end, and whether the mailing has one; not asked for while most of it is to come."""
        if self._plan and taken < self._run.recipients * chaos_plan.LAST / 2:
            return 0, False
        try:
            with self._here.database.read() as db:
                found = progress.of_mailing(db, self._mailing_id)
                state = db.get_one(Mailing, self._mailing_id).state
        except DBAPIError:
            return 0, False
        return found.settled, state is MailingState.FINISHED

    def _note(self, taken: int, settled: int) -> None:
        if (taken, settled) != self._seen:
            self._seen, self._moved_at = (taken, settled), time.monotonic()
        tenth = 10 * taken // self._run.recipients
        if tenth > self._told:
            self._told = tenth
            done = ", ".join(f"{count} {what}" for what, count in sorted(self._acts.done.items()))
            self._tell(f"{taken} of {self._run.recipients} taken; {done or 'nothing broken yet'}")

    def _missed(self) -> list[str]:
        """What was planned and did not happen: then the run did not outlast its faults."""
        told = (
            What.KILL,
            What.WEB_KILL,
            What.FLUSH,
            What.DB_KILL,
            What.OUTAGE,
            What.REDIS_OUTAGE,
            What.PAUSE,
            What.STOP,
            What.CLOCK_JUMP,
            What.FULL_DISK,
            What.SLOWDOWN,
        )
        return [
            f"{self._acts.done[what]} of {self._wanted[what]} {what} found time: make the run longer (--pace)"
            for what in told
            if self._acts.done[what] < self._wanted[what]
        ]

    def _result(self, seconds: float, verdict: Verdict, bound: int) -> Result:
        done = self._acts.done
        with self._here.database.read() as db:
            counts = progress.of_mailing(db, self._mailing_id).counts
        return Result(
            recipients=self._run.recipients,
            seed=self._run.seed,
            database=self._run.database if self._run.database == "sqlite" else "postgresql",
            seconds=round(seconds, 1),
            lost=verdict.lost,
            duplicates=verdict.duplicates,
            unknown=verdict.unknown,
            unknown_bound=bound,
            kills_with_rows_in_flight=self._acts.kills_with_rows,
            kills=done[What.KILL],
            web_kills=done[What.WEB_KILL],
            flushes=done[What.FLUSH],
            db_kills=done[What.DB_KILL],
            outages=done[What.OUTAGE],
            redis_outages=done[What.REDIS_OUTAGE],
            pauses=done[What.PAUSE],
            stops=done[What.STOP],
            stops_taken_over=self._acts.standing.stops_taken_over,
            clock_jumps=done[What.CLOCK_JUMP],
            full_disks=done[What.FULL_DISK],
            full_disk_by=self._here.disk.kind if self._here.disk else "",
            slowdowns=done[What.SLOWDOWN],
            unsubscribed=done[What.LEAVE],
            suppressed=done[What.SUPPRESS],
            sink_received=self._here.sink.order()["taken"],
            states={state.value: count for state, count in counts.items() if count},
            violations=verdict.violations,
        )
