"""Starts the programs of an installation, shows what they say, restarts what dies, and stops all of it.

One thread: children are forked from it, so the kernel's "parent died" signal is this process's death.
Each child leads a session of its own, which is how its grandchildren are found at the end.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from campaign import migrations, processes
from campaign.config import Settings
from campaign.db import Database
from campaign.errors import SetupError
from campaign.processes import Program

# a child that died is started again after these seconds; the last wait repeats
RESTART_WAITS = (0.5, 1.0, 2.0, 5.0)
# more deaths than this within the window, and something is wrong that a restart does not mend
DEATHS_ALLOWED = 6
DEATHS_WINDOW_SECONDS = 60.0
# Ctrl-C stops everything within 5 s: programs have this long, then the queue server, then SIGKILL
STOP_SECONDS = 3.0
LAST_STOP_SECONDS = 1.0
TICK_SECONDS = 0.25
PR_SET_PDEATHSIG = 1  # prctl(2)
_LIBC = ctypes.CDLL(None)


class Out(Protocol):
    """Where the programs' words go: a file, or whatever takes lines."""

    def write(self, words: str, /) -> object: ...
    def flush(self) -> object: ...


@dataclass
class Child:
    """A program and its process."""

    program: Program
    process: subprocess.Popen[bytes] = field(init=False)
    deaths: deque[float] = field(default_factory=deque)
    start_at: float | None = None
    """When it is to be started again; None while it runs."""
    rest: bytes = b""


class Supervisor:
    """Runs programs until it is told to stop or one of them cannot be kept alive."""

    def __init__(
        self, env: dict[str, str], out: Out | None = None, *, deaths_allowed: int = DEATHS_ALLOWED
    ) -> None:
        self._env = env
        self._deaths_allowed = deaths_allowed
        self._out: Out = out or sys.stdout
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self.sessions: set[int] = set()
        """Session ids of all that was started; see `members`."""
        self._stop = False

    def start(self, program: Program) -> None:
        """Start one program."""
        child = Child(program)
        self._spawn(child)
        self._children.append(child)

    def request_stop(self, *_: object) -> None:
        """For signal handlers: come to an end."""
        self._stop = True

    def run(self, until: Callable[[], bool] = lambda: False) -> None:
        """Show and restart until asked to stop, or until `until` says so."""
        while not self._stop and not until():
            self.step(TICK_SECONDS)

    def step(self, seconds: float) -> None:
        """One look at everything; what is said meanwhile is shown."""
        self._read(seconds)
        for child in self._children:
            self._look_after(child)

    def pid_of(self, name: str) -> int | None:
        """The process of that program while it runs."""
        child = self._child(name)
        return child.process.pid if child.start_at is None and child.process.poll() is None else None

    def keep_down(self, name: str, seconds: float) -> None:
        """SIGKILL to all processes of that program, which is started again after so many seconds."""
        child = self._child(name)
        if child.start_at is None:
            for pid in members({child.process.pid}):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            child.process.wait()
        child.start_at = time.monotonic() + seconds

    @property
    def is_stopping(self) -> bool:
        return self._stop

    def stop(self) -> None:
        """SIGTERM to all, the `last` ones after the others; what then still lives is killed."""
        self._end([child for child in self._children if not child.program.last], STOP_SECONDS)
        self._end([child for child in self._children if child.program.last], LAST_STOP_SECONDS)
        for pid in members(self.sessions):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for child in self._children:
            child.process.wait()
        # grandchildren are not ours to wait for; a killed one is gone in a moment
        end = time.monotonic() + LAST_STOP_SECONDS
        while any(members(self.sessions)) and time.monotonic() < end:
            time.sleep(0.01)
        self._read(0)  # last words
        for key in list(self._selector.get_map().values()):
            os.close(key.fd)
        self._selector.close()

    def say(self, line: str, name: str = "campaign") -> None:
        """One line, with who says it."""
        self._out.write(f"{name:<10} {line}\n")
        self._out.flush()

    def _child(self, name: str) -> Child:
        return next(child for child in self._children if child.program.name == name)

    def _spawn(self, child: Child) -> None:
        ours, theirs = os.pipe()
        child.process = subprocess.Popen(  # noqa: S603 (our own programs)
            child.program.argv,
            env=self._env | child.program.env,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (this process has one thread)
        )
        os.close(theirs)
        self.sessions.add(child.process.pid)
        self._selector.register(ours, selectors.EVENT_READ, child)

    def _read(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            child: Child = key.data
            data = os.read(key.fd, 65536)
            if not data:
                self._selector.unregister(key.fileobj)
                os.close(key.fd)
                continue
            *lines, child.rest = (child.rest + data).split(b"\n")
            for line in lines:
                self.say(line.decode("utf-8", "replace").rstrip(), child.program.name)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.start_at is not None:
            if now >= child.start_at:
                child.start_at = None
                self._spawn(child)
            return
        code = child.process.poll()
        if code is None:
            return
        child.deaths.append(now)
        while now - child.deaths[0] > DEATHS_WINDOW_SECONDS:
            child.deaths.popleft()
        if len(child.deaths) > self._deaths_allowed:
            raise SetupError(f"{child.program.name} does not stay up; its last words are above.")
        wait = RESTART_WAITS[min(len(child.deaths), len(RESTART_WAITS)) - 1]
        self.say(f"{child.program.name} ended with {_how(code)}; starting it again in {wait:g} s")
        child.start_at = now + wait

    def _end(self, children: Sequence[Child], seconds: float) -> None:
        for child in children:
            if child.process.poll() is None:
                child.process.terminate()
        end = time.monotonic() + seconds
        while time.monotonic() < end and any(child.process.poll() is None for child in children):
            self._read(0.05)


def _die_with_parent() -> None:
    """In the child, before exec: the kernel sends SIGTERM when the supervisor dies, however it dies."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def members(sessions: set[int]) -> Iterator[int]:
    """Processes of these sessions, from /proc: a worker's child has a group, but no session, of its own."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) in sessions and fields[0] != "Z":
            yield int(path.parent.name)


@contextlib.contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Hold the state folder's lock; SetupError when another supervisor has it."""
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    path = settings.state_dir / "supervisor.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise SetupError(
                f"Campaign already runs with the data in {settings.state_dir} "
                f"(process {file.read().strip()}). Stop that one first, "
                "or use another folder: CAMPAIGN_STATE_DIR=another."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def up(
    settings: Settings,
    *,
    extra: Sequence[Program] = (),
    prepare: Callable[[], None] | None = None,
    on_ready: Callable[[], None] | None = None,
) -> None:
    """Everything this machine needs, until SIGINT or SIGTERM.

    `prepare` runs once the database is migrated and the queue server answers, before the other programs
    start; `on_ready` once the pages answer. SetupError says in a sentence why it cannot be.
    """
    with only_one(settings):
        processes.check(settings)
        supervisor = Supervisor(processes.environment(settings))
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, supervisor.request_stop)
        try:
            if settings.redis_embedded:
                supervisor.start(processes.valkey(settings))
            processes.wait_for_redis(settings)
            _migrate(settings)
            if prepare:
                prepare()
            for program in (*processes.programs(settings), *extra):
                supervisor.start(program)
            supervisor.run(until=lambda: processes.answers(settings.web_host, settings.web_port))
            if on_ready and not supervisor.is_stopping:
                on_ready()
            supervisor.run()
        finally:
            supervisor.stop()


def _migrate(settings: Settings) -> None:
    database = Database(settings.database_url)
    migrations.upgrade(database)
    database.close()
