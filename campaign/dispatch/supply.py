"""Rows for a lane: claimed chunk by chunk, and looked at again while they wait."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for

from campaign.dispatch.clerk import Chunk, Clerk, Look
from campaign.dispatch.journal import Journal
from campaign.dispatch.lane_report import LaneReport
from campaign.dispatch.lease import Lease
from campaign.dispatch.stock import ASIDE_ROWS, Stock

# a claim takes what the lane sends in two seconds, within these bounds: a death or a pause gives back
# little, and a fast lane claims seldom
FIRST_ROWS, LEAST_ROWS, MOST_ROWS = 100, 50, 500
CLAIM_SECONDS = 2.0
# consent, suppression, pause and cancellation are looked at again this often
LOOK_SECONDS = 1.0


class Supply:
    """Between a lane's stock and the clerk. One chunk waits while another is sent."""

    def __init__(
        self,
        clerk: Clerk,
        stock: Stock,
        lease: Lease,
        journal: Journal,
        report: LaneReport,
        leave_out: Callable[[Look], None],
    ) -> None:
        """`leave_out` is told of rows in hand whose people may no longer be written to, or not now."""
        self._clerk = clerk
        self._stock = stock
        self._lease = lease
        self._journal = journal
        self._outcomes = report.outcomes
        self._leave_out = leave_out
        self.is_drained = False
        """Whether a claim found nothing."""
        self._claiming: Future[Chunk] | None = None
        self._looking: Future[Look] | None = None
        self._covered = 0
        """How many chunks the look under way speaks of."""
        self._chunk = FIRST_ROWS
        self._pace = (0.0, 0)

    def begin(self, now: float) -> None:
        """The pace counts from here."""
        self._pace = (now, 0)

    def hear(self) -> bool:
        """Take what the database has answered; False when it says that the mailing does not run.
        OperationalError when it stays away."""
        running = True
        if self._claiming is not None and self._claiming.done():
            claimed, self._claiming = self._claiming, None
            running = self._claimed(claimed.result())
        if self._looking is not None and self._looking.done():
            looked, self._looking = self._looking, None
            running = self._looked(looked.result()) and running
        return running

    def _claimed(self, chunk: Chunk) -> bool:
        if chunk.rows:
            self._stock.add(chunk.rows, chunk.asked)
        elif chunk.running:
            self.is_drained = True
        return chunk.running

    def _looked(self, look: Look) -> bool:
        if look.renewed and self._lease.holds():
            self._journal.renewed(look.asked)
            self._journal.flush()
            self._lease.renew(look.asked)
        self._stock.looked(look.asked, self._covered)
        if look.refused or look.resting:
            self._leave_out(look)
        return look.running

    def claim(self, now: float) -> None:
        """Ask for more rows, if they are wanted."""
        if self._claiming is None and self._wants_rows():
            self._claiming = self._clerk.claim(self._chunk_size(now))

    def look(self, boot: float, begun: int, opening_ids: Callable[[], list[int]]) -> None:
        """Ask about what is in hand, if it is time to: `begun` messages, and of them `opening_ids` are not
        ended yet."""
        if self._looking is not None:
            return
        renew = self._lease.is_old(boot)
        in_hand = len(self._stock) or begun
        if renew or (in_hand and boot > self._stock.asked + LOOK_SECONDS):
            self._covered = self._stock.chunks
            self._looking = self._clerk.look(self._stock.row_ids() + opening_ids(), renew=renew)

    def close(self) -> None:
        """Until no claim is under way any more: what it takes is released by its owner's name."""
        if self._claiming is not None:
            wait_for([self._claiming])

    def _wants_rows(self) -> bool:
        return (
            not self.is_drained
            and self._stock.unwritten <= self._chunk
            and self._stock.set_aside < ASIDE_ROWS
        )

    def _chunk_size(self, now: float) -> int:
        then, decided = self._pace
        total = self._outcomes.total()
        rate = (total - decided) / max(now - then, 0.01)
        self._pace = (now, total)
        if total:
            self._chunk = min(MOST_ROWS, max(LEAST_ROWS, int(rate * CLAIM_SECONDS)))
        return self._chunk
