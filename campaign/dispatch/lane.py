"""A lane: one process that claims rows and sends them over several connections for about half a minute.

There is no commit per message. The lane's journal says what it is about to end and what became of it; the
database hears of outcomes in batches, about ten times a second. See `states` for what a death at each point
leads to, `talk` for a message's way, `supply` for where rows come from, `results` for what became of them,
`clerk` for the database's part.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.exc import OperationalError

from campaign.db import Database
from campaign.dispatch import moves
from campaign.dispatch.claim import Terms
from campaign.dispatch.clerk import Clerk, Look, Rest
from campaign.dispatch.garbage import Garbage
from campaign.dispatch.gate import Gate, OpenGate
from campaign.dispatch.host import Host, boot_seconds
from campaign.dispatch.journal import Journal, JournalBroken
from campaign.dispatch.judge import Judge
from campaign.dispatch.lane_report import AT_ONCE, LaneReport, Stop
from campaign.dispatch.lease import Lease
from campaign.dispatch.mail import Writer
from campaign.dispatch.results import RECORD_SECONDS, Results
from campaign.dispatch.stages import Stage, StageTimes
from campaign.dispatch.stock import Job, Stock
from campaign.dispatch.supply import Supply
from campaign.dispatch.talk import Talk
from campaign.dispatch.transports.pool import Pool
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import Timeouts

# nothing is started or ended on older knowledge: what changes, acts within it
STALE_SECONDS = 2.0
# a lane makes way for other mailings after this long, and re-enqueues itself
LANE_SECONDS = 30.0
# connections of one lane; a server that takes fewer gets fewer
CONNECTIONS = 10
# what was begun when a lane ends has this long to be finished …
GRACE_SECONDS = 5.0
# … and when its worker is being stopped, this long: who stops it waits some seconds in all
HASTE_SECONDS = 1.0
# the lane looks around at least this often
TICK_SECONDS = 0.25


class Lane:
    """One run over one mailing's e-mail."""

    def __init__(
        self,
        database: Database,
        terms: Terms,
        writer: Writer,
        relays: Sequence[Relay],
        host: Host,
        *,
        clock: Callable[[], datetime],
        should_stop: Callable[[], bool] = lambda: False,
        seconds: float = LANE_SECONDS,
        timeouts: Timeouts | None = None,
        local_name: str = "",
        gate: Gate | None = None,
        times: StageTimes | None = None,
        heard: Callable[[str], None] = lambda relay: None,
    ) -> None:
        """`heard` is told the name of each relay once, when it has first taken or refused a message."""
        self._host = host
        self._clock = clock
        self._should_stop = should_stop
        self._seconds = seconds
        self._gate = gate or OpenGate(CONNECTIONS)
        self._times = times or StageTimes()
        self._owner = f"{host.id}:{os.getpid()}:{secrets.token_hex(6)}"
        name = local_name or socket.gethostname()
        self._pool: Pool[Job] = Pool(relays, self._gate.connections(), name, timeouts or Timeouts())
        self._stock = Stock(writer, self._gate)
        self._heard, self._told_of = heard, set[str]()
        self._mailing_id = terms.mailing_id
        self._judge = Judge(clock, terms.deadline)
        self._clerk = Clerk(database, terms, self._owner, clock, self._pool.wake, self._times)
        self._report = LaneReport()
        self._garbage = Garbage()
        self._stop: Stop | None = None
        self._stopped_at = self._looked_around_at = 0.0
        self._lap_at = 0

    def run(self) -> LaneReport:
        """Send until nothing is left, time is up or somebody says stop; claimed rows are given back."""
        self._lease = Lease()
        try:
            self._journal = Journal(self._host, self._owner, self._times)
        except (OSError, JournalBroken) as error:
            self._close()
            why = f"{self._host.journals}: {error.strerror}" if isinstance(error, OSError) else str(error)
            self._report.stop, self._report.detail = Stop.JOURNAL, why
            return self._report
        self._results = Results(self._clerk, self._journal, self._mailing_id, self._report, self._times)
        self._supply = Supply(
            self._clerk, self._stock, self._lease, self._journal, self._report, self._leave_out
        )
        self._talk = Talk(
            self._pool,
            self._stock,
            self._journal,
            self._judge,
            self._gate,
            self._results.settle,
            self._lease.holds,
        )
        self._began = time.monotonic()
        self._supply.begin(self._began)
        try:
            with self._garbage.by_hand():
                # before the first wait, which nothing else would end
                self._look_around(self._began)
                self._ask_clerk()
                while not self._is_over():
                    self._turn()
                self._end()
        except BaseException:
            self._journal.leave()  # what is in it, and what is not, is for the host's sweeper
            raise
        finally:
            self._close()
        self._report.worked = self._talk.worked
        self._report.down = {route.relay.name: route.down for route in self._pool.routes if route.down}
        return self._report

    def _close(self) -> None:
        self._pool.close()
        self._clerk.close()

    # --- one turn --------------------------------------------------------------------------------

    def _turn(self) -> None:
        self._lap(None)
        try:
            self._talk.poll(self._patience())
            self._hear_clerk()
            self._decide()
            self._speak()
        except JournalBroken as error:
            self._halt(Stop.JOURNAL, str(error))
        self._ask_clerk()
        self._lap(Stage.SMTP)

    def _lap(self, stage: Stage | None) -> None:
        """What this thread spent since the last lap was the stage's."""
        if self._times.wanted:
            now = time.thread_time_ns()
            if stage is not None:
                self._times.spent_ns[stage] += now - self._lap_at
            self._lap_at = now

    def _speak(self) -> None:
        """Dots first, so that the servers work while the next mails are written."""
        if self._is_fresh():
            self._talk.end_complete(start_next=self._stop is None)
        else:
            self._talk.flush()
        if self._stop is not None or not self._is_fresh():
            return
        self._lap(Stage.SMTP)
        if self._pool.channels:
            ahead = len(self._pool.channels)
            self._stock.fill(ahead, self._pool.takes_8bit, time.monotonic())
        for row, error in self._stock.unwritable:
            self._results.settle(self._judge.unwritable(row, error))
        self._stock.unwritable.clear()
        self._lap(Stage.WRITE)
        self._talk.start_free()

    def _patience(self) -> float:
        """Seconds until something must be done that no event announces."""
        due = min(self._stock.next_due(), self._talk.next_due(), self._began + self._seconds)
        due -= time.monotonic()
        wait = TICK_SECONDS if self._stop is not None else max(0.0, min(TICK_SECONDS, due))
        return min(wait, RECORD_SECONDS) if self._results.outcomes else wait

    def _decide(self) -> None:
        """Whether to go on."""
        now = time.monotonic()
        if not self._lease.holds():
            self._halt(Stop.LEASE, "its lease was over")
        elif self._stop is not None:
            if now > self._stopped_at + (HASTE_SECONDS if self._stop is Stop.ASKED else GRACE_SECONDS):
                self._talk.break_off()
        elif self._should_stop():
            self._halt(Stop.ASKED)
        elif now > self._began + self._seconds:
            self._halt(Stop.TIME)
        elif self._pool.is_down:
            self._halt(Stop.DOWN, self._pool.why_down)
        elif self._supply.is_drained and not len(self._stock) and not self._talk.begun:
            self._halt(Stop.DRAINED)
        if now > self._looked_around_at + TICK_SECONDS:
            self._look_around(now)

    def _look_around(self, now: float) -> None:
        self._looked_around_at = now
        self._garbage.sweep(now)
        for name in self._talk.worked - self._told_of:
            self._told_of.add(name)
            self._heard(name)
        self._talk.expire()
        self._pool.allow(self._gate.connections(), self._gate.connections_of)
        self._talk.hear_limits()
        if self._stop is None:
            self._pool.grow(len(self._stock) + self._talk.begun)
            waiting = self._stock.postponed(now, self._clock())
            limited = {claim: Rest(until, moves.LIMITED) for claim, until in waiting.items()}
            self._results.postpone(limited, self._gate.setting)

    def _halt(self, stop: Stop, detail: str = "") -> None:
        if self._stop is None:
            self._stop, self._stopped_at = stop, time.monotonic()
            self._report.stop, self._report.detail = stop, detail
        if stop in AT_ONCE:
            self._talk.break_off()
        if stop is Stop.ASKED:
            self._clerk.hurry()

    def _is_over(self) -> bool:
        return self._stop is not None and not self._talk.begun

    def _is_fresh(self) -> bool:
        return boot_seconds() < self._stock.asked + STALE_SECONDS

    # --- the database ----------------------------------------------------------------------------

    def _hear_clerk(self) -> None:
        before = len(self._stock)
        try:
            if not self._supply.hear():
                self._halt(Stop.NOT_RUNNING)
            self._results.hear()
        except OperationalError as error:
            self._results.is_whole = False
            self._halt(Stop.DATABASE, str(error.orig))
        if self._stop is None and len(self._stock) > before:
            self._pool.grow(len(self._stock) + self._talk.begun)

    def _leave_out(self, look: Look) -> None:
        """What has not begun is left out and recorded; what has begun gets no dot (`Talk.end_complete`).
        What was ended meanwhile is neither. At night what has begun may end."""
        here = self._stock.refuse(look.refused, self._talk.opening_ids())
        self._results.suppressed |= {row_id: look.refused[row_id] for row_id in here}
        asleep = self._stock.rest(look.resting)
        self._results.postpone({claim: look.resting[claim[0]] for claim in asleep}, look.setting)

    def _ask_clerk(self) -> None:
        now = time.monotonic()
        if self._stop is None:
            self._supply.claim(now)
        self._supply.look(boot_seconds(), self._talk.begun, self._talk.opening_ids)
        self._results.record(now)

    def _end(self) -> None:
        """Everything into the database; then the journal is no longer needed."""
        recorded = False
        try:
            self._supply.close()
            recorded = self._results.finish()
        except OperationalError as error:
            self._report.stop, self._report.detail = Stop.DATABASE, str(error.orig)
        if recorded:
            self._journal.discard()
        else:
            self._journal.leave()  # the host's sweeper records what is in it
