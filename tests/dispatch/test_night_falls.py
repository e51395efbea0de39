"""Evening comes, or quiet hours are switched on, while a lane has rows in hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import manners, quiet_hours
from campaign.dispatch.claim import Claimed
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.limits import following
from campaign.dispatch.manners import Manners, QuietHours
from campaign.dispatch.stock import Stock
from campaign.lab.sink import Sink, running
from campaign.models import Contact, Delivery, DeliveryState
from tests.dispatch.lanes import Running
from tests.dispatch.limits.test_following import wait_until
from tests.dispatch.making import PlainWriter, settings_for, start_company

HERE, ELSEWHERE = "Asia/Ho_Chi_Minh", "America/New_York"
CONNECTIONS = 2
# far more than a lane sends before the change acts
PEOPLE = 1000


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink(delay=0.05)) as one:
        yield one


@pytest.fixture
def settings(sink: Sink, redis_url: str, tmp_path: Path) -> Settings:
    return replace(settings_for(tmp_path, sink, REDIS_URL=redis_url), smtp_connections=CONNECTIONS)


def it_is_night(db: Session) -> None:
    """Where the clock shows what Hà Nội's shows, for an hour and more."""
    local = utc_now().astimezone(ZoneInfo(HERE))
    begin, end = (local - timedelta(hours=1)).time(), (local + timedelta(hours=2)).time()
    manners.keep(db, Manners(quiet=QuietHours(True, begin, end, HERE)), None, utc_now())
    db.commit()


def test_what_a_lane_holds_rests_within_two_seconds_and_the_others_go(
    database: Database, db: Session, sink: Sink, settings: Settings
) -> None:
    mailing = start_company(db, PEOPLE)
    db.execute(update(Contact).values(time_zone=HERE))
    db.execute(update(Contact).where(Contact.id % 2 == 0).values(time_zone=ELSEWHERE))
    here = set(db.scalars(select(Contact.email_key).where(Contact.time_zone == HERE)))
    db.commit()
    lane = Running(database, settings, mailing)
    wait_until(sink, 30)
    it_is_night(db)
    time.sleep(following.STALE_SECONDS + 0.5)
    then = len(sink.accepted)
    wait_until(sink, then + 50)
    late = [found.recipient for found in sink.accepted[then:] if found.recipient in here]
    assert len(late) <= 2 * CONNECTIONS, "what each connection had in hand and before it"
    lane.end()
    rows = db.execute(select(Delivery.address_key, Delivery.state, Delivery.reason)).all()
    asleep = {row.address_key for row in rows if row.reason == quiet_hours.REASON}
    assert asleep
    assert asleep <= here
    assert all(row.state is DeliveryState.DEFERRED for row in rows if row.address_key in asleep)
    assert not asleep & {found.recipient for found in sink.accepted}


def test_a_row_that_rested_and_is_claimed_again_comes_once() -> None:
    def claimed(row_id: int, fence: int) -> Claimed:
        return Claimed(row_id, row_id, "k", fence, 1, f"p{row_id}@example.com", "m", 0, utc_now(), {})

    stock = Stock(PlainWriter(), OpenGate(1))
    stock.add([claimed(number, 1) for number in range(1, 7)], 0.0)
    stock.fill(2, True, 0.0)
    assert sorted(stock.rest({2, 4, 6, 99})) == [(2, 1), (4, 1), (6, 1)]
    assert stock.row_ids() == [1, 3, 5]
    stock.add([claimed(4, 2)], 1.0)
    stock.fill(99, True, 0.0)
    assert [(job.row.row_id, job.row.fence) for job in stock.ready] == [(1, 1), (3, 1), (5, 1), (4, 2)]
    assert sorted(stock.rest({1, 3, 4, 5})) == [(1, 1), (3, 1), (4, 2), (5, 1)]
    assert len(stock) == 0
    stock.fill(1, True, 0.0)
    assert not stock.ready
