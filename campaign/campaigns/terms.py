"""Choosing how a campaign may go out: part of what is signed, so a change voids a sign-off like any edit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign import audit
from campaign.audience import terms as sending_terms
from campaign.audience.terms import SendingTerms
from campaign.campaigns import edit
from campaign.clock import house_day
from campaign.errors import InvalidInput
from campaign.models import FIRST_ARM, Account, Campaign, MessageVariant

PART = "terms"


def of_campaign(campaign: Campaign) -> SendingTerms:
    """As they stand on the desk."""
    return sending_terms.from_json(campaign.terms)


def choose(db: Session, campaign: Campaign, terms: SendingTerms, account: Account, now: datetime) -> None:
    """Set them. A test's further arms begin with the words of the first; those of a test that was given up
    stay where they are and go to nobody."""
    sending_terms.check(terms, by_email=campaign.channels != "letter")
    if terms.added_until and terms.added_until < house_day(now):
        raise InvalidInput("campaigns-terms-until", field="added_until")
    if terms == of_campaign(campaign):
        return
    edit.must_be_open(db, campaign.message)
    before, campaign.terms = campaign.terms, terms.to_json()
    _make_arms(db, campaign, terms)
    audit.record(
        db, account, "campaign.terms", "campaign", campaign.id, now, before=before, after=campaign.terms
    )
    edit.touched(db, campaign.message, account, [PART], now)


def _make_arms(db: Session, campaign: Campaign, terms: SendingTerms) -> None:
    message = campaign.message
    there = {(one.language, one.arm) for one in message.variants}
    firsts = [one for one in message.variants if one.arm == FIRST_ARM]
    for arm in terms.arms:
        for first in firsts:
            if (first.language, arm) not in there:
                made = MessageVariant(language=first.language, arm=arm, document=dict(first.document))
                message.variants.append(made)
    db.flush()
