"""Mailings that are over: nothing of them is sent any more, and nobody waits for what they hold."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from campaign.clock import house_day
from campaign.models import (
    Campaign,
    Delivery,
    Mailing,
    MailingState,
    Reply,
    ReplyState,
    Trial,
    TrialState,
)

ENDED = (MailingState.FINISHED, MailingState.CANCELLED)


def over(before: datetime | None = None) -> ColumnElement[bool]:
    """Of `Mailing`: finished or cancelled, before that moment, and no test of it waits for a decision."""
    undecided = select(Trial.mailing_id).where(Trial.state != TrialState.DECIDED)
    ended = and_(Mailing.state.in_(ENDED), Mailing.id.not_in(undecided))
    if before is None:
        return ended
    return and_(ended, func.coalesce(Mailing.finished_at, Mailing.deadline) < before)


def needed(now: datetime) -> ColumnElement[bool]:
    """Of `Mailing`: somebody may still need its frozen rows. A reply to one of its messages waits for an
    answer, or the sign-off lets people be added, who are compared with those rows."""
    answering = (
        select(Delivery.mailing_id)
        .join(Reply, Reply.delivery_id == Delivery.id)
        .where(Reply.state == ReplyState.OPEN)
    )
    until = Campaign.terms["added_until"].as_string()
    growing = exists().where(Campaign.id == Mailing.campaign_id, until >= house_day(now).isoformat())
    return or_(Mailing.id.in_(answering), growing)
