"""A lane beside the test that looks at it."""

from __future__ import annotations

import threading

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import send
from campaign.dispatch.lane_report import LaneReport
from campaign.models import Mailing

# for a machine that is busy with other things
PATIENCE = 300.0


class Running:
    """A lane in a thread of its own."""

    def __init__(self, database: Database, settings: Settings, mailing: Mailing) -> None:
        self.reports: list[LaneReport] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(database, settings, mailing.id))
        self._thread.start()

    def _run(self, database: Database, settings: Settings, mailing_id: int) -> None:
        report = send.run_email_lane(
            database, settings, mailing_id, clock=utc_now, should_stop=self._ended.is_set
        )
        self.reports.append(report)

    def wait(self) -> LaneReport:
        """Until it ends by itself."""
        self._thread.join(PATIENCE)
        return self.reports[0]

    def end(self) -> LaneReport:
        """Ask it to stop."""
        self._ended.set()
        return self.wait()
