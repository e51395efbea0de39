"""Submitting with findings, waiving them, and what ends a waiver."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from campaign import approval
from campaign.approval import remarks, waiving
from campaign.approval.checklist import QUESTIONS
from campaign.campaigns import life, proposals
from campaign.compose.document import Document, Part
from campaign.db import Database
from campaign.errors import InvalidInput, Refused
from campaign.lint import Finding, blocking, waivers
from campaign.models import AuditEntry, MessageEdit, Notice, RemarkState, Submission, Waiver
from tests.campaigns.helpers import Office, good_copy, make_contact
from tests.conftest import NOW

TODAY = NOW.date()
LATER = NOW + timedelta(hours=1)
UNTIL = TODAY + timedelta(days=waiving.DAYS)


def with_subject(words: str) -> Document:
    return Document(
        tuple(replace(b, text=words) if b.part is Part.SUBJECT else b for b in good_copy().blocks)
    )


@pytest.fixture
def office(database: Database):
    with database.write() as db:
        made = Office(db, NOW)
        made.campaign(NOW)
        made.write(with_subject("Xin chào"), "mai", NOW)
        yield made


def asks_of(office: Office) -> dict[str, str]:
    with pytest.raises(approval.Blocked) as caught, office.db.begin_nested():
        life.submit(office.db, office.made, office.account("mai"), NOW)
    return {waivers.key_of(one): "Khách quen, đã hẹn trước" for one in caught.value.standing}


def submitted(office: Office) -> tuple[Submission, list[Finding]]:
    made = life.submit(office.db, office.made, office.account("mai"), NOW, asks=asks_of(office))
    return made, blocking([Finding.from_json(item) for item in made.findings])


def grant(office: Office, submission: Submission, findings: list[Finding], who: str = "tam") -> Waiver:
    account = office.account(who)
    return [waiving.waive(office.db, submission, one, "", UNTIL, account, NOW) for one in findings][-1]


def sign(office: Office, submission: Submission) -> None:
    life.approve(office.db, submission, office.account("tam"), LATER, ticked=QUESTIONS)


def test_without_a_reason_for_each_it_is_not_submitted(office: Office) -> None:
    with pytest.raises(approval.Blocked):
        life.submit(office.db, office.made, office.account("mai"), NOW, asks={"other": "vì thế"})


def test_asked_is_not_granted(office: Office) -> None:
    submission, _ = submitted(office)
    with pytest.raises(Refused, match="review-unwaived"):
        sign(office, submission)


def test_granted_it_can_be_signed_and_the_record_holds_the_waiver(office: Office) -> None:
    submission, findings = submitted(office)
    grant(office, submission, findings)
    sign(office, submission)
    kept = submission.waivers[0]
    assert len(submission.waivers) == len(findings)
    assert kept["reason"] == "Khách quen, đã hẹn trước"
    assert kept["ends_on"] == UNTIL.isoformat()
    assert {answer["question"] for answer in submission.checklist} < set(QUESTIONS)
    assert approval.approved_submission(office.db, office.message.id, TODAY) is submission
    acts = office.db.scalars(select(AuditEntry.action)).all()
    assert {"waiver.asked", "waiver.granted"} <= set(acts)


def test_expired_or_ended_the_seal_that_rests_on_it_holds_no_more(office: Office) -> None:
    submission, findings = submitted(office)
    waiver = grant(office, submission, findings)
    sign(office, submission)
    after = UNTIL + timedelta(days=1)
    assert approval.approved_submission(office.db, office.message.id, after) is None
    waiving.end(office.db, waiver, office.account("tam"), LATER)
    assert approval.approved_submission(office.db, office.message.id, TODAY) is None


@pytest.mark.parametrize(("who", "key"), [("mai", "review-not-reviewer"), ("nam", "review-own")])
def test_who_writes_does_not_waive(office: Office, who: str, key: str) -> None:
    office.write(with_subject("Hello"), "nam", NOW)
    submission, findings = submitted(office)
    with pytest.raises(Refused, match=key):
        grant(office, submission, findings, who)


def test_who_edits_later_loses_the_waivers_they_granted(office: Office) -> None:
    submission, findings = submitted(office)
    grant(office, submission, findings, "ba")
    office.write(Office.with_hook(with_subject("Xin chào"), "Mới"), "ba", LATER)
    with pytest.raises(approval.Blocked):
        life.submit(office.db, office.made, office.account("mai"), LATER)


def test_other_words_void_it_and_the_same_words_keep_it(office: Office) -> None:
    submission, findings = submitted(office)
    grant(office, submission, findings)
    office.write(Office.with_hook(with_subject("Xin chào"), "Mới"), "mai", LATER)
    again = life.submit(office.db, office.made, office.account("mai"), LATER)
    assert not waiving.of_submission(office.db, again, TODAY).blocking
    office.write(with_subject("Chào bạn"), "mai", LATER)
    with pytest.raises(approval.Blocked):
        life.submit(office.db, office.made, office.account("mai"), LATER)


def test_consent_is_never_waived(office: Office) -> None:
    submission, findings = submitted(office)
    with pytest.raises(Refused, match="review-waiver-never"):
        grant(office, submission, [replace(findings[0], rule="no-consent-on-record")])


def test_a_last_day_in_the_past_or_too_far_is_refused(office: Office) -> None:
    submission, findings = submitted(office)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=400)):
        with pytest.raises(InvalidInput, match="review-waiver-end"):
            waiving.waive(office.db, submission, findings[0], "vì", day, office.account("tam"), NOW)


def test_every_question_is_ticked_before_the_seal(office: Office) -> None:
    submission, findings = submitted(office)
    grant(office, submission, findings)
    with pytest.raises(InvalidInput, match="review-checklist-missing"):
        life.approve(office.db, submission, office.account("tam"), LATER, ticked=QUESTIONS[1:])


@pytest.mark.parametrize(
    "act",
    ["UPDATE submission SET checklist = '[]'", "UPDATE waiver SET reason = 'x'"],
)
def test_the_database_keeps_the_record(office: Office, act: str) -> None:
    submission, findings = submitted(office)
    grant(office, submission, findings)
    sign(office, submission)
    with pytest.raises(DBAPIError, match="keeps"), office.db.begin_nested():
        office.db.execute(text(act))


def test_a_proposal_is_accepted_by_one_act_and_its_writer_stays_a_stranger(office: Office) -> None:
    submission, _ = submitted(office)
    subject = next(b for b in good_copy().blocks if b.part is Part.SUBJECT)
    better = {"text": "[QC] Tiết kiệm 30% cho bộ ấm trà Bát Tràng"}
    made = remarks.propose(office.db, submission, "vi", subject.id, better, office.account("tam"), NOW)
    proposals.accept(office.db, made, office.account("mai"), LATER)
    assert made.state is RemarkState.ACCEPTED
    assert submission.state == "voided"
    assert office.message.variants[0].document["blocks"][0]["text"] == better["text"]
    tam = office.account("tam").id
    assert tam not in set(office.db.scalars(select(MessageEdit.account_id)))
    again = life.submit(office.db, office.made, office.account("mai"), LATER)
    sign(office, again)
    with pytest.raises(Refused, match="review-proposal-stale"):
        proposals.accept(office.db, made, office.account("mai"), LATER)


def test_a_proposal_for_words_that_changed_is_not_accepted(office: Office) -> None:
    submission, _ = submitted(office)
    made = remarks.propose(
        office.db, submission, "vi", "subject", {"text": "Khác"}, office.account("tam"), NOW
    )
    office.write(with_subject("Chào bạn"), "mai", LATER)
    with pytest.raises(Refused, match="review-proposal-stale"):
        proposals.accept(office.db, made, office.account("mai"), LATER)


def test_remarks_alone_are_reason_enough_to_send_back(office: Office) -> None:
    submission, _ = submitted(office)
    remarks.write(office.db, submission, "vi", "hook", "Ai được lợi gì?", office.account("tam"), NOW)
    life.send_back(office.db, submission, office.account("tam"), "", LATER)
    assert [one["text"] for one in submission.remarks] == ["Ai được lợi gì?"]
    assert [one.text for one in remarks.open_of(office.db, office.message.id, "vi")] == ["Ai được lợi gì?"]


def test_all_who_may_sign_are_told_once_and_the_author_of_the_decision(office: Office) -> None:
    submission, _ = submitted(office)
    life.send_back(office.db, submission, office.account("tam"), "Giá?", LATER)
    told = {(row.kind.value, row.account_id) for row in office.db.scalars(select(Notice))}
    reviewers = {("submitted", office.account(name).id) for name in ("nam", "ba", "tam")}
    assert told == reviewers | {("sent_back", office.account("mai").id)}


GREETING = "Chào {{ contact.full_name }}"


def newcomer(office: Office, name: str) -> None:
    """Somebody of whom the linter hears first: they come before the others."""
    contact = make_contact(office.db, office.sender, len(office.contacts) + 7, NOW)
    contact.full_name = name
    office.contacts.append(contact)
    office.db.flush()


@pytest.mark.parametrize("channels", ["email", "both"])
def test_a_new_recipient_with_the_same_finding_stays_waived(office: Office, channels: str) -> None:
    office.made.channels = channels
    office.message.email_layout = "offer" if channels != "letter" else ""
    office.message.letter_layout = "business" if channels != "email" else ""
    office.write(with_subject(GREETING), "mai", NOW)
    for contact in office.contacts:
        contact.full_name = "An Nhiên"
    submission, findings = submitted(office)
    grant(office, submission, findings)
    for contact in office.contacts:
        contact.full_name = "Nguyễn Thị Ễn"
    newcomer(office, "Bùi Văn Cửu")
    again = life.submit(office.db, office.made, office.account("mai"), LATER)
    assert not waiving.of_submission(office.db, again, TODAY).blocking
    assert {Finding.from_json(item).fingerprint for item in again.findings} == {
        Finding.from_json(item).fingerprint for item in submission.findings
    }


def test_another_finding_of_the_same_rule_is_not_waived(office: Office) -> None:
    office.write(with_subject(GREETING), "mai", NOW)
    submission, findings = submitted(office)
    grant(office, submission, findings)
    office.write(with_subject(f"{GREETING} và gia đình"), "mai", LATER)
    with pytest.raises(approval.Blocked):
        life.submit(office.db, office.made, office.account("mai"), LATER)
