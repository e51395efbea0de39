"""`campaign send` from the outside: states, words and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from campaign.clock import utc_now
from campaign.db import Database
from campaign.lab.bench_company import make_company


@pytest.fixture
def mailing_id(db: Session) -> int:
    made = make_company(db, 3, utc_now())
    db.commit()
    return made.id


def test_a_mailing_is_started_paused_resumed_and_cancelled(
    database: Database, mailing_id: int, tmp_path: Path
) -> None:
    env = os.environ | {
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "CAMPAIGN_STATE_DIR": str(tmp_path),
        "REDIS_URL": "redis://127.0.0.1:1",  # nobody there: the beat would ring
    }

    def send(number: int, act: str) -> tuple[int, dict[str, object], str]:
        command = [sys.executable, "-m", "campaign.cli", "send", str(number), act, "--json"]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
        return done.returncode, json.loads(done.stdout or "{}"), done.stderr

    assert send(mailing_id, "pause")[0] == 1
    code, found, _ = send(mailing_id, "start")
    assert (code, found["state"], found["queued"]) == (0, "running", 3)
    assert send(mailing_id, "pause")[1]["state"] == "paused"
    assert send(mailing_id, "resume")[1]["state"] == "running"
    assert send(mailing_id, "cancel")[1]["cancelled"] == 3
    assert send(mailing_id, "status")[1] == {
        "mailing": mailing_id,
        "state": "cancelled",
        "planned": 3,
        "cancelled": 3,
    }
    code, _, words = send(999, "status")
    assert code == 2
    assert "no mailing number 999" in words
