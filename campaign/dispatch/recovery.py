"""What the lanes that died on this host left behind, decided by their journals.

Run by every worker process and the beat of a host, at their start and every few seconds: only this host can
read its journals. A lane holds a lock on its journal as long as it lives, so one without a lock is a dead
one's. A lane that only stands still (SIGSTOP, a machine asleep) is taken to be dead once its lease is over
by the boot clock; it looks at the same clock before each dot, *after* it wrote the intent, so whatever the
journal does not announce by then will not be ended.

Repeating it changes nothing, and two at once do no harm.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.dispatch import control, journal_reading, moves
from campaign.dispatch.host import Host, boot_seconds
from campaign.dispatch.journal import UNBORN, is_held, journals_of
from campaign.dispatch.journal_reading import Attempt, Reading
from campaign.dispatch.lease import FROZEN_AFTER
from campaign.dispatch.settle import record
from campaign.dispatch.states import LEASE
from campaign.models import DeliveryState

# a journal that was written to so lately is a busy lane's: it is not read
BUSY_SECONDS = LEASE.total_seconds()
# a dead lane's journal lies for this long: the database may still be committing its last claim
FRESH_SECONDS = 60


@dataclass
class Recovered:
    """What was decided: rows by kind, and journals that are done with."""

    settled: int = 0
    requeued: int = 0
    unknown: int = 0
    given_back: int = 0
    journals: int = 0

    def __bool__(self) -> bool:
        return any(vars(self).values())


def recover(database: Database, host: Host, now: datetime) -> Recovered:
    """Decide all claims of the dead lanes of this host. Commits; OperationalError when the database is
    away."""
    done = Recovered()
    _clear_unborn(host)
    for path in journals_of(host):
        try:
            held = is_held(path)
            if held and not _stands_still(path, host):
                continue
            header = _read(path, (), only_head=True)
            if header.host not in ("", host.id):
                continue  # a state folder that was copied from elsewhere: its rows are not ours to decide
            with database.write() as db:
                _decide(db, path, header.owner or owner_of(path), host, now, done)
            if not held and not _is_fresh(path, FRESH_SECONDS) and not _was_just_alive(path, host):
                path.unlink()
                done.journals += 1
        except FileNotFoundError:
            continue  # its lane, or another sweeper, has just ended it
    return done


def _stands_still(path: Path, host: Host) -> bool:
    if _is_fresh(path, BUSY_SECONDS):
        return False
    reading = _read(path, ())
    return reading.boot == host.boot and boot_seconds() - reading.renewed > FROZEN_AFTER


def _was_just_alive(path: Path, host: Host) -> bool:
    """By the clock that nobody sets: the wall's may have jumped since the last line was written."""
    reading = _read(path, ())
    return reading.boot == host.boot and boot_seconds() - reading.renewed < FRESH_SECONDS


def _is_fresh(path: Path, seconds: float) -> bool:
    return abs(time.time() - path.stat().st_mtime) < seconds


def _read(path: Path, wanted: Sequence[Attempt], *, only_head: bool = False) -> Reading:
    with path.open("rb") as lines:
        return journal_reading.read(islice(lines, 1) if only_head else lines, frozenset(wanted))


def _decide(db: Session, path: Path, owner: str, host: Host, now: datetime, done: Recovered) -> None:
    """The rows of one owner."""
    held = moves.held_by(db, owner)
    if not held:
        return
    reading = _read(path, [(row_id, fence) for row_id, (fence, _) in held.items()])
    settled = {row_id for row_id, _fence in reading.outcomes}
    doubtful = {row_id: digest for (row_id, _fence), digest in reading.intents.items()}
    silent = [row_id for row_id in held if row_id not in settled and row_id not in doubtful]
    claimed = {row_id for row_id, (_, state) in held.items() if state is DeliveryState.CLAIMED}
    unended = silent
    if not reading.proves_silence(host.boot):
        doubtful, unended = doubtful | dict.fromkeys(silent, ""), []
    # unknown only because nobody could ask us; their mailings may have ended meanwhile, and are held before
    # any row is
    to_give_back = [row_id for row_id in unended if row_id not in claimed]
    with control.held_open(db, to_give_back, now):
        done.settled += record(db, list(reading.outcomes.values()), now)
        done.requeued += moves.requeue_dead(db, [row for row in unended if row in claimed], owner)
        done.given_back += moves.give_back(db, to_give_back, owner)
        lost = {row: digest for row, digest in doubtful.items() if row in claimed}
        done.unknown += moves.give_up(db, lost, owner, now)
        moves.heard_of(db, {row: digest for row, digest in doubtful.items() if row not in claimed}, owner)


def owner_of(path: Path) -> str:
    """The owner that a journal is named after."""
    return path.stem.replace(".", ":")


def _clear_unborn(host: Host) -> None:
    """Journals whose lanes died before they claimed anything."""
    for path in host.journals.glob(f"*{UNBORN}"):
        try:
            if not _is_fresh(path, FRESH_SECONDS) and not is_held(path):
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
