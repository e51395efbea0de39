"""Limits that change while a lane runs, and relays with limits of their own: real lanes, real sinks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import manners, send
from campaign.dispatch.lane_report import Stop
from campaign.dispatch.limits import following
from campaign.dispatch.limits.terms import Limit, Limits
from campaign.dispatch.manners import Manners
from campaign.lab.sink import Sink, running
from campaign.models import DeliveryState
from tests.dispatch.lanes import Running
from tests.dispatch.making import settings_for, start_company, states

# a change acts within this; the rest is for a machine that is busy with other things
ACTS_WITHIN = following.STALE_SECONDS
PATIENCE = 300.0
CONNECTIONS = 2


@pytest.fixture
def sinks() -> Iterator[list[Sink]]:
    with running(Sink()) as one, running(Sink()) as other:
        yield [one, other]


@pytest.fixture
def settings(sinks: list[Sink], redis_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, *sinks, REDIS_URL=redis_url)


def name_of(sink: Sink) -> str:
    return f"127.0.0.1:{sink.port}"


def limit(db: Session, **limits: dict[str, Limit]) -> None:
    manners.keep(db, Manners(Limits(**limits)), None, utc_now())
    db.commit()


def test_each_relay_takes_what_its_own_limit_allows(
    database: Database, db: Session, sinks: list[Sink], settings: Settings
) -> None:
    mailing = start_company(db, 20)
    limit(db, relays={name_of(sinks[0]): Limit(day=3), name_of(sinks[1]): Limit(day=9)})
    report = send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 12, DeliveryState.DEFERRED: 8}
    assert [len(sink.accepted) for sink in sinks] == [3, 9]
    redis = Redis.from_url(settings.redis_url)
    used = [int(redis.hget(f"rq:limit:relay/{name_of(sink)}/day", "used") or 0) for sink in sinks]
    redis.close()
    assert used == [3, 9]


def test_a_relay_that_is_limited_does_not_hold_up_the_other(
    database: Database, db: Session, sinks: list[Sink], settings: Settings
) -> None:
    mailing = start_company(db, 60)
    limit(db, relays={name_of(sinks[0]): Limit(minute=2, connections=1)})
    report = send.run_email_lane(database, settings, mailing.id, clock=utc_now)
    assert report.stop is Stop.DRAINED
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 60}
    assert len(sinks[0].accepted) <= 2
    assert sinks[0].connections <= 1


def wait_until(sink: Sink, count: int) -> float:
    """When the sink had so many."""
    end = time.monotonic() + PATIENCE
    while len(sink.accepted) < count and time.monotonic() < end:
        time.sleep(0.02)
    assert len(sink.accepted) >= count
    return time.monotonic()


def test_a_new_limit_reaches_a_running_lane_within_two_seconds(
    database: Database, db: Session, sinks: list[Sink], settings: Settings
) -> None:
    mailing = start_company(db, 4000)
    settings = replace(settings, smtp_url=f"smtp://{name_of(sinks[0])}", smtp_connections=CONNECTIONS)
    sinks[0].delay = 0.01
    lane = Running(database, settings, mailing)
    wait_until(sinks[0], 50)
    limit(db, relays={name_of(sinks[0]): Limit(hour=1)})
    time.sleep(ACTS_WITHIN + 0.5)
    then = len(sinks[0].accepted)
    time.sleep(1.5)
    # what the limit allows, and what each connection had in hand and before it
    assert len(sinks[0].accepted) - then <= 1 + 2 * CONNECTIONS
    assert then < 4000, "a lane that had sent everything would pass the rest of this test"
    assert lane.end().stop in (Stop.ASKED, Stop.DRAINED, Stop.TIME)


def test_a_limit_that_is_lifted_lets_a_running_lane_go_on(
    database: Database, db: Session, sinks: list[Sink], settings: Settings
) -> None:
    settings = replace(settings, smtp_url=f"smtp://{name_of(sinks[0])}")
    mailing = start_company(db, 40)
    limit(db, relays={name_of(sinks[0]): Limit(second=1)})
    lane = Running(database, settings, mailing)
    wait_until(sinks[0], 1)
    limit(db)
    # at one a second the lane's half minute would have been over before
    wait_until(sinks[0], 40)
    assert lane.end().stop in (Stop.ASKED, Stop.DRAINED), "it may be asked before it has looked for more"


def test_on_old_knowledge_nothing_is_let_through(
    db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "STALE_SECONDS", PATIENCE)  # on a slow machine news grow old soon
    redis = Redis.from_url(settings.redis_url)
    lane = following.Lane(["a:25"], "example.com", 3)
    terms = following.Terms(Limits(), 1)
    gate = following.FollowingGate(settings, redis, lane, terms, utc_now)
    assert gate.take("x.example") == 0.0
    gate.hear(terms, time.monotonic() - PATIENCE - 1)
    assert gate.take("x.example") == following.SOON_SECONDS
    gate.hear(terms, time.monotonic())
    assert gate.take("x.example") == 0.0
    assert gate.version == 0, "nothing has changed"
    redis.close()
