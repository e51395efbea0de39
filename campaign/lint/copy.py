"""Lint while typing: the copy with its merge fields in place, findings at the block they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from campaign.audience.fields import CONTACT_FIELDS, SYSTEM_FIELDS
from campaign.compose.document import Block, Document, Part
from campaign.lint import law
from campaign.models import Channel
from campaign.render import email
from campaign.render.content import MessageContent
from campaign.render.copy_html import repeats_action
from campaign.render.email_text import FOOTER
from lint_rules import engine
from lint_rules.config import Config
from lint_rules.context import Context
from lint_rules.document import Draft
from lint_rules.finding import Finding
from lint_rules.parsing.part import Part as TextPart
from lint_rules.rule import LANGUAGES

# what stands before or beside the text and is no part of its words
_HEAD = (Part.SUBJECT, Part.PREHEADER)
_CERTAIN = {name for name, field in CONTACT_FIELDS.items() if field.certain}


def lint_copy(
    content: MessageContent,
    variant_id: int,
    known_fields: Iterable[str] | None = None,
    channel: Channel | None = None,
    config: Config | None = None,
    today: date | None = None,
) -> list[Finding]:
    """Findings on one variant; `part` is the id of the block.

    Runs for each channel of the message, or for the one given, and says once what it finds twice.
    `known_fields` are the audience's by dotted name; without them the house's own fields are not judged.
    """
    variant = content.variant(variant_id)
    channels = [channel] if channel else list(content.layouts) or [Channel.EMAIL]
    context = context_of(content, variant.document, known_fields, today)
    found: list[Finding] = []
    for one in channels:
        draft = draft_of(content, variant.document, language_of(variant.language), one, context)
        if one is Channel.EMAIL and one in content.layouts:
            draft.blocks += _added(content, variant_id)
        for finding in map(_without_fix, engine.check(draft, config)):
            if finding not in found:
                found.append(finding)
    return found


def _added(content: MessageContent, variant_id: int) -> Iterator[TextPart]:
    """What the system puts under the copy: the action's link once more, and the footer with the way out."""
    document = content.variant(variant_id).document
    if repeats_action(document):
        yield TextPart.plain(f"{Part.ACTION}-again", document.of(Part.ACTION)[0].url)
    if content.purpose is not None:
        yield TextPart.plain(FOOTER, email.footer_text(content, variant_id))


def _without_fix(finding: Finding) -> Finding:
    """The footer is the layout's and the sender's: nobody mends it in the copy."""
    return replace(finding, fix=None) if finding.part == FOOTER else finding


def draft_of(
    content: MessageContent, document: Document, lang: str, channel: Channel, context: Context
) -> Draft:
    """The copy as the rules read it: the subject, and each block of the body as a part of its own."""
    subject = document.first(Part.SUBJECT)
    name = subject.id if subject else Part.SUBJECT.value
    body = [block for block in document.in_reading_order() if block.part not in _HEAD]
    return Draft(
        lang=lang,
        channel=channel.value,
        kind=content.effective_kind.value,
        subject=TextPart.plain(name, subject.text if subject and channel is Channel.EMAIL else ""),
        blocks=[TextPart.plain(block.id, text_of(block)) for block in body],
        # what we wrap ourselves fits; only the author's own breaks can be too far apart
        as_sent=[block.id for block in body if block.keep_breaks],
        context=context,
    )


def text_of(block: Block) -> str:
    """The block's words, one fact or link a line."""
    return "\n".join(source for _, source in block.texts() if source.strip()) or block.text


def language_of(language: str) -> str:
    """One of the languages that rules know: `vi` for `vi-VN`, English for any other."""
    short = language.split("-")[0].lower()
    return short if short in LANGUAGES else "en"


def context_of(
    content: MessageContent, document: Document, known_fields: Iterable[str] | None, today: date | None
) -> Context:
    """What the application knows of the message beside its words."""
    known = sorted({*CONTACT_FIELDS, *(known_fields or ())})
    if known_fields is None:
        known += _own_fields(document)
    email_known = Channel.EMAIL in content.layouts
    return Context(
        today=today,
        # without a layout nobody knows what will stand under the copy
        packs=law.packs_for(content.sender.country) if content.layouts else frozenset(),
        headers=law.headers_of(content) if email_known else None,
        parts=law.BODY_PARTS if email_known else None,
        sender=f'"{content.sender.from_name}" <{content.sender.from_email}>',
        fields=tuple(known),
        # what every contact has needs no fallback, just as what the system fills
        system_fields=tuple(sorted(SYSTEM_FIELDS | _CERTAIN)),
        offer_type=content.offer_type,
    )


def _own_fields(document: Document) -> list[str]:
    """The house's own fields that the copy uses; whether they exist, only the contacts can say."""
    parts = [TextPart.plain(block.id, text_of(block)) for block in document.blocks]
    names = {used.name for part in parts for tag in part.tags for used in tag.names}
    return sorted(name for name in names if name.startswith("contact.custom."))
