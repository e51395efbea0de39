"""The breaker of a relay, on a real server: one probe at a time, whoever asks."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

import pytest
from redis import Redis

from campaign.dispatch import breaker as breakers
from campaign.dispatch.breaker import Breaker, BreakerState

RELAY = "smtp.example.com:25"
START_SECONDS = 300
HOUR = timedelta(hours=1)
spawn = multiprocessing.get_context("spawn")


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    client.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probes are due at once."""
    monkeypatch.setattr(breakers, "WAITS", (0,))


def test_closed_everybody_tries(redis: Redis) -> None:
    lanes = [Breaker(redis, RELAY, f"lane {number}") for number in range(3)]
    assert all(lane.may_try() for lane in lanes)
    assert lanes[0].read().state is BreakerState.CLOSED
    assert not lanes[0].is_open


def test_open_nobody_tries_and_all_see_why(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakers, "WAITS", (HOUR.seconds, 2 * HOUR.seconds))  # it is not over meanwhile
    one, other = Breaker(redis, RELAY, "one"), Breaker(redis, RELAY, "other")
    before = datetime.now(UTC)
    one.trip("421 too busy")
    after = datetime.now(UTC)
    assert not one.may_try()
    assert not other.may_try()
    reading = other.read()
    assert reading.state is BreakerState.OPEN
    assert reading.why == "421 too busy"
    assert reading.since is not None
    assert before <= reading.since <= after
    assert reading.next_probe is not None
    assert before + HOUR <= reading.next_probe <= after + HOUR
    other.trip("connection refused")
    again = one.read()
    assert (again.since, again.failures, again.why) == (reading.since, 2, "connection refused")
    assert again.next_probe is not None
    assert again.next_probe > reading.next_probe
    assert Breaker(redis, "other.example.com:25", "one").may_try(), "another relay is not meant"


@pytest.mark.usefixtures("soon")
def test_half_open_only_one_probes(redis: Redis) -> None:
    one, other = Breaker(redis, RELAY, "one"), Breaker(redis, RELAY, "other")
    one.trip("down")
    assert not other.is_open, "somebody should be rung for the probe"
    assert other.may_try()
    assert not one.may_try()
    assert other.may_try(), "the probe goes on"
    assert one.read().state is BreakerState.HALF_OPEN
    assert one.is_open, "and nobody else is rung"
    other.leave()
    assert one.may_try()
    one.close()
    assert other.may_try()
    assert other.read().state is BreakerState.CLOSED


@pytest.mark.usefixtures("soon")
def test_a_probe_that_died_makes_way(redis: Redis) -> None:
    one, other = Breaker(redis, RELAY, "one"), Breaker(redis, RELAY, "other")
    one.trip("down")
    assert one.may_try()
    assert not other.may_try()
    # as if its time had run out
    redis.hset(f"rq:breaker:{RELAY}", "probe_until", time.time() - 1)
    assert other.may_try()
    one.leave()
    assert not one.may_try(), "what the dead one says late ends nobody else's probe"


def test_a_silent_server_stops_nobody() -> None:
    with Redis(port=1) as nowhere:
        assert Breaker(nowhere, RELAY, "one").may_try()


def _ask(url: str, name: str, pipe: Connection) -> None:
    with Redis.from_url(url) as redis:
        lane = Breaker(redis, RELAY, name)
        pipe.send("ready")
        pipe.recv()
        pipe.send([lane.may_try() for _ in range(50)])


@pytest.mark.usefixtures("soon")
def test_of_two_workers_one_probes(redis: Redis, redis_url: str) -> None:
    Breaker(redis, RELAY).trip("down")
    ends, workers = [], []
    for name in ("one", "two"):
        here, there = spawn.Pipe()
        worker = spawn.Process(target=_ask, args=(redis_url, name, there))
        worker.start()
        ends.append(here)
        workers.append(worker)
    for end in ends:
        assert end.poll(START_SECONDS)
        end.recv()
    for end in ends:
        end.send("go")
    answers = [end.recv() for end in ends]
    for worker in workers:
        worker.join(START_SECONDS)
    assert sorted(map(any, answers)) == [False, True]
    assert sorted(map(all, answers)) == [False, True]
