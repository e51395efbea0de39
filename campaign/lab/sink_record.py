"""What the sink writes down, and reading it again: one line an event, with tabs between.

`begun`: the first bytes of a body came. `taken`: its dot came and the sink said 250, or would have. Times
are seconds since the epoch by the sink's clock, noted when the bytes were read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

# a header field with the lines that continue it (RFC 5322 §2.2.3)
_DKIM = re.compile(rb"^dkim-signature:.*\r\n(?:[ \t].*\r\n)*", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*(?:\r\n[ \t]+)?<?([^>\r\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message that the sink said 250 to (or would have). `sha256` leaves DKIM-Signature out, for a
    signature may differ from one signing to the next."""

    message_id: str
    recipient: str
    sender: str
    sha256: str
    size: int = 0
    begun_at: float = 0.0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Begun:
    """The first bytes of a body came; whether it was ever ended is another line's to say."""

    recipient: str
    at: float


@dataclass
class Record:
    """All that a sink wrote down, in order."""

    taken: list[Accepted]
    begun: list[Begun]


def read_message(sender: str, recipient: str, body: bytes, begun_at: float, at: float) -> Accepted:
    """What is noted of a message."""
    end = body.find(b"\r\n\r\n")
    head = body[: end + 2] if end >= 0 else body
    found = _MESSAGE_ID.search(head)
    name = found[1].strip().decode("ascii", "replace") if found else ""
    return Accepted(name, recipient, sender, digest(head, body), len(body), begun_at, at)


def digest(head: bytes, body: bytes) -> str:
    """SHA-256 of the message without its DKIM-Signature headers."""
    unsigned = _DKIM.sub(b"", head)
    if len(unsigned) == len(head):
        return hashlib.sha256(body).hexdigest()
    return hashlib.sha256(unsigned + body[len(head) :]).hexdigest()


def write_taken(log: TextIO, found: Accepted) -> None:
    log.write(
        f"taken\t{found.message_id}\t{found.recipient}\t{found.sender}\t{found.sha256}\t{found.size}"
        f"\t{found.begun_at:.6f}\t{found.at:.6f}\n"
    )


def write_begun(log: TextIO, recipient: str, at: float) -> None:
    log.write(f"begun\t{recipient}\t{at:.6f}\n")


def read(path: Path) -> Record:
    """The record in that file; a last line that was cut off by a kill is left out."""
    record = Record([], [])
    for line in _whole_lines(path):
        kind, *rest = line.split("\t")
        if kind == "begun":
            record.begun.append(Begun(rest[0], float(rest[1])))
        else:
            message_id, recipient, sender, sha256, size, begun, at = rest
            record.taken.append(
                Accepted(message_id, recipient, sender, sha256, int(size), float(begun), float(at))
            )
    return record


def _whole_lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield line[:-1]
