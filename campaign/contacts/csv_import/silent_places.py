"""A postal address has several writings: of before and since July 2025, with and without its code, `TP.HCM`
and `Sài Gòn`. A no to letters at a place holds in all of them, whoever a file makes of the person there.

Nobody is merged for it: the same name at the same street, ward and province of today is only kept silent.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import provinces
from campaign.models import Channel, Consent, ConsentAction, Contact, Suppression, SuppressionReason

Place = tuple[str, str, str, str]
"""Name, street, ward, province of today; folded."""
_PARTS = 6  # of `letter_key`: name, street, ward, province, postal code, country


class SilentPlaces:
    """Where no letters go, read once: such noes are few beside the people of a file."""

    def __init__(self, db: Session) -> None:
        noes = select(Suppression.address_key, Suppression.reason).where(
            Suppression.channel == Channel.LETTER
        )
        self._suppressed: dict[str, SuppressionReason] = dict(db.execute(noes).all())
        self._at: dict[Place, SuppressionReason] = {}
        for key, reason in self._suppressed.items():
            if place := _place(key):
                self._at[place] = reason
        self._withdrew = {place for key in _withdrawn(db) if (place := _place(key))}

    def no_at(self, letter_key: str, *, is_new: bool) -> SuppressionReason | None:
        """The reason to be silent at that address as well; None when there is none, or it is known. Who is on
        file has a ledger of their own; who is new may be somebody in it."""
        if not letter_key or letter_key in self._suppressed or not (self._at or self._withdrew):
            return None
        place = _place(letter_key)
        if place is None:
            return None
        if is_new and place in self._withdrew:
            return SuppressionReason.REQUESTED
        return self._at.get(place)


def _withdrawn(db: Session) -> list[str]:
    """The postal addresses of those whose last word on letters is a no, to any sender and purpose."""
    newest: dict[tuple[int, int, str], tuple[ConsentAction, str]] = {}
    letter = Consent.channel == Channel.LETTER
    # those who ever said no are few, and what they said since decides
    some = select(Consent.contact_id).where(letter, Consent.action == ConsentAction.WITHDRAWN)
    said = (
        select(Consent.contact_id, Consent.sender_id, Consent.purpose, Consent.action, Contact.letter_key)
        .join(Contact, Contact.id == Consent.contact_id)
        .where(letter, Consent.contact_id.in_(some), Contact.letter_key != "")
        .order_by(Consent.at, Consent.id)
    )
    for contact_id, sender_id, purpose, action, key in db.execute(said):
        newest[(contact_id, sender_id, purpose)] = (action, key)
    return [key for action, key in newest.values() if action is ConsentAction.WITHDRAWN]


def _place(letter_key: str) -> Place | None:
    """None for a province that no table knows, and for a key so long that it was hashed."""
    parts = letter_key.rsplit("|", _PARTS - 1)
    if len(parts) != _PARTS:
        return None
    name, street, ward, province, _, country = parts
    now = provinces.today(provinces.key_of(province, country.upper()))
    return (name, street, ward, now.key) if now else None
