"""Remarks of a reviewer at their places, and words that they propose, for the author to take or leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from campaign import audit
from campaign.errors import NotFound
from campaign.models import Account, Submission, SubmissionState

LENGTH = 1000


@dataclass(frozen=True)
class Remark:
    """`block` is the id of a block of the copy in `language`; `proposal` new words for it, or empty."""

    number: int
    language: str
    block: str
    text: str
    proposal: str
    done: str
    """`taken`, `left`, or empty while it is open."""


def made(language: str, texts: Mapping[str, str], proposals: Mapping[str, str]) -> list[dict[str, str]]:
    """As they are kept: one for each block with a remark or a proposal."""
    blocks = [block for block in {**texts, **proposals} if texts.get(block) or proposals.get(block)]
    return [
        {
            "language": language,
            "block": block,
            "text": texts.get(block, "").strip()[:LENGTH],
            "proposal": proposals.get(block, ""),
            "done": "",
        }
        for block in blocks
    ]


def of_submission(submission: Submission | None, language: str) -> list[Remark]:
    """What was sent back with it in that language; none when it was not sent back."""
    if submission is None or submission.state is not SubmissionState.SENT_BACK:
        return []
    found = [Remark(number, **item) for number, item in enumerate(submission.remarks)]
    return [remark for remark in found if remark.language == language]


def settle(
    db: Session, submission: Submission, number: int, done: str, account: Account, now: datetime
) -> Remark:
    """The author took the words, or put the remark aside."""
    if not 0 <= number < len(submission.remarks) or done not in ("taken", "left"):
        raise NotFound()
    kept = [dict(item) for item in submission.remarks]
    kept[number]["done"] = done
    submission.remarks = kept
    db.flush()
    audit.record(
        db, account, f"remark.{done}", "message", submission.message_id, now, submission=submission.id,
        block=kept[number]["block"],
    )  # fmt: skip
    return Remark(number, **kept[number])
