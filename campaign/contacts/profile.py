"""Profiles: create and change them, with one dated row per changed fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import birthday, carried, erased, facts, provinces, traits
from campaign.contacts.addresses import phone_key, postal_keys
from campaign.contacts.batch import Batch, Change
from campaign.contacts.codes import Codes
from campaign.contacts.history import says_something, write
from campaign.contacts.names import clean, given_name_of, search_key
from campaign.contacts.search.words import words_of
from campaign.errors import InvalidInput
from campaign.models import (
    Account,
    BirthCalendar,
    Channel,
    Contact,
    ContactFact,
    ContactKind,
    ContactTag,
    CustomField,
    LeavingReason,
    RelationshipLevel,
)

TAG_LIMIT = 60
CUSTOM_LIMIT = 1000
KEYS = ("email_key", "phone_key", "province_key", "search_words")

Facts = Mapping[str, Any]
"""Field names of `Contact` to values or texts, `tags` (names), `custom` and `traits` (key to text)."""


def create(
    db: Session,
    given: Facts,
    *,
    source: str,
    now: datetime,
    account: Account | None = None,
    batch: Batch | None = None,
    somebody_else: bool = False,
) -> Contact:
    """A new profile; InvalidInput with its `field` when a fact is not acceptable. `somebody_else`: an account
    says that they are not the erased person who they may be.

    Without a code it gets ours (`KH000001`); without a given name the one its full name shows.
    """
    if not given.get("full_name"):
        raise InvalidInput("contacts-error-no-name", field="full_name")
    contact = _blank(now)
    with db.no_autoflush:  # the organisation already lists the person, who has no code yet
        try:
            changes = assign(db, contact, given)
            refresh_keys(contact)
            doubted = erased.refuse(db, erased.keys_of(contact), somebody_else=somebody_else)
            _give_code(contact, batch.codes if batch else Codes(db), checked=batch is not None)
        except InvalidInput:
            contact.organisation = None  # or the organisation would bring the half-made person along
            raise
        if not contact.given_name and contact.kind is ContactKind.PERSON:
            contact.given_name = given_name_of(contact.full_name, contact.language)
        db.add(contact)
    _record(db, contact, changes, source, now, account, batch, doubted)
    if batch is None and contact.place_key:
        carried.take_over(db, contact.id, Channel.LETTER, contact.place_key, source=source, now=now)
    return contact


def change(
    db: Session,
    contact: Contact,
    given: Facts,
    *,
    source: str,
    now: datetime,
    account: Account | None = None,
    batch: Batch | None = None,
    somebody_else: bool = False,
) -> list[str]:
    """Set the given facts, leave the others; returns the names of those that really changed. `somebody_else`:
    as in `create`."""
    if batch is None:
        erased.hold(db)
        db.refresh(contact, ["erased_at"])  # somebody may have been at it since it was read
    if contact.erased_at is not None:
        raise InvalidInput("contacts-error-erased")
    before, known = contact.code, erased.keys_of(contact)
    theirs = [contact, *(contact.contact_persons if contact.kind is ContactKind.ORGANISATION else ())]
    reached = [(one, carried.reached(one)) for one in theirs]
    with db.no_autoflush:
        try:
            changes = assign(db, contact, given)
            if contact.code != before:
                Codes(db).check(contact.code, contact.id)
            refresh_keys(contact)
            new = _new_keys(contact, known)
            doubted = erased.refuse(db, new, lives_at=known.place, somebody_else=somebody_else)
        except InvalidInput:
            db.expire(contact)  # nothing of a refused change stays
            raise
    if not changes:
        return []
    contact.updated_at = now
    if contact.kind is ContactKind.ORGANISATION:
        for person in contact.contact_persons:
            refresh_keys(person)  # they may be written to at the organisation's address
    _record(db, contact, changes, source, now, account, batch, doubted)
    for one, was in reached:
        if carried.reached(one) != was:
            carried.along(db, one, was, source=source, now=now)
    return [change.field for change in changes]


def assign(db: Session, contact: Contact, given: Facts) -> list[Change]:
    """Set parsed facts on the row; returns what changed."""
    changes: list[Change] = []
    for field, value in given.items():
        if field == "tags":
            changes += _set_tags(contact, value)
        elif field == "custom":
            changes += _set_custom(db, contact, value)
        elif field == "traits":
            changes += traits.set_on(contact, value)
        else:
            changes += _set(db, contact, field, value)
    birthday.check(contact)
    return changes


def refresh_keys(contact: Contact) -> None:
    """What is derived from the facts, for searching and comparing."""
    contact.name_key = search_key(contact.full_name)[:200]
    contact.email_key = contact.email.lower()
    contact.letter_key, contact.place_key = postal_keys(contact)
    contact.phone_key = phone_key(contact.phone)
    house = contact.organisation.full_name if contact.organisation else ""
    words = words_of(contact.full_name, contact.code, contact.email_key, contact.phone_key, house)
    contact.search_words = "" if contact.erased_at else words  # their code is kept
    contact.province_key = provinces.key_of(contact.province, contact.country)


def _new_keys(contact: Contact, before: erased.Keys) -> erased.Keys:
    """The keys that a change brought."""
    now = erased.keys_of(contact)
    return erased.Keys(*(key if key != old else "" for key, old in zip(now, before, strict=True)))


def history(db: Session, contact: Contact) -> list[ContactFact]:
    """All changes of the contact's facts that still have words, newest first."""
    rows = select(ContactFact).where(ContactFact.contact_id == contact.id, says_something())
    return list(db.scalars(rows.order_by(ContactFact.at.desc(), ContactFact.id.desc())))


