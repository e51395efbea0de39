"""How often somebody wants to hear from a sender, held like the law's limit: when an audience is frozen, and
for each delivery at claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience import daily
from campaign.audience.reach import Target
from campaign.db import among, as_ids
from campaign.models import Channel, ConsentPurpose, MailRhythm, Rhythm

# one advertising e-mail within this time
TIMES = {Rhythm.WEEKLY: timedelta(days=7), Rhythm.MONTHLY: timedelta(days=30)}


def full(
    db: Session,
    targets: Sequence[Target],
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender_id: int,
    now: datetime,
    besides: int | None = None,
) -> set[Target]:
    """Those of the targets who had as much of this sender's advertising as they want; `besides` is the
    mailing that asks. Two or three statements for a chunk, one where nobody wishes anything."""
    if channel is not Channel.EMAIL or purpose is not ConsentPurpose.MARKETING or not targets:
        return set()
    wishes = _wishes(db, [target.contact_id for target in targets], sender_id)
    by_rhythm: defaultdict[Rhythm, list[Target]] = defaultdict(list)
    for target in targets if wishes else ():
        if target.contact_id in wishes:
            by_rhythm[wishes[target.contact_id]].append(target)
    found = set(by_rhythm[Rhythm.IMPORTANT])
    for rhythm, within in TIMES.items():
        if ours := by_rhythm[rhythm]:
            keys = {target.address_key for target in ours}
            had = daily.sent_to(db, keys, now - within, besides, sender_id)
            found |= {target for target in ours if had.get(target.address_key)}
    return found


def anybody(db: Session) -> bool:
    """Whether anybody at all wants less than all: mostly not, and a question by ids costs more."""
    return db.scalar(_ANY) is not None


_ANY = select(MailRhythm.contact_id).limit(1)


def _wishes(db: Session, contact_ids: Sequence[int], sender_id: int) -> dict[int, Rhythm]:
    """What those of them want who want less than all."""
    if not anybody(db):
        return {}
    dialect = db.get_bind().dialect.name
    wanted = select(MailRhythm.contact_id, MailRhythm.rhythm).where(
        among(dialect, MailRhythm.contact_id.expression, "ids"),
        MailRhythm.sender_id == sender_id,
        MailRhythm.rhythm != Rhythm.ALL,
    )
    rows = db.execute(wanted, {"ids": as_ids(dialect, contact_ids)})
    return {row[0]: row[1] for row in rows}
