"""Taking a chunk of rows to send, and reading once more whether we may write to these people."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Executable, Text, bindparam, func, select, type_coerce
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from campaign.audience import daily, reach, rhythm
from campaign.audience.reach import Skip, Target
from campaign.db import among, as_ids, driver_rows
from campaign.dispatch import moves, quiet_hours
from campaign.models import AudienceMember, Channel, ConsentPurpose, Contact, Delivery

# so many chunks are looked through in one transaction; more would keep other writers waiting
MOST_CHUNKS = 20


@dataclass(frozen=True)
class Terms:
    """What all claims of one mailing on one channel have in common. `purpose` None asks for no consent."""

    mailing_id: int
    channel: Channel
    purpose: ConsentPurpose | None
    sender_id: int
    deadline: datetime


class Claimed(NamedTuple):
    """One delivery that this owner may try now. `values` are the frozen merge values. (A dataclass would take
    three times as long to make.)"""

    row_id: int
    contact_id: int
    address_key: str
    fence: int
    variant_id: int
    address: str
    message_id_header: str
    attempt: int
    dated_at: datetime
    """When it was claimed for its first attempt, in whole seconds: date and "today" of its message."""
    values: dict[str, Any]


# of every answer: why not, country, row, contact, key of the address …
_WHO = (Delivery.id, Delivery.contact_id, Delivery.address_key)
# … and of a whole one these, the date of earlier claims and the merge values as text
_WHAT = (
    Delivery.fence,
    Delivery.variant_id,
    Delivery.address,
    Delivery.message_id_header,
    Delivery.attempt,
)


@lru_cache(maxsize=64)
def _facts(
    dialect: str, channel: Channel, purpose: ConsentPurpose | None, sender_id: int, *, whole: bool
) -> Executable:
    """Of claimed rows: what stands against writing, country, row, contact, address; and all that a lane needs
    when the answer is to be `whole`. One statement, whatever the number of rows."""
    now, dated = (bindparam(name, type_=Delivery.dated_at.type) for name in ("now", "dated"))
    values = AudienceMember.values
    whole_row = (
        *_WHAT,
        # most rows are claimed for the first time: their date needs not to be read again
        func.nullif(Delivery.dated_at, dated, type_=Delivery.dated_at.type),
        # read as text, for the driver's own way of reading JSON takes twice as long
        sql_cast(values, Text) if dialect == "postgresql" else type_coerce(values, Text),
    )
    return (
        select(
            reach.against(channel, purpose, sender_id, now),
            Contact.country,
            *_WHO,
            *(whole_row if whole else ()),
        )
        .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(among(dialect, Delivery.id.expression, "ids"))
        .order_by(Delivery.id)
    )


def claim(db: Session, terms: Terms, owner: str, size: int, now: datetime) -> list[Claimed]:
    """Up to `size` rows for `owner`, empty when nothing is queued. Who may not be written to any more is
    suppressed and left out; who is in quiet hours is put to rest. The caller commits before it acts on the
    rows. Empty as well after many chunks of which nobody was left: the beat rings again.
    """
    for _ in range(MOST_CHUNKS):
        ids = moves.claim(db, terms.mailing_id, terms.channel, owner, size, now)
        if not ids:
            break
        resting = quiet_hours.rest(db, terms.mailing_id, terms.channel, ids, now)
        if len(resting) == len(ids):
            continue
        awake = [row_id for row_id in ids if row_id not in resting]
        found = _read(db, terms, awake, now, whole=True)
        rows = _claimed(found, whole_seconds(now), db.get_bind().dialect)
        refused = _refused(db, terms, found, now)
        suppress(db, refused, owner, now)
        kept = [row for row in rows if row.row_id not in refused] if refused else rows
        if kept:
            return kept
    return []


def _claimed(found: Sequence[tuple[Any, ...]], dated: datetime, dialect: Dialect) -> list[Claimed]:
    """Whole answers as rows; `dated` is the date of those that never had one."""
    # all values in one text: one call reads it at half the cost of a call each
    values = json.loads(f"[{','.join([row[-1] for row in found])}]")
    make, moment = Claimed._make, Delivery.dated_at.type.dialect_impl(dialect).result_processor(dialect, None)
    assert moment is not None
    return [
        make((*row[2:-2], dated if row[-2] is None else moment(row[-2]), merge))
        for row, merge in zip(found, values, strict=True)
    ]


def unwritable(db: Session, terms: Terms, row_ids: Sequence[int], now: datetime) -> dict[int, Skip]:
    """Those of the claimed rows whose people may not be written to at this moment, and why."""
    return _refused(db, terms, _read(db, terms, row_ids, now, whole=False), now)


def _read(
    db: Session, terms: Terms, row_ids: Sequence[int], now: datetime, *, whole: bool
) -> Sequence[tuple[Any, ...]]:
    dialect = db.get_bind().dialect.name
    facts = _facts(dialect, terms.channel, terms.purpose, terms.sender_id, whole=whole)
    values: dict[str, Any] = {"ids": as_ids(dialect, row_ids), "now": now}
    if whole:
        values["dated"] = whole_seconds(now)
    return driver_rows(db.connection().execute(facts, values))


def _refused(db: Session, terms: Terms, found: Sequence[tuple[Any, ...]], now: datetime) -> dict[int, Skip]:
    """The reasons of the ledgers, and for the others whether their day, or their week, is full."""
    refused = {row[2]: Skip(row[0]) for row in found if row[0] is not None}
    if terms.channel is Channel.LETTER:
        homes = {row[2]: row[4] for row in found if row[0] is None}
        closed = reach.closed_homes(db, set(homes.values()), terms.purpose)
        return refused | {row_id: Skip.SUPPRESSED for row_id, home in homes.items() if home in closed}
    if terms.purpose is not ConsentPurpose.MARKETING:
        return refused
    daily.take_turns(db)
    by_law = daily.may_be_full(db, {row[1] for row in found}, terms.sender_id, now, terms.mailing_id)
    by_wish = rhythm.anybody(db)
    if not by_law and not by_wish:
        return refused
    people = {row[2]: Target(row[3], row[4]) for row in found if row[0] is None}
    asked = (terms.channel, terms.purpose, terms.sender_id, now, terms.mailing_id)
    against: dict[Target, Skip] = {}
    if by_wish:
        against = dict.fromkeys(rhythm.full(db, list(people.values()), *asked), Skip.RHYTHM)
    if by_law:
        countries = {row[3]: row[1] for row in found}
        full = daily.full(db, list(people.values()), *asked, countries)
        against |= dict.fromkeys(full, Skip.DAILY_LIMIT)
    return refused | {row_id: against[target] for row_id, target in people.items() if target in against}


def whole_seconds(now: datetime) -> datetime:
    """As a Date header can say it."""
    return now.replace(microsecond=0)


def suppress(db: Session, refused: Mapping[int, Skip], owner: str, now: datetime) -> None:
    """Record what `unwritable` found; only what the owner has not begun may be in it."""
    by_reason: defaultdict[Skip, list[int]] = defaultdict(list)
    for row_id, reason in refused.items():
        by_reason[reason].append(row_id)
    for reason, row_ids in by_reason.items():
        moves.suppress(db, row_ids, reason.value, now, owner)
