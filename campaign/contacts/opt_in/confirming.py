"""The button was pressed: consent is granted, with its proof.

Whoever once said no may say yes again, for this sender, channel and purpose alone. Where an address was
suppressed at its owner's wish, that wish is kept for everything else: it becomes a refusal in the ledger of
everybody at that address, for every sender and purpose that was not confirmed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from itertools import product

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.contacts import consent, domains, erased, profile, suppression
from campaign.contacts.names import search_key
from campaign.errors import TokenError
from campaign.links import Purpose, Signer
from campaign.models import (
    Channel,
    ConsentFormVersion,
    ConsentPurpose,
    Contact,
    ContactKind,
    OptIn,
    OptInOrigin,
    OptInState,
    Sender,
    Suppression,
    SuppressionReason,
)

METHOD = "double-opt-in"
# the owner's own wish, which the owner may change; a report of spam and a dead mailbox are not of that kind
_MAY_BE_CHANGED = (SuppressionReason.UNSUBSCRIBED, SuppressionReason.REQUESTED)


class Standing(StrEnum):
    """What a link can still do."""

    OPEN = "open"
    DONE = "done"
    OVER = "over"  # its time is over
    CLOSED = "closed"  # the address is blocked, and this does not open it


def find(db: Session, signer: Signer, token: str, *, lock: bool = False) -> OptIn | None:
    """The question that the link belongs to; None for every other text."""
    try:
        ids = signer.read_link(Purpose.CONFIRM, token)
    except TokenError:
        return None
    if len(ids) != 2:
        return None
    row = db.get(OptIn, ids[0], with_for_update=lock or None)
    return row if row is not None and row.nonce == ids[1] else None


def standing(db: Session, row: OptIn, now: datetime) -> Standing:
    """Whether the button may be pressed."""
    if row.state is OptInState.CONFIRMED:
        return Standing.DONE
    if row.state is OptInState.SILENT or row.expires_at <= now:
        return Standing.OVER
    if row.state is OptInState.CLOSED or blocked(db, row):
        return Standing.CLOSED
    return Standing.OPEN


def blocked(db: Session, row: OptIn) -> bool:
    """Whether no mail goes to that address, not even the question. Who was brought by a file is not asked
    against any no; who asks for themselves may change their own."""
    entry = suppression.find(db, Channel.EMAIL, row.email_key)
    if entry is not None and (row.origin is OptInOrigin.IMPORT or not is_owners(entry)):
        return True
    if domains.of_address(db, row.email_key) is not None:
        return True
    if row.contact_id is not None:
        contact = db.get_one(Contact, row.contact_id)
        return contact.erased_at is not None or contact.email_key != row.email_key
    return False


def is_owners(entry: Suppression) -> bool:
    """Whether nothing stands there but the owner's own wish, which the owner may change."""
    return entry.reason in _MAY_BE_CHANGED and not entry.also_dead


def confirm(db: Session, row: OptIn, *, network: str, now: datetime) -> Standing:
    """Grant what was asked, once; `row` is locked. The answer is DONE, or why nothing was done."""
    found = standing(db, row, now)
    if found is not Standing.OPEN:
        return found
    contact, came_back = _contact(db, row, now)
    source = f"double opt-in {row.id}"
    channels = [Channel(name) for name in row.asks["channels"]]
    purposes = [ConsentPurpose(name) for name in row.asks["purposes"]]
    if _open_address(db, row, source, now) or came_back:
        _refuse_the_rest(db, row, contact, purposes, source, now)
    terms = consent.Terms(row.asks["wording"], row.asks["content_kind"], row.asks["frequency"], method=METHOD)
    evidence = _evidence(db, row, network, now)
    for channel in channels:
        for purpose in purposes:
            consent.grant(
                db, contact, row.sender_id, channel, purpose, terms,
                source=source, now=now, evidence=evidence,
            )  # fmt: skip
    topics = row.asks["topics"]
    if topics:
        profile.change(db, contact, {"tags": {*contact.tags, *topics}}, source=source, now=now)
    row.state, row.confirmed_at, row.contact_id = OptInState.CONFIRMED, now, contact.id
    row.email = row.full_name = ""  # the contact has them; the key still counts against floods
    db.flush()
    return Standing.DONE


def _contact(db: Session, row: OptIn, now: datetime) -> tuple[Contact, bool]:
    """Who confirms: the one who was asked, else whom we know at the address, best by name; else somebody
    new, who is called as they said, or by their address. And whether they had been erased, after which
    nobody knows any more what they had refused."""
    if row.contact_id is not None:
        return db.get_one(Contact, row.contact_id), False
    known = list(
        db.scalars(
            select(Contact)
            .where(Contact.email_key == row.email_key, Contact.kind == ContactKind.PERSON)
            .order_by(Contact.id)
        )
    )
    if known:
        named = search_key(row.full_name)
        return next((one for one in known if named and one.name_key == named), known[0]), False
    # who was erased comes back by their own will, and by nobody else's
    source = f"double opt-in {row.id}"
    returned = erased.may_return(db, erased.Keys(email=row.email_key), source=source, now=now)
    facts = {"full_name": row.full_name or row.email, "email": row.email, "language": row.language}
    made = profile.create(db, facts, source=source, now=now)
    db.flush()
    return made, returned > 0


def _open_address(db: Session, row: OptIn, source: str, now: datetime) -> bool:
    """Lift the suppression of an address that stands there at its owner's wish; whether there was one."""
    entry = suppression.find(db, Channel.EMAIL, row.email_key)
    if entry is None:
        return False
    assert is_owners(entry), "standing() lets nothing else come here"
    audit.record(
        db, None, "lift_suppression", "address", entry.id, now,
        channel=Channel.EMAIL.value, was=entry.reason.value, reason=source,
    )  # fmt: skip
    db.execute(delete(Suppression).where(Suppression.id == entry.id))
    return True


def _refuse_the_rest(
    db: Session,
    row: OptIn,
    contact: Contact,
    purposes: list[ConsentPurpose],
    source: str,
    now: datetime,
) -> None:
    """The address is open for what was confirmed, and for nothing and nobody else."""
    people = db.scalars(select(Contact).where(Contact.email_key == row.email_key).order_by(Contact.id))
    senders = list(db.scalars(select(Sender.id).order_by(Sender.id)))
    for person, sender_id, purpose in product(people, senders, ConsentPurpose):
        confirmed = person.id == contact.id and sender_id == row.sender_id and purpose in purposes
        if not confirmed:
            consent.withdraw(
                db, person, sender_id, Channel.EMAIL, purpose, source=source, now=now, method=METHOD
            )


def _evidence(db: Session, row: OptIn, network: str, now: datetime) -> dict[str, object]:
    """What proves the consent later, without address and name."""
    proof: dict[str, object] = {
        "opt_in": row.id,
        "origin": row.origin.value,
        "language": row.language,
        "asked_at": row.asked_at.isoformat(),
        "mail_sent_at": row.sent_at.isoformat() if row.sent_at else "",
        "confirmed_at": now.isoformat(),
        "asked_from": row.network,
        "confirmed_from": network,
    }
    if row.form_version_id is not None:
        version = db.get_one(ConsentFormVersion, row.form_version_id)
        proof |= {"form": version.form_id, "form_version": version.number}
    if row.import_id is not None:
        proof["import"] = row.import_id
    return proof
