"""A lane: one process that claims rows and sends them over several connections for about half a minute.

There is no commit per message. The lane's journal says what it is about to end and what became of it; the
database hears of outcomes in batches, about ten times a second. See `states` for what a death at each point
leads to, `talk` for a message's way, `clerk` for the database's.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import OperationalError

from campaign.audience.reach import Skip
from campaign.db import Database
from campaign.dispatch import told
from campaign.dispatch.claim import Terms
from campaign.dispatch.clerk import Chunk, Clerk, Look
from campaign.dispatch.gate import Gate, OpenGate
from campaign.dispatch.host import Host, boot_seconds
from campaign.dispatch.journal import Journal, JournalBroken
from campaign.dispatch.judge import Judge
from campaign.dispatch.mail import Writer
from campaign.dispatch.moves import Outcome
from campaign.dispatch.stages import Stage, StageTimes
from campaign.dispatch.states import LEASE
from campaign.dispatch.stock import ASIDE_ROWS, Job, Stock
from campaign.dispatch.talk import Talk
from campaign.dispatch.transports.pool import Pool
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import Timeouts

# a claim takes what the lane sends in two seconds, within these bounds: a death or a pause gives back
# little, and a fast lane claims seldom
FIRST_ROWS, LEAST_ROWS, MOST_ROWS = 100, 50, 500
CLAIM_SECONDS = 2.0
# consent, suppression, pause and cancellation are looked at again this often …
LOOK_SECONDS = 1.0
# … and nothing is started or ended on older knowledge: what changes, acts within it
STALE_SECONDS = 2.0
# outcomes wait no longer, and no more of them, before they are written into the database
RECORD_SECONDS = 0.1
RECORD_ROWS = 500
# a lane makes way for other mailings after this long, and re-enqueues itself
LANE_SECONDS = 30.0
# connections of one lane; a server that takes fewer gets fewer
CONNECTIONS = 10
# what was begun when a lane is asked to end has this long to be finished
GRACE_SECONDS = 5.0
# the lane looks around at least this often
TICK_SECONDS = 0.25


class Stop(StrEnum):
    """Why a lane ended."""

    DRAINED = "drained"  # nothing queued is left
    TIME = "time"  # its half minute is over
    ASKED = "asked"  # the worker is being stopped
    NOT_RUNNING = "not_running"  # paused, cancelled, finished
    DOWN = "down"  # no server answers
    LEASE = "lease"  # it stood still, or could not renew its lease: others may have its rows
    JOURNAL = "journal"  # the journal cannot be written
    DATABASE = "database"  # the database stays away


_AT_ONCE = frozenset({Stop.NOT_RUNNING, Stop.LEASE, Stop.JOURNAL})
"""Reasons to give no dot any more, not even to what was begun."""


@dataclass
class LaneReport:
    """What a lane did: outcomes by transition name, and why it ended."""

    stop: Stop = Stop.DRAINED
    detail: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)
    worked: set[str] = field(default_factory=set)
    """Names of the relays that took, or refused, a message."""
    down: dict[str, str] = field(default_factory=dict)
    """Why relays were left alone, by their names."""


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
        self._stop: Stop | None = None
        self._stopped_at = 0.0
        self._drained = False
        self._outcomes: list[Outcome] = []
        self._suppressed: dict[int, Skip] = {}
        self._postponed: dict[int, datetime] = {}
        self._claiming: Future[Chunk] | None = None
        self._looking: Future[Look] | None = None
        self._recording: Future[int] | None = None
        self._recorded_at = self._looked_around_at = 0.0
        self._unrecorded = False
        self._chunk = FIRST_ROWS
        self._pace = (0.0, 0)
        self._lap_at = 0

    def run(self) -> LaneReport:
        """Send until nothing is left, time is up or somebody says stop; claimed rows are given back."""
        self._lease = LEASE.total_seconds()
        self._leased = boot_seconds()
        try:
            self._journal = Journal(self._host, self._owner, self._times)
        except (OSError, JournalBroken) as error:
            self._close()
            why = f"{self._host.journals}: {error.strerror}" if isinstance(error, OSError) else str(error)
            self._report.stop, self._report.detail = Stop.JOURNAL, why
            return self._report
        self._talk = Talk(
            self._pool, self._stock, self._journal, self._judge, self._gate, self._settle, self._holds_lease
        )
        self._began = time.monotonic()
        self._pace = (self._began, 0)
        try:
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
            self._settle(self._judge.unwritable(row, error))
        self._stock.unwritable.clear()
        self._lap(Stage.WRITE)
        self._talk.start_free()

    def _patience(self) -> float:
        """Seconds until something must be done that no event announces."""
        due = min(self._stock.next_due(), self._talk.next_due(), self._began + self._seconds)
        due -= time.monotonic()
        wait = TICK_SECONDS if self._stop is not None else max(0.0, min(TICK_SECONDS, due))
        return min(wait, RECORD_SECONDS) if self._outcomes else wait

    def _decide(self) -> None:
        """Whether to go on."""
        now = time.monotonic()
        if not self._holds_lease():
            self._halt(Stop.LEASE, "its lease was over")
        elif self._stop is not None:
            if now > self._stopped_at + GRACE_SECONDS:
                self._talk.break_off()
        elif self._should_stop():
            self._halt(Stop.ASKED)
        elif now > self._began + self._seconds:
            self._halt(Stop.TIME)
        elif self._pool.is_down:
            self._halt(Stop.DOWN, self._pool.why_down)
        elif self._drained and not len(self._stock) and not self._talk.begun:
            self._halt(Stop.DRAINED)
        if now > self._looked_around_at + TICK_SECONDS:
            self._look_around(now)

    def _look_around(self, now: float) -> None:
        self._looked_around_at = now
        for name in self._talk.worked - self._told_of:
            self._told_of.add(name)
            self._heard(name)
        self._talk.expire()
        self._pool.allow(self._gate.connections(), self._gate.connections_of)
        if self._stop is None:
            self._pool.grow(len(self._stock) + self._talk.begun)
            self._postponed |= self._stock.postponed(now, self._clock())

    def _halt(self, stop: Stop, detail: str = "") -> None:
        if self._stop is None:
            self._stop, self._stopped_at = stop, time.monotonic()
            self._report.stop, self._report.detail = stop, detail
        if stop in _AT_ONCE:
            self._talk.break_off()

    def _is_over(self) -> bool:
        return self._stop is not None and not self._talk.begun

    # --- lease and knowledge ---------------------------------------------------------------------

    def _holds_lease(self) -> bool:
        """Asked right before each dot: whether nobody may have taken our rows for a dead lane's."""
        return boot_seconds() < self._leased + self._lease

    def _is_fresh(self) -> bool:
        return boot_seconds() < self._stock.asked + STALE_SECONDS

    # --- the database ----------------------------------------------------------------------------

    def _hear_clerk(self) -> None:
        try:
            if self._claiming is not None and self._claiming.done():
                done, self._claiming = self._claiming, None
                self._claimed(done.result())
            if self._looking is not None and self._looking.done():
                looked, self._looking = self._looking, None
                self._looked(looked.result())
            if self._recording is not None and self._recording.done():
                recorded, self._recording = self._recording, None
                recorded.result()
        except OperationalError as error:
            self._unrecorded = True
            self._halt(Stop.DATABASE, str(error.orig))

    def _claimed(self, chunk: Chunk) -> None:
        if not chunk.running:
            self._halt(Stop.NOT_RUNNING)
        elif chunk.rows:
            self._stock.add(chunk.rows, chunk.asked)
            if self._stop is None:
                self._pool.grow(len(self._stock) + self._talk.begun)
        else:
            self._drained = True

    def _looked(self, look: Look) -> None:
        if not look.running:
            self._halt(Stop.NOT_RUNNING)
        if look.renewed and self._holds_lease():
            self._journal.renewed(look.asked)
            self._journal.flush()
            self._leased = look.asked
        self._stock.looked(look.asked)
        if look.refused:
            self._refuse(look)

    def _refuse(self, look: Look) -> None:
        """What has not begun is left out and recorded; what has begun gets no dot (`Talk.end_complete`).
        What was ended meanwhile is neither."""
        here = self._stock.refuse(look.refused, self._talk.opening_ids())
        self._suppressed |= {row_id: look.refused[row_id] for row_id in here}

    def _ask_clerk(self) -> None:
        now, boot = time.monotonic(), boot_seconds()
        if self._claiming is None and self._wants_rows():
            self._claiming = self._clerk.claim(self._chunk_size(now))
        renew = boot > self._leased + self._lease / 3
        in_hand = len(self._stock) or self._talk.begun
        if self._looking is None and (renew or (in_hand and boot > self._stock.asked + LOOK_SECONDS)):
            row_ids = self._stock.row_ids() + self._talk.opening_ids()
            self._looking = self._clerk.look(row_ids, renew=renew)
        full = len(self._outcomes) >= RECORD_ROWS or now > self._recorded_at + RECORD_SECONDS
        if self._recording is None and full:
            self._record()

    def _wants_rows(self) -> bool:
        """One chunk waits while another is sent."""
        return (
            self._stop is None
            and not self._drained
            and self._stock.unwritten <= self._chunk
            and self._stock.set_aside < ASIDE_ROWS
        )

    def _chunk_size(self, now: float) -> int:
        then, decided = self._pace
        total = self._report.outcomes.total()
        rate = (total - decided) / max(now - then, 0.01)
        self._pace = (now, total)
        if total:
            self._chunk = min(MOST_ROWS, max(LEAST_ROWS, int(rate * CLAIM_SECONDS)))
        return self._chunk

    def _settle(self, outcome: Outcome) -> None:
        """Into the journal now, into the database soon."""
        self._journal.settle(outcome)
        self._outcomes.append(outcome)
        self._report.outcomes[outcome.transition] += 1
        self._times.messages += 1

    def _record(self) -> None:
        if not (self._outcomes or self._suppressed or self._postponed):
            return
        told.outcomes(self._mailing_id, self._outcomes)
        self._recording = self._clerk.record(self._outcomes, self._suppressed, self._postponed)
        self._recorded_at = time.monotonic()
        self._outcomes, self._suppressed, self._postponed = [], {}, {}

    def _end(self) -> None:
        """Everything into the database; then the journal is no longer needed."""
        try:
            if self._claiming is not None:
                wait_for([self._claiming])  # what it takes is released below
            if self._recording is not None:
                self._recording.result()
            self._record()
            if self._recording is not None:
                self._recording.result()
            if not self._unrecorded:
                # only now is everything that is still claimed known not to have been sent. What was given up
                # meanwhile, while nobody saw us live, is no longer ours: our journal says what became of it
                self._unrecorded = self._clerk.release().result() > 0
        except OperationalError as error:
            self._report.stop, self._report.detail = Stop.DATABASE, str(error.orig)
            self._unrecorded = True
        if self._unrecorded:
            self._journal.leave()  # the host's sweeper records what is in it
        else:
            self._journal.discard()
