"""Processes as the kernel shows them in /proc (proc(5)): what a lab looks at and what it kills."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ESTABLISHED = "01"  # net/tcp_states.h
FREEZE_SECONDS = 2.0
TICKS = os.sysconf("SC_CLK_TCK")


def children() -> dict[int, list[int]]:
    """Living processes by their parent's id."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = _stat(int(path.parent.name))
        if fields and fields[0] != "Z":
            found[int(fields[1])].append(int(path.parent.name))
    return found


def descendants(pid: int) -> list[int]:
    """Children, their children and so on, nearest first."""
    tree, found = children(), []
    waiting = list(tree.get(pid, ()))
    while waiting:
        found.append(waiting.pop(0))
        waiting += tree.get(found[-1], ())
    return found


def connections(pid: int, port: int) -> int:
    """How many TCP connections to that port the process holds."""
    sockets = set()
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                name = os.readlink(link)
                if name.startswith("socket:["):
                    sockets.add(name[8:-1])
    return sum(
        state == ESTABLISHED and int(remote.rpartition(":")[2], 16) == port and inode in sockets
        for remote, state, inode in _tcp(pid)
    )


def freeze(pid: int) -> bool:
    """Stop it where it stands, so that what it holds can be counted; False when it is gone."""
    try:
        os.kill(pid, signal.SIGSTOP)
    except ProcessLookupError:
        return False
    end = time.monotonic() + FREEZE_SECONDS
    while time.monotonic() < end:
        fields = _stat(pid)
        if not fields or fields[0] in "ZX":
            return False
        if fields[0] == "T":
            return True
        time.sleep(0.001)
    return True


def go_on(pids: Iterable[int]) -> None:
    """SIGCONT, whatever is left of them."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def kill(pids: Iterable[int]) -> None:
    """SIGKILL, whatever is left of them."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    """A dead one that nobody has waited for counts as gone."""
    return (_stat(pid) or "Z")[0] != "Z"


def wait_gone(pids: Iterable[int], seconds: float = 10.0) -> bool:
    """Until none of them lives."""
    left, end = list(pids), time.monotonic() + seconds
    while left and time.monotonic() < end:
        left = [pid for pid in left if is_alive(pid)]
        time.sleep(0.005)
    return not left


def peak_mb(pid: int) -> float:
    """The most memory a process ever held (VmHWM), in MB."""
    return _status_mb(pid, "VmHWM")


def held_mb(pid: int) -> float:
    """The memory that a process holds now (VmRSS), in MB."""
    return _status_mb(pid, "VmRSS")


def _status_mb(pid: int, name: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, with the children that it has waited for."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _stat(pid: int) -> list[str]:
    """The fields from `state` on; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _tcp(pid: int) -> Iterable[tuple[str, str, str]]:
    """Remote address, state and socket number of each connection in the process's network."""
    for name in ("tcp", "tcp6"):
        try:
            lines = Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            yield fields[2], fields[3], fields[9]
