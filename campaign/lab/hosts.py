"""Several hosts on one machine: each a network namespace with a cable to one switch (ip-netns(8), root only).

Where that is not allowed the hosts are groups of processes with folders of their own, and a cut cable is a
host that stands still; `Network.is_real` says which it is.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NAMES = ("db", "queue", "mail", "web", "work1", "work2")
SUBNET = "10.77.0"
LOCK = Path(tempfile.gettempdir()) / "campaign-hosts.lock"
SWITCH = "camp0"


class Network:
    """Hosts by name; the machine itself is the first address of their subnet."""

    def __init__(self, is_real: bool) -> None:
        self.is_real = is_real
        self._mending: list[subprocess.Popen[bytes]] = []
        self.processes_of: Callable[[str], Sequence[int]] = lambda _name: ()
        """A host's processes, for machines that have no namespaces to give."""

    def address(self, name: str) -> str:
        return f"{SUBNET}.{2 + NAMES.index(name)}" if self.is_real else "127.0.0.1"

    def before(self, name: str) -> tuple[str, ...]:
        """What stands before a command that runs on that host."""
        return ("ip", "netns", "exec", _space(name)) if self.is_real else ()

    def cut(self, name: str, seconds: float) -> None:
        """Pull the cable for so long: nothing comes or goes, and nobody is told. A process of its own puts it
        back, for whoever pulled it may be waiting for that host."""
        if self.is_real:
            self.lose(name)
            mend = f"ip link set {_cable(name)} up"
        else:
            pids = [str(pid) for pid in self.processes_of(name)]
            for pid in pids:
                os.kill(int(pid), signal.SIGSTOP)
            mend = f"kill -CONT {' '.join(pids)}"
        command = ("sh", "-c", f"sleep {seconds}; {mend} 2>/dev/null")
        self._mending.append(subprocess.Popen(command))  # noqa: S603 (made of our own names and numbers)

    def lose(self, name: str) -> None:
        """Pull the cable for good."""
        if self.is_real:
            _ip("link", "set", _cable(name), "down")

    def mend(self) -> None:
        """Wait until all that was cut is joined again."""
        for process in self._mending:
            process.wait()


@contextmanager
def network() -> Iterator[Network]:
    """A switch and all hosts, while the block runs."""
    with _alone():
        net = Network(allowed())
        if net.is_real:
            yield from _built(net)
        else:
            yield net
            net.mend()


def _built(net: Network) -> Iterator[Network]:
    _clear()
    try:
        _ip("link", "add", SWITCH, "type", "bridge")
        _ip("addr", "add", f"{SUBNET}.1/24", "dev", SWITCH)
        _ip("link", "set", SWITCH, "up")
        for number, name in enumerate(NAMES, start=2):
            _add(name, f"{SUBNET}.{number}/24")
        yield net
    finally:
        net.mend()
        _clear()


@contextmanager
def _alone() -> Iterator[None]:
    """Names and addresses are the machine's: another run on it is waited for, or each would pull the other's
    cables. Only root lays any."""
    if os.geteuid() != 0:
        yield
        return
    with LOCK.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def allowed() -> bool:
    """Whether this machine lets us make namespaces and bridges."""
    if os.geteuid() != 0:
        return False
    probe = "camp-probe"
    try:
        _ip("netns", "add", probe)
        _ip("link", "add", "camp-probe0", "type", "bridge")
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        _try("link", "del", "camp-probe0")
        _try("netns", "del", probe)
    return True


def _add(name: str, address: str) -> None:
    space, ours = _space(name), _cable(name)
    _ip("netns", "add", space)
    _ip("link", "add", ours, "type", "veth", "peer", "name", "eth0", "netns", space)
    _ip("link", "set", ours, "master", SWITCH, "up")
    _ip("-n", space, "addr", "add", address, "dev", "eth0")
    _ip("-n", space, "link", "set", "lo", "up")
    _ip("-n", space, "link", "set", "eth0", "up")


def _clear() -> None:
    for name in NAMES:
        _try("netns", "del", _space(name))
        _try("link", "del", _cable(name))
    _try("link", "del", SWITCH)


def _space(name: str) -> str:
    return f"camp-{name}"


def _cable(name: str) -> str:
    """The end at the switch; a name may have 15 characters."""
    return f"camp-{name}"


def _ip(*arguments: str) -> None:
    command = ("ip", *arguments)
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (the system's own tool)


def _try(*arguments: str) -> None:
    try:
        _ip(*arguments)
    except (OSError, subprocess.CalledProcessError):
        return  # it was not there
