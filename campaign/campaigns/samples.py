"""People to look at a message with: living ones, who said no neither to this sender nor on that channel.

Who was never asked may be looked at: a draft is written before all have answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import consent, finding
from campaign.contacts.reachable import closing_key, suppressed
from campaign.contacts.search import question
from campaign.models import Channel, ConsentPurpose, Contact, ContactKind, Message, Segment
from campaign.render import content as contents
from campaign.segments import EVERYBODY, rule_of, sample, where
from campaign.segments.room import give_room

SHOWN = 8
# so many are asked for, for each that is shown; where most of those have said no, more
ASKED, ASKED_AGAIN = 2, 40


@dataclass(frozen=True)
class Meant:
    """What the people are looked at for."""

    channel: Channel
    purpose: ConsentPurpose | None
    sender_id: int


def meant(message: Message, channel: Channel) -> Meant:
    return Meant(channel, contents.from_message(message).purpose, message.sender_id)


def to_look_at(
    db: Session, segment: Segment | None, search: str, now: datetime, what: Meant, limit: int = SHOWN
) -> list[Contact]:
    """Some of the segment's people: those whom `search` finds as in the list of contacts, or a spread of all.
    Without a segment anybody: a greeting may go to everybody who has a birthday."""
    for factor in (ASKED, ASKED_AGAIN):
        found = fit(db, _some(db, segment, search, now, factor * limit), what)[:limit]
        if len(found) == limit:
            break
    return found


def fit(db: Session, found: Sequence[Contact], what: Meant) -> list[Contact]:
    """Those of them who may be shown, in their order."""
    living = [contact for contact in found if _lives(contact)]
    ids = [contact.id for contact in living]
    key = closing_key(what.channel)
    said_no = select(Contact.id).where(Contact.id.in_(ids), suppressed(what.channel, what.purpose, key))
    gone = set(db.scalars(said_no)) if ids else set()
    if ids and what.purpose is not None:
        withdrawn = consent.withdrawn(what.channel, what.purpose, what.sender_id, ids)
        gone |= set(db.scalars(select(Contact.id).where(Contact.id.in_(ids), withdrawn)))
    return [contact for contact in living if contact.id not in gone]


def _lives(contact: Contact) -> bool:
    is_there = contact.erased_at is None and contact.deceased_at is None
    return is_there and contact.kind is ContactKind.PERSON


def _some(db: Session, segment: Segment | None, search: str, now: datetime, limit: int) -> Sequence[Contact]:
    rule = rule_of(db, segment) if segment else EVERYBODY
    if not search.strip():
        return sample(db, rule, now=now, limit=limit)
    fits = finding.holding(db, search[: question.TEXT_LIMIT])
    if fits is None:
        return []
    give_room(db)
    wanted = select(Contact).where(where(rule, now), Contact.kind == ContactKind.PERSON, fits)
    return db.scalars(wanted.order_by(Contact.name_key, Contact.id).limit(limit)).all()
