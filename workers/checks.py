"""Job: a stretch of the check of a large audience."""

from __future__ import annotations

import structlog
from redis.exceptions import RedisError

from campaign.campaigns import checking
from campaign.clock import utc_now
from campaign.queue import Job
from workers.context import opened
from workers.policy import is_stopping

log = structlog.get_logger()


def check_audience(check_id: int) -> None:
    """Freeze, or read for half a minute; then make way and go on later."""
    with opened() as here:
        more = checking.go_on(here.database, check_id, utc_now, is_stopping)
        log.info("audience_check", check=check_id, more=more)
        if more:
            try:
                here.queues.ring_up_to(1, Job.AUDIENCE_CHECK, check_id)
            except RedisError as error:
                log.warning("ring_lost", check=check_id, why=str(error))
