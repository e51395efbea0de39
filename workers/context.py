"""What a job works with. Opened inside the job: nothing is shared with the process it was forked from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from campaign import config
from campaign.config import Settings
from campaign.db import Database
from campaign.queue import Queues, connect


@dataclass(frozen=True)
class Context:
    settings: Settings
    database: Database
    queues: Queues


@contextmanager
def opened() -> Iterator[Context]:
    """Settings, database and queues for one job."""
    settings = config.load()
    database = Database(settings.database_url)
    redis = connect(settings)
    try:
        yield Context(settings, database, Queues(redis))
    finally:
        redis.close()
        database.close()
