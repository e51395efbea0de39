"""A lane's journal: what it is about to end and what became of it, in a file of this host.

It stands in for a commit per message. A message's *intent* is written before its final dot, its *outcome*
after the reply; `write(2)` hands both to the kernel, so they outlive the death of the process, not a power
cut. The lane holds a lock (flock(2)) on the file while it lives, which the kernel opens at its death: so
others tell the living from the dead. `journal_reading` reads what a dead one leaves.

A line is `CRC32 KIND …`, fields parted by blanks, the last one free text:

    H 1 HOST BOOT OWNER                          whose journal
    R SECONDS                                    a lease began then, on the clock that counts from the boot
    I ROW FENCE SHA256                           about to be ended
    O ROW FENCE TRANSITION AT CODE DUE DEAD REASON REPLY    ended, or not, so
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

from campaign.dispatch.host import Host, boot_seconds
from campaign.dispatch.moves import Outcome
from campaign.dispatch.stages import Stage, StageTimes
from campaign.errors import CampaignError

VERSION = "1"
SUFFIX = ".journal"
# what a lane makes before it holds the lock bears this name: nobody may take it for a dead one's
UNBORN = ".new"


class JournalBroken(CampaignError):
    """A line could not be written, for example on a full disk. Nothing more may be ended."""


class Journal:
    """Append-only; one lane's own. Lines wait in memory until `flush` writes them in one call."""

    def __init__(self, host: Host, owner: str, times: StageTimes | None = None) -> None:
        self._times = times or StageTimes()
        self.path = host.journals / (owner.replace(":", ".") + SUFFIX)
        self._lines: list[str] = []
        self._broken = False
        unborn = self.path.with_suffix(UNBORN)
        self._file = os.open(unborn, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            self._lines.append(f"H {VERSION} {host.id} {host.boot} {owner}")
            self.renewed(boot_seconds())
            self.flush()
            # rows are claimed in this journal's name: after a power cut its absence would say less
            os.fsync(self._file)
            os.rename(unborn, self.path)
            _sync_folder(host.journals)
        except BaseException:
            os.close(self._file)
            unborn.unlink(missing_ok=True)
            raise

    def intend(self, row_id: int, fence: int, sha256: str) -> None:
        """The body is with the server; its dot follows when this is flushed."""
        self._lines.append(f"I {row_id} {fence} {sha256}")

    def settle(self, outcome: Outcome) -> None:
        """What became of an attempt."""
        self._lines.append(outcome_line(outcome))

    def renewed(self, seconds: float) -> None:
        """All that is claimed has a lease from then, in boot seconds."""
        self._lines.append(f"R {seconds:.3f}")

    def flush(self) -> None:
        """Hand the lines to the kernel. JournalBroken when it does not take them all; then the file ends
        in a torn line, and nothing may follow that."""
        if self._lines:
            with self._times.spent(Stage.JOURNAL, inside=Stage.SMTP):
                self._write()

    def _write(self) -> None:
        data = b"".join([b"%08x %b\n" % (crc32(line), line) for line in map(str.encode, self._lines)])
        self._lines.clear()
        if self._broken:
            raise JournalBroken("The journal could not be written before.")
        try:
            written = os.write(self._file, data)
        except OSError as error:
            self._broken = True
            raise JournalBroken(f"{self.path}: {error.strerror}") from error
        if written != len(data):
            self._broken = True
            raise JournalBroken(f"{self.path}: {os.strerror(errno.ENOSPC)}")

    def leave(self) -> None:
        """Close it and let it lie: the host's sweeper reads the rest."""
        os.close(self._file)

    def discard(self) -> None:
        """All of it is in the database."""
        self.path.unlink(missing_ok=True)
        os.close(self._file)


def outcome_line(outcome: Outcome) -> str:
    """All of the outcome, without its line breaks."""
    at = f"{outcome.at.timestamp():.6f}"
    due = f"{outcome.next_attempt_at.timestamp():.6f}" if outcome.next_attempt_at else "-"
    code = "-" if outcome.code is None else outcome.code
    dead = int(outcome.dead_address)
    reply = " ".join(outcome.reply.splitlines()) if "\n" in outcome.reply else outcome.reply
    return (
        f"O {outcome.row_id} {outcome.fence} {outcome.transition} {at} {code} {due} {dead}"
        f" {outcome.reason or '-'} {reply}"
    )


def is_held(path: Path) -> bool:
    """Whether a living lane holds this journal. OSError when it is gone."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def journals_of(host: Host) -> Iterable[Path]:
    """All journals of the folder, living and dead."""
    return sorted(host.journals.glob(f"*{SUFFIX}"))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
