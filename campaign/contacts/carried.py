"""A no goes along with whoever said it.

Somebody's e-mail address or postal place becomes another one, by a file, by hand, by an undo. Who said no for
themselves has said it at the new one, too; a mailbox or a house that is dead stays behind. The old one, which
nobody may have now, is not free for a file that has it still. And who is the same person at the same place as
somebody who refused letters has refused them, under whatever number a file brings them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.models import Channel, Consent, ConsentAction, ConsentPurpose, Contact, SuppressionReason

Refused = tuple[int, ConsentPurpose]
"""To which sender, and what."""
Said = tuple[datetime, int]
"""When, and under which number of the ledger."""
Noes = dict[Refused, Said]
_NO = ConsentAction.WITHDRAWN


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
            take_over(db, contact.id, channel, new, source=source, now=now)


def leave(
    db: Session, contact_id: int, channel: Channel, old: str, new: str, *, source: str, now: datetime
) -> None:
    """A person's address becomes another one: a no of theirs holds at both. That it is dead stays behind."""
    if not old:
        return
    entry = suppression.find(db, channel, old)
    if entry is not None and entry.reason in suppression.OWN_WILL:
        if new:
            suppression.suppress(db, channel, new, entry.reason, source=source, now=now)
    elif _ever_withdrew(db, contact_id, channel):
        suppression.suppress(db, channel, old, SuppressionReason.UNSUBSCRIBED, source=source, now=now)


def take_over(db: Session, contact_id: int, channel: Channel, key: str, *, source: str, now: datetime) -> int:
    """What others refused at this mailbox, or others of this very name at this place, is refused for the
    contact who comes there; how many entries of the ledger."""
    if not key:
        return 0
    column = Contact.email_key if channel is Channel.EMAIL else Contact.place_key
    living = select(Contact.id).where(column == key, Contact.id != contact_id)
    refused = last_noes(db, list(db.scalars(living)), channel)
    return write_refusals(db, contact_id, refused, channel, source=source, now=now)


def last_noes(db: Session, contact_ids: Sequence[int], channel: Channel = Channel.LETTER) -> dict[int, Noes]:
    """What these people refuse by their newest entries; who refuses nothing is left out."""
    found: dict[int, Noes] = {}
    for contact_id, words in _last_words(db, contact_ids, channel).items():
        if noes := {about: said for about, (action, said) in words.items() if action is _NO}:
            found[contact_id] = noes
    return found


def write_refusals(
    db: Session,
    contact_id: int,
    by_contact: Mapping[int, Noes],
    channel: Channel = Channel.LETTER,
    *,
    source: str,
    now: datetime,
) -> int:
    """Append what the others refuse to the contact's ledger, with the number of who said it as evidence. A
    yes to letters that was said since stays; one to e-mail was said at another mailbox."""
    newest: dict[Refused, tuple[Said, int]] = {}
    for other, noes in by_contact.items():
        for about, said in noes.items() if other != contact_id else ():
            newest[about] = max(newest.get(about, (said, other)), (said, other))
    own = _last_words(db, [contact_id], channel).get(contact_id, {}) if newest else {}
    evidence = "same_mailbox_as" if channel is Channel.EMAIL else "same_person_as"
    rows = [
        {
            "contact_id": contact_id, "sender_id": about[0], "channel": channel, "purpose": about[1],
            "action": _NO, "wording": "", "content_kind": "", "frequency": "", "method": "",
            "source": source[:200], "evidence": {evidence: other}, "at": now,
        }
        for about, (said, other) in sorted(newest.items())
        if about not in own or _gives_way(own[about], said, channel)
    ]  # fmt: skip
    if rows:
        db.execute(insert(Consent), rows)
    return len(rows)


def _gives_way(own: tuple[ConsentAction, Said], no: Said, channel: Channel) -> bool:
    return own[0] is not _NO and (channel is Channel.EMAIL or own[1] < no)


def _last_words(
    db: Session, contact_ids: Sequence[int], channel: Channel
) -> dict[int, dict[Refused, tuple[ConsentAction, Said]]]:
    """What holds on the channel; an entry that was taken back is none."""
    found: dict[int, dict[Refused, tuple[ConsentAction, Said]]] = {}
    if not contact_ids:
        return found
    about, said = (Consent.sender_id, Consent.purpose), (Consent.at, Consent.id)
    # columns, for an import reads many: whole entries take three times as long
    entries = select(Consent.contact_id, Consent.action, *about, *said).where(
        Consent.contact_id.in_(contact_ids), Consent.channel == channel
    )
    for contact_id, action, sender_id, purpose, at, number in db.execute(entries.order_by(*said)):
        found.setdefault(contact_id, {})[(sender_id, purpose)] = (action, (at, number))
    return {
        contact_id: {about: word for about, word in words.items() if word[0] is not ConsentAction.RETRACTED}
        for contact_id, words in found.items()
    }


def _ever_withdrew(db: Session, contact_id: int, channel: Channel) -> bool:
    """On the channel; for e-mail on any, for such a mailbox had better be left alone."""
    withdrawn = select(Consent.id).where(Consent.contact_id == contact_id, Consent.action == _NO)
    if channel is Channel.LETTER:
        withdrawn = withdrawn.where(Consent.channel == channel)
    return db.scalar(withdrawn.limit(1)) is not None
