"""Who may still be written to: read when an audience is frozen, and again for each delivery at claim.

`against` is a column over `Delivery`, for a claim; `skips` asks the same for a chunk of people who have no
delivery yet. A test holds them and `contacts.reachable` together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from campaign.contacts import domains, holds, suppression
from campaign.contacts.reachable import closing_key, suppressed, suppressed_address
from campaign.db import as_pairs, pairs
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
    DECEASED = "deceased"  # the person died: not even an answer goes out
    SUPPRESSED = "suppressed"  # the address bounced, or its owner said no
    HELD = "held"  # not for now: a complaint, a bereavement, a rest
    NO_CONSENT = "no_consent"  # never given, or withdrawn
    DAILY_LIMIT = "daily_limit"  # had as many advertising e-mails today as the law allows: see `daily`
    RHYTHM = "rhythm"  # wants to hear less often: see `rhythm`


HEAVIER = (Skip.ERASED, Skip.DECEASED)
"""Reasons that are said rather than a suppression."""


class Target(NamedTuple):
    """Somebody at an address: a contact's id and the key of the address."""

    contact_id: int
    address_key: str


class Who(NamedTuple):
    """The same as columns of a statement."""

    contact_id: ColumnElement[int]
    address_key: ColumnElement[str]


_GRANTED, _RETRACTED = (
    literal(action, Consent.action.type) for action in (ConsentAction.GRANTED, ConsentAction.RETRACTED)
)
DELIVERY = Who(Delivery.contact_id.expression, Delivery.address_key.expression)


def skips(
    db: Session,
    targets: Sequence[Target],
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender_id: int,
    now: datetime,
) -> dict[Target, Skip]:
    """The reasons against these targets; who is not in the answer may be written to.

    Meant for chunks of some thousand: one statement, whatever the size.
    """
    asked = pairs(db.get_bind().dialect.name, "targets", "contact_id", "address_key")
    who = Who(asked.c.contact_id, asked.c.address_key)
    reason = against(channel, purpose, sender_id, now, who, with_domains=False)
    # OFFSET 0: the reason is found once, and not for the condition and the answer apart
    found = select(*asked.c, reason.label("reason")).join_from(
        asked, Contact, Contact.id == asked.c.contact_id
    )
    rows = found.offset(0).subquery()
    refused = db.execute(select(rows).where(rows.c.reason.is_not(None)), {"targets": as_pairs(targets)})
    found_against = {Target(row[0], row[1]): Skip(row[2]) for row in refused}
    return found_against | _at_closed_domains(db, targets, channel, purpose, found_against)


def _at_closed_domains(
    db: Session,
    targets: Sequence[Target],
    channel: Channel,
    purpose: ConsentPurpose | None,
    known: Mapping[Target, Skip],
) -> dict[Target, Skip]:
    """Those whose domain is closed, with what weighs less than that: asked once a host, not once a person."""
    if not domains.stand_against(channel, purpose):
        return {}
    hosts = {target: target.address_key.rpartition("@")[2] for target in targets}
    closed = domains.closed_hosts(db, set(hosts.values()))
    return {
        target: Skip.SUPPRESSED
        for target, host in hosts.items()
        if host in closed and known.get(target) not in HEAVIER
    }


def closed_homes(db: Session, letter_keys: Collection[str], purpose: ConsentPurpose | None) -> set[str]:
    """Those of the letter keys whose place is closed. A frozen row goes where its person lived then: who has
    moved since, or has no address any more, is asked about by the place of the row as well."""
    places = {key: suppression.canonical(db, Channel.LETTER, key) for key in letter_keys}
    entry = aliased(Suppression)
    at_them = entry.address_key.in_(set(places.values()))
    stands = suppressed_address(Channel.LETTER, purpose, entry.address_key)
    closed = set(db.scalars(select(entry.address_key).where(at_them, stands)))
    return {key for key, place in places.items() if place in closed}


def against(
    channel: Channel,
    purpose: ConsentPurpose | None,
    sender_id: int,
    now: datetime | BindParameter[datetime],
    who: Who = DELIVERY,
    *,
    with_domains: bool = True,
) -> ColumnElement[str | None]:
    """A column over `who` (and their `Contact`): the first reason (`Skip`) why that person may not be written
    to at that address at this moment, NULL when there is none.

    Correlated to the row: it reads a few index entries, which suits some hundred rows. `with_domains` False
    leaves closed domains to the caller; of a letter's place only the person's of today is asked here, see
    `closed_homes`.
    """
    addressed = suppressed if with_domains else suppressed_address
    # a frozen row has a postal address as it was written; a no to it holds for the person at the place
    closed = who.address_key if channel is Channel.EMAIL else closing_key(channel)
    reasons: list[tuple[ColumnElement[bool], str]] = [
        (Contact.erased_at.is_not(None), Skip.ERASED.value),
        (Contact.deceased_at.is_not(None), Skip.DECEASED.value),
        (addressed(channel, purpose, closed), Skip.SUPPRESSED.value),
    ]
    if purpose is not None:
        held = exists(select(Hold.id).where(Hold.contact_id == who.contact_id, holds.active(now)))
        reasons += [
            (held.correlate_except(Hold), Skip.HELD.value),
            # no entry at all is NULL, and no yes either
            (not_(func.coalesce(_permitted(channel, purpose, sender_id, who), False)), Skip.NO_CONSENT.value),
        ]
    return case(*reasons, else_=null())


def _permitted(channel: Channel, purpose: ConsentPurpose, sender_id: int, who: Who) -> ColumnElement[bool]:
    """`consent.permits` over the newest entries of `who`; NULL, like no, when there is no entry that counts.

    `CASE newest WHEN …`, for PostgreSQL looks an entry up once for each time that it is named."""
    newest = _newest_action(channel, purpose, sender_id, who)
    if channel is Channel.EMAIL and purpose is ConsentPurpose.MARKETING:
        return newest == _GRANTED
    never_asked: ColumnElement[bool] = true()
    if channel is Channel.EMAIL:
        never_asked = _newest_action(channel, ConsentPurpose.MARKETING, sender_id, who) == _GRANTED
    said = func.coalesce(newest, _RETRACTED)
    return case((_GRANTED, true()), (_RETRACTED, never_asked), value=said, else_=false())


def _newest_action(
    channel: Channel, purpose: ConsentPurpose, sender_id: int, who: Who
) -> ColumnElement[ConsentAction | None]:
    newest: ColumnElement[ConsentAction | None] = (
        select(Consent.action)
        .where(
            Consent.contact_id == who.contact_id,
            Consent.sender_id == sender_id,
            Consent.channel == channel,
            Consent.purpose == purpose,
        )
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
        .correlate_except(Consent)
        .scalar_subquery()
    )
    return newest
