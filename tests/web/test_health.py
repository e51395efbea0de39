"""What a balancer, a supervisor and Prometheus are told."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis
from rq import Worker

from campaign import config
from campaign.beat import Beat
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch.breaker import Breaker
from campaign.queue import Job, QueueName, Queues, connect
from campaign.watch import probes
from campaign.watch.monitor import Monitor
from campaign.watch.probes import all_of
from campaign.web import create_app
from tests.sockets import closed_port
from tests.web.conftest import PATIENCE_SECONDS

# what has just happened is younger, however slow the machine
AN_HOUR = 3600
LINE = re.compile(r'(campaign_[a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? (-?[0-9.e+-]+)')


class Greets(BaseRequestHandler):
    def handle(self) -> None:
        self.request.sendall(b"220 relay.example.com ESMTP\r\n")
        self.request.recv(100)


@pytest.fixture
def relay() -> Iterator[ThreadingTCPServer]:
    """Something that greets as a mail server does."""
    ThreadingTCPServer.allow_reuse_address = True
    with ThreadingTCPServer(("127.0.0.1", 0), Greets) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def whole(
    database: Database,
    redis_url: str,
    relay: ThreadingTCPServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[FlaskClient]:
    """An installation with every part, and a beat that has just gone round, however long ago that is."""
    monkeypatch.setattr(probes, "BEAT_SILENT", timedelta(seconds=AN_HOUR))
    port = relay.server_address[1]
    settings = config.load(
        {"CAMPAIGN_STATE_DIR": str(tmp_path), "REDIS_URL": redis_url, "SMTP_URL": f"smtp://127.0.0.1:{port}"}
    )
    queues = Queues(connect(settings))
    app = create_app(settings, database, queues)
    Beat(settings, database, queues).round(utc_now())
    yield app.test_client()
    app.extensions["campaign-tracking"].close()
    queues.connection.close()


def test_all_is_green(whole: FlaskClient) -> None:
    assert whole.get("/healthz").json == {"status": "ok"}
    ready = whole.get("/readyz")
    assert ready.status_code == 200, ready.text
    assert ready.json is not None
    assert set(ready.json["checks"]) == {"database", "redis", "smtp", "disk", "beat", "sending"}


def test_a_lost_relay_turns_red(whole: FlaskClient, relay: ThreadingTCPServer) -> None:
    assert _checks(whole)["smtp"]["ok"]
    relay.shutdown()
    relay.server_close()
    # how long that takes at most, the monitor's tests say
    end = time.monotonic() + PATIENCE_SECONDS
    while _checks(whole, "smtp")["smtp"]["ok"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert whole.get("/readyz?only=smtp").status_code == 503
    assert whole.get("/readyz?only=database,redis").status_code == 200
    assert whole.get("/readyz?only=nonsense").status_code == 404


def test_without_redis_and_beat_it_is_red_and_says_why(client: FlaskClient) -> None:
    ready = client.get("/readyz")
    assert ready.status_code == 503
    checks = _checks(client)
    assert checks["database"]["ok"]
    assert "queue server does not answer" in checks["redis"]["text"]
    assert "campaign beat" in checks["beat"]["text"]


def test_strangers_are_not_told_why(client: FlaskClient) -> None:
    told = client.get("/readyz", environ_base={"REMOTE_ADDR": "198.18.255.1"}).text
    assert "queue server" in told  # a network for tests counts as private
    told = client.get("/readyz", environ_base={"REMOTE_ADDR": "8.8.4.4"}).text
    assert "queue server" not in told


def test_the_numbers_are_prometheus_text(whole: FlaskClient, redis_url: str) -> None:
    redis = Redis.from_url(redis_url)
    queues = Queues(redis)
    queues.ring(Job.EMAIL_LANE, 1)
    worker = Worker([queues.queue(QueueName.EMAIL)], connection=redis)
    worker.register_birth()
    Breaker(redis, _relay_name(whole)).trip("no greeting")
    answer = whole.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    values = {}
    for line in answer.text.splitlines():
        if not line.startswith("#"):
            found = LINE.fullmatch(line)
            assert found, line
            values[found[1] + (found[2] or "")] = float(found[3])
    assert values['campaign_queue_waiting{queue="email"}'] == 1
    assert values['campaign_workers_alive{queue="email"}'] == 1
    assert values["campaign_hosts_alive"] == 1
    assert values[f'campaign_relay_breaker_open{{relay="{_relay_name(whole)}"}}'] == 1
    assert values[f'campaign_relay_breaker_failures{{relay="{_relay_name(whole)}"}}'] == 1
    assert 0 <= values[f'campaign_relay_breaker_open_seconds{{relay="{_relay_name(whole)}"}}'] < AN_HOUR
    assert 0 <= values[f'campaign_relay_next_probe_seconds{{relay="{_relay_name(whole)}"}}'] <= 5
    assert values[f'campaign_relay_breaker_info{{relay="{_relay_name(whole)}",why="no greeting"}}'] == 1
    assert values[f'campaign_relay_up{{relay="{_relay_name(whole)}"}}'] == 1
    assert values['campaign_deliveries{state="unknown"}'] == 0
    assert 0 <= values["campaign_sweep_age_seconds"] < AN_HOUR, "not since 1970"
    assert values['campaign_up{check="smtp"}'] == 1
    families = re.findall(r"# TYPE (\S+) gauge", answer.text)
    assert len(families) == len(set(families))
    redis.close()


def test_the_numbers_without_redis(client: FlaskClient) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert 'campaign_up{check="redis"} 0' in answer.text
    assert "campaign_queue_waiting" not in answer.text


def test_who_may_read_the_numbers(settings: config.Settings, database: Database, client: FlaskClient) -> None:
    public: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "8.8.4.4"}}
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", **public).status_code == 403
    # a proxy that we were not told of stands in front: its visitors may come from anywhere
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 403
    kept = replace(settings, metrics_token="hat-sen")
    guarded = create_app(kept, database, Queues(connect(kept))).test_client()
    assert guarded.get("/metrics").status_code == 403
    assert guarded.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 403
    shown = {"Authorization": "Bearer hat-sen"}
    assert guarded.get("/metrics", headers=shown, **public).status_code == 200


def test_a_closed_port_is_no_relay(database: Database, tmp_path: Path) -> None:
    with closed_port() as port:
        settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path), "SMTP_URL": f"smtp://127.0.0.1:{port}"})
        found = Monitor(all_of(settings, database)).look(["smtp", "disk"])
    assert not found["smtp"].ok
    assert found["disk"].ok


def test_every_relay_is_asked_and_one_that_answers_is_enough(
    whole: FlaskClient, relay: ThreadingTCPServer, redis_url: str, database: Database
) -> None:
    with closed_port() as port:
        _every_relay_is_asked(
            whole, f"127.0.0.1:{relay.server_address[1]}", f"127.0.0.1:{port}", redis_url, database
        )


def _every_relay_is_asked(
    whole: FlaskClient, good: str, gone: str, redis_url: str, database: Database
) -> None:
    settings = replace(
        whole.application.extensions["campaign"].settings, smtp_url=f"smtp://{gone},smtp://{good}"
    )
    redis = Redis.from_url(redis_url)
    Breaker(redis, gone).trip("connection refused by nobody")
    redis.close()
    found = Monitor(all_of(settings, database)).look(["smtp"])["smtp"]
    assert found.ok
    assert {name: part.ok for name, part in found.parts.items()} == {gone: False, good: True}
    told = found.parts[gone].text
    for words in (f"{gone} does not answer", "left alone since", "1 failure", "connection refused by nobody"):
        assert words in told
        assert words in found.text
    queues = Queues(connect(settings))
    app = create_app(settings, database, queues)
    answer = app.test_client().get("/readyz?only=smtp")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["checks"]["smtp"]["parts"][gone]["ok"] is False
    stranger = app.test_client().get("/readyz?only=smtp", environ_base={"REMOTE_ADDR": "8.8.4.4"})
    assert gone not in stranger.text
    app.extensions["campaign-tracking"].close()
    queues.connection.close()


def _checks(client: FlaskClient, only: str = "") -> dict[str, dict[str, Any]]:
    answer = client.get("/readyz" + (f"?only={only}" if only else "")).json
    assert answer is not None
    checks: dict[str, dict[str, Any]] = answer["checks"]
    return checks


def _relay_name(client: FlaskClient) -> str:
    return str(client.application.extensions["campaign"].settings.smtp_url).removeprefix("smtp://")
