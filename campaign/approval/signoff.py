"""Submit, approve, send back, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval import checklist, sealed, waivers
from campaign.approval.signers import may_sign
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, lint_audience
from campaign.models import Account, Audience, Message, Role, Submission, SubmissionState
from campaign.render.content import MessageContent, keep_layouts
from lint_rules.version import rule_set_version

OPEN = (SubmissionState.WAITING, SubmissionState.APPROVED)
REASON_LENGTH = 2000


class Blocked(Refused):
    """The linter found what must not go out: `left` of all its `findings` nobody excused or asked to."""

    def __init__(self, findings: Sequence[Finding], left: Sequence[Finding]) -> None:
        self.findings = list(findings)
        self.left = list(left)
        super().__init__("review-blocked", count=len(self.left))


def submit(
    db: Session,
    message: Message,
    account: Account,
    audience: Audience,
    now: datetime,
    note: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Submission:
    """Put a message with its frozen audience before a reviewer.

    Lints the renderings of that audience. For findings that block, `reasons` (by fingerprint) ask the
    reviewer for a waiver; raises `Blocked` with all findings when one of them has none, or `Refused` when
    there is nobody in the audience.
    """
    if not audience.counts.get("people"):
        raise Refused("review-nobody")
    content = sealed.content_now(db, message, audience)
    return put_up(
        db, content, account, audience, lint_audience(db, content, audience), now, note, reasons or {}
    )


def put_up(
    db: Session,
    content: MessageContent,
    account: Account,
    audience: Audience | None,
    findings: Sequence[Finding],
    now: datetime,
    note: str,
    reasons: Mapping[str, str],
) -> Submission:
    """Make the row. Shared by what goes out once and by what recurs (`standing`)."""
    unsettled = waivers.unsettled(db, content.message_id, findings, now.date())
    left = waivers.ask(db, content.message_id, unsettled, reasons, account, now)
    if left:
        raise Blocked(findings, left)
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


def approve(
    db: Session, submission: Submission, account: Account, now: datetime, ticked: Collection[str]
) -> Submission:
    """The reviewer's yes; the seal. `ticked` are the questions of the checklist that they answered.

    Refuses who is no reviewer, who changed any part, what is not waiting, what was changed since, a
    finding that blocks and is not waived, and an open question.
    """
    _must_be_reviewer(account)
    _must_wait(submission)
    if not may_sign(db, submission, account):
        raise Refused("review-own")
    if not (sealed.is_current(db, submission) and sealed.audience_untouched(db, submission)):
        raise Refused("review-changed")
    found = [Finding.from_json(item) for item in submission.findings]
    if waivers.unsettled(db, submission.message_id, found, now.date()):
        raise Refused("review-waiver-needed")
    channels = submission.content["settings"]["channels"] or ""
    asked = {"email", "letter"} if channels == "both" else {channels or "email"}
    submission.checklist = checklist.answered(asked, ticked, account, now)
    submission.waivers = waivers.as_signed(db, submission, now.date())
    return _decide(db, submission, SubmissionState.APPROVED, account, now)


def send_back(
    db: Session,
    submission: Submission,
    account: Account,
    reason: str,
    now: datetime,
    remarks: Sequence[Mapping[str, str]] = (),
) -> Submission:
    """The reviewer's no, with what to mend: in one sentence, and at its places."""
    _must_be_reviewer(account)
    _must_wait(submission)
    if not reason.strip() and not remarks:
        raise InvalidInput("review-reason-missing", field="reason")
    submission.reason = reason.strip()[:REASON_LENGTH]
    submission.remarks = [dict(remark) for remark in remarks]
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
        waivers=[f"{waiver['rule']} {waiver['fingerprint']}" for waiver in submission.waivers],
        checklist=[answer["question"] for answer in submission.checklist],
    )
