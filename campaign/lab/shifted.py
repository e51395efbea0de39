"""Programs whose clock is set while they run: `python -m campaign.lab.shifted FILE MODULE ARGUMENTS…`.

The file holds by how many seconds the wall clock is wrong, shared with every process forked from that
program, so that a jump strikes in the middle of a lane. Only what our own code asks is shifted (`utc_now` and
`time.time`): the clocks that nobody sets, those of the kernel, of the queue's library and of the servers are
right, as they are on the other hosts of an installation.
"""

from __future__ import annotations

import mmap
import runpy
import struct
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from campaign import clock

_SECONDS = struct.Struct("d")


class Shift:
    """By how much a program's clock is wrong, from both sides."""

    def __init__(self, path: Path) -> None:
        """Made right when there is none yet; else as the other side has set it."""
        if not path.exists():
            path.write_bytes(_SECONDS.pack(0.0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _SECONDS.size)

    @property
    def seconds(self) -> float:
        return float(_SECONDS.unpack_from(self._shared)[0])

    def jump(self, seconds: float) -> None:
        """From now on the clock is wrong by so many seconds; 0 sets it right."""
        _SECONDS.pack_into(self._shared, 0, seconds)


def before(path: Path, argv: tuple[str, ...]) -> tuple[str, ...]:
    """The command `PYTHON -m MODULE …`, with that clock."""
    python, option, *rest = argv
    if option != "-m":
        raise ValueError(f"no module is run by {argv!r}")
    return (python, "-m", "campaign.lab.shifted", str(path), *rest)


def main() -> None:
    """Entry point."""
    shift, real = Shift(Path(sys.argv[1])), time.time
    time.time = lambda: real() + shift.seconds
    clock.utc_now = lambda: datetime.fromtimestamp(time.time(), UTC)
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
