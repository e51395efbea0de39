"""Whom a file has spoken of already: one bit a contact, so that a million of them take little room."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.models import ImportTouch


class Seen:
    """The contacts that rows before were about; after a crash, also those of the rows taken before it."""

    def __init__(self, db: Session, import_id: int | None) -> None:
        self._bits = bytearray()
        if import_id is not None:
            ids = select(ImportTouch.contact_id).where(ImportTouch.import_id == import_id)
            for id_ in db.scalars(ids.execution_options(yield_per=10_000)):
                self.add(id_)

    def add(self, id_: int) -> None:
        place, bit = divmod(id_, 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1024 - len(self._bits)))
        self._bits[place] |= 1 << bit

    def has(self, id_: int) -> bool:
        place, bit = divmod(id_, 8)
        return place < len(self._bits) and bool(self._bits[place] >> bit & 1)
