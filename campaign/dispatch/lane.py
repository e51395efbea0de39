"""A lane: one process with one SMTP connection that claims and sends chunks for about half a minute.

Per message there is one commit, before the final dot: it records the outcome of the message before and
puts this one in doubt. See `campaign.dispatch.states` for what a death at each point leads to.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.db import Database
from campaign.dispatch import moves, told
from campaign.dispatch.backoff import next_attempt
from campaign.dispatch.claim import Claimed, Terms, claim, drop_unwritable
from campaign.dispatch.moves import Outcome
from campaign.dispatch.states import LEASE
from campaign.dispatch.transports.relay import Relay
from campaign.dispatch.transports.smtp import (
    CLOSING,
    Connection,
    Down,
    Envelope,
    Lost,
    Timeouts,
    Turned,
)
from campaign.models import Mailing, MailingState, SuppressionReason

# small enough that a pause or a death gives back little, large enough that claiming costs little
CHUNK_ROWS = 100
# consent, pause and lease are looked at again this often while a chunk is under way; pause acts within 2 s
REFRESH_SECONDS = 1.0
# a lane makes way for other mailings after this long, and re-enqueues itself
LANE_SECONDS = 30.0
# connections lost in a row after which the server counts as down
LOSSES_TO_STOP = 3
# a terminator that did not go out this long after its doubt was committed does not go out at all: the
# lease may have run out while we were frozen, and somebody may have decided on the row
DOUBT_SECONDS = LEASE.total_seconds() / 2
# enhanced codes that say that the address does not exist or will not again (RFC 3463 §3.2, RFC 7505)
NO_SUCH_ADDRESS = re.compile(r"5\.1\.(1|3|6|10)\b")
# a database that restarts is back within these waits (seconds)
DATABASE_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0)

T = TypeVar("T")


class CannotWrite(Exception):
    """This one recipient's message cannot be made; `reason` is a word for it. The others go on."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(detail or reason)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it goes on the wire, before its dots are doubled; ends in CRLF."""

    envelope: Envelope
    data: bytes


class Writer(Protocol):
    """Makes the mail of one delivery; raises CannotWrite."""

    def write(self, row: Claimed, eight_bit: bool) -> Mail: ...


class Stop(StrEnum):
    """Why a lane ended."""

    DRAINED = "drained"  # nothing queued is left
    TIME = "time"  # its half minute is over
    ASKED = "asked"  # the worker is being stopped
    NOT_RUNNING = "not_running"  # paused, cancelled, finished
    DOWN = "down"  # the server does not answer


@dataclass
class LaneReport:
    """What a lane did: outcomes by transition name, and why it ended."""

    stop: Stop = Stop.DRAINED
    detail: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)


class _Halt(Exception):
    def __init__(self, stop: Stop) -> None:
        self.stop = stop


