"""The bench sends the real message down the real road, and its comparisons send as much."""

import json
import re
import shutil
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from campaign.lab import bench_peers, bench_send, postgres
from campaign.lab.bench_ours import Round
from campaign.lab.sink import Sink, running


def bench(*options: str) -> dict[str, object]:
    command = (sys.executable, "-m", "campaign.cli", "bench", "send", "--json", *options)
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_what_is_sent_is_what_was_planned(backend: str) -> None:
    database = "postgresql" if backend == "postgres" else "sqlite"
    found = bench("--sink=ours", "--recipients=120", "--rounds=2", f"--database={database}")
    assert found["planned"] == found["accepted"] == found["sink_received"] == 120
    assert (found["lost"], found["duplicates"], found["unknown"]) == (0, 0, 0)
    assert 9_000 < found["message_bytes"] < 12_000  # type: ignore[operator]
    assert found["smtp_source_per_second"] is None
    stages = found["cpu_us_per_message"]
    assert isinstance(stages, dict)
    assert stages["write"] > 0
    assert stages["sender_process"] > 0
    assert 0 <= found["rq_share"] < 1  # type: ignore[operator]
    assert 0 < stages["write"] < stages["sender_process"]


@pytest.mark.skipif(
    not shutil.which("smtp-sink", path="/usr/sbin:/usr/bin"), reason="make bench-setup: no smtp-sink"
)
def test_the_comparisons_run_beside_it() -> None:
    found = bench("--recipients=120", "--rounds=1", "--database=sqlite")
    peers = ("smtp_source", "smtplib", "smtplib_orm")
    for name in (*(f"{peer}_per_second" for peer in peers), *(f"ratio_to_{peer}" for peer in peers)):
        assert found[name] > 0, name  # type: ignore[operator]


@pytest.mark.parametrize("orm", [False, True])
def test_the_plain_loop_sends_messages_of_that_size_and_commits_each(tmp_path: Path, orm: bool) -> None:
    sink = Sink()
    sink.bodies = []
    with running(sink):
        rate = bench_peers.plain_loop(sink.port, 20, 10_000, f"sqlite:///{tmp_path / 'plain.db'}", orm=orm)
    assert rate > 0
    assert len(sink.bodies) == 20
    assert all(9_500 < len(body) < 10_500 for body in sink.bodies)
    message = message_from_bytes(sink.bodies[0], policy=policy.default)
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "chị Hương" in html
    assert "style=" in html
    assert not re.search(r"\{\{|%7B|%20", html)


def test_without_smtp_sink_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_peers, "_where", lambda _name: None)
    with pytest.raises(bench_peers.SetupError, match="make bench-setup"):
        bench_peers.require()


def test_without_postgresql_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres, "INSTALLED", tmp_path)
    monkeypatch.setattr(postgres.shutil, "which", lambda _name: None)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(postgres.SetupError, match="apt-get install -y postgresql"):
        postgres.binaries()


def test_the_queues_share_is_what_no_lane_covers() -> None:
    rounds = [Round(100.0, 110.0, {}), Round(200.0, 210.0, {})]
    lanes = [
        {"began": 101.0, "ended": 112.0, "messages": 1, "spent_ns": {}},
        {"began": 199.0, "ended": 210.0, "messages": 1, "spent_ns": {}},
    ]
    assert bench_send._outside_lanes(1, rounds, lanes) == 0.05
