"""The lab's faults that kill nobody, each on a real process: wrong clocks, a full disk, a slow database."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest

from campaign.dispatch.host import boot_seconds
from campaign.lab import proc, slow_database
from campaign.lab.full_disk import Limited
from campaign.lab.shifted import Shift, before

GIVE_UP_SECONDS = 300
FILLS_A_DISK = """
import os, sys
from pathlib import Path
from random import Random
from campaign.lab.full_disk import disk

folder = Path(sys.argv[1])
small = disk(folder)
journal = (folder / "a.journal").open("ab", buffering=0)
journal.write(b"x" * 100)
small.fill([os.getpid()], Random(1))
written = 0
try:
    while written < 100_000:
        written += journal.write(b"y" * 100)
except OSError as error:
    print(small.kind, error.errno, written)
small.free([os.getpid()])
assert journal.write(b"z" * 100_000) == 100_000
journal.close()
small.close()
print(sorted(path.name for path in folder.iterdir()))
"""
# for each line it hears, how much of a thousand bytes its file took, or the error's number
WRITES = """
import os, sys
file = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
for _ in sys.stdin:
    try:
        print(os.write(file, b"x" * 1000), flush=True)
    except OSError as error:
        print(-error.errno, flush=True)
"""


@pytest.mark.parametrize("line", [0, 1], ids=["a program", "its child"])
def test_a_clock_jumps_while_its_program_runs(tmp_path: Path, line: int) -> None:
    shift = Shift(tmp_path / "clock")
    command = before(tmp_path / "clock", (sys.executable, "-m", "tests.lab.what_time"))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        for wrong in (0.0, 3600.0, -3600.0, 0.0):
            shift.jump(wrong)
            for number in range(2):
                early, boot_early = time.time(), boot_seconds()
                program.stdin.write("?\n")
                program.stdin.flush()
                ours, plain, theirs, boot = map(float, program.stdout.readline().split())
                late, boot_late = time.time(), boot_seconds()
                if number == line:
                    assert early + wrong - 0.001 <= ours <= plain <= late + wrong + 0.001
                    assert early - 0.001 <= theirs <= late + 0.001, "what is not ours is right"
                    assert boot_early - 0.001 <= boot <= boot_late + 0.001, "nobody sets this one"
        program.stdin.close()


def test_only_modules_are_run_with_another_clock(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no module"):
        before(tmp_path / "clock", (sys.executable, "script.py"))


def test_a_disk_fills_and_is_freed(tmp_path: Path) -> None:
    """By whichever means this machine allows."""
    done = subprocess.run(
        [sys.executable, "-c", FILLS_A_DISK, str(tmp_path / "journal")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told, _left = done.stdout.splitlines()
    kind, number, written = told.split()
    assert (kind, int(number)) in {("tmpfs", errno.ENOSPC), ("rlimit", errno.EFBIG)}
    assert int(written) < 8192, "less than what is left of a page, or of the limit"
    assert list((tmp_path / "journal").iterdir()) == [] or kind == "rlimit"


def test_a_limit_tears_a_line_and_ends(tmp_path: Path) -> None:
    journal = tmp_path / "a.journal"
    journal.write_bytes(b"x" * 5000)
    with subprocess.Popen(
        [sys.executable, "-c", WRITES, str(journal)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None

        def write() -> int:
            program.stdin.write("?\n")  # type: ignore[union-attr]
            program.stdin.flush()  # type: ignore[union-attr]
            return int(program.stdout.readline())  # type: ignore[union-attr]

        disk = Limited(tmp_path)
        assert write() == 1000
        disk.fill([program.pid], Random(1))
        assert 0 < write() < 300, "the line is torn"
        assert write() == -errno.EFBIG
        disk.free([program.pid])
        assert write() == 1000
        program.stdin.close()
    disk.fill([program.pid], Random(1))  # it has ended


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "campaign.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE kept (number integer)")
        made.commit()
    return path


def can_write(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        other.execute("ROLLBACK")
    return True


def test_a_locked_file_can_be_read_and_not_written(file: Path) -> None:
    assert can_write(file)
    with slow_database.locked(str(file)):
        assert not can_write(file)
        with closing(sqlite3.connect(file)) as reader:
            assert reader.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    assert can_write(file)


def test_a_slow_file_is_locked_now_and_then_and_free_in_the_end(file: Path) -> None:
    slowing = slow_database.start("sqlite", str(file), 1, 2.0)
    seen = set()
    end = time.monotonic() + GIVE_UP_SECONDS
    while slowing.poll() is None:
        seen.add(can_write(file))
        assert time.monotonic() < end
        time.sleep(0.01)
    assert slowing.returncode == 0
    assert seen == {True, False}
    assert can_write(file)


@contextmanager
def server() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child, both at work."""
    code = "import os\nos.fork()\nwhile True: pass"
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    try:
        end = time.monotonic() + GIVE_UP_SECONDS
        while not proc.descendants(process.pid):
            assert time.monotonic() < end
            time.sleep(0.01)
        yield process
    finally:
        proc.kill([*proc.descendants(process.pid), process.pid])
        process.wait()


def test_no_process_of_a_frozen_server_moves() -> None:
    with server() as running:
        family = [running.pid, *proc.descendants(running.pid)]
        with slow_database.frozen(running.pid):
            before = [proc.cpu_seconds(pid) for pid in family]
            time.sleep(0.2)
            assert [proc.cpu_seconds(pid) for pid in family] == before
        _until_all_work(family, before)


def test_whoever_ends_the_slowness_leaves_nobody_frozen() -> None:
    with server() as running:
        family = [running.pid, *proc.descendants(running.pid)]
        slowing = slow_database.start("postgresql", str(running.pid), 1, 600)
        end = time.monotonic() + GIVE_UP_SECONDS
        while not all(_stands(pid) for pid in family):
            assert time.monotonic() < end
            time.sleep(0.001)
        slowing.terminate()
        assert slowing.wait(GIVE_UP_SECONDS) == 0
        _until_all_work(family, [proc.cpu_seconds(pid) for pid in family])


def _stands(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def _until_all_work(family: list[int], before: list[float]) -> None:
    end = time.monotonic() + GIVE_UP_SECONDS
    while not all(proc.cpu_seconds(pid) > then for pid, then in zip(family, before, strict=True)):
        assert time.monotonic() < end
        time.sleep(0.02)
