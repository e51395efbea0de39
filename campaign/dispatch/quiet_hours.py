"""Quiet hours: nothing leaves while it is evening or night where the recipient is.

Asked at claim, and once a second of what a lane has in hand. Who is in quiet hours is put to rest until their
end by that zone's clock, without an attempt used up; the sweeper queues the row again when the time has come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from campaign.contacts.zones import zone_of
from campaign.dispatch import manners, moves
from campaign.dispatch.manners import QuietHours
from campaign.models import Channel, Contact, Delivery, DeliveryState, Mailing, MessageKind

REASON = "quiet_hours"
# when a whole chunk rests, so many more of its zones rest with it: a night's audience is not claimed in vain.
# Twenty chunks are one transaction, for which SQLite's writers wait, and who changes the setting
MORE_AT_ONCE = 1_000
# somebody waits for these
EXEMPT = frozenset({MessageKind.TRANSACTIONAL, MessageKind.REPLY})

_ZONES = (
    select(Delivery.id, Contact.time_zone, Contact.country)
    .join(Contact, Contact.id == Delivery.contact_id)
    .where(Delivery.id.in_(bindparam("ids", expanding=True)))
)


def rest(db: Session, mailing_id: int, channel: Channel, row_ids: Sequence[int], now: datetime) -> set[int]:
    """Put those of the claimed rows to rest whose people are in quiet hours: one statement a zone. Which
    they were. The caller commits."""
    if not manners.read(db).quiet.on:
        return set()
    manners.hold(db)  # else who switches them off meanwhile would wake all but these
    asleep = _asleep(db, mailing_id, channel, row_ids, now)
    resting: set[int] = set()
    for until, rows in asleep.values():
        moves.rest(db, rows, until, REASON)
        resting.update(rows)
    if len(resting) == len(row_ids):
        for zone, (until, _rows) in asleep.items():
            moves.rest(db, _more_of(mailing_id, channel, zone), until, REASON)
    return resting


def ends(
    db: Session, mailing_id: int, channel: Channel, row_ids: Sequence[int], now: datetime
) -> dict[int, datetime]:
    """Those of the rows whose people are in quiet hours, and when these end. Changes nothing."""
    asleep = _asleep(db, mailing_id, channel, row_ids, now)
    return {row_id: until for until, rows in asleep.values() for row_id in rows}


def _asleep(
    db: Session, mailing_id: int, channel: Channel, row_ids: Sequence[int], now: datetime
) -> dict[str, tuple[datetime, list[int]]]:
    """The zones of the rows in which it is quiet: until when, and whose."""
    quiet = manners.read(db).quiet
    if not quiet.on or channel is not Channel.EMAIL or not row_ids:
        return {}
    if db.scalar(select(Mailing.kind).where(Mailing.id == mailing_id)) in EXEMPT:
        return {}
    by_zone: defaultdict[str, list[int]] = defaultdict(list)
    for row_id, zone, country in db.connection().execute(_ZONES, {"ids": list(row_ids)}):
        by_zone[zone_of(zone, country, quiet.zone)].append(row_id)
    until = {zone: ends_at(quiet, ZoneInfo(zone), now) for zone in by_zone}
    return {zone: (end, by_zone[zone]) for zone, end in until.items() if end is not None}


def _more_of(mailing_id: int, channel: Channel, zone: str) -> Select[int]:
    """Queued rows of the mailing whose people say that they live in that zone."""
    return (
        select(Delivery.id)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(
            Delivery.mailing_id == mailing_id,
            Delivery.channel == channel,
            Delivery.state == DeliveryState.QUEUED,
            Contact.time_zone == zone,
        )
        .limit(MORE_AT_ONCE)
        .with_for_update(skip_locked=True, of=Delivery)
    )


def ends_at(quiet: QuietHours, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours of this moment end in that zone, in UTC; None outside them.

    An end that the clocks skip comes as long after their change as it would have come after it: 2:30 at 3:30.
    One that they show twice is quiet both times.
    """
    if not _is_quiet(quiet, now.astimezone(zone)):
        return None
    today = now.astimezone(zone).date()
    ends = sorted(
        datetime.combine(today + timedelta(days=day), quiet.end, zone).replace(fold=fold).astimezone(UTC)
        for day in (0, 1)
        for fold in (0, 1)
    )
    return next(end for end in ends if end > now and not _is_quiet(quiet, end.astimezone(zone)))


def _is_quiet(quiet: QuietHours, local: datetime) -> bool:
    clock = local.time()
    if quiet.begin < quiet.end:
        return quiet.begin <= clock < quiet.end
    return clock >= quiet.begin or clock < quiet.end
