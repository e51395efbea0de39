"""Deliveries of which nobody knows whether they left: what a person decides about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.campaigns import states
from campaign.campaigns.running import mailings_of
from campaign.dispatch import control, progress
from campaign.errors import NotFound
from campaign.models import Account, Campaign, CampaignState, Delivery, DeliveryState, Mailing


@dataclass(frozen=True)
class Doubts:
    """How many there are of which nobody knows; `ripe`: how many of them may be sent again by now."""

    total: int
    ripe: int


def decide_unknown(
    db: Session, campaign: Campaign, delivery: Delivery, again: bool, account: Account, now: datetime
) -> None:
    """A person decides about a delivery whose outcome nobody knows: it arrived, or it goes out again."""
    if delivery.mailing_id not in {mailing.id for mailing in mailings_of(db, campaign)}:
        raise NotFound()
    if not again:
        control.count_as_sent(db, delivery.id, account, now)
        return
    control.send_again(db, delivery.id, account, now)
    if campaign.state is CampaignState.FINISHED:
        states.move(db, campaign, "send_again", account, now, delivery=delivery.id)


def by_campaign(db: Session) -> dict[int, int]:
    """How many there are of each campaign that has any."""
    rows = (
        select(Mailing.campaign_id, func.count())
        .join(Delivery, Delivery.mailing_id == Mailing.id)
        .where(Delivery.state == DeliveryState.UNKNOWN, Mailing.campaign_id.is_not(None))
        .group_by(Mailing.campaign_id)
    )
    return {campaign_id: count for campaign_id, count in db.execute(rows) if campaign_id is not None}


def doubts(db: Session, campaign: Campaign, now: datetime) -> Doubts:
    """Over all of the campaign's mailings."""
    found = _doubtful(db, campaign)
    return Doubts(len(found), sum(control.may_go_again(delivery, now) for delivery in found))


def decide_all_unknown(db: Session, campaign: Campaign, again: bool, account: Account, now: datetime) -> int:
    """The same about all of them at once; how many. Those that may not be sent again yet stay as they are."""
    decided = [one for one in _doubtful(db, campaign) if not again or control.may_go_again(one, now)]
    for delivery in decided:
        decide_unknown(db, campaign, delivery, again, account, now)
    return len(decided)


def _doubtful(db: Session, campaign: Campaign) -> list[Delivery]:
    mailings = mailings_of(db, campaign)
    return [delivery for mailing in mailings for delivery in progress.unknown_of(db, mailing.id)]
