"""Saving the author's words, without ever losing somebody's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.campaigns import edit
from campaign.compose import document as documents
from campaign.compose import greetings
from campaign.compose.difference import changed_parts
from campaign.compose.document import Document
from campaign.errors import InvalidInput, NotFound, Refused
from campaign.models import FIRST_ARM, Account, AudienceMember, Message, MessageVariant

LANGUAGES = ("vi", "en", "zh")


@dataclass(frozen=True)
class Conflict:
    """Somebody saved another version since the author's page was opened; nothing was written."""

    theirs: Document
    version: str


@dataclass(frozen=True)
class Saved:
    """`version` is what the next save has to name; `parts` are those that changed."""

    version: str
    parts: list[str]


def version_of(document: Document) -> str:
    """A short name for exactly these words: the first 16 hex digits of their SHA-256."""
    text = json.dumps(documents.to_json(document), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def variant_of(message: Message, key: str) -> MessageVariant:
    """The variant by its key: a language, or `LANGUAGE.ARM`; NotFound when there is none."""
    for variant in message.variants:
        if variant.key == key:
            return variant
    raise NotFound()


def save(
    db: Session,
    message: Message,
    variant: MessageVariant,
    document: Document,
    base: str,
    account: Account,
    now: datetime,
) -> Saved | Conflict:
    """Write the copy when `base` is still the version that stands there; else say who is in the way."""
    edit.must_be_open(db, message)
    before = documents.from_json(variant.document)
    standing = version_of(before)
    new = version_of(document)
    if new == standing:
        return Saved(standing, [])
    if base != standing:
        return Conflict(before, standing)
    variant.document = documents.to_json(document)
    parts = [str(part) for part in changed_parts(before, document)]
    # an empty block more or less changes the layout of the page and no reader's word
    edit.touched(db, message, account, parts, now)
    return Saved(new, parts)


def add_language(
    db: Session, message: Message, language: str, account: Account, now: datetime
) -> MessageVariant:
    """A further language, beginning with the words of the first one to translate from, and with its own
    salutation unless the author wrote another."""
    edit.must_be_open(db, message)
    if language not in LANGUAGES:
        raise InvalidInput("editor-language-unknown", field="language")
    if any(variant.language == language for variant in message.variants):
        raise InvalidInput("editor-language-there", field="language")
    first = documents.from_json(message.variants[0].document) if message.variants else documents.empty()
    source = documents.to_json(greetings.greeted(first, language))
    # a test's arms are there in every language
    arms = sorted({one.arm for one in message.variants} | {FIRST_ARM})
    made = [MessageVariant(language=language, arm=arm, document=dict(source)) for arm in arms]
    message.variants.extend(made)
    db.flush()
    variant = made[arms.index(FIRST_ARM)]
    edit.touched(db, message, account, [f"language-{language}"], now)
    return variant


def remove_language(db: Session, message: Message, language: str, account: Account, now: datetime) -> None:
    """Drop a language in all its arms; the last one stays. The dropped words stand in the audit log."""
    edit.must_be_open(db, message)
    variant_of(message, language)
    dropped = [one for one in message.variants if one.language == language]
    if len(dropped) == len(message.variants):
        raise Refused("editor-language-last")
    ids = [one.id for one in dropped]
    if db.scalar(select(AudienceMember.id).where(AudienceMember.variant_id.in_(ids)).limit(1)):
        raise Refused("editor-language-used")
    for variant in dropped:
        audit.record(
            db, account, "message.language_removed", "message", message.id, now,
            language=variant.key, document=variant.document,
        )  # fmt: skip
        message.variants.remove(variant)
    db.flush()
    edit.touched(db, message, account, [f"language-{language}"], now)
