"""The ledger of one person as a chain of sentences: for each sender, channel and purpose what was said, how,
and what proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.contacts import consent, preferences
from campaign.links import Addresses, Signer
from campaign.models import Channel, Consent, ConsentForm, ConsentPurpose, Contact, Sender
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import SEE, blueprint, gone
from campaign.web.contacts.labels import source_words
from campaign.web.contacts.profile import found
from campaign.web.formats import moment
from campaign.web.language import t

METHODS = frozenset(
    {
        "paper", "phone", "in-person", "form", "email", "letter", "import", "undo", "one-click", "page",
        "mail", "clerk", "double-opt-in", "preference-page",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Chain:
    """What was said about one right, the oldest first; `holds` is whether we may write by it."""

    sender: Sender
    channel: Channel
    purpose: ConsentPurpose
    holds: bool
    entries: list[Consent]


@blueprint.get("/<int:contact_id>/consents")
@roles(*SEE)
def proof(contact_id: int) -> ResponseReturnValue:
    db = unit.db()
    contact = found(db, contact_id)
    ledger = consent.history(db, contact)[::-1]
    senders = [
        sender
        for sender in db.scalars(select(Sender).order_by(Sender.id))
        if sender.active or any(entry.sender_id == sender.id for entry in ledger)
    ]
    chains = []
    for sender in senders:
        current = consent.current(db, contact, sender.id)
        for channel, purpose in preferences.RIGHTS:
            said = [
                entry
                for entry in ledger
                if (entry.sender_id, entry.channel, entry.purpose) == (sender.id, channel, purpose)
            ]
            chains.append(Chain(sender, channel, purpose, consent.permits(current, channel, purpose), said))
    settings = unit.settings()
    ours = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    return render_template(
        "contacts/proof.html",
        contact=contact,
        gone_words=gone.words(db, contact),
        senders=senders,
        chains=chains,
        links={sender.id: preferences.link(ours, contact, sender.id) for sender in senders if sender.active}
        if contact.erased_at is None
        else {},
        how=_how,
        proof=_proof,
        source_words=source_words,
        said_at=consent.said_at,
    )


def _how(entry: Consent) -> str:
    """The method in words; what another program wrote stays as it is."""
    return t(f"proof-method-{entry.method}") if entry.method in METHODS else entry.method


def _proof(entry: Consent) -> list[str]:
    """What the entry's evidence says, a sentence each."""
    said: dict[str, Any] = entry.evidence
    sentences = []
    if "said_at" in said:
        sentences.append(t("proof-anew", at=moment(entry.at)))
    if "row" in said and "import" in said:
        sentences.append(t("proof-file-row", row=said["row"], number=said["import"]))
    if "form" in said:
        form = unit.db().get(ConsentForm, said["form"])
        name = form.name if form else str(said["form"])
        sentences.append(t("proof-form", name=name, number=said.get("form_version", 0)))
    if said.get("origin") == "import":
        sentences.append(t("proof-asked-by-import", number=said.get("import", 0)))
    for name in ("asked_at", "mail_sent_at", "confirmed_at", "file_agreed_at", "file_confirmed_at"):
        if said.get(name):
            at = moment(datetime.fromisoformat(said[name]))
            sentences.append(t(f"proof-{name.replace('_', '-')}", at=at))
    sentences += _networks(said)
    sentences += _others(said)
    if said.get("reference"):
        sentences.append(t("proof-reference", reference=said["reference"]))
    return sentences


def _networks(said: Mapping[str, Any]) -> Iterator[str]:
    """Where a yes was asked for and confirmed: whether from one network, and its hash."""
    asked = said.get("asked_from") or said.get("file_agreed_from")
    confirmed = said.get("confirmed_from") or said.get("file_confirmed_from")
    if asked and confirmed:
        yield t("proof-same-network" if asked == confirmed else "proof-other-network")
    if network := confirmed or asked:
        yield t("proof-network", hash=network[:12])


def _others(said: Mapping[str, Any]) -> Iterator[str]:
    """Whose refusal this one was taken from."""
    for name in ("same_person_as", "same_mailbox_as"):
        if name in said:
            other = unit.db().get(Contact, said[name])
            code = other.code if other else str(said[name])
            yield t(f"proof-{name.removesuffix('_as').replace('_', '-')}", code=code)
