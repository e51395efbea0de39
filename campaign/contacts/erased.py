"""Whom we forgot: keyed hashes of their addresses, asked before anybody is stored.

    erased.remember(db, contact, now)      # with an erasure
    erased.refuse(db, Keys(email, phone, letter, place))   # with every new person or address
    erased.may_return(db, Keys(email=…), source=…, now=…)   # the person came back by their own will

What this protects and what not stands in docs/decisions.md.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import former_places
from campaign.contacts.addresses import phone_key, postal_keys_at
from campaign.contacts.place_keys import at_any_ward, at_no_ward
from campaign.errors import InvalidInput
from campaign.models import (
    Account,
    Channel,
    Contact,
    ContactFact,
    ContactKind,
    ErasedKey,
    ErasedKind,
    Erasure,
    ErasureSecret,
    Suppression,
)

REASON = "rights-was-erased"
"""Why a row, a form or an import is refused; it names nobody."""
MAYBE = "rights-may-be-erased"
"""The same where name, street and province agree and one of the two places has no ward: a person decides."""
REASONS = frozenset({REASON, MAYBE})
SECRET_BYTES = 32
DIGEST_BYTES = 16
# pg_advisory_xact_lock key: who writes people holds it shared, who erases alone
LOCK = 0x45524153


class Keys(NamedTuple):
    """The keys of a person, as `Contact` has them; empty where there is none.

    Remembered is the place. Erasures of before places had a key hold the letter key, and a hash cannot be
    made into another one: so both are asked about.
    """

    email: str = ""
    phone: str = ""
    letter: str = ""
    place: str = ""

    def by_kind(self) -> Iterator[tuple[ErasedKind, str]]:
        return ((kind, key) for kind, key in zip(_KINDS, self, strict=True) if key)


_KINDS = (ErasedKind.EMAIL, ErasedKind.PHONE, ErasedKind.LETTER, ErasedKind.LETTER)


NONE = Keys()


def keys_of(contact: Contact) -> Keys:
    """The keys by which a contact is found. An organisation gets no letters, but is at a place."""
    place = contact.place_key
    if contact.kind is ContactKind.ORGANISATION:
        place = postal_keys_at(contact.full_name, contact).place
    return Keys(contact.email_key, contact.phone_key, contact.letter_key, place)


def hold(db: Session) -> None:
    """Until the commit nobody is erased: what was read of a person may be written. SQLite has one writer."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock_shared(LOCK)))


def remember(db: Session, contact: Contact, now: datetime) -> Erasure:
    """Keep hashes of all addresses the contact has or had, before they go. What stands against one of them
    is kept by its hash alone, unless somebody else lives at it."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(LOCK)))
    made = Erasure(contact_id=contact.id, contact_created_at=contact.created_at, at=now)
    db.add(made)
    db.flush()
    held = list(_held(db, contact))
    hasher = Hasher(_secret(db))
    keep(db, made.id, [(kind, hasher.digest(kind, key)) for kind, key in held])
    _hash_suppressions(db, contact.id, held)
    return made


def remembered(db: Session, contact_id: int) -> bool:
    """Whether the person was erased for good, with hashes that keep them away."""
    return db.scalar(select(Erasure.id).where(Erasure.contact_id == contact_id).limit(1)) is not None


def keep(db: Session, erasure_id: int, digests: Iterable[tuple[ErasedKind, str]]) -> None:
    """Add hashes that are not there yet."""
    rows = [{"kind": kind, "digest": digest, "erasure_id": erasure_id} for kind, digest in digests]
    if rows:
        insert = sqlite_insert if db.get_bind().dialect.name == "sqlite" else postgresql_insert
        db.execute(insert(ErasedKey).on_conflict_do_nothing(), rows)


def refuse(db: Session, keys: Keys, *, lives_at: str = "", somebody_else: bool = False) -> bool:
    """InvalidInput when one of the keys was an erased person's. For one person; an import has `Erased`.

    `lives_at` is the place of a living person whose keys these are to be. `somebody_else`: whoever asks says
    that it is not the erased person. Where it may be one that is heard, and True comes back.
    """
    secret = db.scalar(select(ErasureSecret.secret))
    if secret is None:
        return False
    hasher = Hasher(secret)
    asked = {hasher.digest(kind, key): (kind, key) for kind, key in _asked(keys)}
    rows = db.scalars(select(ErasedKey.digest).where(ErasedKey.digest.in_(asked)))
    found = {asked[digest] for digest in rows}
    for kind, key in keys._replace(place="").by_kind():
        if (kind, key) in found:
            raise InvalidInput(REASON, field=_FIELDS[kind])
    reason = judge(keys.place, lives_at, lambda key: (ErasedKind.LETTER, key) in found)
    if reason and not (reason == MAYBE and somebody_else):
        raise InvalidInput(reason, field="street")
    return bool(reason)


def judge(place: str, lives_at: str, is_known: Callable[[str], bool]) -> str:
    """REASON, MAYBE or nothing, for a place. Two wards that are both written and differ are two houses; where
    one is not written, the erased person or a namesake may live there."""
    anywhere, ward = at_any_ward(place) or ("", "")
    known = is_known(place)
    if known and (ward or not anywhere or is_known(anywhere)):
        return REASON
    if not known and not (ward and is_known(anywhere)):
        return ""
    # of somebody who lives there the ward is written now, or no more
    return "" if lives_at and at_no_ward(lives_at) == at_no_ward(place) else MAYBE


def note_somebody_else(db: Session, contact: Contact, account: Account | None, now: datetime) -> None:
    """For the log: who said that the contact is not the erased person of that street."""
    audit.record(db, account, "erasure.somebody_else", "contact", contact.id, now)


def _asked(keys: Keys) -> Iterator[tuple[ErasedKind, str]]:
    """The keys, and of a place that whatever its ward."""
    yield from keys.by_kind()
    if found := at_any_ward(keys.place):
        yield ErasedKind.LETTER, found[0]


def may_return(db: Session, keys: Keys, *, source: str, now: datetime) -> int:
    """The person came back of their own will and proved it (a confirmed opt-in): these addresses may be
    stored again; how many were closed. Nobody else's will lifts them. Call it before `profile.create`."""
    secret = db.scalar(select(ErasureSecret.secret))
    if secret is None:
        return 0
    hasher = Hasher(secret)
    digests = [hasher.digest(kind, key) for kind, key in _asked(keys)]
    found = db.execute(
        select(ErasedKey.kind, ErasedKey.erasure_id).where(ErasedKey.digest.in_(digests))
    ).all()
    if found:
        db.execute(delete(ErasedKey).where(ErasedKey.digest.in_(digests)))
        kinds = sorted(kind.value for kind, _ in found)
        audit.record(db, None, "erasure.lifted", "erasure", found[0][1], now, kinds=kinds, source=source)
    return len(found)


