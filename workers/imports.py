"""Job: check a file, take it in, or take it back."""

from __future__ import annotations

import structlog

from campaign.clock import utc_now
from campaign.contacts.csv_import import running
from campaign.storage import FileStore
from workers.context import opened
from workers.policy import is_stopping

log = structlog.get_logger()


def work(import_id: int) -> None:
    """Whatever the import's state asks for; it goes on where a worker before was cut off."""
    with opened() as here:
        files = FileStore(here.settings.files_dir)
        done = running.work(running.Work(here.database, files, import_id, utc_now, is_stopping))
        log.info("import", contact_import=import_id, done=done)
