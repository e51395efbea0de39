"""Job: clear what has been kept long enough."""

from __future__ import annotations

import structlog

from campaign.care import retention
from campaign.clock import utc_now
from campaign.storage import FileStore
from workers.context import opened
from workers.policy import is_stopping

log = structlog.get_logger()


def apply_retention() -> None:
    """Once a day; none when another one did it."""
    with opened() as here:
        with here.database.read() as db:
            if not retention.is_due(db, utc_now()):
                return
        files = FileStore(here.settings.files_dir)
        log.info("retention", **retention.apply(here.database, files, utc_now, is_stopping))
