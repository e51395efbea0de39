"""A server that is away is said in a sentence, with where to look for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from campaign.cli import EXIT_USAGE
from campaign.cli.away import sentence
from campaign.processes import free_port


def campaign(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    here = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "campaign.cli", *words],
        env=here | {"CAMPAIGN_STATE_DIR": str(folder / "state")} | env,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", [("segment", "list"), ("user", "list"), ("db", "upgrade")], ids=" ".join)
def test_a_database_that_is_away(tmp_path: Path, command: tuple[str, ...]) -> None:
    url = f"postgresql://campaign@127.0.0.1:{free_port()}/campaign"
    ended = campaign(tmp_path, *command, DATABASE_URL=url)
    assert ended.returncode == EXIT_USAGE
    assert ended.stderr.startswith("The database cannot be used now: ")
    assert "DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_queue_server_that_is_away() -> None:
    with pytest.raises(RedisError) as raised:
        Redis(port=free_port()).ping()
    said = sentence(raised.value)
    assert said.startswith("The queue server cannot be used now: ")
    assert "REDIS_URL" in said


def test_what_is_our_own_fault_is_no_server_that_is_away() -> None:
    assert sentence(ZeroDivisionError()) == ""
