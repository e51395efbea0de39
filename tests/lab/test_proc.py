"""What the lab sees of processes, on real ones."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from campaign.lab import proc

GIVE_UP_SECONDS = 300
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


@pytest.fixture
def family() -> Iterator[subprocess.Popen[bytes]]:
    parent = subprocess.Popen([sys.executable, "-c", PARENT])
    end = time.monotonic() + GIVE_UP_SECONDS
    # a child that has just been forked is there, and has no memory of its own yet
    while not any(proc.peak_mb(child) > 1 for child in proc.descendants(parent.pid)):
        assert time.monotonic() < end
        time.sleep(0.02)
    pids = proc.descendants(parent.pid)
    yield parent
    proc.kill([parent.pid, *pids])
    parent.wait()


def test_a_killed_family_is_gone(family: subprocess.Popen[bytes]) -> None:
    pids = [family.pid, *proc.descendants(family.pid)]
    assert len(pids) == 2
    assert proc.peak_mb(pids[1]) > 1
    proc.kill(pids)
    assert proc.wait_gone(pids)
    assert not proc.freeze(pids[1])
    assert proc.peak_mb(pids[1]) == 0.0


def test_who_is_frozen_does_nothing_more() -> None:
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        _works_on(busy.pid, 0.0)
        assert proc.freeze(busy.pid)
        before = proc.cpu_seconds(busy.pid)
        time.sleep(0.2)
        assert proc.cpu_seconds(busy.pid) == before
        proc.go_on([busy.pid])
        _works_on(busy.pid, before)
    finally:
        busy.kill()
        busy.wait()
    assert not proc.is_alive(busy.pid)


def _works_on(pid: int, before: float) -> None:
    end = time.monotonic() + GIVE_UP_SECONDS
    while proc.cpu_seconds(pid) <= before:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_connections_to_a_port_are_counted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as other:
        port = server.getsockname()[1]
        assert proc.connections(os.getpid(), port) == 0
        talks = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
        talks.append(socket.create_connection(other.getsockname()))
        try:
            assert proc.connections(os.getpid(), port) == 3
            assert proc.connections(os.getppid(), port) == 0
        finally:
            for talk in talks:
                talk.close()
