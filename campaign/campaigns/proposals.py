"""The author's answer to remarks and proposed words, at the block they stand beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from campaign.approval import remarks
from campaign.campaigns import copy
from campaign.compose import document as documents
from campaign.compose.document import Block, Document, Offer, Part
from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Message, Remark, RemarkState


def accept(db: Session, remark: Remark, account: Account, now: datetime) -> None:
    """Put the proposed words in place: an edit by whoever accepts, which voids what was submitted.

    Refuses when the block says something else by now than what the reviewer read.
    """
    message = db.get_one(Message, remark.message_id)
    variant = copy.variant_of(message, remark.language)
    before = documents.from_json(variant.document)
    block = before.block(remark.block_id)
    if remark.proposed is None or block is None or dict(block.texts()) != remark.before:
        raise Refused("review-proposal-stale")
    after = _with(before, block, remark.proposed)
    remarks.settle(db, remark, RemarkState.ACCEPTED, account, now)
    copy.save(db, message, variant, after, copy.version_of(before), account, now)


def decline(db: Session, remark: Remark, answer: str, account: Account, now: datetime) -> None:
    """No, with a word why."""
    if not answer.strip():
        raise InvalidInput("review-proposal-answer", field="answer")
    remarks.settle(db, remark, RemarkState.DECLINED, account, now, answer)


def resolve(db: Session, remark: Remark, account: Account, now: datetime) -> None:
    """It is mended."""
    remarks.settle(db, remark, RemarkState.RESOLVED, account, now)


def _with(document: Document, block: Block, words: dict[str, str]) -> Document:
    facts = {"facts": Offer(**words)} if block.part is Part.OFFER else words
    changed = replace(block, **facts)
    blocks = tuple(changed if one.id == block.id else one for one in document.blocks)
    # the reviewer's words meet the same checks as anybody's
    return documents.from_json(documents.to_json(Document(blocks)))
