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
from campaign.dispatch.lane_report import LaneReport, Stop
from campaign.dispatch.limits.gate import holder
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
        relays = [relay for relay, breaker in breakers.items() if breaker.may_try()]
        if not relays:
            return  # the beat rings when the next probe is due
        try:
            report = send.run_email_lane(
                here.database,
                here.settings,
                mailing_id,
                clock=utc_now,
                should_stop=is_stopping,
                relays=relays,
                times=times,
                heard=lambda name: _closed(breakers, name),
            )
        except NotFound as error:
            log.warning("lane_has_no_mailing", mailing=mailing_id, why=str(error))
            report = LaneReport()
        log.info(
            "lane", mailing=mailing_id, stop=report.stop.value, why=report.detail, **dict(report.outcomes)
        )
        if times.wanted:
            spent = {stage.value: ns for stage, ns in times.spent_ns.items()}
            log.info("lane_times", began=began, ended=time.time(), messages=times.messages, spent_ns=spent)
        try:
            _tell(breakers, relays, report)
            if report.stop is Stop.TIME:
                here.queues.ring(Job.EMAIL_LANE, mailing_id)
        except RedisError as error:
            log.warning("ring_lost", mailing=mailing_id, why=str(error))


def _breakers(here: Context) -> dict[Relay, Breaker]:
    """Of each relay, with this job as the one who asks."""
    me, prefix = holder(), here.settings.rq_prefix
    return {
        relay: Breaker(here.queues.connection, relay.name, me, prefix)
        for relay in read_relays(here.settings.smtp_url)
    }


def _closed(breakers: dict[Relay, Breaker], name: str) -> None:
    """The relay works: others need not wait until this lane, which may be a probe, has ended or died."""
    for relay, breaker in breakers.items():
        if relay.name == name:
            try:
                breaker.close()
            except RedisError as error:
                log.warning("breaker_unknown", relay=name, why=str(error))


def _tell(breakers: dict[Relay, Breaker], tried: list[Relay], report: LaneReport) -> None:
    """What this lane learned of each relay that it might try."""
    for relay in tried:
        breaker = breakers[relay]
        if relay.name in report.down:
            breaker.trip(report.down[relay.name])
        elif relay.name in report.worked:
            breaker.close()
        else:
            breaker.leave()
