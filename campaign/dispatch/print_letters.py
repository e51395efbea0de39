"""The letters of a print run: each claimed row filled, with its reply code and its mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from campaign.db import Database
from campaign.dispatch import moves
from campaign.dispatch.claim import Claimed
from campaign.dispatch.reply_code import new_code
from campaign.errors import TemplateError
from campaign.links import Addresses
from campaign.models import Delivery
from campaign.render.content import MessageContent
from campaign.render.dates import today_in
from campaign.render.glyphs import MissingGlyph
from campaign.render.letter import CompiledLetter, FilledLetter, compile_letter
from campaign.storage import FileStore

# rows a transaction: SQLite's writers wait well under a second
CLAIM_ROWS = 500
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Press:
    """What making print runs needs from outside."""

    database: Database
    files: FileStore
    addresses: Addresses
    clock: Clock


@dataclass(frozen=True)
class Ready:
    """A letter that can be typeset."""

    row: Claimed
    letter: FilledLetter
    reply_code: str
    lines: list[str]


def fill_all(press: Press, content: MessageContent, rows: Sequence[Claimed]) -> list[Ready]:
    """Letters that can be made; those that cannot are settled as rejected, with the reason."""
    if not rows:
        return []
    codes = _codes(press.database, len(rows))
    compiled: dict[int, CompiledLetter] = {}
    ready: list[Ready] = []
    failed: list[tuple[Claimed, str]] = []
    for row, code in zip(rows, codes, strict=True):
        if row.variant_id not in compiled:
            compiled[row.variant_id] = compile_letter(content, row.variant_id)
        system = {
            "today": today_in(content.sender.country, press.clock()).isoformat(),
            "reply_code": code,
            "reply_qr": f"mailto:{press.addresses.reply(row.row_id)}?subject={code}",
            "mark": str(len(ready) + 1),
        }
        lines = row.address.split("\n")
        try:
            letter = compiled[row.variant_id].fill(row.values, system, lines)
        except (TemplateError, MissingGlyph) as error:
            failed.append((row, str(error)))
        else:
            ready.append(Ready(row, letter, code, lines))
    if failed:
        refused = [
            moves.Outcome(row.row_id, row.fence, "reject", press.clock(), reason="render", reply=why)
            for row, why in failed
        ]
        with press.database.write() as db:
            moves.settle(db, refused)
    return ready


def _codes(database: Database, count: int) -> list[str]:
    """Codes that no letter bears yet."""
    codes: set[str] = set()
    while len(codes) < count:
        fresh = {new_code() for _ in range(min(CLAIM_ROWS, count - len(codes)))} - codes
        with database.read() as db:
            fresh -= set(db.scalars(select(Delivery.reply_code).where(Delivery.reply_code.in_(fresh))))
        codes |= fresh
    return list(codes)
