"""The numbers count deliveries, tell people from machines and agree with the rows."""

from __future__ import annotations

from sqlalchemy.orm import Session

from campaign.models import Campaign, CampaignState, Channel, DeliveryState, Event, EventKind, Mailing
from campaign.report import numbers
from tests.conftest import NOW
from tests.factories import make_contact, make_delivery, make_mailing, make_message


def make_campaign(db: Session) -> tuple[Campaign, Mailing]:
    message = make_message(db)
    campaign = Campaign(
        name="Trà xuân",
        message_id=message.id,
        state=CampaignState.RUNNING,
        account_id=message.account_id,
        created_at=NOW,
        updated_at=NOW,
    )
    db.add(campaign)
    db.flush()
    return campaign, make_mailing(db, message, campaign_id=campaign.id)


def happen(db: Session, delivery_id: int, kind: EventKind, machine: bool = False) -> None:
    db.add(Event(delivery_id=delivery_id, kind=kind, at=NOW, machine=machine))
    db.flush()


def test_both_channels_side_by_side(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    people = [make_contact(db) for _ in range(5)]
    mails = [make_delivery(db, mailing, one) for one in people]
    letters = [make_delivery(db, mailing, one, channel=Channel.LETTER) for one in people[:2]]
    mails[4].state = DeliveryState.SUPPRESSED
    mails[3].state = DeliveryState.UNKNOWN
    letters[1].state = DeliveryState.IN_PRINT
    for _ in range(3):
        happen(db, mails[0].id, EventKind.OPEN)
    happen(db, mails[0].id, EventKind.OPEN, machine=True)
    happen(db, mails[1].id, EventKind.OPEN, machine=True)
    happen(db, mails[1].id, EventKind.CLICK, machine=True)
    happen(db, mails[0].id, EventKind.CLICK)
    happen(db, mails[2].id, EventKind.BOUNCE)
    happen(db, letters[0].id, EventKind.REPLY)
    found = numbers.of_campaign(db, campaign.id)
    assert list(found.channels) == [Channel.EMAIL, Channel.LETTER]
    email, letter = found.channels.values()
    assert (email.planned, email.sent, email.suppressed, email.unknown, email.waiting) == (5, 3, 1, 1, 0)
    assert (email.opened, email.opened_by_machine) == (1, 1)
    assert (email.clicked, email.clicked_by_machine) == (1, 1)
    assert (email.bounced, email.replied) == (1, 0)
    assert (letter.planned, letter.sent, letter.waiting, letter.replied) == (2, 1, 1, 1)
    assert (found.total.planned, found.total.sent, found.total.replied) == (7, 4, 1)
    # one person clicked the mail and answered the letter: that is one answer of three who were sent anything
    assert (found.people, found.responded) == (3, 1)


def test_every_planned_delivery_is_in_one_number(db: Session) -> None:
    campaign, mailing = make_campaign(db)
    for state in DeliveryState:
        make_delivery(db, mailing, state=state)
    one = numbers.of_campaign(db, campaign.id).channels[Channel.EMAIL]
    ends = (one.unknown, one.suppressed, one.rejected, one.expired, one.cancelled)
    assert one.planned == len(DeliveryState) == one.waiting + one.sent + sum(ends)
    assert ends == (1, 1, 1, 1, 1)


def test_other_campaigns_do_not_count(db: Session) -> None:
    campaign, _ = make_campaign(db)
    _, other = make_campaign(db)
    happen(db, make_delivery(db, other).id, EventKind.OPEN)
    found = numbers.of_campaign(db, campaign.id)
    assert found.total.planned == 0
    assert found.response_rate == 0
    assert numbers.of_mailing(db, other.id).total.opened == 1