def _set(db: Session, contact: Contact, field: str, value: Any) -> list[Change]:
    if field in facts.PARSERS:
        value = facts.parse(field, value) if isinstance(value, str) else value
    elif field == "organisation_id":
        _check_organisation(db, contact, value)
    elif field != "owner_id":
        raise InvalidInput("contacts-error-unknown-field", field=field, name=field)
    old = getattr(contact, field)
    if old == value:
        return []
    setattr(contact, field, value)
    if field == "organisation_id":
        contact.organisation = db.get(Contact, value) if value else None
    return [Change(field, as_text(old), as_text(value))]


def _check_organisation(db: Session, contact: Contact, organisation_id: int | None) -> None:
    if organisation_id is None:
        return
    organisation = db.get(Contact, organisation_id)
    if organisation is None or organisation.kind is not ContactKind.ORGANISATION or organisation is contact:
        raise InvalidInput("contacts-error-organisation", field="organisation_id")


def _set_tags(contact: Contact, tags: Iterable[str]) -> list[Change]:
    wanted = sorted({clean(tag) for tag in tags} - {""})
    if too_long := [tag for tag in wanted if len(tag) > TAG_LIMIT]:
        raise InvalidInput("contacts-error-too-long", field="tags", limit=TAG_LIMIT, value=too_long[0])
    old = sorted(contact.tags)
    if old == wanted:
        return []
    kept = {row.tag: row for row in contact.tag_rows}
    contact.tag_rows = [kept.get(tag) or ContactTag(tag=tag) for tag in wanted]
    return [Change("tags", ", ".join(old), ", ".join(wanted))]


def _set_custom(db: Session, contact: Contact, values: Mapping[str, str]) -> list[Change]:
    known = custom_keys(db)
    changes = []
    custom = dict(contact.custom)
    for key, value in values.items():
        if key not in known:
            raise InvalidInput("contacts-error-unknown-field", field=f"custom.{key}", name=key)
        value = clean(str(value))
        if len(value) > CUSTOM_LIMIT:
            raise InvalidInput("contacts-error-too-long", field=f"custom.{key}", limit=CUSTOM_LIMIT)
        if value != custom.get(key, ""):
            changes.append(Change(f"custom.{key}", custom.get(key, ""), value))
            custom[key] = value
    contact.custom = {key: value for key, value in custom.items() if value}
    return changes


def custom_keys(db: Session) -> set[str]:
    """The keys of the house's own fields."""
    return set(db.scalars(select(CustomField.key)))


def add_custom_field(db: Session, key: str, label: str) -> CustomField:
    """A new field of the house's own; `key` is snake_case, for it is written in copy."""
    key, label = clean(key), clean(label)
    if (
        not key.isidentifier()
        or not key.isascii()
        or key != key.lower()
        or key.startswith("_")
        or len(key) > 40
    ):
        raise InvalidInput("contacts-error-custom-key", field="key")
    if db.get(CustomField, key) is not None:
        raise InvalidInput("contacts-error-custom-taken", field="key", name=key)
    if not label or len(label) > 120:
        raise InvalidInput("contacts-error-too-long", field="label", limit=120)
    made = CustomField(key=key, label=label)
    db.add(made)
    db.flush()
    return made


def as_text(value: Any) -> str:
    """A fact as its history keeps it."""
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)


def _blank(now: datetime) -> Contact:
    contact = Contact(
        code="", full_name="", kind=ContactKind.PERSON, country="VN", language="vi",
        birth_calendar=BirthCalendar.SOLAR, custom={}, traits={}, created_at=now, updated_at=now,
        relationship_level=RelationshipLevel.UNKNOWN, leaving_reason=LeavingReason.UNKNOWN,
        satisfaction_said="",
    )  # fmt: skip
    for column in (*facts.TEXT_FIELDS, "email", "phone", "postal_code", "note", *KEYS):
        setattr(contact, column, "")
    return contact


def _give_code(contact: Contact, codes: Codes, *, checked: bool) -> None:
    if not contact.code:
        contact.code = codes.next()
    elif not checked:
        codes.check(contact.code)


def _record(
    db: Session,
    contact: Contact,
    changes: list[Change],
    source: str,
    now: datetime,
    account: Account | None,
    batch: Batch | None,
    doubted: bool,
) -> None:
    if batch is not None:
        batch.waiting.append((contact, changes))
        return
    db.flush()
    write(db, contact, changes, source=source, now=now, account=account)
    if doubted:
        erased.note_somebody_else(db, contact, account, now)
