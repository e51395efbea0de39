"""A blocked postal address as people write it: the list of the blocked keeps it folded.

It is read where it still stands: in the profile of who lives there, or on the letter that came back. Of an
address that nobody has any more only the folded form is left, which has no marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from campaign.contacts import provinces, suppression
from campaign.contacts.addresses import letter_lines
from campaign.models import Channel, Contact, Delivery, Suppression

_OF_DELIVERY = re.compile(r"delivery (\d{1,18})")
# the parts of a place key, see `place_keys`
_PROVINCE, _COUNTRY = 3, 4
_HASH = re.compile(r"#[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Written:
    """The lines of an address, the name first; `folded` when its marks are not known any more."""

    lines: tuple[str, ...]
    folded: bool = False

    def __str__(self) -> str:
        return ", ".join(self.lines)


def as_written(db: Session, entries: Sequence[Suppression]) -> dict[int, Written]:
    """By the id of the entry; for the lines of one page."""
    letters = [entry for entry in entries if entry.channel is Channel.LETTER]
    living = _living(db, [entry.address_key for entry in letters])
    sent = _sent(db, [entry for entry in letters if entry.address_key not in living])
    found = {entry.id: Written((entry.address_key,)) for entry in entries if entry not in letters}
    for entry in letters:
        known = living.get(entry.address_key) or sent.get(entry.id)
        found[entry.id] = Written(known) if known else _unfolded(entry.address_key)
    return found


def _living(db: Session, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Of those who have the address now."""
    people = select(Contact).options(joinedload(Contact.organisation)).where(Contact.place_key.in_(keys))
    return {
        contact.place_key: (contact.full_name, *letter_lines(contact)[1:])
        for contact in (db.scalars(people.order_by(Contact.id.desc())).unique() if keys else ())
    }


def _sent(db: Session, entries: Sequence[Suppression]) -> dict[int, tuple[str, ...]]:
    """As it stood on the letter that the entry came from."""
    of = {int(found[1]): entry for entry in entries if (found := _OF_DELIVERY.fullmatch(entry.source))}
    letters = select(Delivery).where(Delivery.id.in_(of), Delivery.address != "")
    return {
        of[letter.id].id: tuple(letter.address.splitlines())
        for letter in (db.scalars(letters) if of else ())
        if suppression.canonical(db, Channel.LETTER, letter.address_key) == of[letter.id].address_key
    }


def _unfolded(key: str) -> Written:
    """Capitals where names have them, and the province's own name."""
    parts = _HASH.sub("", key).split("|")
    lines = [part.title() for part in parts]
    if len(parts) > _COUNTRY:
        lines[_COUNTRY] = "" if parts[_COUNTRY] == "vn" else parts[_COUNTRY].upper()
        if province := provinces.TODAY.get(parts[_PROVINCE]):
            lines[_PROVINCE] = province.name
    return Written(tuple(line for line in lines if line), folded=True)
