"""The supervisor: restarts what dies, stops all of it, leaves no orphan."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign import config, processes
from campaign.errors import SetupError
from campaign.processes import Program
from campaign.supervisor import LAST_STOP_SECONDS, STOP_SECONDS, Supervisor, only_one
from tests.sockets import free_port

# a child that makes a grandchild in a process group of its own, as RQ does, and both ignore SIGTERM
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setpgrp()
os.write(1, f"pid {os.getpid()}\\n".encode())  # in one piece: two processes say it at once
time.sleep(600)
"""
# a killed process is gone in a moment, if the machine has one for it
GIVE_UP_SECONDS = 300


def python(name: str, code: str, **options: bool) -> Program:
    return Program(name, (sys.executable, "-c", code), **options)


def pids(out: io.StringIO) -> list[int]:
    return [int(line.split()[2]) for line in out.getvalue().splitlines() if " pid " in line]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def in_time(true: Callable[[], bool]) -> Callable[[], bool]:
    """Whether it came true; fails when it does not."""
    end = time.monotonic() + GIVE_UP_SECONDS

    def come_true() -> bool:
        assert time.monotonic() < end
        return true()

    return come_true


def until_gone(processes: list[int]) -> None:
    end = time.monotonic() + GIVE_UP_SECONDS
    while any(map(alive, processes)):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_lines_carry_the_name_of_who_says_them() -> None:
    out = io.StringIO()
    supervisor = Supervisor(dict(os.environ), out)
    supervisor.start(python("talker", "print('xin chào'); import time; time.sleep(600)"))
    supervisor.run(until=in_time(lambda: "chào" in out.getvalue()))
    supervisor.stop()
    assert out.getvalue() == "talker     xin chào\n"


def test_what_dies_is_started_again() -> None:
    out = io.StringIO()
    supervisor = Supervisor(dict(os.environ), out)
    supervisor.start(python("frail", "import os; print('pid', os.getpid())"))
    supervisor.run(until=in_time(lambda: len(pids(out)) == 2))
    supervisor.stop()
    assert len(set(pids(out))) == 2
    assert "starting it again" in out.getvalue()


def test_what_dies_again_and_again_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.supervisor.RESTART_WAITS", (0.0,))
    supervisor = Supervisor(dict(os.environ), io.StringIO())
    supervisor.start(python("hopeless", "raise SystemExit(2)"))
    try:
        with pytest.raises(SetupError, match="hopeless does not stay up"):
            supervisor.run()
    finally:
        supervisor.stop()


def test_what_stopping_waits_for_is_five_seconds_at_most() -> None:
    # for the programs, for the queue server, for what was killed
    assert STOP_SECONDS + 2 * LAST_STOP_SECONDS <= 5


def test_stopping_leaves_nobody_behind() -> None:
    out = io.StringIO()
    supervisor = Supervisor(dict(os.environ), out)
    supervisor.start(python("stubborn", STUBBORN))
    supervisor.run(until=in_time(lambda: len(pids(out)) == 2))
    supervisor.stop()
    until_gone(pids(out))


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys; from campaign.supervisor import Supervisor; from campaign.processes import Program;"
        "s = Supervisor(dict(os.environ));"
        "s.start(Program('c', (sys.executable, '-c', 'import os,time; print(os.getpid(), flush=True);"
        "time.sleep(600)')));"
        "s.run()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline().split()[1])
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    until_gone([child])


def test_a_second_one_on_the_same_data_is_refused(tmp_path: Path) -> None:
    settings = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    refused = pytest.raises(SetupError, match=rf"already runs .*process {os.getpid()}")
    with only_one(settings), refused, only_one(settings):
        pass
    with only_one(settings):
        pass


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "CAMPAIGN_PORT": str(port),
            "CAMPAIGN_LMTP_PORT": str(free_port()),
            "CAMPAIGN_MAILBOX_PORT": str(free_port()),
        }
        with pytest.raises(SetupError, match=f"Port {port} for the web pages is taken.*CAMPAIGN_PORT="):
            processes.check(config.load(env))


def test_nothing_embedded_is_started_with_a_redis_url(tmp_path: Path) -> None:
    settings = config.load({"REDIS_URL": "redis://127.0.0.1:1", "CAMPAIGN_STATE_DIR": str(tmp_path)})
    assert not settings.redis_embedded
    assert "valkey" not in [program.name for program in processes.programs(settings)]
    with pytest.raises(SetupError, match="does not answer"):
        processes.wait_for_redis(settings, seconds=0.1)