class Lane:
    """One run over one mailing's e-mail."""

    def __init__(
        self,
        database: Database,
        terms: Terms,
        writer: Writer,
        relay: Relay,
        *,
        clock: Callable[[], datetime],
        should_stop: Callable[[], bool] = lambda: False,
        seconds: float = LANE_SECONDS,
        timeouts: Timeouts | None = None,
        local_name: str = "",
    ) -> None:
        self._database = database
        self._terms = terms
        self._writer = writer
        self._relay = relay
        self._clock = clock
        self._should_stop = should_stop
        self._seconds = seconds
        self._timeouts = timeouts
        self._local_name = local_name or socket.gethostname()
        self._owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{time.monotonic_ns()}"
        self._connection: Connection | None = None
        self._pending: Outcome | None = None
        self._losses = 0
        self._looked_at = 0.0
        self._report = LaneReport()

    def run(self) -> LaneReport:
        """Send until nothing is left, time is up or somebody says stop; claimed rows are given back."""
        began = time.monotonic()
        try:
            while time.monotonic() - began < self._seconds:
                chunk = self._claim()
                if not chunk:
                    break
                self._send_chunk(chunk)
            else:
                self._report.stop = Stop.TIME
        except _Halt as halt:
            self._report.stop = halt.stop
        except Down as error:
            self._report.stop, self._report.detail = Stop.DOWN, str(error)
        finally:
            self._end()
        return self._report

    def _claim(self) -> list[Claimed]:
        def act(db: Session) -> list[Claimed]:
            self._require_running(db)
            return claim(db, self._terms, self._owner, CHUNK_ROWS, self._clock())

        self._looked_at = time.monotonic()
        return self._commit(act)

    def _send_chunk(self, chunk: list[Claimed]) -> None:
        dropped: set[int] = set()
        for place, row in enumerate(chunk):
            if self._should_stop():
                raise _Halt(Stop.ASKED)
            if time.monotonic() - self._looked_at > REFRESH_SECONDS:
                dropped |= self._refresh([later.row_id for later in chunk[place:]])
            if row.row_id not in dropped:
                self._send(row)

    def _send(self, row: Claimed) -> None:
        """One message: envelope, body, doubt, dot."""
        connection = self._connected()  # before writing: what the server takes decides how
        try:
            mail = self._writer.write(row, connection.takes_8bit)
        except CannotWrite as error:
            self._settle(self._outcome(row, "reject", reason=error.reason, reply=str(error)))
            return
        if connection.size_limit and len(mail.data) > connection.size_limit:
            self._settle(self._outcome(row, "reject", reason="size"))
            return
        try:
            connection = self._open(mail.envelope)
            connection.body(mail.data)
        except Turned as error:
            self._turned(row, error)
            return
        except Lost as error:
            self._lost_before_dot(row, str(error))
            return
        if self._doubt(row, mail):
            self._finish(row, connection)

    def _open(self, envelope: Envelope) -> Connection:
        """A connection with the envelope taken. Servers end a connection after so many messages or
        seconds; the message that notices it is tried on a new one, for nothing of it was taken."""
        connection = self._connected()
        if connection.taken:
            try:
                connection.open(envelope)
            except Lost:
                self._drop()
            except Turned as error:
                if error.reply.code != CLOSING:
                    raise
                self._drop()
            else:
                return connection
            connection = self._connected()
        connection.open(envelope)
        return connection

    def _doubt(self, row: Claimed, mail: Mail) -> bool:
        """Commit the doubt; False when the message must not be ended."""
        digest = hashlib.sha256(mail.data).hexdigest()
        began = time.monotonic()

        def act(db: Session) -> bool:
            self._record_pending(db)
            if moves.doubt(db, row.row_id, row.fence, digest, self._clock()):
                return True
            self._require_running(db)
            return False

        try:
            mine = self._commit(act)
        except BaseException:
            self._drop()
            raise
        self._pending = None
        if not mine:
            self._drop()  # the row is another's by now; without its dot the message is not sent
        elif time.monotonic() - began > DOUBT_SECONDS:
            self._lost_before_dot(row, "frozen before the dot")
            return False
        return mine

    def _finish(self, row: Claimed, connection: Connection) -> None:
        try:
            reply = connection.finish()
        except Turned as error:
            self._turned(row, error)
        except Lost as error:
            if not error.ended:
                self._lost_before_dot(row, str(error))
                return
            self._drop()
            self._settle(self._outcome(row, "lose", reason="no-reply", reply=str(error)))
        else:
            self._losses = 0
            self._settle(self._outcome(row, "accept", code=reply.code, reply=reply.text))

    def _turned(self, row: Claimed, error: Turned) -> None:
        """The server said no: for now (4xx) or for good (5xx)."""
        reply = error.reply
        if reply.code >= 500:
            outcome = self._outcome(row, "reject", reason=error.phase, code=reply.code, reply=reply.text)
            if error.phase == "rcpt" and NO_SUCH_ADDRESS.match(reply.text):
                outcome = replace(outcome, dead_address=row.address_key)
        else:
            outcome = self._deferral(row, error.phase, reply.code, reply.text)
        self._settle(outcome)
        self._losses = 0
        if reply.code == CLOSING:
            self._drop()
            raise Down(f"{self._relay.name}: {reply.code} {reply.text}")
        if error.phase != "dot" and self._connection is not None:
            try:
                self._connection.reset()
            except (Turned, Lost):
                self._drop()

    def _lost_before_dot(self, row: Claimed, detail: str) -> None:
        self._drop()
        self._settle(self._deferral(row, "connection", None, detail))
        self._losses += 1
        if self._losses >= LOSSES_TO_STOP:
            raise Down(f"{self._relay.name}: {detail}")

    # --- outcomes --------------------------------------------------------------------------------

    def _outcome(
        self, row: Claimed, transition: str, reason: str = "", code: int | None = None, reply: str = ""
    ) -> Outcome:
        return Outcome(row.row_id, row.fence, transition, self._clock(), reason, code, reply)

    def _deferral(self, row: Claimed, reason: str, code: int | None, reply: str) -> Outcome:
        now = self._clock()
        due = next_attempt(row.attempt + 1, now, self._terms.deadline)
        transition = "defer" if due else "forgo"
        return Outcome(row.row_id, row.fence, transition, now, reason, code, reply, due)

    def _settle(self, outcome: Outcome) -> None:
        """Remember it for the next commit; one that waits already is committed first."""
        if self._pending is not None:
            self._commit(self._record_pending)
        self._pending = outcome
        self._report.outcomes[outcome.transition] += 1
        told.outcome(self._terms.mailing_id, outcome)

    def _record_pending(self, db: Session) -> None:
        if self._pending is None:
            return
        moves.settle(db, self._pending)
        if self._pending.dead_address:
            suppression.suppress(
                db,
                self._terms.channel,
                self._pending.dead_address,
                SuppressionReason.BOUNCED,
                source="smtp",
                now=self._pending.at,
            )

    # --- the database and the server -------------------------------------------------------------

    def _refresh(self, row_ids: list[int]) -> set[int]:
        """Once a second: a sign of life, and who of the rest may still be written to."""

        def act(db: Session) -> set[int]:
            self._record_pending(db)
            self._require_running(db)
            now = self._clock()
            moves.renew(db, self._owner, now)
            return drop_unwritable(db, self._terms, row_ids, now)

        dropped = self._commit(act)
        self._pending = None
        self._looked_at = time.monotonic()
        return dropped

    def _require_running(self, db: Session) -> None:
        if db.get_one(Mailing, self._terms.mailing_id).state != MailingState.RUNNING:
            raise _Halt(Stop.NOT_RUNNING)

    def _commit(self, act: Callable[[Session], T]) -> T:
        """One transaction; a database that restarts is waited for. Every move may safely run twice."""
        for wait in DATABASE_WAITS:
            try:
                with self._database.write() as db:
                    return act(db)
            except OperationalError:
                time.sleep(wait)
        with self._database.write() as db:
            return act(db)

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = Connection(self._relay, self._local_name, self._timeouts)
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.abort()
            self._connection = None

    def _end(self) -> None:
        def act(db: Session) -> None:
            self._record_pending(db)
            moves.release(db, self._owner)

        self._commit(act)
        self._pending = None
        if self._connection is not None:
            self._connection.quit()
