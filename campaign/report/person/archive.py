"""The ZIP, piece by piece."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.models import Contact
from campaign.report.person import messages, page, sections
from campaign.report.person.sections import Row


class _Out:
    """What ZipFile writes to: it cannot go back, and it is emptied as it fills."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def pieces(db: Session, settings: Settings, contact: Contact, now: datetime) -> Iterator[bytes]:
    """`index.html`, a JSON file a section, `messages/` and `replies/`. `db` is read while they are sent."""
    out = _Out()
    found = sections.of(db, contact)
    language = page.language_of(contact.language)
    name = contact.full_name or contact.code
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        texts = [("index.html", page.lines(found, name, language, now))]
        texts += [(f"data/{section.name}.json", _json(section.rows())) for section in found]
        for file_name, text in texts:
            with packed.open(_entry(file_name, now), "w") as entry:
                for piece in text:
                    entry.write(piece.encode())
                    yield out.taken()
        for file_name, data in messages.files(db, settings, contact):
            packed.writestr(_entry(file_name, now), data, zipfile.ZIP_DEFLATED)
            yield out.taken()
    yield out.taken()


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o600 << 16
    return made


def _json(rows: Iterable[Row]) -> Iterator[str]:
    """A JSON array, a row a line."""
    yield "["
    for place, row in enumerate(rows):
        yield ("," if place else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
