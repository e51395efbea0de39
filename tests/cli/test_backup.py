"""`campaign db backup`, `restore`, `unlock` and `join` from the outside: words and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign import config, supervisor
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import lock
from campaign.lab.bench_company import make_company

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`campaign db …` in a state folder of its own, on SQLite."""

    def command(state: str, *words: str, **env: str) -> tuple[int, str]:
        ours = {"CAMPAIGN_STATE_DIR": str(tmp_path / state), "REDIS_URL": "redis://127.0.0.1:1"}
        given = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | ours | env
        argv = [sys.executable, "-m", "campaign.cli", "db", *words]
        done = subprocess.run(argv, env=given, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    return command


@pytest.fixture
def old(tmp_path: Path, run: Run) -> config.Settings:
    """An installation with a mailing of three."""
    assert run("old", "upgrade")[0] == 0
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path / "old")})
    database = Database(settings.database_url)
    with database.write() as db:
        make_company(db, 3, utc_now())
        lock.check(db, settings, utc_now())
    database.close()
    return settings


def test_there_and_back(old: config.Settings, run: Run, tmp_path: Path) -> None:
    file, words = tmp_path / "b", tmp_path / "words"
    words.write_text("trà sen mùa hạ\n")
    code, told = run("old", "backup", str(file), "--passphrase-file", str(words))
    assert code == 0, told
    assert "not encrypted" not in told
    assert "not encrypted" in run("old", "backup", str(tmp_path / "plain"))[1]
    assert run("new", "restore", str(file))[0] == 2, "without its passphrase"
    secret = {"CAMPAIGN_BACKUP_PASSPHRASE": "trà sen mùa hạ"}
    assert "is whole" in run("new", "restore", str(file), "--check", **secret)[1]
    code, told = run("new", "restore", str(file), **secret)
    assert code == 0, told
    assert "campaign db unlock" in told
    code, told = run("new", "restore", str(file), **secret)
    assert (code, "--replace" in told) == (2, True)
    code, told = run("new", "unlock", "--yes")
    assert (code, "Sending is open." in told) == (0, True)
    assert "database was restored" in told
    assert run("new", "unlock", "--yes")[0] == 1, "it is open already"


def test_a_running_installation_is_not_restored_over(old: config.Settings, run: Run, tmp_path: Path) -> None:
    assert run("old", "backup", str(tmp_path / "b"))[0] == 0
    with supervisor.only_one(old):
        code, told = run("old", "restore", str(tmp_path / "b"), "--replace")
    assert (code, "already runs" in told) == (2, True)


def test_a_second_host_joins(old: config.Settings, run: Run, tmp_path: Path) -> None:
    there = {"CAMPAIGN_STATE_DIR": str(tmp_path / "second"), "DATABASE_URL": old.database_url}
    second = config.load(there)
    database = Database(old.database_url)
    with database.read() as reading:
        assert lock.look(reading, second) is not None
    assert run("second", "join", CAMPAIGN_SYSTEM_ID="given")[0] == 2, "the environment says which it is"
    assert run("second", "join", DATABASE_URL=old.database_url)[0] == 0
    again = config.load(there)
    with database.read() as reading:
        assert lock.look(reading, again) is None
    database.close()
