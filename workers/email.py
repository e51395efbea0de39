"""Job: one lane over a mailing's e-mail."""

from __future__ import annotations

import os
import time

import structlog
from redis.exceptions import RedisError

from campaign.clock import utc_now
from campaign.dispatch import recovery, send
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.host import this_host
from campaign.dispatch.lane import LaneReport, Stop
from campaign.dispatch.stages import StageTimes
from campaign.dispatch.transports.relay import Relay, read_relays
from campaign.errors import NotFound
from campaign.queue import Job
from workers.context import Context, opened
from workers.policy import is_stopping

log = structlog.get_logger()


def run_lane(mailing_id: int) -> None:
    """Send for about half a minute, then make way and go on later."""
    began, times = time.time(), StageTimes(wanted=os.environ.get("CAMPAIGN_LANE_TIMES") == "1")
    with opened() as here:
        recovered = recovery.recover(here.database, this_host(here.settings.state_dir), utc_now())
        if recovered:
            log.info("recovered", **vars(recovered))
        breakers = _breakers(here)
        try:
            report = send.run_email_lane(
                here.database,
                here.settings,
                mailing_id,
                clock=utc_now,
                should_stop=is_stopping,
                relays=_in_service(breakers),
                times=times,
            )
        except NotFound as error:
            log.warning("lane_has_no_mailing", mailing=mailing_id, why=str(error))
            return
        log.info(
            "lane", mailing=mailing_id, stop=report.stop.value, why=report.detail, **dict(report.outcomes)
        )
        if times.wanted:
            spent = {stage.value: ns for stage, ns in times.spent_ns.items()}
            log.info("lane_times", began=began, ended=time.time(), messages=times.messages, spent_ns=spent)
        try:
            _ring_on(here, mailing_id, report, breakers)
        except RedisError as error:
            log.warning("ring_lost", mailing=mailing_id, why=str(error))


def _breakers(here: Context) -> dict[Relay, Breaker]:
    return {
        relay: Breaker(here.queues.connection, relay.name) for relay in read_relays(here.settings.smtp_url)
    }


def _in_service(breakers: dict[Relay, Breaker]) -> list[Relay]:
    """The relays that are not left alone for now; all when none is, or when nobody can say."""
    try:
        return [relay for relay, breaker in breakers.items() if not breaker.is_open] or list(breakers)
    except RedisError:
        return list(breakers)


def _ring_on(here: Context, mailing_id: int, report: LaneReport, breakers: dict[Relay, Breaker]) -> None:
    """What the queue server should know; the beat makes up for it when it hears nothing."""
    for relay, breaker in breakers.items():
        if relay.name in report.down:
            breaker.trip()
        elif relay.name in report.worked:
            breaker.close()
    if report.stop is Stop.TIME:
        here.queues.ring(Job.EMAIL_LANE, mailing_id)
