"""Trying failures again: which reasons, how many, and never what is known or may be known to have arrived."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.dispatch import control, retry
from campaign.dispatch.retry import Failed
from campaign.errors import Refused
from campaign.models import AuditEntry, Delivery, DeliveryState, Mailing, MailingState
from tests.dispatch.making import make_mailing, rows_of

State = DeliveryState
# state, reason, the server's words, and whether another try could help
CASES = [
    (State.EXPIRED, "deadline", "", "expired", True),
    (State.EXPIRED, "rcpt", "4.2.1 later", "expired", True),
    (State.REJECTED, "mail", "5.7.1 sender not allowed", "sender_refused", True),
    (State.REJECTED, "rcpt", "5.2.2 mailbox full", "passing", True),
    (State.REJECTED, "dot", "5.3.0 local trouble", "passing", True),
    (State.SUPPRESSED, "daily_limit", "", "daily_limit", True),
    (State.REJECTED, "rcpt", "5.1.1 no such user", "no_address", False),
    (State.REJECTED, "rcpt", "5.7.1 go away", "recipient_refused", False),
    (State.REJECTED, "dot", "5.7.1 spam", "content_refused", False),
    (State.REJECTED, "size", "", "too_large", False),
    (State.REJECTED, "render", "'x' is undefined", "cannot_write", False),
    (State.SUPPRESSED, "no_consent", "", "not_allowed", False),
    (State.REJECTED, "new word", "", "other", False),
    (State.ACCEPTED, "", "2.0.0 ok", "", False),
    (State.UNKNOWN, "no-reply", "", "", False),
]


@pytest.fixture
def mailing(db: Session, now: datetime) -> Mailing:
    """One delivery for each case; the mailing is done."""
    made = make_mailing(db, now, people=len(CASES))
    control.start(db, made, now)
    for row, (state, reason, words, _, _) in zip(rows_of(db, made), CASES, strict=True):
        row.state, row.reason, row.smtp_reply, row.settled_at = state, reason, words, now
        row.attempt, row.fence = 3, 3
    made.state, made.finished_at = MailingState.FINISHED, now
    db.commit()
    return made


def test_each_failure_has_its_reason(db: Session, mailing: Mailing) -> None:
    found = {one.name: one for one in retry.failures(db, mailing.id)}
    assert {name: one.worth for name, one in found.items()} == {
        name: worth for *_, name, worth in CASES if name
    }
    assert found["expired"].count == 2
    assert retry.failures(db, mailing.id)[0] == Failed("expired", 2, True)


def test_what_could_succeed_is_queued_and_nothing_else(db: Session, mailing: Mailing, now: datetime) -> None:
    later = now + timedelta(days=3)
    assert control.retry(db, mailing, later) == 6
    db.commit()
    for row, (state, *_, worth) in zip(rows_of(db, mailing), CASES, strict=True):
        assert row.state is (State.QUEUED if worth else state)
        if worth:
            assert (row.attempt, row.fence, row.settled_at, row.reason) == (0, 4, None, "")
    assert mailing.state is MailingState.RUNNING
    assert mailing.deadline > later
    entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "mailing.retry")).one()
    assert entry.detail["count"] == 6
    assert entry.detail["reasons"]["expired"] == 2
    with pytest.raises(Refused, match="dispatch-nothing-to-retry"):
        control.retry(db, mailing, later)


def test_what_was_cancelled_stays_cancelled(db: Session, mailing: Mailing, now: datetime) -> None:
    mailing.state = MailingState.CANCELLED
    with pytest.raises(Refused, match="dispatch-not-retryable"):
        control.retry(db, mailing, now)
    assert db.scalar(select(Delivery.id).where(Delivery.state == State.QUEUED)) is None
