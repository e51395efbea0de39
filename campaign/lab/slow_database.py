"""A database that is slow for a while: every other moment it stands still.

`python -m campaign.lab.slow_database sqlite PATH SEED SECONDS` or `… postgresql PID SEED SECONDS`. A process
of its own, for the lab itself waits for the database. SQLite: another writer holds its lock. PostgreSQL: all
processes of the server stand still.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from random import Random

from campaign.lab import proc

# how long it stands still, and how long it works in between: more and less than the two seconds after which
# a lane ends nothing, and never as long as a lease of the lab
STILL_SECONDS = (0.1, 3.0)
WORK_SECONDS = (0.05, 0.5)
LOCK_SECONDS = 30.0


def start(kind: str, where: str, seed: int, seconds: float) -> subprocess.Popen[bytes]:
    """Begin; it ends by itself."""
    numbers = (str(seed), str(seconds))
    return subprocess.Popen(  # noqa: S603 (our own program)
        (sys.executable, "-m", "campaign.lab.slow_database", kind, where, *numbers)
    )


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Nobody else writes."""
    with contextlib.closing(sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def frozen(server: int) -> Iterator[None]:
    """No process of the server moves. What it starts meanwhile is none: its parent does not move either."""
    family = [server, *proc.descendants(server)]
    try:  # from the first of them on: who ends this process must leave none of them frozen
        for pid in family:
            proc.freeze(pid)
        yield
    finally:
        proc.go_on(family)


def slow(still: AbstractContextManager[None], seconds: float) -> None:
    with still:
        time.sleep(seconds)


def main() -> None:
    """Entry point."""
    kind, where, seed, seconds = sys.argv[1:5]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what was frozen goes on
    random, end = Random(int(seed)), time.monotonic() + float(seconds)
    while time.monotonic() < end:
        slow(locked(where) if kind == "sqlite" else frozen(int(where)), random.uniform(*STILL_SECONDS))
        time.sleep(random.uniform(*WORK_SECONDS))
        if kind != "sqlite" and not os.path.exists(f"/proc/{where}"):
            return  # it was killed; the next one is another process


if __name__ == "__main__":
    main()
