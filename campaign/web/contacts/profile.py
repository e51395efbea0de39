"""One contact: who they are, what we may write, what was between us."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import consent, domains, holds, profile, suppression
from campaign.contacts.addresses import letter_lines
from campaign.errors import NotFound, Refused
from campaign.models import (
    Account,
    Channel,
    ConsentPurpose,
    Contact,
    CustomField,
    Sender,
)
from campaign.web import unit
from campaign.web.access import may_see, roles
from campaign.web.contacts import SEE, blueprint, card, gone, timeline
from campaign.web.contacts.labels import labeller, source_words
from campaign.web.contacts.proposed import proposed_of


@blueprint.get("/<int:contact_id>")
@roles(*SEE)
def show(contact_id: int) -> ResponseReturnValue:
    db = unit.db()
    contact = found(db, contact_id)
    senders = list(db.scalars(select(Sender).where(Sender.active).order_by(Sender.id)))
    every = request.args.get("orders") == "all"
    closed = suppression.of_contact(db, contact)
    return render_template(
        "contacts/profile.html",
        contact=contact,
        owner=db.get(Account, contact.owner_id) if contact.owner_id else None,
        may_note=may_see("contacts.add_note"),
        address=letter_lines(contact),
        rights=[(sender, _rights(db, contact, sender, unit.now())) for sender in senders],
        suppressions=closed,
        refused={channel for channel, entry in closed.items() if entry.reason in suppression.OWN_WILL},
        holds=holds.of_contact(db, contact),
        orders=card.orders(db, contact, None if every else card.ORDERS_SHOWN),
        gone_words=gone.words(db, contact),
        **card.parts(db, contact),
        **timeline.context(contact),
        proposed=proposed_of(contact),
    )


@blueprint.get("/<int:contact_id>/history")
@roles(*SEE)
def history(contact_id: int) -> ResponseReturnValue:
    """Each change of each fact, and the whole consent ledger."""
    db = unit.db()
    contact = found(db, contact_id)
    names = card.names(db)
    notes = may_see("contacts.add_note")
    return render_template(
        "contacts/history.html",
        contact=contact,
        facts=[fact for fact in profile.history(db, contact) if notes or fact.field != "note"],
        fact_words=lambda field, text: card.fact_words(field, text, names),
        gone_words=gone.words(db, contact),
        ledger=consent.history(db, contact),
        source_words=source_words,
        names=names,
        senders={sender.id: sender.name for sender in db.scalars(select(Sender))},
        label=labeller({field.key: field.label for field in db.scalars(select(CustomField))}),
    )


def found(db: Session, contact_id: int) -> Contact:
    """The contact of the address; NotFound when there is none."""
    contact = db.get(Contact, contact_id)
    if contact is None:
        raise NotFound
    return contact


def changeable(db: Session, contact_id: int) -> Contact:
    """The same for the forms that change somebody; Refused when the person was erased."""
    contact = found(db, contact_id)
    if contact.erased_at is not None:
        raise Refused("contacts-error-erased")
    return contact


def _rights(db: Session, contact: Contact, sender: Sender, now: datetime) -> list[dict[str, Any]]:
    """One row per channel and purpose: the entry that holds, and what stands in the way."""
    current = consent.current(db, contact, sender.id)
    closed: set[Channel] = set(suppression.of_contact(db, contact))
    if contact.email_key and domains.of_address(db, contact.email_key):
        closed.add(Channel.EMAIL)
    keys = suppression.keys_of(contact)
    held = any(
        hold.starts_at <= now and (hold.ends_at is None or hold.ends_at > now)
        for hold in holds.of_contact(db, contact)
    )
    rows = []
    for channel in Channel:
        for purpose in ConsentPurpose:
            permitted = consent.permits(current, channel, purpose)
            entry = current.get((channel, purpose))
            against = _against(channel in keys, channel in closed, held, permitted)
            if contact.deceased_at is not None:
                against = "deceased"
            rows.append(
                {
                    "channel": channel,
                    "purpose": purpose,
                    "entry": entry,
                    "said_at": consent.said_at(entry) if entry else None,
                    "against": against,
                }
            )
    return rows


def _against(has_address: bool, closed: bool, held: bool, permitted: bool) -> str:
    """The word for what stands in the way first; empty when nothing does."""
    if not has_address:
        return "no-address"
    if closed:
        return "suppressed"
    if not permitted:  # a rest that ends changes nothing of a refusal
        return "no-consent"
    return "held" if held else ""
