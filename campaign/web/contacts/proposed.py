"""What a person's page says of their form of address and of the kind of their postal address."""

from __future__ import annotations

from typing import Any

from campaign.contacts import forms, places, proposals
from campaign.models import Contact, ContactKind
from campaign.segments.compile import today
from campaign.web import unit
from campaign.web.contacts.labels import because_words
from campaign.web.language import t


def proposed_of(contact: Contact) -> dict[str, Any]:
    """What the partial `_proposed.html` is made of."""
    made = proposals.of_contact(unit.db(), contact, today(unit.now()))
    gone = contact.erased_at is not None or contact.deceased_at is not None
    lacks = contact.kind is ContactKind.PERSON and not contact.form_of_address and not gone
    return {
        "by_field": {one.field: one for one in made},
        "lacks_form": lacks,
        "place": None if gone else places.reading(contact),
        "because": because_words,
        "forms": forms.FORMS[contact.language],
        "neutral": t(f"proposals-form-neutral-{contact.language}", name=contact.full_name),
    }
