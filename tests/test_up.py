"""`campaign up` on this machine: all programs, the second one refused, Ctrl-C stops everything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from campaign import processes
from campaign.supervisor import members
from tests.sockets import free_port

# a busy machine may take a while to start Python nine times; how long stopping may wait, the supervisor's
# own tests say
START_SECONDS = 300
CAMPAIGN = (sys.executable, "-m", "campaign.cli")


def test_up_runs_everything_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    port = free_port()
    env = {key: value for key, value in os.environ.items() if key not in ("REDIS_URL", "DATABASE_URL")}
    env |= {
        "CAMPAIGN_STATE_DIR": str(tmp_path),
        "CAMPAIGN_PORT": str(port),
        "CAMPAIGN_LMTP_PORT": str(free_port()),
        "CAMPAIGN_MAILBOX_PORT": str(free_port()),
        "CAMPAIGN_EMAIL_WORKERS": "1",
    }
    log = tmp_path / "up.log"
    with log.open("w") as out:
        up = subprocess.Popen([*CAMPAIGN, "up"], env=env, stdout=out, stderr=out, start_new_session=True)
    try:
        end = time.monotonic() + START_SECONDS
        while "Campaign is ready" not in log.read_text():
            assert up.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        second = subprocess.run(
            [*CAMPAIGN, "up"], env=env, capture_output=True, text=True, timeout=START_SECONDS
        )
        assert second.returncode == 2
        assert "already runs" in second.stderr
        doctor = subprocess.run(
            [*CAMPAIGN, "doctor", "--json"], env=env, capture_output=True, text=True, timeout=START_SECONDS
        )
        verdicts = {item["part"]: item["verdict"] for item in json.loads(doctor.stdout)["remarks"]}
        assert verdicts["database"] == verdicts["redis"] == "ok", doctor.stdout
        sessions = {int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == up.pid}
        assert len(sessions) >= 7
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(START_SECONDS)
    assert up.returncode == 0, log.read_text()
    assert list(members(sessions)) == []
    assert not processes.answers("127.0.0.1", port)
    outside = {path.name for path in tmp_path.iterdir()}
    assert {"campaign.db", "appendonlydir", "supervisor.lock"} <= outside


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
