"""Addresses, of both kinds: how they are written, and the key that makes two of them one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from babel import Locale
from email_validator import EmailNotValidError, validate_email

from campaign.contacts.called import called
from campaign.contacts.names import clean, search_key
from campaign.contacts.place_keys import bounded, place_key_at
from campaign.errors import InvalidInput
from campaign.models import Contact, ContactKind

PHONE_KEY_LIMIT = 20
VIETNAMESE_WITH_CODE = range(11, 13)  # digits of `84` and a number without its zero
MOBILE_WITHOUT_ZERO = 9
# countries that write the code before the place (Universal Postal Union, addressing guides)
CODE_FIRST = frozenset(
    {
        "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IS", "IT", "LI",
        "LT", "LU", "ME", "MX", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR",
    }
)  # fmt: skip
# what nearly all addresses look like; anything else goes to the validator, which takes ten times as long
_FAST = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9.-]+)")


@dataclass(frozen=True)
class EmailAddress:
    """`address` as it is written on a mail, `key` as it is compared."""

    address: str
    key: str

    @property
    def needs_smtputf8(self) -> bool:
        """Whether the server must speak SMTPUTF8 (RFC 6531): the part before the @ is not ASCII."""
        return not self.address.rpartition("@")[0].isascii()


def normalise_email(text: str) -> EmailAddress:
    """The address by email-validator, without asking DNS; InvalidInput when it is none.

    The domain becomes lower case and Unicode, the local part NFC. The key is the whole in lower case: no
    provider in use tells `An@` from `an@`, and writing twice to one person is worse.
    """
    text = text.strip()
    if not text:
        raise InvalidInput("contacts-error-email", field="email", value="")
    found = _FAST.fullmatch(text)
    if found and (domain := _domain(found[1])):
        address = f"{text[: text.index('@')]}@{domain}"
        if len(address) <= 254:  # RFC 5321 4.5.3.1.3, less the angle brackets
            return EmailAddress(address, address.lower())
    return _by_validator(text)


def _by_validator(text: str) -> EmailAddress:
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidInput("contacts-error-email", field="email", value=text[:80]) from error
    return EmailAddress(found.normalized, found.normalized.lower())


@lru_cache(maxsize=4096)
def _domain(domain: str) -> str:
    """The domain as the validator writes it; empty when it says no (the full check then gives the reason)."""
    try:
        return validate_email(f"a@{domain}", check_deliverability=False).domain
    except EmailNotValidError:
        return ""


def phone_key(phone: str) -> str:
    """What makes two writings of one number one: `+84 912 345 678`, `0912.345.678` and `912345678`.

    A spreadsheet takes a number's leading zero away: nine digits that begin as a Vietnamese mobile number
    does get it back. Numbers abroad keep their plus.
    """
    digits = "".join(char for char in phone if char.isdigit())
    international = phone.lstrip(" (").startswith(("+", "00"))
    if international:
        digits = digits.removeprefix("00")
    if digits.startswith("84") and (international or len(digits) in VIETNAMESE_WITH_CODE):
        return f"0{digits[2:]}"[:PHONE_KEY_LIMIT]
    if international:
        return f"+{digits}"[:PHONE_KEY_LIMIT]
    if len(digits) == MOBILE_WITHOUT_ZERO and digits[0] in "35789":
        return f"0{digits}"
    return digits[:PHONE_KEY_LIMIT]


def letter_lines(contact: Contact, sender_country: str = "VN") -> list[str]:
    """The lines of the address block, at most seven; empty when a letter cannot reach the contact.

    Vietnamese order: name, organisation, house and street, ward (and district, in older addresses),
    province with its five-digit code. Abroad the country follows in English capitals, as the Universal
    Postal Union asks. A contact person without an address of their own is written to at the organisation's.
    """
    place = _place(contact)
    if not has_postal_address(place) or contact.kind is ContactKind.ORGANISATION:
        return []
    lines = [
        called(contact),
        contact.organisation.full_name if contact.organisation else "",
        place.street,
        ", ".join(part for part in (place.ward, place.district) if part),
        _town_line(place),
        "" if place.country == sender_country else country_name(place.country),
    ]
    return [line for line in lines if line]


class PostalKeys(NamedTuple):
    """What a contact is compared by for letters; both empty when none can arrive.

    `letter` names a row of an audience or a delivery: two people of one household get a letter each, one
    person never two. Marks are kept in the name (An and Ân are brothers) and dropped in the address. `place`
    (`place_keys`) is the same person at the same place in whatever writing: for noes, erasures, duplicates.
    """

    letter: str
    place: str


NOWHERE = PostalKeys("", "")


def letter_key(contact: Contact) -> str:
    """See `PostalKeys`."""
    return postal_keys(contact).letter


def postal_keys(contact: Contact) -> PostalKeys:
    """The keys of a contact; a person without an address of their own is at the organisation's."""
    if contact.kind is ContactKind.ORGANISATION:
        return NOWHERE
    return postal_keys_at(contact.full_name, _place(contact))


class Place(Protocol):
    """What of a contact, or of a row of a table, says where the post goes."""

    @property
    def street(self) -> str: ...
    @property
    def ward(self) -> str: ...
    @property
    def province(self) -> str: ...
    @property
    def postal_code(self) -> str: ...
    @property
    def country(self) -> str: ...


def postal_keys_at(full_name: str, place: Place) -> PostalKeys:
    """The keys of a person of that name at a place; empty when the post would not find it."""
    if not (place.street and place.province):
        return NOWHERE
    name, country = clean(full_name).casefold(), folded(place.country)
    street, ward, province = folded(place.street), folded(place.ward), folded(place.province)
    return PostalKeys(
        bounded(f"{name}|{street}|{ward}|{province}|{folded(place.postal_code)}|{country}"),
        place_key_at(name, street, ward, province, country),
    )


def has_postal_address(contact: Contact) -> bool:
    """Enough for the post to find it: a street and a town or province."""
    return bool(contact.street and contact.province)


@lru_cache(maxsize=300)
def country_name(code: str) -> str:
    """The country in English capitals; the code itself when nobody knows it."""
    return str(Locale("en").territories.get(code, code)).upper()


def _place(contact: Contact) -> Contact:
    """Whose address counts: the contact's own, else the organisation's."""
    if has_postal_address(contact) or contact.organisation is None:
        return contact
    return contact.organisation


def _town_line(place: Contact) -> str:
    if place.country in CODE_FIRST:
        return f"{place.postal_code} {place.province}".strip()
    return f"{place.province} {place.postal_code}".strip()


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A part of an address without marks, signs and capitals."""
    return re.sub(r"[\W_]+", " ", search_key(text)).strip()
