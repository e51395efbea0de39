"""Each part of the system on a host of its own; cables are pulled, and a host is lost for good."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from campaign.clock import utc_now
from campaign.dispatch import control
from campaign.lab.chaos import HASTE, prepare, wait_until_up
from campaign.lab.chaos_acts import Acts
from campaign.lab.chaos_check import Facts, check
from campaign.lab.chaos_facts import gather
from campaign.lab.chaos_plan import Event, Faults, What, misbehaviour
from campaign.lab.chaos_system import Victim
from campaign.lab.hosts_system import Hosts, hosts
from campaign.models import DeliveryState, Mailing, MailingState
from campaign.queue import Job, Queues, connect

pytestmark = pytest.mark.hosts

RECIPIENTS = 800
PACE = 25.0
CUT_SECONDS = 8.0
# who unsubscribes, and whose address is suppressed, while it goes out
PEOPLE = 8
DRAIN_SECONDS = 400.0
# one host is lost for good: the others take it for away after a minute instead of a quarter of an hour
ENVIRONMENT = HASTE | {"CAMPAIGN_HOST_AWAY_MINUTES": "1"}


@pytest.fixture
def here() -> Iterator[Hosts]:
    # a short name: a socket's path may hold 107 bytes only
    with (
        tempfile.TemporaryDirectory(prefix="hosts-") as name,
        hosts(Path(name), ENVIRONMENT, sys.stdout) as made,
    ):
        yield made


class Run:
    """A mailing on its way, and what is done to the hosts when so many messages have arrived."""

    def __init__(self, here: Hosts) -> None:
        self.here = here
        self.mailing_id, campaign_id = prepare(here, RECIPIENTS)
        here.start_queue()
        here.start_programs()
        wait_until_up(here)
        self.acts = Acts(here, campaign_id, seed=5, faults=Faults(outage_seconds=2.0))
        self.done: list[str] = []

    def cut(self, host: str) -> Callable[[], None]:
        def act() -> None:
            # what was ended on these connections may never hear its reply
            self.acts.unknown_bound += self.here.connections_of(host)
            self.here.network.cut(host, CUT_SECONDS)
            self.done.append(f"cut {host}")

        return act

    def lose(self, host: str) -> Callable[[], None]:
        def act() -> None:
            held = self.here.lose(host)
            self.acts.unknown_bound += held
            self.done.append(f"lost {host}")

        return act

    def strike(self, what: What, victim: Victim = Victim.BOTH, people: int = 0) -> Callable[[], None]:
        return lambda: self.acts.begin(Event(0, what, 0.0, victim, people))

    def run(self, plan: list[tuple[float, Callable[[], None]]]) -> Facts:
        self.here.sink.order(rates=misbehaviour(0.03), seed=5, per_second=PACE, hang=2.0)
        with self.here.database.write() as db:
            control.start(db, db.get_one(Mailing, self.mailing_id), utc_now())
        queues = Queues(connect(self.here.settings))
        queues.ring_up_to(2, Job.EMAIL_LANE, self.mailing_id)
        queues.connection.close()
        stuck = self._until_drained(plan)
        return gather(self.here, self.mailing_id, self.acts, stuck, [])

    def _until_drained(self, plan: list[tuple[float, Callable[[], None]]]) -> str:
        end = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < end:
            self.here.wait(0.1)
            taken = self.here.sink.order()["taken"]
            while plan and plan[0][0] * RECIPIENTS <= taken:
                plan.pop(0)[1]()
            self.acts.turn()
            if self._finished() and self.acts.is_idle:
                return f"{len(plan)} acts found no time" if plan else ""
        return f"not drained within {DRAIN_SECONDS:g} s; {len(plan)} acts were left"

    def _finished(self) -> bool:
        try:
            with self.here.database.read() as db:
                return db.get_one(Mailing, self.mailing_id).state is MailingState.FINISHED
        except DBAPIError:
            return False  # killed, and not back yet


def test_cables_are_pulled_and_a_host_is_lost_for_good(here: Hosts) -> None:
    run = Run(here)
    facts = run.run(
        [
            (0.05, run.strike(What.LEAVE, people=PEOPLE)),
            (0.10, run.cut("work1")),
            (0.20, run.strike(What.KILL)),
            (0.25, run.strike(What.FLUSH)),
            (0.30, run.cut("db")),
            (0.40, run.strike(What.WEB_KILL)),
            (0.45, run.cut("queue")),
            (0.50, run.strike(What.SUPPRESS, people=PEOPLE)),
            (0.53, run.strike(What.PAUSE)),
            (0.56, run.strike(What.DB_KILL)),
            (0.60, run.strike(What.KILL, Victim.CHILD)),
            # what this host had claimed will never come, so little may wait for the mailing's end
            (0.65, run.lose("work2")),
            (0.68, run.cut("mail")),
        ]
    )
    verdict = check(replace(facts, hosts_lost=True))
    kind = "network namespaces" if here.network.is_real else "PROCESSES ONLY, NO NAMESPACES"
    sys.stderr.write(f"\n{kind}: {run.done}; unknown {verdict.unknown} of at most {facts.unknown_bound}\n")
    assert verdict.violations == []
    assert (verdict.lost, verdict.duplicates) == (0, 0)
    assert run.done == ["cut work1", "cut db", "cut queue", "lost work2", "cut mail"]
    strikes = {
        What.KILL: 2, What.FLUSH: 1, What.WEB_KILL: 1, What.DB_KILL: 1, What.PAUSE: 1,
        What.LEAVE: PEOPLE, What.SUPPRESS: PEOPLE,
    }  # fmt: skip
    assert dict(run.acts.done) == strikes
    assert len(run.acts.pauses) == 1, "it was let go on again"
    assert len(facts.refusals) == 2 * PEOPLE
    states = {row.state for row in facts.rows}
    assert DeliveryState.UNKNOWN in states, "the lost host held rows, of which nobody can know"
