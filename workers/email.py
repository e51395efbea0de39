"""Job: one lane over a mailing's e-mail."""

from __future__ import annotations

import structlog
from redis.exceptions import RedisError

from campaign.clock import utc_now
from campaign.dispatch import send
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.lane import LaneReport, Stop
from campaign.dispatch.transports.relay import read_relay
from campaign.errors import NotFound
from campaign.queue import Job
from workers.context import Context, opened
from workers.policy import is_stopping

log = structlog.get_logger()


def run_lane(mailing_id: int) -> None:
    """Send for about half a minute, then make way and go on later."""
    with opened() as here:
        try:
            report = send.run_email_lane(
                here.database, here.settings, mailing_id, clock=utc_now, should_stop=is_stopping
            )
        except NotFound as error:
            log.warning("lane_has_no_mailing", mailing=mailing_id, why=str(error))
            return
        log.info(
            "lane", mailing=mailing_id, stop=report.stop.value, why=report.detail, **dict(report.outcomes)
        )
        try:
            _ring_on(here, mailing_id, report)
        except RedisError as error:
            log.warning("ring_lost", mailing=mailing_id, why=str(error))


def _ring_on(here: Context, mailing_id: int, report: LaneReport) -> None:
    """What the queue server should know; the beat makes up for it when it hears nothing."""
    breaker = Breaker(here.queues.connection, read_relay(here.settings.smtp_url).name)
    if report.stop is Stop.DOWN:
        breaker.trip()
    elif report.outcomes:
        breaker.close()
    if report.stop is Stop.TIME:
        here.queues.ring(Job.EMAIL_LANE, mailing_id)
