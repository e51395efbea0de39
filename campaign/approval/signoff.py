"""Submit, approve, send back, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.accounts import second_factor
from campaign.approval import checklist, notices, remarks, sealed, waiving
from campaign.approval.signers import may_sign, must_be_reviewer, possible_signers
from campaign.clock import house_day
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, blocking, house, lint_audience
from campaign.models import (
    Account,
    Audience,
    Message,
    NoticeKind,
    Role,
    Submission,
    SubmissionState,
)
from campaign.render.content import MessageContent, hash_json, keep_layouts

OPEN = (SubmissionState.WAITING, SubmissionState.APPROVED)
REASON_LENGTH = 2000


class Blocked(Refused):
    """The linter found what must not go out; `findings` are all it found, `standing` those that no waiver
    covers and no reason was given for."""

    def __init__(self, findings: Sequence[Finding], standing: Sequence[Finding] | None = None) -> None:
        self.findings = list(findings)
        self.standing = list(blocking(findings) if standing is None else standing)
        super().__init__("review-blocked", count=len(self.standing))


def submit(
    db: Session,
    message: Message,
    account: Account,
    audience: Audience,
    now: datetime,
    note: str = "",
    asks: Mapping[str, str] | None = None,
) -> Submission:
    """Put a message with its frozen audience before a reviewer.

    Lints the renderings of that audience. What blocks and is not waived yet needs a reason in `asks` (by
    `lint.waivers.key_of`): then a waiver is asked for. Raises `Blocked` with all findings otherwise, and
    `Refused` when there is nobody in the audience.
    """
    if not audience.counts.get("people"):
        raise Refused("review-nobody")
    content = sealed.content_now(db, message, audience)
    return put_up(db, content, account, audience, lint_audience(db, content, audience), now, note, asks)


def put_up(
    db: Session,
    content: MessageContent,
    account: Account,
    audience: Audience | None,
    findings: Sequence[Finding],
    now: datetime,
    note: str,
    asks: Mapping[str, str] | None = None,
) -> Submission:
    """Make the row. Shared by what goes out once and by what recurs (`standing`)."""
    unwaived = waiving.apply(db, content.message_id, findings, house_day(now)).blocking
    if not waiving.require_asked(unwaived, asks or {}):
        raise Blocked(findings, unwaived)
    # what went out under an earlier yes to its people stays signed: this is a further one
    void(db, content.message_id, account, now, used=audience is None)
    keep_layouts(db, content, now)
    submission = Submission(
        message_id=content.message_id,
        audience_id=audience.id if audience else None,
        content=content.to_json(),
        content_hash=content.sha256,
        findings=[finding.to_json() for finding in findings],
        rule_set=house.rule_set(db),
        rule_settings=house.settings_hash(db),
        note=note.strip()[:REASON_LENGTH],
        submitted_by=account.id,
        submitted_at=now,
    )
    db.add(submission)
    db.flush()
    _record(db, account, "submitted", submission, now)
    if asks and unwaived:
        waiving.ask(db, submission, unwaived, asks, account, now)
    signers = possible_signers(db, db.get_one(Message, content.message_id))
    notices.tell(
        db, NoticeKind.SUBMITTED, submission, [one.id for one in signers if one.id != account.id], now
    )
    return submission


def approve(
    db: Session,
    submission: Submission,
    account: Account,
    now: datetime,
    *,
    ticked: Collection[str] = (),
    proven: bool = False,
) -> Submission:
    """The reviewer's yes; the seal.

    Refuses who is no reviewer, who changed any part, what is not waiting, what was changed since, and what
    holds a blocking finding that nobody waived. `ticked` are the questions answered with yes: all of them.
    `proven`: a second factor was shown just now; without it, refused when the house asks for one.
    """
    must_be_reviewer(account)
    _must_wait(submission)
    if second_factor.required(db) and not proven:
        raise Refused("auth-factor-needed")
    if not may_sign(db, submission, account):
        raise Refused("review-own")
    if not (sealed.is_current(db, submission) and sealed.audience_untouched(db, submission)):
        raise Refused("review-changed")
    if standing := waiving.of_submission(db, submission, house_day(now)).blocking:
        raise Refused("review-unwaived", count=len(standing))
    submission.checklist = checklist.answers(submission, ticked, account, now)
    if proven:
        audit.record(
            db, account, "submission.proven", "message", submission.message_id, now, submission=submission.id
        )
    return _decide(db, submission, SubmissionState.APPROVED, account, now)


def send_back(
    db: Session, submission: Submission, account: Account, reason: str, now: datetime
) -> Submission:
    """The reviewer's no, with what to mend: in one reason, in remarks at their places, or both."""
    must_be_reviewer(account)
    _must_wait(submission)
    if not reason.strip() and not remarks.snapshot(db, submission):
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


def void(
    db: Session, message_id: int, account: Account | None, now: datetime, *, used: bool = True
) -> list[Submission]:
    """Mark what is open as voided, so that pages and history show it. Hashes decide all the same. Without
    `used` only what no mailing went out under."""
    open_ones = db.scalars(
        select(Submission).where(Submission.message_id == message_id, Submission.state.in_(OPEN))
    ).all()
    found = [one for one in open_ones if used or not sealed.was_used(db, one)]
    for submission in found:
        submission.state = SubmissionState.VOIDED
        db.flush()
        _record(db, account, "voided", submission, now)
    return found


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


def _must_wait(submission: Submission) -> None:
    if submission.state is not SubmissionState.WAITING:
        raise Refused("review-not-waiting")


def _decide(
    db: Session, submission: Submission, state: SubmissionState, account: Account, now: datetime
) -> Submission:
    """The state, and the record of what was before the reviewer: from here on it does not change."""
    counted = waiving.of_submission(db, submission, house_day(now))
    waived = waiving.snapshot(db, counted)
    remarked = remarks.snapshot(db, submission)
    submission.state = state
    submission.waivers, submission.remarks = waived, remarked
    submission.decided_by = account.id
    submission.decided_at = now
    db.flush()
    _record(db, account, state.value, submission, now)
    kind = NoticeKind.SIGNED if state is SubmissionState.APPROVED else NoticeKind.SENT_BACK
    notices.tell(db, kind, submission, [submission.submitted_by], now)
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
        record_hash=record_hash(submission) if submission.decided_at else None,
    )


def record_hash(submission: Submission) -> str:
    """SHA-256 over the content's hash and everything that was before the reviewer at the decision.

    It stands in the audit log's chain, so a record changed behind the database's back is found.
    """
    return hash_json(
        {
            "content_hash": submission.content_hash,
            "rule_set": submission.rule_set,
            "findings": submission.findings,
            "waivers": submission.waivers,
            "checklist": submission.checklist,
            "remarks": submission.remarks,
            "decided_by": submission.decided_by,
            "decided_at": submission.decided_at.isoformat() if submission.decided_at else None,
            "reason": submission.reason,
        }
    )
