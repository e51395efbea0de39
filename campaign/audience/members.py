"""The rows of a frozen audience as texts: written in bulk, hashed one by one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, select, type_coerce
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from campaign.models import AudienceMember

# rows hashed at a time
CHUNK = 5000
# one encoder for all: `json.dumps` makes one a call; a text alone needs none
_quoted = json.encoder.encode_basestring
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_COLUMNS = "audience_id, contact_id, channel, part, variant_id, address, address_key"


@dataclass(slots=True)
class Member:
    """One recipient on one channel; `text` is the values as canonical JSON. `channel` and `part` are the
    values of their enums: what is asked of each of a million rows asks no enum."""

    contact_id: int
    channel: str
    part: str
    arm: str
    variant_id: int
    address: str
    address_key: str
    values: dict[str, Any]
    text: str


def canonical(values: dict[str, Any]) -> str:
    """The merge values as they enter the audience's hash."""
    return _encoded(values)


def digested(
    contact_id: int, channel: str, part: str, variant_id: int, address: str, address_key: str, values: str
) -> bytes:
    """One row as it enters the audience's hash: a line of canonical JSON. An undivided audience says nothing
    of parts, and so keeps the hash it always had."""
    last = f",{_quoted(part)}" if part else ""
    names = f"{_quoted(address)},{_quoted(address_key)}"
    return f"[{contact_id},{_quoted(channel)},{variant_id},{names},{values}{last}]\n".encode()


def sha256_of(db: Session, audience_id: int) -> str:
    """The hash over the rows as they are now; equal to `Audience.sha256` unless somebody touched them."""
    db.flush()
    # of the table and not of the class: rows then come without the mapper
    row = AudienceMember.__table__.c
    # as text, for the driver's own way of reading JSON takes twice as long
    as_text: ColumnElement[str] = (
        sql_cast(row["values"], Text)
        if db.get_bind().dialect.name == "postgresql"
        else type_coerce(row["values"], Text)
    )
    wanted = (
        select(
            row.contact_id, type_coerce(row.channel, Text), type_coerce(row.part, Text),
            row.variant_id, row.address, row.address_key, as_text,
        )
        .where(row.audience_id == audience_id)
        .order_by(row.id)
    )  # fmt: skip
    digest = hashlib.sha256()
    rows = db.connection().execute(wanted.execution_options(yield_per=CHUNK))
    for contact_id, channel, part, variant_id, address, address_key, text in rows:
        values = canonical(json.loads(text))
        digest.update(digested(contact_id, channel, part, variant_id, address, address_key, values))
    return digest.hexdigest()


def write(db: Session, audience_id: int, members: Sequence[Member]) -> None:
    """Add the rows in their order."""
    if not members:
        return
    connection = db.connection()
    if connection.dialect.name == "postgresql":
        # an INSERT a row takes five times as long
        with connection.connection.cursor().copy(
            f"COPY audience_member ({_COLUMNS}, values) FROM STDIN"
        ) as copy:
            copy.write("".join([_copied(audience_id, member) for member in members]))
        return
    # the names are our own
    statement = f'INSERT INTO audience_member ({_COLUMNS}, "values") VALUES (?, ?, ?, ?, ?, ?, ?, ?)'  # noqa: S608 (names of ours)
    rows = [
        (
            audience_id, one.contact_id, one.channel, one.part, one.variant_id,
            one.address, one.address_key, one.text,
        )
        for one in members
    ]  # fmt: skip
    connection.exec_driver_sql(statement, rows)


def _copied(audience_id: int, one: Member) -> str:
    """A line of COPY's text format."""
    # JSON leaves no control character, so only its backslashes need one of COPY's
    values = one.text.replace("\\", "\\\\")
    return (
        f"{audience_id}\t{one.contact_id}\t{one.channel}\t{one.part}\t{one.variant_id}\t"
        f"{_escaped(one.address)}\t{_escaped(one.address_key)}\t{values}\n"
    )


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace("\t", "\\t").replace("\r", "\\r")
