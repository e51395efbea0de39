"""Every change of a waiver: asked for, granted, refused or ended. Each is in the audit log.

Who writes asks, a reviewer grants, and nobody grants on a message of which they changed a part. Consent,
suppression and daily limits know no waiver at all (`lint.waivers.NEVER`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval.signers import changed_by, may_sign, must_be_reviewer
from campaign.clock import house_day
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, waivers
from campaign.lint.waivers import Applied, Exemption
from campaign.models import Account, Message, Role, Submission, SubmissionState, Waiver

DAYS = 90
# a reason that no one has looked at for a year is no reason any more
LONGEST = timedelta(days=366)
REASON_LENGTH = 2000
MAY_END = {Role.REVIEWER, Role.MARKETER, Role.CARE, Role.ADMIN}


def of_message(db: Session, message_id: int) -> Sequence[Waiver]:
    """All waivers of a message, oldest first."""
    return db.scalars(select(Waiver).where(Waiver.message_id == message_id).order_by(Waiver.id)).all()


def apply(db: Session, message_id: int, findings: Sequence[Finding], today: date) -> Applied:
    """The message's waivers laid over findings, as they count today."""
    rows = of_message(db, message_id)
    if not rows:
        return waivers.apply(findings, [], today)
    hands = changed_by(db, db.get_one(Message, message_id))
    return waivers.apply(findings, [_exemption(row, hands) for row in rows], today)


def of_submission(db: Session, submission: Submission, today: date) -> Applied:
    """What the linter said when it was submitted, with the waivers of today."""
    found = [Finding.from_json(item) for item in submission.findings]
    return apply(db, submission.message_id, found, today)


def _exemption(row: Waiver, hands: set[int]) -> Exemption:
    # who took a hand in the message after granting has no say in it any more
    granted = row.granted_by is not None and row.granted_by not in hands
    return Exemption(
        row.rule, row.part, row.fingerprint, granted, row.voided_at is not None, row.ends_on, row.id
    )


def require_asked(findings: Sequence[Finding], asks: Mapping[str, str]) -> bool:
    """Whether every one of these may be waived and was asked for with a reason."""
    return all(
        waivers.may_be_waived(finding) and asks.get(waivers.key_of(finding), "").strip()
        for finding in findings
    )


def ask(
    db: Session,
    submission: Submission,
    findings: Sequence[Finding],
    asks: Mapping[str, str],
    account: Account,
    now: datetime,
) -> list[Waiver]:
    """One request for each of these findings; the same place is asked for once."""
    once = {waivers.key_of(finding): finding for finding in findings}
    return [_new(db, submission, finding, asks[key], account, now) for key, finding in once.items()]


def waive(
    db: Session,
    submission: Submission,
    finding: Finding,
    reason: str,
    ends_on: date,
    account: Account,
    now: datetime,
) -> Waiver:
    """A reviewer's waiver of one finding, asked for or not; `reason` may be that of the request."""
    _may_grant(db, submission, account)
    if not waivers.may_be_waived(finding):
        raise Refused("review-waiver-never")
    asked = _asked(db, submission, finding)
    if not reason.strip() and asked is None:
        raise InvalidInput("review-waiver-reason", field="reason")
    if not house_day(now) <= ends_on <= house_day(now) + LONGEST:
        raise InvalidInput("review-waiver-end", field="ends_on", days=LONGEST.days)
    if asked is None or (reason.strip() and reason.strip() != asked.reason):
        asked = _new(db, submission, finding, reason, account, now)
    asked.granted_by, asked.granted_at, asked.ends_on = account.id, now, ends_on
    db.flush()
    _record(db, account, "granted", asked, now)
    return asked


def end(db: Session, waiver: Waiver, account: Account, now: datetime) -> None:
    """Refused or taken back: the finding counts again, at once, and so does a seal that rested on it."""
    if not account.roles & MAY_END:
        raise Refused("review-not-reviewer")
    if waiver.voided_at is None:
        waiver.voided_by, waiver.voided_at = account.id, now
        db.flush()
        _record(db, account, "voided", waiver, now)


def snapshot(db: Session, applied: Applied) -> list[dict[str, object]]:
    """The waivers that counted, as plain JSON, for the decision's record."""
    used = sorted({item.waiver.id for item in applied.judged if item.waived and item.waiver})
    return [_to_json(db, db.get_one(Waiver, waiver_id)) for waiver_id in used]


def _to_json(db: Session, row: Waiver) -> dict[str, object]:
    return {
        "id": row.id,
        "rule": row.rule,
        "part": row.part,
        "fingerprint": row.fingerprint,
        "reason": row.reason,
        "content_hash": row.content_hash,
        "rule_set": row.rule_set,
        "asked_by": row.asked_by,
        "granted_by": row.granted_by,
        "granted_by_name": db.get_one(Account, row.granted_by).name if row.granted_by else "",
        "granted_at": row.granted_at.isoformat() if row.granted_at else None,
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
    }


def _may_grant(db: Session, submission: Submission, account: Account) -> None:
    must_be_reviewer(account)
    if submission.state is not SubmissionState.WAITING:
        raise Refused("review-not-waiting")
    if not may_sign(db, submission, account):
        raise Refused("review-own")


def _asked(db: Session, submission: Submission, finding: Finding) -> Waiver | None:
    return db.scalar(
        select(Waiver)
        .where(
            Waiver.message_id == submission.message_id,
            Waiver.rule == finding.rule,
            Waiver.part == finding.part,
            Waiver.fingerprint == finding.fingerprint,
            Waiver.granted_by.is_(None),
            Waiver.voided_at.is_(None),
        )
        .order_by(Waiver.id.desc())
        .limit(1)
    )


def _new(
    db: Session, submission: Submission, finding: Finding, reason: str, account: Account, now: datetime
) -> Waiver:
    made = Waiver(
        message_id=submission.message_id,
        submission_id=submission.id,
        rule=finding.rule,
        part=finding.part,
        fingerprint=finding.fingerprint,
        content_hash=submission.content_hash,
        rule_set=submission.rule_set,
        reason=reason.strip()[:REASON_LENGTH],
        asked_by=account.id,
        asked_at=now,
    )
    db.add(made)
    db.flush()
    _record(db, account, "asked", made, now)
    return made


def _record(db: Session, account: Account, act: str, waiver: Waiver, now: datetime) -> None:
    audit.record(
        db, account, f"waiver.{act}", "message", waiver.message_id, now,
        waiver=waiver.id, submission=waiver.submission_id, rule=waiver.rule, part=waiver.part,
        fingerprint=waiver.fingerprint, reason=waiver.reason, content_hash=waiver.content_hash,
        ends_on=waiver.ends_on.isoformat() if waiver.ends_on else None,
    )  # fmt: skip
