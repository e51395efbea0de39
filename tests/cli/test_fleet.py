"""`campaign fleet`: queues, workers, every relay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from redis import Redis
from rq import Worker

from campaign.cli import group
from campaign.dispatch.breaker import Breaker
from campaign.lab.sink import Sink, running
from campaign.queue import QueueName, Queues
from tests.sockets import closed_port


def test_it_names_workers_and_every_relay(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", redis_url)
    with running(Sink()) as sink, closed_port() as closed:
        good, gone = f"127.0.0.1:{sink.port}", f"127.0.0.1:{closed}"
        monkeypatch.setenv("SMTP_URL", f"smtp://{good},smtp://{gone}")
        assert CliRunner().invoke(group, ["fleet"]).exit_code == 1, "no worker takes e-mail"
        redis = Redis.from_url(redis_url)
        Worker([Queues(redis).queue(QueueName.EMAIL)], connection=redis).register_birth()
        Breaker(redis, gone).trip("no greeting")
        redis.close()
        text = CliRunner().invoke(group, ["fleet"])
        found = CliRunner().invoke(group, ["fleet", "--json"])
    assert text.exit_code == found.exit_code == 0, text.output
    for words in (
        "queue   email    0 waiting, 0 failed, 1 worker\n",
        f"relay   {good} answers\n",
        "no greeting",
    ):
        assert words in text.output
    facts = json.loads(found.output)
    assert facts["queues"]["email"]["workers"] == 1
    assert [one["queues"] for one in facts["workers"]] == [["email"]]
    well, ill = facts["relays"]
    assert (well["name"], well["answers"], well["breaker"], well["why"]) == (good, True, "closed", None)
    assert (ill["name"], ill["answers"], ill["breaker"], ill["why"]) == (gone, False, "open", "no greeting")
    assert ill["failures"] == 1
    assert ill["since"] < ill["next_probe"]


def test_without_the_queue_server_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_STATE_DIR", str(tmp_path))
    with closed_port() as port:
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}")
        ended = CliRunner().invoke(group, ["fleet"])
    assert ended.exit_code != 0
    assert "REDIS_URL" in str(ended.exception)
