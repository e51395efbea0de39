"""Job: note who is in each segment tonight."""

from __future__ import annotations

import structlog

from campaign.clock import utc_now
from campaign.segments.exam import digest
from workers.context import opened
from workers.policy import is_stopping

log = structlog.get_logger()


def take_digests() -> None:
    """All that are missing today; none when another one took them."""
    with opened() as here:
        log.info("segment_digests", taken=digest.take_all(here.database, utc_now, is_stopping))
