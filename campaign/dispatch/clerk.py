"""What a lane asks of the database, done by two threads beside it: one takes rows and looks at them again,
the other writes outcomes down; each in the order asked.

So the connections do not stand idle while the database works, and the lane's own thread never waits for it.
Each request is one transaction; a database that restarts is waited for, and every request may run twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.audience.reach import Skip
from campaign.db import Database
from campaign.dispatch import claim as claims
from campaign.dispatch import manners, moves, plan, quiet_hours, settle
from campaign.dispatch.claim import Claimed, Terms
from campaign.dispatch.host import boot_seconds
from campaign.dispatch.moves import Held, Outcome
from campaign.dispatch.stages import Stage, StageTimes
from campaign.models import Mailing, MailingState

# a database that restarts is back within these waits (seconds)
DATABASE_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0)

_STATE = select(Mailing.state).where(Mailing.id == bindparam("mailing"))

T = TypeVar("T")


class Rest(NamedTuple):
    """Until when a claimed row must wait, and the word for why."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Chunk:
    """Rows that were claimed together; none when the mailing does not run or nothing is queued."""

    running: bool
    rows: list[Claimed]
    asked: float
    """When the statement began, in boot seconds: what it read is as old as that."""


@dataclass(frozen=True)
class Look:
    """What the database says now of rows that were claimed before."""

    running: bool
    refused: dict[int, Skip]
    resting: dict[int, Rest]
    """Whose quiet hours have begun, or were switched on."""
    setting: int
    """The version of the house's setting that says so, or an older one."""
    asked: float
    renewed: bool
    """Whether all claims of the lane have a lease from `asked` on."""


class Clerk:
    """One lane's threads at the database. `wake` is called when an answer is there."""

    def __init__(
        self,
        database: Database,
        terms: Terms,
        owner: str,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        times: StageTimes,
    ) -> None:
        self._database = database
        self._terms = terms
        self._owner = owner
        self._clock = clock
        self._wake = wake
        self._times = times
        self._hurry = threading.Event()
        self._takes = ThreadPoolExecutor(1, thread_name_prefix="lane-takes")
        self._writes = ThreadPoolExecutor(1, thread_name_prefix="lane-writes")

    def claim(self, size: int) -> Future[Chunk]:
        """Up to `size` rows."""

        def act(db: Session) -> Chunk:
            asked = boot_seconds()
            if not self._is_running(db):
                return Chunk(False, [], asked)
            return Chunk(True, claims.claim(db, self._terms, self._owner, size, self._clock()), asked)

        return self._ask(self._takes, Stage.CLAIM, act)

    def look(self, row_ids: Sequence[int], *, renew: bool) -> Future[Look]:
        """Whether the mailing runs, and who of the rows may no longer be written to, or not now. Changes none
        of them: only the lane knows which it has begun meanwhile."""

        def act(db: Session) -> Look:
            asked = boot_seconds()
            if renew:
                moves.renew(db, self._owner, self._clock())
            refused = claims.unwritable(db, self._terms, row_ids, self._clock()) if row_ids else {}
            setting = manners.version(db)  # before it is read: a change in between has them asked again
            ends = quiet_hours.ends(db, self._terms.mailing_id, self._terms.channel, row_ids, self._clock())
            resting = {row_id: Rest(end, quiet_hours.REASON) for row_id, end in ends.items()}
            return Look(self._is_running(db), refused, resting, setting, asked, renew)

        return self._ask(self._takes, Stage.CLAIM, act)

    def record(
        self,
        outcomes: Sequence[Outcome],
        refused: dict[int, Skip],
        postponed: dict[Held, Rest],
        setting: int | None,
    ) -> Future[int]:
        """Write down what became of rows; how many outcomes counted. `setting`: the version of the house's
        setting that had the postponed ones wait."""

        def act(db: Session) -> int:
            now = self._clock()
            claims.suppress(db, refused, self._owner, now)
            postpone(db, self._terms.mailing_id, postponed, setting, self._owner)
            return settle.record(db, outcomes, now)

        return self._ask(self._writes, Stage.RECORD, act)

    def release(self) -> Future[int]:
        """Give back what was not begun; how many rows were given up in our name and wait for our journal."""

        def act(db: Session) -> int:
            moves.release(db, self._owner, self._clock())
            return len(moves.held_by(db, self._owner))

        return self._ask(self._writes, Stage.RECORD, act)

    def hurry(self) -> None:
        """Wait no longer for a database that is away: what it would have heard stands in the journal."""
        self._hurry.set()

    def close(self) -> None:
        """Ends the threads after what they are doing."""
        self.hurry()
        for thread in (self._takes, self._writes):
            thread.shutdown(wait=True, cancel_futures=True)

    def _is_running(self, db: Session) -> bool:
        found = db.connection().execute(_STATE, {"mailing": self._terms.mailing_id})
        return found.scalar_one() is MailingState.RUNNING

    def _ask(self, thread: ThreadPoolExecutor, stage: Stage, act: Callable[[Session], T]) -> Future[T]:
        def work() -> T:
            with self._times.spent(stage):
                return self._commit(act)

        future = thread.submit(work)
        future.add_done_callback(lambda _done: self._wake())
        return future

    def _commit(self, act: Callable[[Session], T]) -> T:
        for wait in DATABASE_WAITS:
            if self._hurry.is_set():
                break
            try:
                with self._database.write() as db:
                    return act(db)
            except OperationalError:
                self._hurry.wait(wait)
        with self._database.write() as db:
            return act(db)


def postpone(db: Session, mailing_id: int, rows: dict[Held, Rest], setting: int | None, owner: str) -> None:
    """To rest; but after a change of the setting that made them wait, back into the queue: who wakes what
    rests may have passed them already. Who changes it now finds them at rest."""
    if rows and setting is not None:
        manners.hold(db)
        if manners.version(db) != setting:
            moves.put_back(db, list(rows), owner)
            return
    if limited := [rest.until for rest in rows.values() if rest.reason == moves.LIMITED]:
        plan.outlast(db, mailing_id, max(limited))
    for rest in set(rows.values()):
        alike = [row for row, other in rows.items() if other == rest]
        moves.postpone(db, alike, rest.until, rest.reason, owner)
