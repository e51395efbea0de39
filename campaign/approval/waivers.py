"""Waivers: asked for by who writes, granted by a reviewer with a reason and a last day, ended by either.

A waiver holds on to the rule and the words it speaks of (`lint_rules.finding.fingerprint_of`): editing
them ends it by itself, for nothing then bears its fingerprint. All its changes are made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval.signers import may_sign
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, blocking
from campaign.models import Account, Role, Submission, SubmissionState, Waiver
from lint_rules import waiver as lint_waiver
from lint_rules.rule import Severity
from lint_rules.version import rule_set_version
from lint_rules.waiver import NEVER_WAIVED

# a season; what still holds then is worth a second look
USUAL = timedelta(days=90)
LONGEST = timedelta(days=366)
REASON_LENGTH = 1000


def in_force(db: Session, message_id: int, today: date) -> list[lint_waiver.Waiver]:
    """What reviewers granted for this message and what still holds on that day."""
    rows = db.scalars(
        select(Waiver).where(
            Waiver.message_id == message_id,
            Waiver.granted_at.is_not(None),
            Waiver.ended_at.is_(None),
            Waiver.until >= today,
        )
    )
    return [
        lint_waiver.Waiver(row.rule, row.fingerprint, row.reason, row.granter, row.until)
        for row in rows
        if row.until is not None
    ]


def unsettled(db: Session, message_id: int, findings: Sequence[Finding], today: date) -> list[Finding]:
    """The findings that block and that no waiver in force covers."""
    counting, _ = lint_waiver.split(findings, in_force(db, message_id, today), today)
    return blocking(counting)


def ask(
    db: Session,
    message_id: int,
    findings: Sequence[Finding],
    reasons: Mapping[str, str],
    account: Account,
    now: datetime,
) -> list[Finding]:
    """Ask for a waiver of each finding that has a reason, by fingerprint; the others come back."""
    left: list[Finding] = []
    for finding in findings:
        reason = reasons.get(finding.fingerprint, "").strip()[:REASON_LENGTH]
        if not reason or not finding.fingerprint or finding.rule in NEVER_WAIVED:
            left.append(finding)
            continue
        row = _row(db, message_id, finding)
        row.reason, row.requested_by, row.requested_at = reason, account.id, now
        db.flush()
        _record(db, account, "asked", row, now)
    return left


def grant(
    db: Session,
    submission: Submission,
    fingerprint: str,
    reason: str,
    until: date,
    account: Account,
    now: datetime,
) -> Waiver:
    """A reviewer's reasoned exception for one finding of what waits, until that day (included)."""
    if Role.REVIEWER not in account.roles or not account.active:
        raise Refused("review-not-reviewer")
    if submission.state is not SubmissionState.WAITING:
        raise Refused("review-not-waiting")
    if not may_sign(db, submission, account):
        raise Refused("review-own")
    found = [Finding.from_json(item) for item in submission.findings]
    finding = next((one for one in found if fingerprint and one.fingerprint == fingerprint), None)
    if finding is None:
        raise Refused("review-waiver-gone")
    if finding.rule in NEVER_WAIVED:
        raise Refused("review-waiver-never")
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise InvalidInput("review-waiver-reason", field=f"reason-{fingerprint}")
    if not now.date() < until <= now.date() + LONGEST:
        raise InvalidInput("review-waiver-until", field=f"until-{fingerprint}", days=LONGEST.days)
    row = _row(db, submission.message_id, finding)
    row.reason, row.until = reason, until
    row.granted_by, row.granter, row.granted_at = account.id, account.name, now
    row.content_hash, row.rule_set = submission.content_hash, rule_set_version()
    db.flush()
    _record(db, account, "granted", row, now)
    return row


def end(db: Session, row: Waiver, account: Account, now: datetime) -> None:
    """Taken back before its last day: the finding counts again."""
    if Role.REVIEWER not in account.roles:
        raise Refused("review-not-reviewer")
    if row.ended_at is None:
        row.ended_at = now
        db.flush()
        _record(db, account, "ended", row, now)


def of_message(db: Session, message_id: int) -> dict[str, Waiver]:
    """What was asked or granted and not ended, by fingerprint."""
    rows = db.scalars(
        select(Waiver).where(Waiver.message_id == message_id, Waiver.ended_at.is_(None)).order_by(Waiver.id)
    )
    return {row.fingerprint: row for row in rows}


def as_signed(db: Session, submission: Submission, today: date) -> list[dict[str, Any]]:
    """The waivers that cover findings of what is being signed, as they are kept with it."""
    found = [Finding.from_json(item) for item in submission.findings]
    _, waived = lint_waiver.split(found, in_force(db, submission.message_id, today), today)
    return [
        {
            "rule": waiver.rule,
            "fingerprint": waiver.fingerprint,
            "says": finding.message,
            "severity": finding.severity.value,
            "reason": waiver.reason,
            "by": waiver.by,
            "until": waiver.until.isoformat(),
        }
        for finding, waiver in waived
    ]


def may_be_waived(finding: Finding) -> bool:
    """Whether a reviewer may excuse it: neither consent nor a daily limit, and not what only informs."""
    return (
        bool(finding.fingerprint)
        and finding.rule not in NEVER_WAIVED
        and finding.severity is not Severity.INFORMATION
    )


def _row(db: Session, message_id: int, finding: Finding) -> Waiver:
    row = of_message(db, message_id).get(finding.fingerprint)
    if row is None:
        row = Waiver(message_id=message_id, rule=finding.rule, fingerprint=finding.fingerprint)
        db.add(row)
    row.says = finding.message
    return row


def _record(db: Session, account: Account, act: str, row: Waiver, now: datetime) -> None:
    audit.record(
        db,
        account,
        f"waiver.{act}",
        "message",
        row.message_id,
        now,
        waiver=row.id,
        rule=row.rule,
        fingerprint=row.fingerprint,
        reason=row.reason,
        until=row.until.isoformat() if row.until else "",
    )
