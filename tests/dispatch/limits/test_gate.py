"""Lanes at one gate, on a real server: many processes, killed ones, a server that goes away."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from redis import Redis
from redis.crc import key_slot
from structlog.testing import capture_logs

from campaign import config
from campaign.config import Settings
from campaign.dispatch.limits import following, opening, slots
from campaign.dispatch.limits import gate as gates
from campaign.dispatch.limits.gate import SharedGate
from campaign.dispatch.limits.terms import Limit, Limits, WarmUp
from tests.valkey import valkey

RELAY = "smtp.example.com:25"
LANE = opening.Lane([RELAY], "shop.example.com", connections=10)
PROCESSES = 6
SECONDS = 3.0
# of what the limit allows in that time, how much must get through
LEAST_SHARE = 0.5
# a spawned process imports the application before it begins
START_SECONDS = 300
spawn = multiprocessing.get_context("spawn")


@pytest.fixture
def settings(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(opening, "SERVER_SECONDS", START_SECONDS)  # a server that is there has time to answer
    return config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": redis_url, "RQ_KEY_PREFIX": "{rq}"})


@pytest.fixture
def redis(settings: Settings) -> Iterator[Redis]:
    client = opening.impatient(settings)
    yield client
    client.close()


def gate_of(redis: Redis, settings: Settings, processes: int = 2, **lines: Limit) -> SharedGate:
    """A gate whose relay, sending domain (`sender`) and providers have these limits."""
    limits = Limits(
        relays={RELAY: lines.pop("relay")} if "relay" in lines else {},
        senders={"shop.example.com": lines.pop("sender")} if "sender" in lines else {},
        recipients={name.replace("every", "*"): limit for name, limit in lines.items()},
    )
    now = datetime.now(UTC)
    return opening.make_gate(redis, settings, limits, processes, LANE, now)


def let_through(gate: SharedGate, domain: str, tries: int) -> int:
    return sum(gate.take(domain) == 0.0 for _ in range(tries))


def _lane(settings: Settings, limit: int, pipe: Connection) -> None:
    """A lane that sends as fast as it may; tells between which moments each message started."""
    redis = opening.impatient(settings)
    gate = gate_of(redis, settings, relay=Limit(second=limit))
    pipe.send("ready")
    end = pipe.recv()
    times, least = [], LEAST_SHARE * limit * SECONDS / PROCESSES
    # a busy machine may need longer for that many
    while (before := time.monotonic()) < end or (len(times) < least and before < end + START_SECONDS):
        wait = gate.take("example.com")
        if wait == 0.0:
            times.append((before, time.monotonic()))
        else:
            time.sleep(wait)
    gate.close()
    pipe.send(times)


@pytest.mark.parametrize("limit", [8, 400])
def test_many_processes_never_exceed_the_limit_in_any_window(settings: Settings, limit: int) -> None:
    pipes, children = [], []
    for _ in range(PROCESSES):
        here, there = spawn.Pipe()
        child = spawn.Process(target=_lane, args=(settings, limit, there))
        child.start()
        pipes.append(here)
        children.append(child)
    for pipe in pipes:
        assert pipe.poll(START_SECONDS)
        assert pipe.recv() == "ready"
    for pipe in pipes:
        pipe.send(time.monotonic() + SECONDS)
    times = sorted(pair for pipe in pipes for pair in pipe.recv())
    for child in children:
        child.join(START_SECONDS)
    # surely within one second: begun after its beginning, let through before its end
    for begin, _ in times[:: max(1, limit // 40)]:
        assert sum(begin <= before and after < begin + 1 for before, after in times) <= limit
    assert len(times) >= LEAST_SHARE * limit * SECONDS, "a closed gate would pass the rest of this test"


def test_relay_and_provider_are_asked_in_one_call(redis: Redis, settings: Settings) -> None:
    gate = gate_of(redis, settings, relay=Limit(minute=1000, hour=5000), google=Limit(hour=20))
    commands = redis.info("commandstats")
    assert gate.take("gmail.com") == 0.0
    after = redis.info("commandstats")
    calls = sum(
        after[f"cmdstat_{name}"]["calls"] - commands.get(f"cmdstat_{name}", {"calls": 0})["calls"]
        for name in ("evalsha", "eval")
        if f"cmdstat_{name}" in after
    )
    # the first time the server does not know the script and is told
    assert calls <= 2
    assert gate.take("googlemail.com") > 0.0, "capacity of 20 an hour is one at a time, for both domains"
    assert gate.take("example.com") == 0.0, "another provider is not held up"


@pytest.mark.parametrize("limits", [Limits(), Limits(recipients={"google": Limit(second=1)})])
def test_without_a_limit_nothing_is_asked(settings: Settings, limits: Limits) -> None:
    nowhere = opening.impatient(replace(settings, redis_url="redis://127.0.0.1:1"))
    with capture_logs() as logs:
        gate = following.FollowingGate(
            settings, nowhere, LANE, following.Terms(limits, 2), lambda: datetime.now(UTC)
        )
        assert gate.take("example.com") == 0.0
        assert gate.via(RELAY) == 0.0
        assert gate.connections() == gate.connections_of(RELAY) == 10
        gate.close()
    assert logs == []


def test_every_other_domain_has_a_bucket_of_its_own(redis: Redis, settings: Settings) -> None:
    gate = gate_of(redis, settings, every=Limit(hour=1))
    assert gate.take("one.example") == 0.0
    assert gate.take("two.example") == 0.0
    assert 0.0 < gate.take("one.example") <= 3602


def gate_of_relays(redis: Redis, settings: Settings, **relays: Limit) -> SharedGate:
    lane = replace(LANE, relays=list(relays))
    return opening.make_gate(redis, settings, Limits(relays=relays), 2, lane, datetime.now(UTC))


def used(redis: Redis, relay: str) -> int:
    return int(redis.hget(f"{{rq}}:limit:relay/{relay}/day", "used") or 0)


def test_a_relay_counts_what_goes_over_it(redis: Redis, settings: Settings) -> None:
    gate = gate_of_relays(redis, settings, a=Limit(day=3), b=Limit(day=9))
    over = {"a": 0, "b": 0}
    while gate.take("x.example") == 0.0:
        # the lane's connections to `a` are faster: it takes what it may
        relay = "a" if gate.via("a") == 0.0 else "b"
        assert relay == "a" or gate.via("b") == 0.0
        over[relay] += 1
        assert sum(over.values()) <= 12
    assert over == {"a": 3, "b": 9}
    gate.close()
    assert (used(redis, "a"), used(redis, "b")) == (3, 9)


def test_a_relay_without_limits_takes_what_the_others_may_not(redis: Redis, settings: Settings) -> None:
    gate = gate_of_relays(redis, settings, a=Limit(day=2), b=Limit())
    assert let_through(gate, "x.example", 50) == 50
    assert sum(gate.via("a") == 0.0 for _ in range(50)) == 2
    assert all(gate.via("b") == 0.0 for _ in range(50))
    gate.close()
    assert used(redis, "a") == 2


def test_what_was_laid_aside_at_another_relay_goes_back(redis: Redis, settings: Settings) -> None:
    gate = gate_of_relays(redis, settings, a=Limit(day=100), b=Limit(day=100))
    for _ in range(4):
        assert gate.take("x.example") == 0.0  # laid aside at `a`, the first
        assert gate.via("b") == 0.0
    gate.close()
    assert (used(redis, "a"), used(redis, "b")) == (0, 4)


def test_a_domain_s_token_goes_back_when_every_relay_must_wait(redis: Redis, settings: Settings) -> None:
    lane = replace(LANE, relays=["a", "b"])
    limits = Limits(relays={"a": Limit(day=1), "b": Limit(day=1)}, recipients={"x.example": Limit(day=100)})
    gate = opening.make_gate(redis, settings, limits, 2, lane, datetime.now(UTC))
    assert let_through(gate, "x.example", 9) == 2
    gate.close()
    assert int(redis.hget("{rq}:limit:to/x.example/day", "used") or 0) == 2


def test_connections_are_counted_by_relay(redis: Redis, settings: Settings) -> None:
    gate = gate_of_relays(redis, settings, a=Limit(connections=3), b=Limit(connections=4), c=Limit())
    assert gate.connections() == 10, "the third takes the rest"
    assert [gate.connections_of(name) for name in "abc"] == [3, 4, 10]
    gate.close()
    gate = gate_of_relays(redis, settings, a=Limit(connections=3), b=Limit(connections=4))
    assert gate.connections() == 7
    gate.close()


def test_keys_lie_in_one_slot_of_a_cluster(redis: Redis, settings: Settings) -> None:
    gate = gate_of(redis, settings, relay=Limit(second=5, day=9, connections=2), sender=Limit(hour=5))
    gate.take("gmail.com")
    gate.connections()
    keys = redis.keys("*")
    assert len(keys) >= 4
    assert len({key_slot(key) for key in keys}) == 1


def test_what_was_not_used_goes_back(redis: Redis, settings: Settings) -> None:
    first = gate_of(redis, settings, relay=Limit(day=100))
    assert let_through(first, "a.example", 8) == 8
    assert int(redis.hget(f"{{rq}}:limit:relay/{RELAY}/day", "used") or 0) >= 8
    first.close()
    assert int(redis.hget(f"{{rq}}:limit:relay/{RELAY}/day", "used") or 0) == 8


def test_the_day_s_allowance_ends_at_the_house_s_midnight(redis: Redis, settings: Settings) -> None:
    today = datetime.now(UTC).astimezone().date()
    warm = WarmUp(today - timedelta(days=400), start=3, growth=0)
    gate = gate_of(redis, settings, relay=Limit(day=3, warm_up=warm))
    assert let_through(gate, "a.example", 5) == 3
    wait = gate.take("a.example")
    midnight = datetime.now(UTC) + timedelta(seconds=wait)
    local = midnight.astimezone(opening.ZoneInfo(settings.time_zone))
    assert abs((local.hour * 60 + local.minute + 30) % (24 * 60) - 30) <= 1


def test_tokens_of_yesterday_do_not_lower_today_s_count(redis: Redis, settings: Settings) -> None:
    gate = gate_of(redis, settings, relay=Limit(day=100))
    gate.take("a.example")
    (account,) = gate._accounts.values()
    shared = gate._shared
    assert shared.take(account.buckets, 0, 1, account.day - 1).day == account.day
    assert int(redis.hget(f"{{rq}}:limit:relay/{RELAY}/day", "used") or 0) >= 1


def test_connections_are_shared_and_never_too_many(redis: Redis, settings: Settings) -> None:
    lanes = [gate_of(redis, settings, relay=Limit(connections=7)) for _ in range(3)]
    held = [0, 0, 0]
    for turn in range(12):
        lane = turn % 3
        # who was told fewer has closed them when it asks again; until then the others must fit beside it
        told = lanes[lane].connections()
        assert sum(held) - held[lane] + max(held[lane], told) <= 7 or told <= held[lane]
        held[lane] = told
        assert sum(held) <= 7
    assert held == [2, 2, 2]
    lanes[0].close()
    lanes[1].close()
    assert lanes[2].connections() == 7


def _hold(settings: Settings, pipe: Connection) -> None:
    redis = opening.impatient(settings)
    pipe.send(gate_of(redis, settings, relay=Limit(connections=3)).connections())
    time.sleep(START_SECONDS)


def test_a_killed_lane_frees_its_connections(redis: Redis, settings: Settings) -> None:
    here, there = spawn.Pipe()
    child = spawn.Process(target=_hold, args=(settings, there))
    child.start()
    assert here.poll(START_SECONDS)
    assert here.recv() == 3
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    gate = gate_of(redis, settings, relay=Limit(connections=3))
    assert gate.connections() == 0
    # as if its lease had run out: the dead one's end is moved to now
    (dead,) = [
        name
        for name in redis.zrange(f"{{rq}}:slots:{RELAY}:leases", 0, -1)
        if name.decode() != gate._slots[RELAY]._holder
    ]
    assert (
        redis.zscore(f"{{rq}}:slots:{RELAY}:leases", dead) - time.time() * 1000 <= slots.LEASE_SECONDS * 1000
    )
    redis.zadd(f"{{rq}}:slots:{RELAY}:leases", {dead: time.time() * 1000 - 1})
    assert gate.connections() == 3


def test_without_the_server_each_process_keeps_to_its_part(tmp_path: Path) -> None:
    limit = Limit(second=20, connections=5)
    with valkey(tmp_path) as url:
        settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": url})
        redis = opening.impatient(settings)
        gate = gate_of(redis, settings, processes=2, relay=limit)
        assert gate.take("a.example") == 0.0
    with capture_logs() as logs:
        began, sent = time.monotonic(), 0
        # half of the limit: ten a second, and on a busy machine later
        while (now := time.monotonic()) < began + 2 or (sent < 8 and now < began + START_SECONDS):
            wait = gate.take("a.example")
            sent += wait == 0.0
            assert wait <= gates.RETRY_SECONDS
            time.sleep(min(wait, 0.2))
        assert gate.connections() == 2
    assert 8 <= sent <= 1 + 10 * (time.monotonic() - began), "half of the limit, and not nothing"
    assert [entry["event"] for entry in logs] == ["limits_kept_alone"]
    redis.close()


def test_the_server_that_is_back_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "RETRY_SECONDS", 0.1)
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    redis = opening.impatient(settings)
    gate = gate_of(redis, settings, relay=Limit(day=1))
    assert 0.0 < gate.take("a.example") <= 0.1, "of one message a day two processes have no part"
    with valkey(tmp_path):
        end = time.monotonic() + START_SECONDS
        while gate.take("a.example") > 0.0:
            assert time.monotonic() < end
            time.sleep(0.1)
    redis.close()


def test_a_silent_server_holds_nothing_up_for_long(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": url})
        redis = opening.impatient(settings)
        gate = gate_of(redis, settings, relay=Limit(second=10))
        began = time.monotonic()
        gate.take("a.example")
        # it never answers: without a bound of ours this would take for ever
        assert time.monotonic() - began < opening.SERVER_SECONDS + START_SECONDS
        redis.close()


def test_a_lane_at_full_speed_asks_seldom(redis: Redis, settings: Settings) -> None:
    redis.config_resetstat()
    gate = gate_of(redis, settings, relay=Limit(second=100_000))
    let_through(gate, "a.example", 5000)
    assert redis.info("commandstats")["cmdstat_get"]["calls"] < 5000 / 10
