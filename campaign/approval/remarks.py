"""The reviewer's remarks at their places, and proposed words: written, settled, recorded.

A proposal makes nobody an author: it is the accepting that edits (`campaigns.proposals`), by whoever accepts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval.signers import must_be_reviewer
from campaign.compose import document as documents
from campaign.compose.document import Block
from campaign.errors import InvalidInput, Refused
from campaign.models import Account, Remark, RemarkState, Submission, SubmissionState, variant_key

TEXT_LENGTH = 2000
QUOTE_LENGTH = 400


def write(
    db: Session,
    submission: Submission,
    language: str,
    block_id: str,
    text: str,
    account: Account,
    now: datetime,
    quote: str = "",
) -> Remark:
    """Say something of one block."""
    if not text.strip():
        raise InvalidInput("review-remark-empty", field="text")
    block_of(submission, language, block_id)
    return _add(db, submission, language, block_id, account, now, text=text, quote=quote)


def propose(
    db: Session,
    submission: Submission,
    language: str,
    block_id: str,
    proposed: Mapping[str, str],
    account: Account,
    now: datetime,
    text: str = "",
) -> Remark:
    """Other words for one block, by the names of its texts (`text`, `url`, a fact)."""
    before = dict(block_of(submission, language, block_id).texts())
    after = before | {
        name: documents.clean(words).strip() for name, words in proposed.items() if name in before
    }
    if after == before:
        raise InvalidInput("review-proposal-same", field="proposed")
    return _add(db, submission, language, block_id, account, now, text=text, before=before, proposed=after)


def settle(
    db: Session, remark: Remark, state: RemarkState, account: Account, now: datetime, answer: str = ""
) -> None:
    """Resolved, accepted or declined; once."""
    if remark.state is not RemarkState.OPEN:
        raise Refused("review-remark-settled")
    remark.state, remark.settled_by, remark.settled_at = state, account.id, now
    remark.answer = answer.strip()[:TEXT_LENGTH]
    db.flush()
    _record(db, account, state.value, remark, now)


def of_message(db: Session, message_id: int) -> Sequence[Remark]:
    """All of a message's, oldest first."""
    return db.scalars(select(Remark).where(Remark.message_id == message_id).order_by(Remark.id)).all()


def open_of(db: Session, message_id: int, language: str) -> list[Remark]:
    """What still stands in the editor's margin."""
    found = of_message(db, message_id)
    return [one for one in found if one.state is RemarkState.OPEN and one.language == language]


def snapshot(db: Session, submission: Submission) -> list[dict[str, Any]]:
    """This submission's remarks as plain JSON, for the decision's record."""
    return [
        {
            "id": one.id,
            "language": one.language,
            "block": one.block_id,
            "quote": one.quote,
            "text": one.text,
            "before": one.before,
            "proposed": one.proposed,
            "state": one.state.value,
            "by": one.written_by,
            "at": one.written_at.isoformat(),
        }
        for one in of_message(db, submission.message_id)
        if one.submission_id == submission.id
    ]


def block_of(submission: Submission, language: str, block_id: str) -> Block:
    """The block as it was submitted; InvalidInput when there is none."""
    for variant in submission.content["variants"]:
        if variant_key(variant["language"], variant["arm"]) == language:
            block = documents.from_json(variant["document"]).block(block_id)
            if block is not None:
                return block
    raise InvalidInput("review-remark-place", field="place")


def _add(
    db: Session,
    submission: Submission,
    language: str,
    block_id: str,
    account: Account,
    now: datetime,
    *,
    text: str,
    quote: str = "",
    before: dict[str, str] | None = None,
    proposed: dict[str, str] | None = None,
) -> Remark:
    must_be_reviewer(account)
    if submission.state is not SubmissionState.WAITING:
        raise Refused("review-not-waiting")
    remark = Remark(
        message_id=submission.message_id,
        submission_id=submission.id,
        language=language,
        block_id=block_id,
        quote=quote.strip()[:QUOTE_LENGTH],
        text=text.strip()[:TEXT_LENGTH],
        before=before,
        proposed=proposed,
        written_by=account.id,
        written_at=now,
    )
    db.add(remark)
    db.flush()
    _record(db, account, "proposed" if proposed else "written", remark, now)
    return remark


def _record(db: Session, account: Account, act: str, remark: Remark, now: datetime) -> None:
    audit.record(
        db, account, f"remark.{act}", "message", remark.message_id, now,
        remark=remark.id, submission=remark.submission_id, block=remark.block_id, text=remark.text,
        proposed=remark.proposed, answer=remark.answer,
    )  # fmt: skip
