"""A Sentinel's master and a Cluster's node, on real servers from the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from campaign import config, processes, redis_url
from campaign.errors import SetupError
from campaign.queue import Job, Queues, connect
from tests.sockets import free_port

# milliseconds: a server that a busy machine lets wait is not down, and its failover is not given up
LONG = 60_000
ROOT = Path(__file__).parent.parent


@contextmanager
def server(folder: Path, *options: str) -> Iterator[int]:
    """A Valkey on a port of its own."""
    port = free_port()
    folder.mkdir()
    running = subprocess.Popen(
        [processes.valkey_binary(), *options, "--port", str(port), "--dir", str(folder), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    try:
        _until(lambda: Redis(port=port).ping())
        yield port
    finally:
        running.kill()
        running.wait()


def _until(true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            if true():  # type: ignore[operator]
                return
        except RedisError:
            pass
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_the_sentinels_master_is_followed_when_it_changes(stack: ExitStack, tmp_path: Path) -> None:
    first = stack.enter_context(server(tmp_path / "a"))
    second = stack.enter_context(server(tmp_path / "b", "--replicaof", f"127.0.0.1 {first}"))
    _until(lambda: Redis(port=second).info("replication")["master_link_status"] == "up")
    conf = tmp_path / "sentinel.conf"
    conf.write_text(
        f"sentinel monitor campaign 127.0.0.1 {first} 1\nsentinel down-after-milliseconds campaign {LONG}\n"
        f"sentinel failover-timeout campaign {LONG}\n"
    )
    sentinel = stack.enter_context(server(tmp_path / "s", str(conf), "--sentinel"))
    _until(lambda: Redis(port=sentinel).sentinel_slaves("campaign"))
    url = f"redis+sentinel://127.0.0.1:1,127.0.0.1:{sentinel}/campaign/0"
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": url})
    queues = Queues(connect(settings))
    queues.ring(Job.EMAIL_LANE, 7)
    assert queues.waiting(Job.EMAIL_LANE, 7) == 1
    assert Redis(port=first).wait(1, LONG) == 1, "the other has it as well"
    _until(lambda: Redis(port=sentinel).execute_command("SENTINEL FAILOVER", "campaign"))
    _until(lambda: Redis(port=second).role()[0] == b"master")
    _until(lambda: Redis(port=first).role()[0] == b"slave")
    _until(lambda: queues.ring(Job.EMAIL_LANE, 8))
    assert int(Redis(port=second).llen("rq:queue:email")) == 2
    queues.connection.close()


# the prefix is read when RQ is imported, so each of these is a process of its own
RING = """
from campaign import config
from campaign.dispatch.breaker import Breaker
from campaign.queue import Job, Queues, connect, key
settings = config.load()
queues = Queues(connect(settings))
queues.ring(Job.EMAIL_LANE, 7)
assert queues.waiting(Job.EMAIL_LANE, 7) == 1
breaker = Breaker(queues.connection, "relay:25", prefix=settings.rq_prefix)
breaker.trip(); assert breaker.is_open; breaker.close(); assert not breaker.is_open
with queues.connection.lock(key("beat"), timeout=5):
    pass
print(queues.connection.connection_pool.get_connection().port)
"""

WORK = """
from campaign.queue import QueueName
from workers.__main__ import work
work(QueueName.EMAIL, burst=True)
"""


def test_a_cluster_serves_all_of_rq_from_one_slot(stack: ExitStack, tmp_path: Path) -> None:
    """Two primaries; the client is given the one that does not hold the slot. A worker works there, too."""
    ports = [
        stack.enter_context(server(tmp_path / name, "--cluster-enabled", "yes", "--cluster-port", str(bus)))
        for name, bus in (("a", free_port()), ("b", free_port()))
    ]
    nodes = [Redis(port=port) for port in ports]
    buses = [node.config_get("cluster-port")["cluster-port"] for node in nodes]
    nodes[0].execute_command("CLUSTER ADDSLOTSRANGE", 0, 8191)
    nodes[1].execute_command("CLUSTER ADDSLOTSRANGE", 8192, 16383)
    nodes[0].execute_command("CLUSTER MEET", "127.0.0.1", ports[1], buses[1])
    _until(lambda: all(node.cluster("INFO")["cluster_state"] == "ok" for node in nodes))
    slot = nodes[0].cluster("KEYSLOT", "{rq}:queue:email")
    owner, other = ports if slot <= 8191 else ports[::-1]
    env = os.environ | {
        "REDIS_URL": f"redis+cluster://127.0.0.1:1,127.0.0.1:{other}",
        "RQ_KEY_PREFIX": "{rq}",
        "CAMPAIGN_STATE_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    told = subprocess.run([sys.executable, "-c", RING], env=env, capture_output=True, text=True)
    assert told.stdout.strip() == str(owner), told.stderr
    on_owner = Redis(port=owner)
    assert on_owner.llen("{rq}:queue:email") == 1
    subprocess.run([sys.executable, "-c", WORK], env=env, check=True, capture_output=True)
    assert on_owner.llen("{rq}:queue:email") == 0
    assert nodes[ports.index(other)].dbsize() == 0


@pytest.mark.parametrize(
    "url",
    [
        "redis+sentinel://host:26379",
        "redis+somewhere://host",
        "redis+cluster://host/3",
        "redis+sentinel://host:x/campaign",
        "redis+sentinel://host/campaign/x",
    ],
)
def test_addresses_that_make_no_sense(url: str) -> None:
    with pytest.raises(SetupError):
        redis_url.read(url)


def test_passwords_are_read_and_not_shown() -> None:
    place = redis_url.read("rediss+sentinel://me:s%40cret@a:1,b/campaign/2?sentinel_password=other")
    assert place is not None
    assert (place.nodes, place.service, place.db, place.tls) == (
        [("a", 1), ("b", 26379)],
        "campaign",
        2,
        True,
    )
    assert place.login == {"username": "me", "password": "s@cret"}
    assert "s@cret" not in repr(place)
    assert "other" not in repr(place)


def test_a_cluster_needs_a_hash_tag() -> None:
    with pytest.raises(SetupError, match="RQ_KEY_PREFIX"):
        config.load({"REDIS_URL": "redis+cluster://a:1"})
    assert config.load({"REDIS_URL": "redis+cluster://a:1", "RQ_KEY_PREFIX": "{rq}"}).rq_prefix == "{rq}"
