"""A disk that is full, under the journals of a system that runs.

Where we may mount, the journals stand on a small file system of their own, in a mount namespace that only the
lab and its children see and that ends with them. Elsewhere the senders may not make any file longer
(RLIMIT_FSIZE, setrlimit(2)), which on SQLite strikes the database, too.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Protocol

# more than the journals of a run, and written full in a moment
SIZE = 16 * 1024 * 1024
CHUNK = 64 * 1024
# a limit this close above the longest journal tears its next line
TORN = 300
# linux/sched.h, linux/mount.h, sys/mount.h
CLONE_NEWNS, MS_REC, MS_PRIVATE, MNT_DETACH = 0x00020000, 0x4000, 0x40000, 2
_LIBC = ctypes.CDLL(None, use_errno=True)


class Disk(Protocol):
    """`kind` is told in the result."""

    kind: str

    def fill(self, pids: Iterable[int], random: Random) -> None: ...
    def free(self, pids: Iterable[int]) -> None: ...
    def close(self) -> None: ...


def disk(journals: Path) -> Disk:
    """What is possible here. To be asked before any program is started."""
    journals.mkdir(parents=True, exist_ok=True)
    try:
        return Mounted(journals)
    except OSError:
        return Limited(journals)


class Mounted:
    """A tmpfs; OSError when we may not mount."""

    kind = "tmpfs"

    def __init__(self, journals: Path) -> None:
        _call(_LIBC.unshare, CLONE_NEWNS)
        # what is mounted here is seen nowhere else
        _call(_LIBC.mount, b"none", b"/", None, MS_REC | MS_PRIVATE, None)
        _call(_LIBC.mount, b"tmpfs", bytes(journals), b"tmpfs", 0, f"size={SIZE},mode=700".encode())
        self._place = journals
        self._ballast = journals / "ballast"

    def fill(self, pids: Iterable[int], random: Random) -> None:
        """Until not a byte more is taken; what a journal's last page has left, it has."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(CHUNK))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def free(self, pids: Iterable[int]) -> None:
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        _call(_LIBC.umount2, bytes(self._place), MNT_DETACH)


class Limited:
    """No file of these processes, and of those they start, may grow beyond about what the journals have."""

    kind = "rlimit"

    def __init__(self, journals: Path) -> None:
        self._journals = journals

    def fill(self, pids: Iterable[int], random: Random) -> None:
        longest = max((_size(path) for path in self._journals.glob("*.journal")), default=0)
        self._limit(pids, longest + random.randrange(TORN))

    def free(self, pids: Iterable[int]) -> None:
        self._limit(pids, None)

    def close(self) -> None:
        """Limits end with their processes."""

    @staticmethod
    def _limit(pids: Iterable[int], most: int | None) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):  # it has ended, and its limit with it
                _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                soft = hard if most is None else most
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


def _size(path: Path) -> int:
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_size
    return 0


def _call(function: ctypes._NamedFuncPointer, *arguments: object) -> None:
    if function(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
