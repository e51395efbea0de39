"""All findings on one page: place, words, why, and where the rule comes from."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for

from campaign.campaigns import edit, people
from campaign.compose import document as documents
from campaign.models import Message, MessageVariant
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.compose import counting, notes, steps
from campaign.web.compose.blueprint import READERS, blueprint, message_or_404
from campaign.web.compose.notes import Note
from campaign.web.language import t
from lint_rules.registry import all_rules
from lint_rules.rule import Rule


@dataclass(frozen=True)
class Remark:
    """A note with its place in words, the way to it, and what its rule says of itself."""

    note: Note
    where: str
    href: str
    rule: Rule | None


@dataclass(frozen=True)
class Checked:
    """One variant and all that is to be said of it."""

    language: str
    """The variant's key."""
    remarks: list[Remark]
    counters: counting.Counters | None


@blueprint.get("/<int:message_id>/check")
@roles(*READERS)
def check(message_id: int) -> str:
    """The page: one part per language."""
    message = message_or_404(message_id)
    campaign = edit.campaign_of(unit.db(), message)
    checked = [_checked(message, variant) for variant in people.variants_of(campaign, message)]
    everything = [remark.note for part in checked for remark in part.remarks]
    return render_template(
        "compose/check.html",
        message=message,
        campaign=campaign,
        checked=checked,
        summary=notes.summary(everything),
        steps=steps.of_message(message, "check"),
    )


def _checked(message: Message, variant: MessageVariant) -> Checked:
    document = documents.from_json(variant.document)
    found = notes.of_document(message, variant, document)
    remarks = [
        remark(note, place_of(note, document), _href(message, variant, note))
        for note in sorted(found, key=_weight)
    ]
    return Checked(variant.key, remarks, counting.of_document(message, variant, document))


def remark(note: Note, where: str, href: str) -> Remark:
    """With what the rule says of itself."""
    rule = next((rule for rule in all_rules() if rule.id == note.rule), None)
    return Remark(note, where, href, rule)


def place_of(note: Note, document: documents.Document) -> str:
    """`Nội dung, dòng 3`; empty for the whole letter."""
    block = document.block(note.block_id)
    if block is None:
        return ""
    name = t(f"compose-part-{block.part}")
    return t("editor-place", part=name, line=note.line) if "\n" in block.text else name


def _href(message: Message, variant: MessageVariant, note: Note) -> str:
    anchor = f"part-{note.block_id}" if note.block_id else None
    return url_for("compose.write", message_id=message.id, language=variant.key, _anchor=anchor)


def _weight(note: Note) -> int:
    return ("blocking", "warning", "info").index(note.severity)
