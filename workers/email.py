"""Job: one lane over a mailing's e-mail."""

from __future__ import annotations

import structlog
from redis.exceptions import RedisError

from campaign.clock import utc_now
from campaign.dispatch import send
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.lane import LaneReport, Stop
from campaign.dispatch.limits.gate import holder
from campaign.dispatch.transports.relay import read_relay
from campaign.errors import NotFound
from campaign.queue import Job
from workers.context import Context, opened
from workers.policy import is_stopping

log = structlog.get_logger()


def run_lane(mailing_id: int) -> None:
    """Send for about half a minute, then make way and go on later."""
    with opened() as here:
        breaker = _breaker(here)
        if not breaker.may_try():
            return  # the beat rings when the next probe is due
        try:
            report = send.run_email_lane(
                here.database, here.settings, mailing_id, clock=utc_now, should_stop=is_stopping
            )
        except NotFound as error:
            log.warning("lane_has_no_mailing", mailing=mailing_id, why=str(error))
            report = LaneReport()
        log.info(
            "lane", mailing=mailing_id, stop=report.stop.value, why=report.detail, **dict(report.outcomes)
        )
        try:
            _tell(breaker, report)
            if report.stop is Stop.TIME:
                here.queues.ring(Job.EMAIL_LANE, mailing_id)
        except RedisError as error:
            log.warning("ring_lost", mailing=mailing_id, why=str(error))


def _breaker(here: Context) -> Breaker:
    """The relay's, with this job as the one who asks."""
    relay = read_relay(here.settings.smtp_url).name
    return Breaker(here.queues.connection, relay, holder(), here.settings.rq_prefix)


def _tell(breaker: Breaker, report: LaneReport) -> None:
    """What this lane learned of the relay."""
    if report.stop is Stop.DOWN:
        breaker.trip(report.detail)
    elif report.outcomes:
        breaker.close()
    else:
        breaker.leave()
