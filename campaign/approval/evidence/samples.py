"""The message as signed, filled for somebody who does not exist: no stranger's data stand in evidence."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from campaign.approval.evidence.canonical import sha256
from campaign.compose.fields import fields_used
from campaign.errors import Refused, TemplateError
from campaign.models import Channel
from campaign.render import email, letter, pdf
from campaign.render.content import MessageContent, Variant
from campaign.render.dates import today_in
from campaign.render.letter import FilledLetter

SAMPLE = {
    "contact.full_name": "Nguyễn Thị Mẫu",
    "contact.given_name": "Mẫu",
    "contact.form_of_address": "Chị",
    "contact.code": "KH000000",
    "contact.email": "mau@example.com",
    "contact.phone": "000 0000 000",
    "contact.position": "Giám đốc",
    "contact.organisation": "Công ty Mẫu",
    "contact.province": "Hà Nội",
    "contact.birth_year": "1980",
}
ADDRESS = ("Nguyễn Thị Mẫu", "1 phố Mẫu", "Hà Nội")
SYSTEM = {
    "unsubscribe_url": "https://example.com/unsubscribe/sample",
    "view_url": "https://example.com/view/sample",
    "reply_code": "MAUTHU",
    "reply_qr": "MAUTHU",
}


def renderings(content: MessageContent, at: datetime) -> list[dict[str, Any]]:
    """One for each variant and channel; what could not be filled says why."""
    system = SYSTEM | {"today": today_in(content.sender.country, at).isoformat()}
    return [
        _rendering(content, variant, channel, system)
        for variant in content.variants
        for channel in Channel
        if channel in content.layouts
    ]


def _rendering(
    content: MessageContent, variant: Variant, channel: Channel, system: dict[str, str]
) -> dict[str, Any]:
    values = values_of(variant)
    about: dict[str, Any] = {
        "variant": variant.id,
        "language": variant.language,
        "arm": variant.arm,
        "channel": channel.value,
        "values": values,
        "system": system,
    }
    try:
        shown = _email if channel is Channel.EMAIL else _letter
        return about | shown(content, variant, values, system)
    except (TemplateError, Refused) as error:
        return about | {"error": str(error)}


def _email(
    content: MessageContent, variant: Variant, values: dict[str, Any], system: dict[str, str]
) -> dict[str, Any]:
    parts = email.compile_email(content, variant.id).fill(values, system)
    return {
        "subject": parts.subject,
        "preheader": parts.preheader,
        "text": parts.text,
        "html": parts.html,
        "html_sha256": hashlib.sha256(parts.html.encode()).hexdigest(),
    }


def _letter(
    content: MessageContent, variant: Variant, values: dict[str, Any], system: dict[str, str]
) -> dict[str, Any]:
    filled = filled_letter(content, variant, values, system)
    return {
        "address": list(ADDRESS),
        "lines": pdf.lines_of(filled),
        "source_sha256": sha256([filled.preamble, filled.call]),
    }


def filled_letter(
    content: MessageContent, variant: Variant, values: dict[str, Any], system: dict[str, str]
) -> FilledLetter:
    """The letter of the sample, ready to be typeset."""
    return letter.compile_letter(content, variant.id).fill(values, system, ADDRESS)


def values_of(variant: Variant) -> dict[str, Any]:
    """Only the fields that the copy uses, as for anybody; the house's own fields show their name."""
    known: dict[str, Any] = {}
    own: dict[str, str] = {}
    for name in sorted(fields_used(variant.document)):
        key = name.removeprefix("contact.")
        if key.startswith("custom."):
            own[key.removeprefix("custom.")] = f"({key.removeprefix('custom.')})"
        elif name in SAMPLE:
            known[key] = SAMPLE[name]
    return {"contact": known | ({"custom": own} if own else {})}
