"""Job: check a file, take it in, or take it back."""

from __future__ import annotations

import time

import structlog

from campaign.clock import utc_now
from campaign.contacts.csv_import import running
from campaign.queue import Job
from campaign.storage import FileStore
from workers.context import opened
from workers.policy import is_stopping

# after this long a waiting print run has its turn
STRETCH_SECONDS = 30.0

log = structlog.get_logger()


def work(import_id: int) -> None:
    """Whatever the import's state asks for, in stretches; it goes on where a worker before was cut off."""
    with opened() as here:
        files = FileStore(here.settings.files_dir)
        end = time.monotonic() + STRETCH_SECONDS
        work_ = running.Work(
            here.database, files, import_id, utc_now, is_stopping, enough=lambda: time.monotonic() > end,
            secret=here.settings.secret_key,
        )  # fmt: skip
        done = running.work(work_)
        if not done and not is_stopping():
            with here.database.read() as db:
                if import_id in running.waiting(db, utc_now()):
                    here.queues.ring_up_to(1, Job.IMPORT, import_id)
        log.info("import", contact_import=import_id, done=done)
