"""A greeting as one person will get it, before it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from campaign.audience.fields import values_for
from campaign.compose.fields import contact_fields
from campaign.contacts.addresses import letter_lines
from campaign.models import Contact
from campaign.render import email, letter
from campaign.render.content import MessageContent, Variant
from campaign.render.dates import today_in
from campaign.render.email import EmailParts
from campaign.render.letter import FilledLetter

# shown where the real one will stand: every letter gets its own when it is printed
SAMPLE_CODE = "ABCD2345"


def letter_for(content: MessageContent, contact: Contact, now: datetime) -> FilledLetter:
    """The letter with a sample code; raises what `CompiledLetter.fill` raises."""
    variant = variant_for(content, contact)
    system = _system(content, now) | {"reply_code": SAMPLE_CODE, "reply_qr": SAMPLE_CODE}
    lines = letter_lines(contact, content.sender.country)
    return letter.compile_letter(content, variant.id).fill(_values(variant, contact), system, lines)


def email_for(content: MessageContent, contact: Contact, now: datetime) -> EmailParts:
    """The mail, its links leading nowhere."""
    variant = variant_for(content, contact)
    return email.compile_email(content, variant.id).fill(_values(variant, contact), _system(content, now))


def variant_for(content: MessageContent, contact: Contact) -> Variant:
    """In the contact's language, or the first one."""
    return next(
        (variant for variant in content.variants if variant.language == contact.language), content.variants[0]
    )


def _values(variant: Variant, contact: Contact) -> dict[str, Any]:
    return values_for(contact, contact_fields(variant.document))


def _system(content: MessageContent, now: datetime) -> dict[str, str]:
    return {
        "today": today_in(content.sender.country, now).isoformat(),
        "reply_code": SAMPLE_CODE,
        "unsubscribe_url": "https://example.com/unsubscribe",
        "view_url": "https://example.com/view",
    }
