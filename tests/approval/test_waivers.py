"""Waivers: asked for, granted, ended, and ended by an edit of the words they hold on to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval, audit
from campaign.approval import remarks, waivers
from campaign.approval.checklist import EVERY, LETTER, questions
from campaign.campaigns import life
from campaign.compose.document import Document, Part
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding
from campaign.models import AuditEntry, Submission, Waiver
from tests.campaigns.helpers import Office, good_copy

LOUD = "[QC] Xin chào"


@pytest.fixture
def office(db: Session, now: datetime) -> Office:
    """A campaign whose subject is a mere greeting, which blocks."""
    made = Office(db, now)
    made.campaign(now)
    made.write(with_subject(LOUD), "mai", now)
    return made


def with_subject(words: str) -> Document:
    return Document(
        tuple(replace(b, text=words) if b.part is Part.SUBJECT else b for b in good_copy().blocks)
    )


def blocked(office: Office, now: datetime) -> list[Finding]:
    with pytest.raises(approval.Blocked) as refused:
        life.submit(office.db, office.made, office.account("mai"), now)
    return refused.value.left


def asked(office: Office, now: datetime) -> Submission:
    """Submitted, with a reason for everything that blocks."""
    reasons = {finding.fingerprint: "khách quen đã quen lời này" for finding in blocked(office, now)}
    return life.submit(office.db, office.made, office.account("mai"), now, reasons=reasons)


def grant_all(office: Office, submission: Submission, now: datetime, until: date | None = None) -> None:
    for fingerprint in waivers.of_message(office.db, submission.message_id):
        end = until or now.date() + waivers.USUAL
        waivers.grant(office.db, submission, fingerprint, "đã hỏi", end, office.account("tam"), now)


def test_what_blocks_needs_a_reason_each(office: Office, now: datetime) -> None:
    left = blocked(office, now)
    assert len(left) > 1
    with pytest.raises(approval.Blocked) as refused:
        life.submit(
            office.db,
            office.made,
            office.account("mai"),
            now,
            reasons={left[0].fingerprint: "vì thế", "x": "y"},
        )
    assert [one.fingerprint for one in refused.value.left] == [one.fingerprint for one in left[1:]]


def test_nobody_signs_before_a_reviewer_has_granted_them(office: Office, now: datetime) -> None:
    submission = asked(office, now)
    with pytest.raises(Refused) as refused:
        life.approve(office.db, submission, office.account("tam"), now, EVERY)
    assert refused.value.key == "review-waiver-needed"
    grant_all(office, submission, now)
    life.approve(office.db, submission, office.account("tam"), now, EVERY)
    assert {kept["reason"] for kept in submission.waivers} == {"đã hỏi"}
    assert {kept["by"] for kept in submission.waivers} == {office.account("tam").name}
    acts = office.db.scalars(select(AuditEntry.action)).all()
    assert {"waiver.asked", "waiver.granted"} <= set(acts)
    assert audit.verify(office.db) is None


def test_editing_the_words_ends_it(office: Office, now: datetime) -> None:
    submission = asked(office, now)
    grant_all(office, submission, now)
    office.write(with_subject("[QC] Xin chào anh chị"), "mai", now)
    assert {finding.rule for finding in blocked(office, now)} >= {"greeting-or-mystery-subject"}
    # and the same words again are what was waived
    office.write(with_subject(LOUD), "mai", now)
    again = life.submit(office.db, office.made, office.account("mai"), now)
    life.approve(office.db, again, office.account("tam"), now, EVERY)


def test_it_ends_after_its_last_day_and_when_it_is_taken_back(office: Office, now: datetime) -> None:
    submission = asked(office, now)
    grant_all(office, submission, now, now.date() + timedelta(days=1))
    day_after = now.date() + timedelta(days=2)
    found = [Finding.from_json(item) for item in submission.findings]
    assert not waivers.unsettled(office.db, submission.message_id, found, now.date() + timedelta(days=1))
    assert waivers.unsettled(office.db, submission.message_id, found, day_after)
    for row in office.db.scalars(select(Waiver)):
        waivers.end(office.db, row, office.account("tam"), now)
    assert waivers.unsettled(office.db, submission.message_id, found, now.date())


@pytest.mark.parametrize(
    ("who", "why"), [("mai", "review-not-reviewer"), ("ba", "review-own"), ("nam", "review-own")]
)
def test_who_may_grant(office: Office, now: datetime, who: str, why: str) -> None:
    """Nam wrote a part; Bà, an administrator and reviewer, put it up."""
    office.write(office.with_hook(with_subject(LOUD), "Nay"), "nam", now)
    reasons = {finding.fingerprint: "vì thế" for finding in blocked(office, now)}
    submission = life.submit(office.db, office.made, office.account("ba"), now, reasons=reasons)
    fingerprint = next(iter(reasons))
    with pytest.raises(Refused) as refused:
        waivers.grant(
            office.db, submission, fingerprint, "vì", now.date() + timedelta(days=9), office.account(who), now
        )
    assert refused.value.key == why


@pytest.mark.parametrize(("reason", "days"), [(" ", 9), ("vì", 0), ("vì", 400)])
def test_a_reason_and_a_near_end_are_needed(office: Office, now: datetime, reason: str, days: int) -> None:
    submission = asked(office, now)
    fingerprint = next(iter(waivers.of_message(office.db, submission.message_id)))
    with pytest.raises(InvalidInput):
        waivers.grant(
            office.db, submission, fingerprint, reason, now.date() + timedelta(days=days),
            office.account("tam"), now,
        )  # fmt: skip


def test_consent_and_daily_limits_know_no_waiver(office: Office, now: datetime) -> None:
    submission = asked(office, now)
    consent = dict(submission.findings[0]) | {"rule": "no-consent-on-record", "fingerprint": "0" * 16}
    submission.findings = [*submission.findings, consent]
    with pytest.raises(Refused) as refused:
        waivers.grant(
            office.db, submission, "0" * 16, "vì", now.date() + timedelta(days=9), office.account("tam"), now
        )
    assert refused.value.key == "review-waiver-never"
    finding = Finding.from_json(consent)
    assert waivers.ask(
        office.db, submission.message_id, [finding], {"0" * 16: "vì"}, office.account("mai"), now
    ) == [finding]


def test_every_question_is_ticked(db: Session, now: datetime) -> None:
    office = Office(db, now)
    office.campaign(now)
    submission = life.submit(db, office.made, office.account("mai"), now)
    with pytest.raises(Refused) as refused:
        life.approve(db, submission, office.account("tam"), now, EVERY[1:])
    assert refused.value.key == "review-checklist-open"
    life.approve(db, submission, office.account("tam"), now, EVERY)
    assert [answer["question"] for answer in submission.checklist] == list(EVERY)
    assert questions({"letter"}) == LETTER


def test_remarks_are_settled_one_by_one(db: Session, now: datetime) -> None:
    office = Office(db, now)
    office.campaign(now)
    submission = life.submit(db, office.made, office.account("mai"), now)
    noted = remarks.made("vi", {"hook": "Nói con số trước"}, {"hook": "Tiết kiệm 30%.", "body": "Ngắn hơn."})
    life.send_back(db, submission, office.account("tam"), "", now, noted)
    found = remarks.of_submission(submission, "vi")
    assert [(one.block, one.text, one.proposal) for one in found] == [
        ("hook", "Nói con số trước", "Tiết kiệm 30%."),
        ("body", "", "Ngắn hơn."),
    ]
    assert remarks.of_submission(submission, "en") == []
    remarks.settle(db, submission, 1, "taken", office.account("mai"), now)
    assert [one.done for one in remarks.of_submission(submission, "vi")] == ["", "taken"]
