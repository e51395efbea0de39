"""The list of erasures as a file, so that an older backup brings nobody back.

It names no person: of each erasure the number of the contact and the moment it was made, which name it in any
backup of this installation, and the keyed hashes of its addresses with their secret. Keep it like a backup.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.care import erasure
from campaign.contacts import erased
from campaign.db import Database
from campaign.errors import SetupError
from campaign.links import Addresses
from campaign.models import Contact, ErasedKey, ErasedKind, Erasure, ErasureSecret

FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """One erasure; times in ISO 8601."""

    contact_id: int
    contact_created_at: str
    at: str
    keys: list[list[str]] = field(default_factory=list)
    """Kind and digest."""


@dataclass(frozen=True)
class ErasureList:
    """`secret` in hex; empty when nobody was ever erased."""

    secret: str
    entries: list[Entry]


@dataclass(frozen=True)
class Applied:
    """What a list changed."""

    erased: int
    """People who were there again and are not any more."""
    listed: int


def of(db: Session) -> ErasureList:
    """The list as this database has it."""
    secret = db.scalar(select(ErasureSecret.secret))
    keys: dict[int, list[list[str]]] = {}
    for row in db.scalars(select(ErasedKey).order_by(ErasedKey.id)):
        keys.setdefault(row.erasure_id, []).append([row.kind.value, row.digest])
    entries = [
        Entry(row.contact_id, row.contact_created_at.isoformat(), row.at.isoformat(), keys.get(row.id, []))
        for row in db.scalars(select(Erasure).order_by(Erasure.id))
    ]
    return ErasureList(secret or "", entries)


def of_database(database: Database) -> ErasureList | None:
    """The same of a database that may be empty, or older than the list."""
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    if not {"erasure", "erased_key", "erasure_secret"} <= there:
        return None
    with database.read() as db:
        return of(db)


def write(known: ErasureList, path: Path) -> None:
    """Whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump({"format": FORMAT, **asdict(known)}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    os.replace(partial, path)


def read(path: Path) -> ErasureList:
    """SetupError when it is no such list."""
    try:
        given = json.loads(path.read_text())
        entries = [Entry(**entry) for entry in given["entries"]]
        for entry in entries:
            _check(entry)
        if given["format"] != FORMAT or len(bytes.fromhex(given["secret"])) not in (0, erased.SECRET_BYTES):
            raise ValueError("its format")
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SetupError(
            f"{path} is no list of erasures ({error}). `campaign erasures write` makes one."
        ) from None
    return ErasureList(given["secret"], entries)


def _check(entry: Entry) -> None:
    int(entry.contact_id)
    for moment in (entry.contact_created_at, entry.at):
        if datetime.fromisoformat(moment).tzinfo is None:
            raise ValueError("a time without a zone")
    for kind, digest in entry.keys:
        ErasedKind(kind)
        if len(bytes.fromhex(digest)) != erased.DIGEST_BYTES:
            raise ValueError("a hash of another length")


def apply(db: Session, known: ErasureList, addresses: Addresses, now: datetime) -> Applied:
    """Erase again whom the list names and this database still has, and close their addresses.

    SetupError when the hashes of the list and of the database have different secrets: then they are of two
    installations.
    """
    _adopt(db, known.secret)
    again = sum(_apply(db, entry, addresses, now) for entry in known.entries)
    if known.entries:
        audit.record(
            db, None, "erasures.applied", "erasure", "list", now, erased=again, listed=len(known.entries)
        )
    return Applied(again, len(known.entries))


def _adopt(db: Session, secret: str) -> None:
    if not secret:
        return
    ours = db.scalar(select(ErasureSecret.secret))
    if ours is None:
        db.add(ErasureSecret(id=1, secret=secret))
        db.flush()
    elif ours != secret:
        raise SetupError("The list of erasures is of another installation: its hashes have another secret.")


def _apply(db: Session, entry: Entry, addresses: Addresses, now: datetime) -> bool:
    contact = db.get(Contact, entry.contact_id)
    made_at = datetime.fromisoformat(entry.contact_created_at)
    again = contact is not None and contact.created_at == made_at and contact.erased_at is None
    if contact is not None and again:
        reason = f"erased on {entry.at[:10]}, came back with a restored backup"
        erasure.erase(db, contact, addresses, reason=reason, actor=None, now=now)
    row = db.scalar(
        select(Erasure).where(Erasure.contact_id == entry.contact_id, Erasure.contact_created_at == made_at)
    )
    if row is None:
        row = Erasure(
            contact_id=entry.contact_id, contact_created_at=made_at, at=datetime.fromisoformat(entry.at)
        )
        db.add(row)
        db.flush()
    erased.keep(db, row.id, [(ErasedKind(kind), digest) for kind, digest in entry.keys])
    return again


class Kept:
    """The file beside the database, kept as the database has it: a restore on this host reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: tuple[Any, ...] | None = None

    def follow(self, db: Session) -> None:
        """Write the file when anything changed since."""
        newest = (
            select(func.max(Erasure.id), func.count(ErasedKey.id)).select_from(Erasure).outerjoin(ErasedKey)
        )
        state = tuple(db.execute(newest).one())
        if state == self._written or state[0] is None:
            return
        write(of(db), self._path)
        self._written = state
