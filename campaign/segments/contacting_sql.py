"""Conditions on being written to in SQL: consent, and what came of earlier mail."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from campaign.models import (
    Channel,
    Consent,
    ConsentAction,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Mailing,
)
from campaign.segments.moments import moment_within
from campaign.segments.rule_contacting import Act, Consented, Engagement, Standing

EVENTS = {Act.OPENED: EventKind.OPEN, Act.CLICKED: EventKind.CLICK, Act.REPLIED: EventKind.REPLY}
# it left the house and did not arrive after all
NOT_RECEIVED = (EventKind.BOUNCE, EventKind.RETURNED)
ACTIONS = {Standing.GRANTED: ConsentAction.GRANTED, Standing.WITHDRAWN: ConsentAction.WITHDRAWN}


def consented(rule: Consented, contact: Any) -> ColumnElement[bool]:
    """The condition on what holds now in the ledger: the newest entry to each sender."""
    ledger = select(
        Consent.contact_id,
        Consent.action,
        func.row_number()
        .over(
            partition_by=(Consent.contact_id, Consent.sender_id),
            order_by=(Consent.at.desc(), Consent.id.desc()),
        )
        .label("place"),
    ).where(Consent.channel == rule.channel, Consent.purpose == rule.purpose)
    if rule.sender_id:
        ledger = ledger.where(Consent.sender_id == rule.sender_id)
    newest = ledger.subquery()
    stands = select(newest.c.contact_id).where(newest.c.place == 1)
    if rule.standing is Standing.UNASKED:
        said = stands.where(newest.c.action.in_(list(ACTIONS.values())))
        return _is(contact.id.not_in(said))
    return _is(contact.id.in_(stands.where(newest.c.action == ACTIONS[rule.standing])))


def engaged(rule: Engagement, day: date, contact: Any) -> ColumnElement[bool]:
    """The condition on what came of mail; of machines nothing counts."""
    if rule.act in EVENTS:
        done = (
            _of(rule, select(Delivery.contact_id).join(Event, Event.delivery_id == Delivery.id))
            .where(Event.kind == EVENTS[rule.act], Event.machine.is_(False))
            .where(moment_within(Event.at, rule.bounds(day)))
        )
        return _is(contact.id.in_(done))
    if rule.act is Act.RECEIVED:
        return _is(contact.id.in_(_received(rule, day)))
    return _is(contact.id.in_(_unanswered(rule, day)))


def _received(rule: Engagement, day: date) -> Select[Any]:
    came_back = select(Event.delivery_id).where(Event.kind.in_(NOT_RECEIVED))
    return _arrived(rule, day, _of(rule, select(Delivery.contact_id))).where(Delivery.id.not_in(came_back))


def _unanswered(rule: Engagement, day: date) -> Select[Any]:
    """Who received something and replied to none of it, in one pass over both kinds of events."""
    # up to the day: asked as of a day gone by, later replies are not known yet
    is_reply = and_(
        Event.kind == EventKind.REPLY, Event.machine.is_(False), moment_within(Event.at, (None, day))
    )
    events = (
        select(
            Event.delivery_id,
            func.max(case((is_reply, 1), else_=0)).label("replied"),
            func.max(case((Event.kind.in_(NOT_RECEIVED), 1), else_=0)).label("came_back"),
        )
        .where(Event.kind.in_((EventKind.REPLY, *NOT_RECEIVED)))
        .group_by(Event.delivery_id)
        .subquery()
    )
    mail = _of(rule, select(Delivery.contact_id)).outerjoin(events, events.c.delivery_id == Delivery.id)
    return (
        _arrived(rule, day, mail)
        .where(func.coalesce(events.c.came_back, 0) == 0)
        .group_by(Delivery.contact_id)
        .having(func.max(func.coalesce(events.c.replied, 0)) == 0)
    )


def _arrived(rule: Engagement, day: date, deliveries: Select[Any]) -> Select[Any]:
    return deliveries.where(
        Delivery.state == DeliveryState.ACCEPTED, moment_within(Delivery.settled_at, rule.bounds(day))
    )


def _of(rule: Engagement, deliveries: Select[Any]) -> Select[Any]:
    """Those on the channel, of the campaign."""
    if rule.campaign_id:
        deliveries = deliveries.join(Mailing, Mailing.id == Delivery.mailing_id)
        deliveries = deliveries.where(Mailing.campaign_id == rule.campaign_id)
    if rule.channel:
        deliveries = deliveries.where(Delivery.channel == Channel(rule.channel))
    return deliveries


def _is(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition
    return made
