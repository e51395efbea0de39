"""One message as one recipient will see it, rendered by the same road that sends it; nothing is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from campaign.audience import fields as merge_fields
from campaign.campaigns import people
from campaign.compose.check import check_document
from campaign.compose.fields import fields_used
from campaign.contacts.addresses import letter_lines
from campaign.errors import TemplateError
from campaign.models import Channel, Contact
from campaign.render import letter
from campaign.render.content import MessageContent
from campaign.render.email import EmailParts
from campaign.render.page_text import PageText
from campaign.render.pdf import preview_png, read_pages
from campaign.web import unit
from campaign.web.compose import compiled
from campaign.web.language import t

# what a preview shows where a sent message carries links of its recipient's own
SAMPLE_CODE = "MAUTHU"
SAMPLE_URL = "https://example.com/"


@dataclass(frozen=True)
class Recipient:
    """Who reads: merge values and the lines on the envelope."""

    contact_id: int
    name: str
    language: str
    values: Mapping[str, Any]
    address_lines: tuple[str, ...]


def recipient_of(contact: Contact, content: MessageContent, variant_id: int) -> Recipient:
    """The contact as the message sees them: only the fields that it uses."""
    known = merge_fields.known_fields(people.custom_keys(unit.db()))
    used = fields_used(content.variant(variant_id).document) & set(known)
    return Recipient(
        contact.id,
        contact.full_name,
        contact.language,
        merge_fields.values_for(contact, used),
        tuple(letter_lines(contact, content.sender.country)),
    )


def email_parts(content: MessageContent, variant_id: int, recipient: Recipient) -> EmailParts:
    """Subject, HTML and text; TemplateError when a value is missing or the copy may not be rendered."""
    _require_checked(content, variant_id)
    return compiled.email_of(content, variant_id).fill(recipient.values, _system())


def letter_pages(content: MessageContent, variant_id: int, recipient: Recipient, ppi: float) -> list[bytes]:
    """The pages as PNG; TemplateError as above."""
    _require_checked(content, variant_id)
    made = letter.compile_letter(content, variant_id)
    filled = made.fill(recipient.values, _system(), recipient.address_lines)
    return preview_png(filled, ppi)


def letter_text(content: MessageContent, variant_id: int, recipient: Recipient) -> list[PageText]:
    """The same pages as text, with the place of each character; TemplateError as above."""
    _require_checked(content, variant_id)
    made = letter.compile_letter(content, variant_id)
    return read_pages(made.fill(recipient.values, _system(), recipient.address_lines))


def _require_checked(content: MessageContent, variant_id: int) -> None:
    """Drafts are shown too, so what the allow-list refuses must stop here: it is never run."""
    known = merge_fields.known_fields(people.custom_keys(unit.db()))
    if problems := check_document(content.variant(variant_id).document, known):
        raise TemplateError(t(problems[0].key, **problems[0].values))


def _system() -> dict[str, Any]:
    return {
        "unsubscribe_url": SAMPLE_URL,
        "view_url": SAMPLE_URL,
        "reply_code": SAMPLE_CODE,
        "reply_qr": SAMPLE_CODE,
        "today": unit.now().astimezone(ZoneInfo(unit.settings().time_zone)).date().isoformat(),
    }


def channels_of(content: MessageContent) -> list[Channel]:
    """In the order of the tabs."""
    return [channel for channel in Channel if channel in content.layouts]
