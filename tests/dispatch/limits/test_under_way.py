"""Messages under way to one provider at once: lanes that share a limit, on a real server and real sinks."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign import config
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import manners, send
from campaign.dispatch.lane_report import Stop
from campaign.dispatch.limits import following, opening, under_way
from campaign.dispatch.limits.gate import SharedGate
from campaign.dispatch.limits.slots import Slots
from campaign.dispatch.limits.terms import Limit, Limits
from campaign.dispatch.limits.under_way import UnderWay
from campaign.dispatch.manners import Manners
from campaign.dispatch.stock import ASIDE_ROWS
from campaign.lab.sink import Sink, running
from campaign.models import Delivery, DeliveryState, Mailing
from tests.dispatch.lanes import PATIENCE, Running
from tests.dispatch.making import settings_for, start_company, states
from tests.valkey import valkey

LANE = opening.Lane(["smtp.example.com:25"], "shop.example.com", connections=10)


class Counting(Sink):
    """How many messages to Google were under way at once at the most, in all sinks together."""

    lock = threading.Lock()

    def __init__(self, seen: dict[str, int]) -> None:
        super().__init__()
        self.seen = seen

    def begun(self, recipient: str) -> float:
        if recipient.endswith("@gmail.com"):
            with self.lock:
                self.seen["now"] += 1
                self.seen["all"] += 1
                self.seen["most"] = max(self.seen["most"], self.seen["now"])
        return super().begun(recipient)

    def take(self, sender: str, recipient: str, body: bytes, begun_at: float) -> None:
        super().take(sender, recipient, body, begun_at)
        if recipient.endswith("@gmail.com"):
            # until right before the answer
            asyncio.get_running_loop().call_later(self.delay, self._over)

    def _over(self) -> None:
        with self.lock:
            self.seen["now"] -= 1


@pytest.fixture
def seen() -> dict[str, int]:
    return {"now": 0, "most": 0, "all": 0}


@pytest.fixture
def sink(seen: dict[str, int]) -> Iterator[Sink]:
    with running(Counting(seen)) as server:
        server.delay = 0.02
        yield server


@pytest.fixture
def settings(sink: Sink, redis_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, sink, REDIS_URL=redis_url)


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    client.close()


def to_google(db: Session, mailing: Mailing) -> None:
    """All but every fourth."""
    rows = update(Delivery).where(Delivery.mailing_id == mailing.id, Delivery.id % 4 != 0)
    address = "p" + Delivery.id.cast(Delivery.address.type) + "@gmail.com"
    db.execute(rows.values(address=address), execution_options={"synchronize_session": False})
    db.commit()


def limit(db: Session, at_once: int | None) -> None:
    lines = {} if at_once is None else {"google": Limit(connections=at_once)}
    manners.keep(db, Manners(Limits(recipients=lines)), None, utc_now())
    db.commit()


@pytest.mark.parametrize("at_once", [1, 3])
def test_two_lanes_keep_to_it_together(
    database: Database, db: Session, settings: Settings, seen: dict[str, int], sink: Sink, at_once: int
) -> None:
    mailing = start_company(db, 240)
    to_google(db, mailing)
    limit(db, at_once)
    lanes = [Running(database, settings, mailing) for _ in range(2)]
    stops = {lane.wait().stop for lane in lanes}
    assert stops <= {Stop.DRAINED, Stop.TIME}
    assert 1 <= seen["most"] <= at_once
    # a lane whose time is over waits only so long for what it began; the server comes to its end anyhow
    end = time.monotonic() + PATIENCE
    while seen["now"]:
        assert time.monotonic() < end
        time.sleep(0.02)
    counts = states(db, mailing)
    # a lane whose time is over gives back what it holds, on a slow machine after the other one has ended
    given_back = {DeliveryState.QUEUED} if Stop.TIME in stops else set()
    assert set(counts) <= {DeliveryState.ACCEPTED, DeliveryState.DEFERRED} | given_back
    assert counts[DeliveryState.ACCEPTED] > 60, "the others, and some of these"


def test_without_the_limit_more_are_under_way(
    database: Database, db: Session, settings: Settings, seen: dict[str, int]
) -> None:
    """The count of the other tests can see more than they allow."""
    mailing = start_company(db, 240)
    to_google(db, mailing)
    assert send.run_email_lane(database, settings, mailing.id, clock=utc_now).stop is Stop.DRAINED
    assert seen["most"] > 3


def test_one_lane_sends_everything_at_the_pace_of_the_answers(
    database: Database, db: Session, settings: Settings, seen: dict[str, int], redis: Redis
) -> None:
    mailing = start_company(db, 80)
    to_google(db, mailing)
    limit(db, 2)
    assert send.run_email_lane(database, settings, mailing.id, clock=utc_now).stop is Stop.DRAINED
    assert states(db, mailing) == {DeliveryState.ACCEPTED: 80}, "none of it had to rest"
    assert seen["most"] <= 2
    assert redis.keys("rq:slots:*") == [], "given back at the end"


def test_a_new_limit_counts_what_is_under_way_already(
    database: Database, db: Session, settings: Settings, seen: dict[str, int], sink: Sink
) -> None:
    # fewer than a lane sets aside: none of them is given back to rest
    mailing = start_company(db, ASIDE_ROWS - 20)
    to_google(db, mailing)
    # slow enough to be at it when the limit comes
    sink.delay = 0.05
    settings = replace(settings, smtp_connections=4)
    lane = Running(database, settings, mailing)
    until(lambda: seen["all"] > 20)
    assert seen["most"] > 1
    limit(db, 1)
    time.sleep(following.STALE_SECONDS + 0.5)
    seen["most"] = 0
    before = seen["all"]
    # on a machine so slow that all were sent before, there is nothing to see
    until(lambda: seen["all"] > before + 10 or bool(lane.reports))
    lane.end()
    assert seen["most"] <= 1


def until(holds: object) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.01)


# --- the gates of two lanes, without lanes -------------------------------------------------------


class OneLane:
    """A gate and what it has let through. The clock of its parts is set by hand."""

    def __init__(self, redis: Redis, settings: Settings, **lines: Limit) -> None:
        self.hand: list[str] = []
        limits = Limits(recipients={name.replace("every", "*"): limit for name, limit in lines.items()})
        self.gate: SharedGate = opening.make_gate(redis, settings, limits, 2, LANE, datetime.now(UTC))
        self.gate.follow(lambda: self.hand)
        assert self.gate._under_way is not None
        self.under_way: UnderWay = self.gate._under_way
        self.now = 1000.0
        self.under_way._monotonic = lambda: self.now

    def take(self, domain: str = "gmail.com") -> bool:
        if self.gate.take(domain):
            return False
        self.hand.append(domain)
        return True

    def take_all(self) -> int:
        while self.take():
            pass
        return len(self.hand)

    def later(self) -> None:
        self.now += under_way.RENEW_SECONDS + 0.1
        self.gate.connections()


@pytest.fixture
def shared(settings: Settings) -> Settings:
    return replace(settings, rq_prefix="{rq}")


def test_a_second_lane_gets_its_part_as_the_first_one_s_messages_end(redis: Redis, shared: Settings) -> None:
    one, other = (OneLane(redis, shared, google=Limit(connections=4)) for _ in range(2))
    assert one.take_all() == 4
    assert other.take_all() == 0
    one.later()
    assert not one.take(), "its part is two by now, and four are under way"
    other.later()
    assert other.take_all() == 0, "all of the first one's still count"
    del one.hand[:2]
    one.later()
    other.later()
    assert (one.take_all(), other.take_all()) == (2, 2)
    one.hand.clear()
    one.gate.close()
    other.later()
    assert other.take_all() == 4


def test_domains_of_a_provider_count_together_and_others_do_not(redis: Redis, shared: Settings) -> None:
    lane = OneLane(redis, shared, google=Limit(connections=2), every=Limit(connections=1))
    assert [lane.take(name) for name in ("gmail.com", "googlemail.com", "gmail.com")] == [True, True, False]
    assert [lane.take(name) for name in ("a.example", "a.example", "b.example")] == [True, False, True]


def test_who_waited_is_named_when_one_is_over(redis: Redis, shared: Settings) -> None:
    lane = OneLane(redis, shared, google=Limit(connections=1))
    assert lane.take()
    assert not lane.take("googlemail.com")
    assert not lane.gate.freed()
    lane.hand.clear()
    assert set(lane.gate.freed()) == {"googlemail.com"}
    assert not lane.gate.freed(), "said once"
    assert lane.take("googlemail.com")


def test_a_part_that_lies_idle_goes_to_others(redis: Redis, shared: Settings) -> None:
    one, other = (OneLane(redis, shared, google=Limit(connections=1)) for _ in range(2))
    assert one.take()
    one.hand.clear()
    assert not other.take()
    one.now += under_way.IDLE_SECONDS + 0.1
    one.gate.connections()
    other.later()
    assert other.take()


def test_at_full_speed_no_call_a_message(redis: Redis, shared: Settings) -> None:
    lane = OneLane(redis, shared, google=Limit(connections=5))
    redis.config_resetstat()
    for _ in range(1000):
        assert lane.take()
        lane.hand.clear()
        lane.gate.freed()
        lane.under_way._count()
    assert redis.info("commandstats")["cmdstat_zadd"]["calls"] == 1


def test_without_the_server_each_lane_keeps_to_its_part(tmp_path: Path) -> None:
    nowhere = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:1"})
    redis = opening.impatient(nowhere)
    assert OneLane(redis, nowhere, google=Limit(connections=6)).take_all() == 3
    assert OneLane(redis, nowhere, google=Limit(connections=1)).take_all() == 1
    redis.close()


def test_a_server_that_goes_away_does_not_stop_a_lane_that_leaves_its_part(tmp_path: Path) -> None:
    with valkey(tmp_path) as url:
        settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": url})
        redis = opening.impatient(settings)
        lane = OneLane(redis, settings, google=Limit(connections=6))
        assert lane.take()
    lane.hand.clear()
    lane.now += under_way.IDLE_SECONDS + 0.1
    lane.gate.connections()
    assert lane.take_all() == 3, "its part without the server"
    lane.gate.close()
    redis.close()


def test_a_changed_setting_leaves_nothing_to_others_that_is_under_way(redis: Redis, shared: Settings) -> None:
    limits = Limits(recipients={"google": Limit(connections=4)})
    hand = ["gmail.com"] * 4
    gate = following.FollowingGate(shared, redis, LANE, following.Terms(limits, 2, 1), utc_now)
    gate.follow(lambda: hand)
    gate.connections()
    other = OneLane(redis, shared, google=Limit(connections=4))
    assert not other.take()
    gate.hear(following.Terms(limits, 2, 2), time.monotonic())
    assert gate.take("elsewhere.example") == 0.0  # and hears of the change
    other.later()
    assert not other.take()
    gate.close()
    other.later()
    assert other.take_all() == 4


def test_a_holder_that_lost_its_memory_counts_with_what_it_uses(redis: Redis) -> None:
    one, other = (Slots(redis, "rq", "to/google", name, 4) for name in ("one", "other"))
    assert one.share(0) == 4
    redis.flushall()
    assert other.share(0) == 4, "nobody else is known"
    assert one.share(4) == 0
    assert other.share(1) == 0, "the first one's four are known again"
    assert one.share(0) == 2
