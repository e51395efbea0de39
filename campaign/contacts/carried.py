"""A no goes along with whoever said it.

Somebody's e-mail address or postal place becomes another one, by a file, by hand, by an undo. Who said no for
themselves has said it at the new one, too; a mailbox or a house that is dead stays behind. The old one, which
nobody may have now, is not free for a file that has it still. And who is the same person at the same place as
somebody who refused letters has refused them, under whatever number a file brings them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.models import Channel, Consent, ConsentAction, ConsentPurpose, Contact, SuppressionReason

# a no of the person's own; a bounce and a letter that came back say only that the address was wrong
OWN_WILL = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED, SuppressionReason.REQUESTED)
Refused = tuple[int, ConsentPurpose]
"""To which sender, and what."""


class Reached(NamedTuple):
    """Where a contact is reached."""

    email: str
    place: str


def reached(contact: Contact) -> Reached:
    """Where the contact is reached now."""
    return Reached(contact.email_key, contact.place_key)


def along(db: Session, contact: Contact, before: Reached, *, source: str, now: datetime) -> None:
    """After a change of the contact: their no, if any, holds at what they have now and at what they left."""
    for channel, old, new in (
        (Channel.EMAIL, before.email, contact.email_key),
        (Channel.LETTER, before.place, contact.place_key),
    ):
        if old != new:
            leave(db, contact.id, channel, old, new, source=source, now=now)
    if before.place != contact.place_key:
        take_over(db, contact.id, contact.place_key, source=source, now=now)


def leave(
    db: Session, contact_id: int, channel: Channel, old: str, new: str, *, source: str, now: datetime
) -> None:
    """A person's address becomes another one: a no of theirs holds at both."""
    if not old:
        return
    entry = suppression.find(db, channel, old)
    if entry is None:
        if _ever_withdrew(db, contact_id, channel):
            suppression.suppress(db, channel, old, SuppressionReason.UNSUBSCRIBED, source=source, now=now)
    elif entry.reason in OWN_WILL and new:
        suppression.suppress(db, channel, new, entry.reason, source=source, now=now)


def take_over(db: Session, contact_id: int, place_key: str, *, source: str, now: datetime) -> int:
    """What others of this very name refused at this place is refused for the contact, where they have not
    spoken themselves; how many entries of the ledger."""
    return write_refusals(db, contact_id, refused_at(db, [place_key]), source=source, now=now)


def refused_at(db: Session, place_keys: Sequence[str]) -> dict[int, set[Refused]]:
    """Who lives there and refuses letters, and which."""
    living = select(Contact.id).where(Contact.place_key.in_([key for key in place_keys if key]))
    return last_words(db, list(db.scalars(living)))


def last_words(db: Session, contact_ids: Sequence[int]) -> dict[int, set[Refused]]:
    """Which letters these people refuse, by their newest entries; who refuses none is left out."""
    newest: dict[tuple[int, int, ConsentPurpose], ConsentAction] = {}
    if contact_ids:
        said = select(Consent.contact_id, Consent.sender_id, Consent.purpose, Consent.action)
        said = said.where(Consent.contact_id.in_(contact_ids), Consent.channel == Channel.LETTER)
        for contact_id, sender_id, purpose, action in db.execute(said.order_by(Consent.at, Consent.id)):
            newest[(contact_id, sender_id, purpose)] = action
    found: dict[int, set[Refused]] = {}
    for (contact_id, sender_id, purpose), action in newest.items():
        if action is ConsentAction.WITHDRAWN:
            found.setdefault(contact_id, set()).add((sender_id, purpose))
    return found


def write_refusals(
    db: Session, contact_id: int, by_contact: dict[int, set[Refused]], *, source: str, now: datetime
) -> int:
    """Append what the others refuse to the contact's ledger, with the number of who said it as evidence."""
    theirs = {one: other for other, refused in by_contact.items() if other != contact_id for one in refused}
    if not theirs:
        return 0
    spoken = select(Consent.sender_id, Consent.purpose)
    spoken = spoken.where(Consent.contact_id == contact_id, Consent.channel == Channel.LETTER)
    own = {(row[0], row[1]) for row in db.execute(spoken)}
    rows = [
        {
            "contact_id": contact_id, "sender_id": sender_id, "channel": Channel.LETTER, "purpose": purpose,
            "action": ConsentAction.WITHDRAWN, "wording": "", "content_kind": "", "frequency": "",
            "method": "", "source": source[:200], "evidence": {"same_person_as": other}, "at": now,
        }
        for (sender_id, purpose), other in sorted(theirs.items())
        if (sender_id, purpose) not in own
    ]  # fmt: skip
    if rows:
        db.execute(insert(Consent), rows)
    return len(rows)


def _ever_withdrew(db: Session, contact_id: int, channel: Channel) -> bool:
    """On the channel; for e-mail on any, for such a mailbox had better be left alone."""
    withdrawn = select(Consent.id).where(
        Consent.contact_id == contact_id, Consent.action == ConsentAction.WITHDRAWN
    )
    if channel is Channel.LETTER:
        withdrawn = withdrawn.where(Consent.channel == channel)
    return db.scalar(withdrawn.limit(1)) is not None
