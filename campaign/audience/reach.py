"""Who may still be written to: read when an audience is frozen, and again for each delivery at claim.

`against` is a column over `Delivery`, for a claim; `skips` gives the reasons for a chunk of people who have
no delivery yet. Both read the same ledger, and a test holds them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, case, exists, func, not_, null, or_, select
from sqlalchemy.orm import Session

from campaign.contacts import consent, holds
from campaign.contacts.reachable import DEAD_ADDRESS, suppressed
from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    ConsentPurpose,
    Contact,
    Delivery,
    Hold,
    Suppression,
)


class Skip(StrEnum):
    """Why nothing is sent to somebody. Also `Delivery.reason`."""

    ERASED = "erased"  # the profile was emptied
    SUPPRESSED = "suppressed"  # the address bounced, or its owner said no
    HELD = "held"  # not for now: a complaint, a bereavement, a rest
    NO_CONSENT = "no_consent"  # never given, or withdrawn
    DAILY_LIMIT = "daily_limit"  # had as many advertising e-mails today as the law allows: see `daily`


class Target(NamedTuple):
    """Somebody at an address: a contact's id and the key of the address."""

    contact_id: int
    address_key: str


def skips(
    db: Session,
    targets: Sequence[Target],
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender_id: int,
    now: datetime,
) -> dict[Target, Skip]:
    """The reasons against these targets; who is not in the answer may be written to.

    Meant for chunks of up to a thousand: a handful of statements, whatever the size.
    """
    ids = {target.contact_id for target in targets}
    erased = set(db.scalars(select(Contact.id).where(Contact.id.in_(ids), Contact.erased_at.is_not(None))))
    closed = _suppressed_keys(db, channel, purpose, {target.address_key for target in targets})
    held: set[int] = set()
    refused: set[int] = set()
    if purpose is not None:
        held = set(db.scalars(select(Hold.contact_id).where(Hold.contact_id.in_(ids), holds.active(now))))
        refused = _without_consent(db, ids, channel, purpose, sender_id)
    found: dict[Target, Skip] = {}
    for target in targets:
        if target.contact_id in erased:
            found[target] = Skip.ERASED
        elif target.address_key in closed:
            found[target] = Skip.SUPPRESSED
        elif target.contact_id in held:
            found[target] = Skip.HELD
        elif target.contact_id in refused:
            found[target] = Skip.NO_CONSENT
    return found


def against(
    channel: Channel, purpose: ConsentPurpose | None, sender_id: int, now: datetime | BindParameter[datetime]
) -> ColumnElement[str | None]:
    """A column over `Delivery` and its `Contact`: the first reason (`Skip`) why that person may not be
    written to at that address at this moment, NULL when there is none.

    Correlated to the row: it reads a few index entries, which suits a claim of some hundred rows.
    """
    closed = suppressed(channel, purpose, Delivery.address_key.expression)
    reasons: list[tuple[ColumnElement[bool], str]] = [
        (Contact.erased_at.is_not(None), Skip.ERASED.value),
        (closed, Skip.SUPPRESSED.value),
    ]
    if purpose is not None:
        held = exists(select(Hold.id).where(Hold.contact_id == Delivery.contact_id, holds.active(now)))
        reasons += [
            (held.correlate(Delivery), Skip.HELD.value),
            # no entry at all is NULL, and no yes either
            (not_(func.coalesce(_permitted(channel, purpose, sender_id), False)), Skip.NO_CONSENT.value),
        ]
    return case(*reasons, else_=null())


def _permitted(channel: Channel, purpose: ConsentPurpose, sender_id: int) -> ColumnElement[bool]:
    """`consent.permits` over the newest entries of `Delivery.contact_id`."""
    newest = _newest_action(channel, purpose, sender_id)
    never_asked = or_(newest.is_(None), newest == ConsentAction.RETRACTED)
    if channel is Channel.LETTER:
        return or_(never_asked, newest == ConsentAction.GRANTED)
    granted = and_(newest.is_not(None), newest == ConsentAction.GRANTED)
    if purpose is ConsentPurpose.MARKETING:
        return granted
    marketing = _newest_action(channel, ConsentPurpose.MARKETING, sender_id)
    return or_(granted, and_(never_asked, marketing.is_not(None), marketing == ConsentAction.GRANTED))


def _newest_action(
    channel: Channel, purpose: ConsentPurpose, sender_id: int
) -> ColumnElement[ConsentAction | None]:
    newest: ColumnElement[ConsentAction | None] = (
        select(Consent.action)
        .where(
            Consent.contact_id == Delivery.contact_id,
            Consent.sender_id == sender_id,
            Consent.channel == channel,
            Consent.purpose == purpose,
        )
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
        .correlate(Delivery)
        .scalar_subquery()
    )
    return newest


def _suppressed_keys(
    db: Session, channel: Channel, purpose: ConsentPurpose | None, keys: set[str]
) -> set[str]:
    entries = select(Suppression.address_key).where(
        Suppression.channel == channel, Suppression.address_key.in_(keys)
    )
    if purpose is None:
        entries = entries.where(Suppression.reason.in_(DEAD_ADDRESS))
    return set(db.scalars(entries))


def _without_consent(
    db: Session, ids: Iterable[int], channel: Channel, purpose: ConsentPurpose, sender_id: int
) -> set[int]:
    """Replays the ledgers of these contacts."""
    ids = set(ids)
    ledgers: dict[int, dict[tuple[Channel, ConsentPurpose], consent.Entry]] = defaultdict(dict)
    # columns, not entities: making 100,000 objects would cost as much as everything else
    entries = (
        select(Consent.contact_id, Consent.purpose, Consent.action)
        .where(Consent.contact_id.in_(ids), Consent.sender_id == sender_id, Consent.channel == channel)
        .order_by(Consent.at, Consent.id)
    )
    for entry in db.execute(entries):
        ledgers[entry.contact_id][(channel, entry.purpose)] = entry
    return {id_ for id_ in ids if not consent.permits(ledgers[id_], channel, purpose)}
