"""The development mailbox's files: one per mail, and one line per mail in an index.

A file is the mail as it came below `Return-Path` and `Delivered-To`, as mail servers write it, so any mail
program opens it.
"""

from __future__ import annotations

import email
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from campaign.inbound.parse import headers_of
from campaign.storage import FileStore

INDEX = "index.jsonl"
MAIL_ID = re.compile(r"\d{20}-[0-9a-f]{6}")


@dataclass(frozen=True)
class Summary:
    """One line of the list. `at` in ISO 8601, `size` in bytes."""

    id: str
    at: str
    envelope_from: str
    recipients: tuple[str, ...]
    from_name: str
    subject: str
    size: int

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    def has(self, words: str) -> bool:
        """Whether every word stands in the addresses, the name or the subject."""
        text = " ".join((*self.recipients, self.from_name, self.subject)).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class Mail:
    """One mail with its envelope; `raw` is what came over the wire."""

    id: str
    envelope_from: str
    recipients: tuple[str, ...]
    raw: bytes


class Mailbox:
    """Written by one process, read by any."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = FileStore(folder)

    def add(self, envelope_from: str, recipients: Iterable[str], raw: bytes, now: datetime) -> Summary:
        """Keep a mail durably; when this returns it may be called accepted."""
        mail_id = f"{int(now.timestamp() * 1_000_000_000):020d}-{secrets.token_hex(3)}"
        people = tuple(recipients)
        lines = [f"Return-Path: <{envelope_from}>", *(f"Delivered-To: {address}" for address in people)]
        head = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
        self._files.put(f"{mail_id}.eml", head + raw)
        summary = _summary(mail_id, now, envelope_from, people, raw)
        with (self._folder / INDEX).open("a", encoding="utf-8") as index:
            index.write(json.dumps(asdict(summary), ensure_ascii=False) + "\n")
        return summary

    def summaries(self) -> list[Summary]:
        """All mails, the newest first."""
        return list(reversed(list(self.after(0)[0])))

    def after(self, place: int) -> tuple[list[Summary], int]:
        """What came after a place in the index (in bytes), the oldest first, and the place after it."""
        path = self._folder / INDEX
        if not path.exists():
            return [], 0
        with path.open("rb") as index:
            index.seek(0, os.SEEK_END)
            if index.tell() < place:
                place = 0  # the mailbox was emptied
            index.seek(place)
            found = []
            for line in _whole_lines(index):
                place += len(line)
                found.append(_from_line(line))
        return found, place

    def next(self, place: int) -> tuple[Summary | None, int]:
        """The mail that the index names at a place, and the place after it; None at the end."""
        path = self._folder / INDEX
        if not path.exists():
            return None, place
        with path.open("rb") as index:
            index.seek(place)
            line = index.readline()
        return (_from_line(line), place + len(line)) if line.endswith(b"\n") else (None, place)

    def get(self, mail_id: str) -> Mail:
        """One mail; NotFound when there is none by that id."""
        key = f"{mail_id}.eml" if MAIL_ID.fullmatch(mail_id) else "none"
        stored = self._files.get(key)
        first, _, rest = stored.partition(b"\r\n")
        envelope_from = first.removeprefix(b"Return-Path: <").removesuffix(b">").decode()
        recipients = []
        while rest.startswith(b"Delivered-To: "):
            line, _, rest = rest.partition(b"\r\n")
            recipients.append(line.removeprefix(b"Delivered-To: ").decode())
        return Mail(mail_id, envelope_from, tuple(recipients), rest)


def _whole_lines(index: Iterable[bytes]) -> Iterator[bytes]:
    """Lines that are written to their end; the last may still be in the making."""
    return (line for line in index if line.endswith(b"\n"))


def _from_line(line: bytes) -> Summary:
    facts = json.loads(line)
    return Summary(**{**facts, "recipients": tuple(facts["recipients"])})


def _summary(
    mail_id: str, now: datetime, envelope_from: str, recipients: tuple[str, ...], raw: bytes
) -> Summary:
    headers = headers_of(email.message_from_bytes(raw.partition(b"\r\n\r\n")[0][:65536]))
    return Summary(
        id=mail_id,
        at=now.astimezone(UTC).isoformat(),
        envelope_from=envelope_from,
        recipients=recipients,
        from_name=headers.get("from", "")[:300],
        subject=headers.get("subject", "")[:300],
        size=len(raw),
    )
