"""What became of a lane's messages: into the journal at once, into the database soon."""

from __future__ import annotations

from concurrent.futures import Future

from campaign.audience.reach import Skip
from campaign.dispatch import told
from campaign.dispatch.clerk import Clerk, Rest
from campaign.dispatch.journal import Journal
from campaign.dispatch.lane_report import LaneReport
from campaign.dispatch.moves import Held, Outcome
from campaign.dispatch.stages import StageTimes

# outcomes wait no longer, and no more of them, before they are written into the database
RECORD_SECONDS = 0.1
RECORD_ROWS = 500


class Results:
    """One batch is written down while the next one gathers."""

    def __init__(
        self, clerk: Clerk, journal: Journal, mailing_id: int, report: LaneReport, times: StageTimes
    ) -> None:
        self._clerk = clerk
        self._journal = journal
        self._mailing_id = mailing_id
        self._counts = report.outcomes
        self._times = times
        self.outcomes: list[Outcome] = []
        """Those that wait."""
        self.suppressed: dict[int, Skip] = {}
        """Rows that may not be sent, and why."""
        self._postponed: dict[Held, Rest] = {}
        self._setting: int | None = None
        self._recording: Future[int] | None = None
        self._recorded_at = 0.0
        self.is_whole = True
        """Whether the database has answered everything: else what stands in the journal is still needed."""

    def postpone(self, rows: dict[Held, Rest], setting: int | None) -> None:
        """Rows to give back, and until when; decided under that version of the house's setting. Of several
        that wait to be written down the oldest counts: what it said may no longer hold."""
        if rows and self._postponed and setting is not None and self._setting is not None:
            setting = min(setting, self._setting)
        if rows:
            self._postponed |= rows
            self._setting = setting

    def settle(self, outcome: Outcome) -> None:
        """Into the journal now, into the database soon."""
        self._journal.settle(outcome)
        self.outcomes.append(outcome)
        self._counts[outcome.transition] += 1
        self._times.messages += 1

    def hear(self) -> None:
        """OperationalError when the last batch could not be written down."""
        if self._recording is not None and self._recording.done():
            recorded, self._recording = self._recording, None
            recorded.result()

    def record(self, now: float) -> None:
        """Hand over what waits, if it is time to."""
        due = len(self.outcomes) >= RECORD_ROWS or now > self._recorded_at + RECORD_SECONDS
        if self._recording is None and due and self._hand_over():
            self._recorded_at = now

    def _hand_over(self) -> bool:
        if not (self.outcomes or self.suppressed or self._postponed):
            return False
        told.outcomes(self._mailing_id, self.outcomes)
        self._recording = self._clerk.record(self.outcomes, self.suppressed, self._postponed, self._setting)
        self.outcomes, self.suppressed, self._postponed = [], {}, {}
        return True

    def finish(self) -> bool:
        """All of it into the database, and what was not begun back into the queue; whether that is everything
        that stands in the journal. OperationalError when the database stays away."""
        if self._recording is not None:
            self._recording.result()
        if self._hand_over():
            assert self._recording is not None
            self._recording.result()
        # only now is everything that is still claimed known not to have been sent. What was given up
        # meanwhile, while nobody saw us live, is no longer ours: our journal says what became of it
        return self.is_whole and self._clerk.release().result() == 0
