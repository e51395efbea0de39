"""Those who joined the segment since: under the same sign-off where it allows that, else by a reviewer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval
from campaign.approval.checklist import QUESTIONS
from campaign.audience.terms import SendingTerms, TrialTerms
from campaign.campaigns import added, life, trials
from campaign.errors import Refused
from campaign.models import (
    AudienceMember,
    CampaignState,
    Contact,
    Delivery,
    Mailing,
    MailingState,
    MemberPart,
    MessageVariant,
    SubmissionState,
    Trial,
)
from tests.campaigns import adding
from tests.campaigns.helpers import Office, make_contact
from tests.campaigns.test_trials import office_with, signed, started

DAY = timedelta(days=1)


def allowing(now: datetime) -> SendingTerms:
    return SendingTerms(added_until=(now + 30 * DAY).date())


def join(office: Office, now: datetime, count: int = 3) -> list[Contact]:
    """People who come into the segment."""
    first = len(office.contacts)
    joined = [make_contact(office.db, office.sender, first + number, now) for number in range(count)]
    office.contacts += joined
    return joined


def contacts_of(db: Session, mailing: Mailing) -> set[int]:
    return set(db.scalars(select(Delivery.contact_id).where(Delivery.mailing_id == mailing.id)))


def test_they_get_it_under_the_same_sign_off(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=5)
    first = started(office, allowing(now), now)
    assert added.waiting(db, office.made, now) == 0
    joined = join(office, now)
    assert added.waiting(db, office.made, now) == 3
    assert added.may_go_by_itself(db, office.made, now)
    made = adding.send(db, office.made, office.account("mai"), now + DAY).mailing
    assert made is not None
    assert made.submission_id == first.submission_id
    assert made.state is MailingState.RUNNING
    assert contacts_of(db, made) == {contact.id for contact in joined}
    assert not contacts_of(db, made) & contacts_of(db, first)
    with pytest.raises(Refused, match="campaigns-added-nobody"):
        adding.send(db, office.made, office.account("mai"), now + DAY)


def test_a_finished_campaign_runs_again_for_them(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    first = started(office, allowing(now), now)
    first.state = MailingState.FINISHED
    life.finish_done(db, now)
    join(office, now)
    made = adding.send(db, office.made, office.account("mai"), now).mailing
    assert made is not None
    assert office.made.state is CampaignState.RUNNING
    # the first one is done, this one is not
    assert life.finish_done(db, now) == []
    made.state = MailingState.FINISHED
    db.flush()
    assert life.finish_done(db, now) == [office.made]


def test_nobody_at_an_address_that_had_it(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    started(office, allowing(now), now)
    other, new = join(office, now, 2)
    other.email = other.email_key = office.contacts[0].email_key
    db.flush()
    made = adding.send(db, office.made, office.account("mai"), now).mailing
    assert made is not None
    assert contacts_of(db, made) == {new.id}


@pytest.mark.parametrize("why", ["no terms", "too late", "rule edited"])
def test_where_the_sign_off_does_not_cover_it_a_reviewer_is_asked(
    db: Session, now: datetime, why: str
) -> None:
    office = office_with(db, now, people=3)
    first = started(office, SendingTerms() if why == "no terms" else allowing(now), now)
    at = now + 31 * DAY if why == "too late" else now + DAY
    if why == "rule edited":
        office.segments["first"].rule = {"type": "and", "rules": [{"type": "and", "rules": []}]}
        db.flush()
    joined = join(office, now)
    assert not added.may_go_by_itself(db, office.made, at)
    asked = adding.send(db, office.made, office.account("mai"), at, "Ba khách mới").submission
    assert asked is not None
    assert (asked.state, office.made.state) == (SubmissionState.WAITING, CampaignState.RUNNING)
    assert added.asked(db, office.made) is asked
    with pytest.raises(Refused, match="campaigns-added-asked"):
        adding.send(db, office.made, office.account("mai"), at)
    with pytest.raises(Refused, match="campaigns-not-signed"):
        added.send_signed(db, office.made, asked, office.account("mai"), at)
    life.approve(db, asked, office.account("tam"), at, ticked=QUESTIONS)
    made = added.send_signed(db, office.made, asked, office.account("mai"), at)
    assert contacts_of(db, made) == {contact.id for contact in joined}
    # what went out first was signed, and stays so
    assert db.get_one(type(asked), first.submission_id).state is SubmissionState.APPROVED


def test_a_no_leaves_the_campaign_as_it_is(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    started(office, SendingTerms(), now)
    join(office, now)
    asked = adding.send(db, office.made, office.account("mai"), now).submission
    assert asked is not None
    life.send_back(db, asked, office.account("tam"), "Chưa nên", now)
    assert office.made.state is CampaignState.RUNNING
    # and may be asked again
    assert adding.send(db, office.made, office.account("mai"), now).submission is not None


def test_a_new_blocking_finding_goes_to_a_person(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    started(office, allowing(now), now)
    contact = join(office, now, 1)[0]
    contact.full_name = "GIẢM GIÁ 50% CHỈ HÔM NAY!!! MUA NGAY!!!"
    db.flush()
    with pytest.raises(approval.Blocked):
        adding.send(db, office.made, office.account("mai"), now)
    assert len(db.scalars(select(Mailing)).all()) == 1
    asked = adding.send(db, office.made, office.account("mai"), now, "Tên khách là như vậy").submission
    assert asked is not None
    assert contacts_of(db, db.scalars(select(Mailing)).one()) == {one.id for one in office.contacts[:3]}


def test_held_out_people_stay_held_out_and_the_new_ones_are_divided_alike(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=20)
    started(office, replace(allowing(now), holdout=50), now)
    joined = join(office, now, 20)
    made = adding.send(db, office.made, office.account("mai"), now).mailing
    assert made is not None
    held_out = set(
        db.scalars(select(AudienceMember.contact_id).where(AudienceMember.part == MemberPart.HELD_OUT))
    )
    new = {contact.id for contact in joined}
    assert held_out & new
    assert held_out - new
    assert contacts_of(db, made) == new - held_out


def test_after_a_test_they_get_the_winner_and_not_before(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=20)
    started(office, replace(allowing(now), trial=TrialTerms(share=50)), now)
    join(office, now)
    with pytest.raises(Refused, match="campaigns-added-undecided"):
        adding.send(db, office.made, office.account("mai"), now)
    trials.choose(db, db.scalars(select(Trial)).one(), "b", office.account("mai"), now)
    made = adding.send(db, office.made, office.account("mai"), now).mailing
    assert made is not None
    arms = select(MessageVariant.arm).join(Delivery, Delivery.variant_id == MessageVariant.id)
    assert set(db.scalars(arms.where(Delivery.mailing_id == made.id))) == {"b"}


def test_two_requests_for_the_same_people_send_once(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    started(office, SendingTerms(), now)
    join(office, now)
    mai = office.account("mai")
    first = adding.send(db, office.made, mai, now).submission
    assert first is not None
    life.approve(db, first, office.account("tam"), now, ticked=QUESTIONS)
    # signed but not sent, and everybody is in the same segment still
    with pytest.raises(Refused, match="campaigns-added-asked"):
        adding.send(db, office.made, mai, now)
    added.send_signed(db, office.made, first, mai, now)
    with pytest.raises(Refused, match="campaigns-cannot-extend"):
        added.send_signed(db, office.made, first, mai, now)


def test_a_paused_or_unsent_campaign_is_not_extended(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    signed(office, allowing(now), now)
    with pytest.raises(Refused, match="campaigns-cannot-extend"):
        adding.send(db, office.made, office.account("mai"), now)
    life.start(db, office.made, office.account("mai"), now)
    life.pause(db, office.made, office.account("mai"), now)
    join(office, now)
    with pytest.raises(Refused, match="campaigns-cannot-extend"):
        adding.send(db, office.made, office.account("mai"), now)


def test_pause_and_cancel_reach_every_mailing(db: Session, now: datetime) -> None:
    office = office_with(db, now, people=3)
    started(office, allowing(now), now)
    join(office, now)
    adding.send(db, office.made, office.account("mai"), now)
    life.pause(db, office.made, office.account("mai"), now)
    assert {one.state for one in life.mailings_of(db, office.made)} == {MailingState.PAUSED}
    life.resume(db, office.made, office.account("mai"), now)
    assert {one.state for one in life.mailings_of(db, office.made)} == {MailingState.RUNNING}
    life.cancel(db, office.made, office.account("mai"), now)
    assert {one.state for one in life.mailings_of(db, office.made)} == {MailingState.CANCELLED}
