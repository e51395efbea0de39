"""Addresses never to write to. An entry stays until a person lifts it, whatever is imported.

An address has one entry, and the strongest reason stands in it: that a letter came back says something about
a house; the person's own no, which goes along with them, is not hidden behind it. That the address is dead
is kept beside their no.

For letters the address is a person at a place, in whatever writing (`place_keys`); a letter key, which is
what audiences and deliveries have, is understood as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts.place_keys import is_readable, place_key_of
from campaign.models import Account, Channel, Contact, Suppression, SuppressionReason

# the address is wrong or gone, whoever has it
DEAD = (SuppressionReason.BOUNCED, SuppressionReason.RETURNED)
# a no of the person's own
OWN_WILL = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.COMPLAINED, SuppressionReason.REQUESTED)
# a report of spam, made to others, is no wish that a later yes to us ends
_STRENGTH = dict.fromkeys(DEAD, 0) | dict.fromkeys(OWN_WILL, 1) | {SuppressionReason.COMPLAINED: 2}


def strongest(reasons: Iterable[SuppressionReason]) -> SuppressionReason | None:
    """Which of them stands; the first of several that are equally strong."""
    return max(reasons, key=_STRENGTH.__getitem__, default=None)


def are_mixed(reasons: Collection[SuppressionReason]) -> bool:
    """Whether some say that the address is dead, and some that its owner refused."""
    return not (set(reasons).isdisjoint(DEAD) or set(reasons).isdisjoint(OWN_WILL))


def adds(entry: Suppression, reason: SuppressionReason) -> bool:
    """Whether the reason says more than the entry does."""
    if reason in DEAD:
        return not is_dead(entry)
    return _STRENGTH[reason] > _STRENGTH[entry.reason]


def is_dead(entry: Suppression) -> bool:
    """Whether the address is known to be dead: not even an answer goes there."""
    return entry.also_dead or entry.reason in DEAD


def suppress(
    db: Session, channel: Channel, address_key: str, reason: SuppressionReason, *, source: str, now: datetime
) -> Suppression:
    """Never write to this address again. A second call changes nothing, unless its reason says more: of equal
    ones the first stays."""
    address_key = canonical(db, channel, address_key)
    known = _find(db, channel, address_key)
    if known is None:
        table = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
        values = {
            "channel": channel, "address_key": address_key, "reason": reason, "source": source, "at": now,
        }  # fmt: skip
        made = table.insert(Suppression).values(values).on_conflict_do_nothing().returning(Suppression.id)
        number = db.scalar(made)
        known = _find(db, channel, address_key)
        assert known is not None
        if number is not None:
            _note(db, known, now, reason=reason.value)
            return known
    if adds(known, reason):
        db.refresh(known, with_for_update=True)  # somebody else may be adding theirs
        _add(db, known, reason, source, now)
    return known


def _add(db: Session, entry: Suppression, reason: SuppressionReason, source: str, now: datetime) -> None:
    if not adds(entry, reason):
        return
    was = entry.reason
    entry.also_dead = is_dead(entry) or reason in DEAD
    if reason in OWN_WILL:
        entry.reason, entry.source, entry.at = reason, source, now
    db.flush()
    _note(db, entry, now, reason=reason.value, was=was.value)


def _note(db: Session, entry: Suppression, now: datetime, **detail: str) -> None:
    audit.record(db, None, "suppress", "address", entry.id, now, channel=entry.channel.value, **detail)


def find(db: Session, channel: Channel, address_key: str) -> Suppression | None:
    """The entry for this address, if there is one."""
    return _find(db, channel, canonical(db, channel, address_key))


def canonical(db: Session, channel: Channel, address_key: str) -> str:
    """The key under which an entry stands. One that is too long to be read is its contact's, if any."""
    if channel is Channel.EMAIL:
        return address_key
    if is_readable(address_key):
        return place_key_of(address_key)
    living = select(Contact.place_key).where(Contact.letter_key == address_key, Contact.place_key != "")
    return db.scalar(living.limit(1)) or address_key


def _find(db: Session, channel: Channel, address_key: str) -> Suppression | None:
    return db.scalar(
        select(Suppression).where(Suppression.channel == channel, Suppression.address_key == address_key)
    )


def of_contact(db: Session, contact: Contact) -> dict[Channel, Suppression]:
    """What stands against each of the contact's addresses."""
    found = ((channel, find(db, channel, key)) for channel, key in keys_of(contact).items())
    return {channel: entry for channel, entry in found if entry is not None}


def keys_of(contact: Contact) -> dict[Channel, str]:
    """The address keys by which the contact can be reached, per channel."""
    keys = {Channel.EMAIL: contact.email_key, Channel.LETTER: contact.place_key}
    return {channel: key for channel, key in keys.items() if key}


def lift(
    db: Session, channel: Channel, address_key: str, *, account: Account, reason: str, now: datetime
) -> bool:
    """Write to this address again, for a reason that the log keeps; False when nothing stood against it."""
    entry = find(db, channel, address_key)
    if entry is None:
        return False
    audit.record(
        db, account, "lift_suppression", "address", entry.id, now,
        channel=channel.value, was=entry.reason.value, reason=reason,
    )  # fmt: skip
    db.execute(delete(Suppression).where(Suppression.id == entry.id))
    return True