class Hasher:
    """Keyed hashes of addresses; `secret` is 32 bytes in hex."""

    def __init__(self, secret: str) -> None:
        begun = blake2b(key=bytes.fromhex(secret), digest_size=DIGEST_BYTES, person=b"campaign-erased")
        self._begun = {kind: begun.copy() for kind in ErasedKind}
        for kind, hashed in self._begun.items():
            hashed.update(kind.value.encode() + b":")

    def digest(self, kind: ErasedKind, key: str) -> str:
        """In hex."""
        return self.raw(kind, key).hex()

    def raw(self, kind: ErasedKind, key: str) -> bytes:
        hashed = self._begun[kind].copy()
        hashed.update(key.encode())
        return hashed.digest()


class Erased:
    """The whole list in memory, for a file of rows: 100,000 erased people take some twenty megabytes."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._newest = 0
        self._known: set[bytes] = set()
        self._hasher: Hasher | None = None

    def refresh(self) -> None:
        """Take in who was erased since; once a chunk."""
        added = select(ErasedKey.id, ErasedKey.digest).where(ErasedKey.id > self._newest)
        for id_, digest in self._db.execute(added.order_by(ErasedKey.id)):
            self._newest = id_
            self._known.add(bytes.fromhex(digest))
        if self._known and self._hasher is None:
            self._hasher = Hasher(_secret(self._db))

    def refuse(self, keys: Keys, own: Keys) -> None:
        """InvalidInput when one of the keys was an erased person's; what the living person of the row has
        already (`own`) is not asked about."""
        if self._hasher is None:
            return
        email, phone, letter, place = keys
        raw, known = self._hasher.raw, self._known
        if email and email != own.email and raw(ErasedKind.EMAIL, email) in known:
            raise InvalidInput(REASON, field="email")
        if phone and phone != own.phone and raw(ErasedKind.PHONE, phone) in known:
            raise InvalidInput(REASON, field="phone")
        if letter and letter != own.letter and raw(ErasedKind.LETTER, letter) in known:
            raise InvalidInput(REASON, field="street")
        if place and place != own.place:
            reason = judge(place, own.place, lambda key: raw(ErasedKind.LETTER, key) in known)
            if reason:
                raise InvalidInput(reason, field="street")


_FIELDS = {ErasedKind.EMAIL: "email", ErasedKind.PHONE: "phone", ErasedKind.LETTER: "street"}


def _secret(db: Session) -> str:
    """The house's secret, made with the first erasure."""
    secret = db.scalar(select(ErasureSecret.secret))
    if secret is None:
        secret = secrets.token_hex(SECRET_BYTES)
        db.add(ErasureSecret(id=1, secret=secret))
        db.flush()
    return secret


def _held(db: Session, contact: Contact) -> set[tuple[ErasedKind, str]]:
    """What the contact has, and the e-mail addresses, telephones and places of before."""
    held = set(keys_of(contact)._replace(letter="").by_kind())
    for place in former_places.of(db, contact) | ({contact.place_key} - {""}):
        anywhere, ward = at_any_ward(place) or (place, "")
        held |= {(ErasedKind.LETTER, key) for key in (place, at_no_ward(place) if ward else anywhere)}
    former = select(ContactFact.field, ContactFact.old, ContactFact.new).where(
        ContactFact.contact_id == contact.id, ContactFact.field.in_(("email", "phone"))
    )
    for field, *texts in db.execute(former):
        for text in texts:
            if field == "email" and text:
                held.add((ErasedKind.EMAIL, text.lower()))
            elif key := phone_key(text):
                held.add((ErasedKind.PHONE, key))
    return held


def _hash_suppressions(db: Session, contact_id: int, held: Iterable[tuple[ErasedKind, str]]) -> None:
    """The list of addresses never to write to names none of an erased person: the hash keeps them out."""
    columns = {Channel.EMAIL: Contact.email_key, Channel.LETTER: Contact.place_key}
    for kind, key in held:
        if kind is ErasedKind.PHONE:
            continue
        channel = Channel(kind.value)
        others = select(Contact.id).where(columns[channel] == key, Contact.id != contact_id).limit(1)
        if db.scalar(others) is None:
            closed = Suppression.address_key == key
            db.execute(delete(Suppression).where(Suppression.channel == channel, closed))
