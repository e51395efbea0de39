"""Who may sign what, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from campaign import approval, audit
from campaign.approval import standing
from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import edit, life
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    AudienceMember,
    AuditEntry,
    MessageEdit,
    Submission,
    SubmissionState,
)
from tests.campaigns.helpers import Office, good_copy


@pytest.fixture
def office(db: Session, now: datetime) -> Office:
    made = Office(db, now)
    made.campaign(now)
    return made


@pytest.fixture
def submission(office: Office, now: datetime) -> Submission:
    return life.submit(office.db, office.made, office.account("mai"), now, "Gấp trước thứ Sáu")


def test_another_reviewer_signs(office: Office, submission: Submission, now: datetime) -> None:
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
    assert approval.approved_submission(office.db, office.message.id, now.date()) is submission
    acts = office.db.scalars(select(AuditEntry.action).where(AuditEntry.noun == "message")).all()
    assert [a for a in acts if a.startswith("submission")] == ["submission.submitted", "submission.approved"]
    assert audit.verify(office.db) is None


@pytest.mark.parametrize(
    ("who", "why"), [("mai", "review-not-reviewer"), ("nam", "review-own"), ("ba", "review-own")]
)
def test_who_changed_a_part_does_not_sign(office: Office, now: datetime, who: str, why: str) -> None:
    """Nam changed the words; Bà, an administrator, chose the segment."""
    office.write(office.with_hook(good_copy(), "Nay"), "nam", now)
    edit.set_segment(office.db, office.made, office.segments["second"], office.account("ba"), now)
    submission = life.submit(office.db, office.made, office.account("mai"), now)
    with pytest.raises(Refused) as refused:
        life.approve(office.db, submission, office.account(who), now, ticked=QUESTIONS)
    assert refused.value.key == why


def test_who_changed_the_rule_or_the_sender_does_not_sign(office: Office, now: datetime) -> None:
    """Both serve many messages; their changes stand in the audit log."""
    office.change_rule("first", office.account("ba"), now)
    audit.record(office.db, office.account("nam"), "sender.changed", "sender", office.message.sender_id, now)
    assert [person.name for person in approval.possible_signers(office.db, office.message)] == ["Tam"]


def test_who_submits_does_not_sign(office: Office, now: datetime) -> None:
    submission = life.submit(office.db, office.made, office.account("nam"), now)
    with pytest.raises(Refused, match="review-own"):
        life.approve(office.db, submission, office.account("nam"), now, ticked=QUESTIONS)


def test_an_edit_by_hand_voids_without_a_flag(office: Office, submission: Submission, now: datetime) -> None:
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
    office.sender.street = "14 Hàng Bông"
    office.db.flush()
    assert submission.state is SubmissionState.APPROVED
    assert approval.approved_submission(office.db, office.message.id, now.date()) is None


def test_an_edit_and_its_reverse_need_a_new_signature(
    office: Office, submission: Submission, now: datetime
) -> None:
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
    office.write(office.with_hook(good_copy(), "Nay"), "mai", now)
    office.write(good_copy(), "mai", now)
    assert submission.state is SubmissionState.VOIDED
    assert approval.approved_submission(office.db, office.message.id, now.date()) is None


def test_touched_rows_of_the_audience_are_not_signed(
    office: Office, submission: Submission, now: datetime
) -> None:
    office.db.execute(update(AudienceMember).values(address="someone.else@example.net"))
    with pytest.raises(Refused, match="review-changed"):
        life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)


def test_sending_back_needs_a_reason(office: Office, submission: Submission, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        life.send_back(office.db, submission, office.account("tam"), "  ", now)
    assert refused.value.field == "reason"
    life.send_back(office.db, submission, office.account("tam"), "Giá chưa đúng", now)
    assert (submission.state, submission.reason) == (SubmissionState.SENT_BACK, "Giá chưa đúng")
    assert office.made.state == "draft"
    with pytest.raises(Refused, match="review-not-waiting"):
        life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)


def test_withdrawing_is_the_writers(office: Office, submission: Submission, now: datetime) -> None:
    with pytest.raises(Refused, match="review-not-yours"):
        life.withdraw(office.db, submission, office.account("tam"), now)
    life.withdraw(office.db, submission, office.account("mai"), now)
    assert submission.state is SubmissionState.WITHDRAWN


def test_a_new_submission_voids_the_one_before(office: Office, submission: Submission, now: datetime) -> None:
    newer = life.submit(office.db, office.made, office.account("mai"), now)
    assert submission.state is SubmissionState.VOIDED
    assert approval.waiting(office.db) == [newer]


def test_nobody_to_write_to_is_refused(office: Office, now: datetime) -> None:
    office.segments["first"].rule = {"type": "or", "rules": []}
    with pytest.raises(Refused, match="review-nobody"):
        life.submit(office.db, office.made, office.account("mai"), now)


SIGN = "UPDATE submission SET state = 'approved', decided_by = :who WHERE id = :id"


@pytest.mark.parametrize("who", ["mai", "nam"])
def test_the_database_refuses_a_signer_with_a_hand_in_it(office: Office, now: datetime, who: str) -> None:
    office.write(office.with_hook(good_copy(), "Nay"), "nam", now)
    submission = life.submit(office.db, office.made, office.account("mai"), now)
    with pytest.raises(DBAPIError, match="nobody signs"):
        office.db.execute(text(SIGN), {"who": office.account(who).id, "id": submission.id})


@pytest.mark.parametrize("change", ["content_hash = 'x'", "submitted_by = 4", "audience_id = NULL"])
def test_the_database_keeps_what_was_submitted(office: Office, submission: Submission, change: str) -> None:
    with pytest.raises(DBAPIError, match="keeps what it was made with"):
        office.db.execute(text(f"UPDATE submission SET {change} WHERE id = {submission.id}"))


def test_the_list_of_hands_is_append_only(office: Office) -> None:
    assert office.db.scalars(select(MessageEdit.part)).all()
    with pytest.raises(DBAPIError, match="append-only"):
        office.db.execute(text("DELETE FROM message_edit"))


def test_a_standing_approval_holds_until_its_day_an_edit_or_a_stop(db: Session, now: datetime) -> None:
    office = Office(db, now)
    message = life.create_greeting(
        db, office.account("mai"), now, name="Sinh nhật", sender=office.sender, channels="both"
    )
    office.made = type("Made", (), {"message": message})()
    office.write(office.with_hook(good_copy(), "Chúc mừng"), "mai", now)
    today, last = now.date(), now.date() + timedelta(days=30)
    submission = life.submit_standing(db, message, "birthday", last, office.account("mai"), now)
    assert standing.current(db, "birthday", today) == []
    life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
    (held,) = standing.current(db, "birthday", today)
    assert standing.current(db, "tet", today) == []
    assert standing.current(db, "birthday", last) == [held]
    assert standing.current(db, "birthday", last + timedelta(days=1)) == []
    standing.revoke(db, held, office.account("tam"), now)
    assert standing.current(db, "birthday", today) == []
    again = life.submit_standing(db, message, "birthday", last, office.account("mai"), now)
    life.approve(db, again, office.account("tam"), now, ticked=QUESTIONS)
    assert standing.holding(db, message.id, today)
    office.write(office.with_hook(good_copy(), "Nay"), "mai", now)
    assert standing.holding(db, message.id, today) == []


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_standing_approval_has_a_sensible_end(db: Session, now: datetime, days: int) -> None:
    office = Office(db, now)
    message = life.create_greeting(
        db, office.account("mai"), now, name="Tết", sender=office.sender, channels="letter"
    )
    with pytest.raises(InvalidInput) as refused:
        life.submit_standing(
            db, message, "tet", now.date() + timedelta(days=days), office.account("mai"), now
        )
    assert refused.value.field == "ends_on"


def test_stored_content_that_is_not_what_was_hashed_is_not_signed(
    office: Office, submission: Submission, now: datetime
) -> None:
    submission.content = {**submission.content, "kind": "transactional"}
    office.db.flush()
    with pytest.raises(Refused, match="review-changed"):
        life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)
