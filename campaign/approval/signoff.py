"""Submit, approve, send back, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval import sealed
from campaign.approval.signers import may_sign
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, blocking, lint_audience
from campaign.models import Account, Audience, Message, Role, Submission, SubmissionState
from campaign.render.content import MessageContent, keep_layouts
from lint_rules.version import rule_set_version

OPEN = (SubmissionState.WAITING, SubmissionState.APPROVED)
REASON_LENGTH = 2000


class Blocked(Refused):
    """The linter found what must not go out; `findings` are all it found."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("review-blocked", count=len(blocking(findings)))


def submit(
    db: Session, message: Message, account: Account, audience: Audience, now: datetime, note: str = ""
) -> Submission:
    """Put a message with its frozen audience before a reviewer.

    Lints the renderings of that audience; raises `Blocked` with all findings when one of them blocks, or
    `Refused` when there is nobody in the audience.
    """
    if not audience.counts.get("people"):
        raise Refused("review-nobody")
    content = sealed.content_now(db, message, audience)
    return put_up(db, content, account, audience, lint_audience(db, content, audience), now, note)


def put_up(
    db: Session,
    content: MessageContent,
    account: Account,
    audience: Audience | None,
    findings: Sequence[Finding],
    now: datetime,
    note: str,
) -> Submission:
    """Make the row. Shared by what goes out once and by what recurs (`standing`)."""
    if blocking(findings):
        raise Blocked(findings)
    void(db, content.message_id, account, now)
    keep_layouts(db, content, now)
    submission = Submission(
        message_id=content.message_id,
        audience_id=audience.id if audience else None,
        content=content.to_json(),
        content_hash=content.sha256,
        findings=[finding.to_json() for finding in findings],
        rule_set=rule_set_version(),
        note=note.strip()[:REASON_LENGTH],
        submitted_by=account.id,
        submitted_at=now,
    )
    db.add(submission)
    db.flush()
    _record(db, account, "submitted", submission, now)
    return submission


def approve(db: Session, submission: Submission, account: Account, now: datetime) -> Submission:
    """The reviewer's yes; the seal.

    Refuses who is no reviewer, who changed any part, what is not waiting, and what was changed since.
    """
    _must_be_reviewer(account)
    _must_wait(submission)
    if not may_sign(db, submission, account):
        raise Refused("review-own")
    if not (sealed.is_current(db, submission) and sealed.audience_untouched(db, submission)):
        raise Refused("review-changed")
    return _decide(db, submission, SubmissionState.APPROVED, account, now)


def send_back(
    db: Session, submission: Submission, account: Account, reason: str, now: datetime
) -> Submission:
    """The reviewer's no, with what to mend."""
    _must_be_reviewer(account)
    _must_wait(submission)
    if not reason.strip():
        raise InvalidInput("review-reason-missing", field="reason")
    submission.reason = reason.strip()[:REASON_LENGTH]
    return _decide(db, submission, SubmissionState.SENT_BACK, account, now)


def withdraw(db: Session, submission: Submission, account: Account, now: datetime) -> Submission:
    """Taken back by who writes, before or after the seal."""
    if submission.state not in OPEN:
        raise Refused("review-not-open")
    if account.id != submission.submitted_by and Role.MARKETER not in account.roles:
        raise Refused("review-not-yours")
    submission.state = SubmissionState.WITHDRAWN
    db.flush()
    _record(db, account, "withdrawn", submission, now)
    return submission


def void(db: Session, message_id: int, account: Account | None, now: datetime) -> list[Submission]:
    """Mark what is open as voided, so that pages and history show it. Hashes decide all the same."""
    found = db.scalars(
        select(Submission).where(Submission.message_id == message_id, Submission.state.in_(OPEN))
    ).all()
    for submission in found:
        submission.state = SubmissionState.VOIDED
        db.flush()
        _record(db, account, "voided", submission, now)
    return list(found)


def history(db: Session, message_id: int) -> Sequence[Submission]:
    """All submissions of a message, newest first."""
    return db.scalars(
        select(Submission).where(Submission.message_id == message_id).order_by(Submission.id.desc())
    ).all()


def waiting(db: Session) -> Sequence[Submission]:
    """What waits for a reviewer, oldest first."""
    return db.scalars(
        select(Submission)
        .where(Submission.state == SubmissionState.WAITING)
        .order_by(Submission.submitted_at, Submission.id)
    ).all()


def _must_be_reviewer(account: Account) -> None:
    if Role.REVIEWER not in account.roles or not account.active:
        raise Refused("review-not-reviewer")


def _must_wait(submission: Submission) -> None:
    if submission.state is not SubmissionState.WAITING:
        raise Refused("review-not-waiting")


def _decide(
    db: Session, submission: Submission, state: SubmissionState, account: Account, now: datetime
) -> Submission:
    submission.state = state
    submission.decided_by = account.id
    submission.decided_at = now
    db.flush()
    _record(db, account, state.value, submission, now)
    return submission


def _record(db: Session, account: Account | None, act: str, submission: Submission, now: datetime) -> None:
    audit.record(
        db,
        account,
        f"submission.{act}",
        "message",
        submission.message_id,
        now,
        submission=submission.id,
        content_hash=submission.content_hash,
        reason=submission.reason,
    )
