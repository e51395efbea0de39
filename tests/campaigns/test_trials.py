"""A test of arms from sign-off to the rest: who gets what, who decides, and what is said of the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval
from campaign.approval.checklist import QUESTIONS
from campaign.audience.terms import Measure, SendingTerms, TrialTerms
from campaign.campaigns import copy, life, terms, trials
from campaign.campaigns.trials import Verdict
from campaign.compose import document as documents
from campaign.compose.document import Document, Part
from campaign.dispatch import sweep
from campaign.dispatch.timing import Timing
from campaign.errors import InvalidInput, Refused
from campaign.models import (
    AudienceMember,
    AuditEntry,
    Channel,
    DecidedBy,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Mailing,
    MailingState,
    MemberPart,
    MessageVariant,
    Notice,
    NoticeKind,
    Trial,
    TrialState,
)
from campaign.stats import Share
from tests.campaigns.helpers import Office, good_copy, make_contact

HOUR = timedelta(hours=1)
SIX = TrialTerms(share=50, hours=6, measure=Measure.OPEN, default="")


def office_with(db: Session, now: datetime, people: int = 60) -> Office:
    office = Office(db, now)
    for number in range(len(office.contacts), people):
        office.contacts.append(make_contact(db, office.sender, number, now))
    office.campaign(now)
    return office


def write_b(office: Office, now: datetime) -> None:
    """Another subject for arm B."""
    document = good_copy()
    other = "[QC] Nhẹ hơn 30%: bộ ấm trà Bát Tràng men rạn"
    blocks = tuple(replace(b, text=other) if b.part is Part.SUBJECT else b for b in document.blocks)
    variant = copy.variant_of(office.message, "vi.b")
    base = copy.version_of(documents.from_json(variant.document))
    saved = copy.save(office.db, office.message, variant, Document(blocks), base, office.account("mai"), now)
    assert isinstance(saved, copy.Saved)


def signed(office: Office, chosen: SendingTerms, now: datetime) -> None:
    terms.choose(office.db, office.made, chosen, office.account("mai"), now)
    if chosen.trial:
        write_b(office, now)
    submission = life.submit(office.db, office.made, office.account("mai"), now)
    life.approve(office.db, submission, office.account("tam"), now, ticked=QUESTIONS)


def started(office: Office, chosen: SendingTerms, now: datetime) -> Mailing:
    signed(office, chosen, now)
    return life.start(office.db, office.made, office.account("mai"), now)


def rows(db: Session, part: MemberPart) -> list[Delivery]:
    wanted = (
        select(Delivery)
        .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
        .where(AudienceMember.part == part)
    )
    return list(db.scalars(wanted.order_by(Delivery.id).execution_options(populate_existing=True)))


def arms_of(db: Session, found: list[Delivery]) -> list[str]:
    return [db.get_one(MessageVariant, row.variant_id).arm for row in found]


def answer(db: Session, now: datetime, opened: dict[str, int]) -> None:
    """All of the sample has it; so many of each arm open it."""
    left = dict(opened)
    for row in rows(db, MemberPart.SAMPLE):
        row.state, row.settled_at = DeliveryState.ACCEPTED, now
        arm = db.get_one(MessageVariant, row.variant_id).arm
        if left.get(arm, 0) > 0:
            left[arm] -= 1
            # twice by the same person counts once; a machine does not count
            for machine in (False, False, True):
                db.add(Event(delivery_id=row.id, kind=EventKind.OPEN, at=now, machine=machine))
        else:
            db.add(Event(delivery_id=row.id, kind=EventKind.OPEN, at=now, machine=True))
    db.flush()


def test_the_sample_goes_in_its_arms_and_the_rest_waits(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    mailing = started(office, SendingTerms(trial=SIX, holdout=10), now)
    sample, rest = rows(db, MemberPart.SAMPLE), rows(db, MemberPart.REST)
    held_out = db.scalars(
        select(AudienceMember.contact_id).where(AudienceMember.part == MemberPart.HELD_OUT)
    ).all()
    assert len(sample) + len(rest) + len(held_out) == len(office.contacts)
    assert set(arms_of(db, sample)) == {"a", "b"}
    assert {row.state for row in sample} == {DeliveryState.QUEUED}
    assert {(row.state, row.next_attempt_at) for row in rest} == {(DeliveryState.DEFERRED, None)}
    assert not set(held_out) & {row.contact_id for row in sample + rest}
    trial = trials.of_mailing(db, mailing)
    assert trial is not None
    assert trial.decide_at == now + 6 * HOUR


def test_a_clear_winner_goes_to_the_rest(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=120)
    mailing = started(office, SendingTerms(trial=SIX), now)
    answer(db, now, {"a": 2, "b": 60})
    assert trials.go_on(db, now + 5 * HOUR) == []
    later = now + 6 * HOUR
    trials.go_on(db, later)
    trial = db.scalars(select(Trial)).one()
    assert (trial.state, trial.winner, trial.decided_by) == (TrialState.DECIDED, "b", DecidedBy.RULE)
    assert trial.figures["verdict"] == Verdict.CLEAR
    sweep.sweep(db, later)
    rest = rows(db, MemberPart.REST)
    assert set(arms_of(db, rest)) == {"b"}
    assert {row.state for row in rest} == {DeliveryState.QUEUED}
    assert {row.state for row in rows(db, MemberPart.SAMPLE)} == {DeliveryState.ACCEPTED}
    assert mailing.deadline >= later + 48 * HOUR
    entry = db.scalars(select(AuditEntry).where(AuditEntry.action == "trial.decided")).one()
    assert (entry.detail["winner"], entry.actor_id) == ("b", None)


@pytest.mark.parametrize(
    ("opened", "verdict"), [({"a": 2, "b": 3}, Verdict.FEW), ({"a": 14, "b": 15}, Verdict.CLOSE)]
)
def test_without_a_clear_winner_the_default_goes(
    db: Session, now: datetime, opened: dict[str, int], verdict: Verdict
) -> None:
    office = office_with(db, now, people=120)
    started(office, SendingTerms(trial=replace(SIX, default="a")), now)
    answer(db, now, opened)
    trials.go_on(db, now + 6 * HOUR)
    trial = db.scalars(select(Trial)).one()
    assert (trial.winner, trial.decided_by) == ("a", DecidedBy.DEFAULT)
    assert trial.figures["verdict"] == verdict


def test_or_a_person_is_asked_and_decides(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    started(office, SendingTerms(trial=SIX), now)
    later = now + 6 * HOUR
    trials.go_on(db, later)
    trial = db.scalars(select(Trial)).one()
    assert trial.state is TrialState.ASKS
    assert db.scalars(select(Notice.kind).where(Notice.kind == NoticeKind.UNDECIDED)).all()
    assert trials.go_on(db, later + HOUR) == []
    with pytest.raises(InvalidInput, match="campaigns-trial-arm"):
        trials.choose(db, trial, "c", office.account("mai"), later)
    trials.choose(db, trial, "b", office.account("mai"), later)
    assert (trial.decided_by, trial.account_id) == (DecidedBy.PERSON, office.account("mai").id)
    assert set(arms_of(db, rows(db, MemberPart.REST))) == {"b"}
    with pytest.raises(Refused, match="campaigns-trial-decided"):
        trials.choose(db, trial, "a", office.account("mai"), later)


def test_a_paused_test_waits_with_its_decision(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    started(office, SendingTerms(trial=replace(SIX, default="a")), now)
    life.pause(db, office.made, office.account("mai"), now)
    trials.go_on(db, now + 7 * HOUR)
    assert db.scalars(select(Trial)).one().state is TrialState.RUNNING
    life.resume(db, office.made, office.account("mai"), now + 8 * HOUR)
    trials.go_on(db, now + 8 * HOUR)
    assert db.scalars(select(Trial)).one().state is TrialState.DECIDED


def test_the_rest_goes_in_chunks_that_may_stop_anywhere(
    db: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(db, now)
    monkeypatch.setattr(trials, "CHUNK_ROWS", 10)
    started(office, SendingTerms(trial=replace(SIX, default="a")), now)
    rest = len(rows(db, MemberPart.REST))
    rounds = 0
    while any(row.next_attempt_at is None for row in rows(db, MemberPart.REST)):
        trials.go_on(db, now + 6 * HOUR)
        rounds += 1
        assert rounds < 20
    # the decision lets a chunk go, and the same round another
    assert rounds >= rest // 20


def test_at_each_ones_hour_the_rest_gets_it_the_next_time_it_comes(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    chosen = SendingTerms(trial=replace(SIX, default="b"))
    signed(office, chosen, now)
    hour = Timing(datetime.fromisoformat("2026-03-10T09:00"), "Asia/Ho_Chi_Minh", now, each=True)
    life.schedule_hour(db, office.made, office.account("mai"), hour, now)
    start = hour.at
    assert life.start_due(db, start) == [office.made]
    assert {row.state for row in rows(db, MemberPart.SAMPLE)} == {DeliveryState.QUEUED}
    trial = db.scalars(select(Trial)).one()
    assert trial.decide_at == start + 6 * HOUR
    trials.go_on(db, trial.decide_at)
    assert {row.next_attempt_at for row in rows(db, MemberPart.REST)} == {start + timedelta(days=1)}


def test_every_arm_is_signed_and_read_for_all_who_may_get_it(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    terms.choose(db, office.made, SendingTerms(trial=SIX), office.account("mai"), now)
    variant = copy.variant_of(office.message, "vi.b")
    assert variant.document == copy.variant_of(office.message, "vi").document
    write_b(office, now)
    submission = life.submit(db, office.made, office.account("mai"), now)
    assert {item["arm"] for item in submission.content["variants"]} == {"a", "b"}
    life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
    variant.document = copy.variant_of(office.message, "vi").document
    db.flush()
    with pytest.raises(Refused, match="campaigns-not-signed"):
        life.start(db, office.made, office.account("mai"), now)


def test_a_change_of_the_terms_voids_the_signature(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    signed(office, SendingTerms(holdout=10), now)
    terms.choose(db, office.made, SendingTerms(holdout=20), office.account("mai"), now)
    assert office.made.state == "draft"


def test_a_test_that_is_given_up_keeps_its_words_and_sends_them_to_nobody(db: Session, now: datetime) -> None:
    office = office_with(db, now)
    terms.choose(db, office.made, SendingTerms(trial=SIX), office.account("mai"), now)
    write_b(office, now)
    terms.choose(db, office.made, SendingTerms(), office.account("mai"), now)
    submission = life.submit(db, office.made, office.account("mai"), now)
    assert {item["arm"] for item in submission.content["variants"]} == {"a"}
    life.approve(db, submission, office.account("tam"), now, ticked=QUESTIONS)
    mailing = life.start(db, office.made, office.account("mai"), now)
    assert mailing.state is MailingState.RUNNING
    assert set(arms_of(db, rows(db, MemberPart.ALL))) == {"a"}


def test_the_rule_takes_all_arms_into_account() -> None:
    judged = trials.judge({"a": Share(30, 200), "b": Share(60, 200), "c": Share(58, 200)})
    assert (judged.best, judged.nearest, judged.verdict) == ("b", "c", Verdict.CLOSE)
    judged = trials.judge({"a": Share(30, 200), "b": Share(80, 200), "c": Share(30, 200)})
    assert (judged.best, judged.verdict) == ("b", Verdict.CLEAR)
    assert trials.judge({"a": Share(0, 0), "b": Share(0, 0)}).verdict is Verdict.FEW


def test_the_rest_is_read_in_every_arm_before_it_is_signed(db: Session, now: datetime) -> None:
    """With so few people in the sample nobody gets B at once; B blocks all the same."""
    office = office_with(db, now, people=3)
    terms.choose(db, office.made, SendingTerms(trial=replace(SIX, share=5)), office.account("mai"), now)
    document = good_copy()
    blocks = tuple(replace(b, text="Xin chào") if b.part is Part.SUBJECT else b for b in document.blocks)
    copy.variant_of(office.message, "vi.b").document = documents.to_json(Document(blocks))
    db.flush()
    with pytest.raises(approval.Blocked) as blocked:
        life.submit(db, office.made, office.account("mai"), now)
    b = copy.variant_of(office.message, "vi.b").id
    assert {finding.variant_id for finding in blocked.value.standing} == {b}  # type: ignore[attr-defined]


def test_nobodys_clock_matters_to_a_letter(db: Session, now: datetime) -> None:
    office = Office(db, now)
    office.campaign(now, channels="both")
    office.contacts[0].time_zone = "America/New_York"
    signed(office, SendingTerms(), now)
    hour = Timing(datetime.fromisoformat("2026-03-10T09:00"), "Asia/Ho_Chi_Minh", now, each=True)
    life.schedule_hour(db, office.made, office.account("mai"), hour, now)
    life.start_due(db, hour.at)
    states = {(row.channel, row.contact_id): row.state for row in db.scalars(select(Delivery))}
    late, early = office.contacts[0].id, office.contacts[1].id
    assert states == {
        (Channel.EMAIL, late): DeliveryState.DEFERRED,
        (Channel.EMAIL, early): DeliveryState.QUEUED,
        (Channel.LETTER, late): DeliveryState.QUEUED,
        (Channel.LETTER, early): DeliveryState.QUEUED,
    }
