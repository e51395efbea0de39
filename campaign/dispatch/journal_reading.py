"""Reading the journal that a lane left: what it ended, and what it did not.

Pure: bytes in, facts out. A line counts when it is whole and its sum agrees. The last one may be torn by
the death of its writer, and then what it announced was not done; a broken line anywhere else, or the
journal of another boot, means that lines are missing, and then silence proves nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from campaign.dispatch.journal import VERSION
from campaign.dispatch.moves import Outcome

Attempt = tuple[int, int]
"""A row and the fence under which it was tried."""


@dataclass
class Reading:
    """What the journal says of the attempts that were asked for."""

    host: str = ""
    boot: str = ""
    owner: str = ""
    renewed: float = 0.0
    """When its last lease began, in boot seconds."""
    whole: bool = True
    """False when a line in the midst is broken."""
    intents: dict[Attempt, str] = field(default_factory=dict)
    """Announced, and no word of what became of it; with the hash of the body."""
    outcomes: dict[Attempt, Outcome] = field(default_factory=dict)

    def proves_silence(self, boot: str) -> bool:
        """Whether an attempt that is not in it was not made: the journal is of this boot, and whole."""
        return self.whole and self.boot == boot


def read(lines: Iterable[bytes], wanted: Collection[Attempt]) -> Reading:
    """Read the lines of a journal, with their ends; keep what is said of `wanted` only, for a journal may
    hold some hundred thousand attempts."""
    found = Reading()
    broken = False
    for line in lines:
        if broken:
            found.whole = False  # the broken line was not the last
        text = _checked(line)
        if text is None:
            broken = True
        else:
            broken = False
            _take(found, text, wanted)
    if not found.host:
        found.whole = False
    return found


def _checked(line: bytes) -> str | None:
    """The line without its sum and end; None when it is torn or wrong."""
    digest, _, body = line.partition(b" ")
    if not body.endswith(b"\n") or len(digest) != 8:
        return None
    body = body[:-1]
    if digest != b"%08x" % zlib.crc32(body):
        return None
    return body.decode()


def _take(found: Reading, text: str, wanted: Collection[Attempt]) -> None:
    kind, _, rest = text.partition(" ")
    if kind == "I":
        row, fence, digest = rest.split(" ")
        if (attempt := (int(row), int(fence))) in wanted:
            found.intents[attempt] = digest
    elif kind == "O":
        row, fence, _ = rest.split(" ", 2)
        if (attempt := (int(row), int(fence))) in wanted:
            found.outcomes[attempt] = _outcome(rest)._replace(body_sha256=found.intents.pop(attempt, ""))
    elif kind == "R":
        found.renewed = float(rest)
    elif kind == "H":
        version, found.host, found.boot, found.owner = rest.split(" ")
        found.whole = found.whole and version == VERSION


def _outcome(rest: str) -> Outcome:
    row, fence, transition, at, code, due, dead, reason, reply = rest.split(" ", 8)
    return Outcome(
        row_id=int(row),
        fence=int(fence),
        transition=transition,
        at=_moment(at),
        reason="" if reason == "-" else reason,
        code=None if code == "-" else int(code),
        reply=reply,
        next_attempt_at=None if due == "-" else _moment(due),
        dead_address=dead == "1",
    )


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(float(text), UTC)
