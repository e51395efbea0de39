"""Mail, consent, periods and orders read plainly: row by row, from the rows themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from campaign.models import Consent, Contact, Delivery, Event, ImportTouch, Mailing, Order
from campaign.segments.moments import HOUSE_ZONE
from campaign.segments.period import Timed
from campaign.segments.rule import (
    Consented,
    Dated,
    Engagement,
    Imported,
    Measure,
    Op,
    OrderDay,
    Orders,
)


@dataclass
class Mail:
    """All that was sent, what came of it, what was agreed to and what was imported."""

    deliveries: Sequence[Delivery] = ()
    mailings: dict[int, Mailing] = field(default_factory=dict)
    events: Sequence[Event] = ()
    consents: Sequence[Consent] = ()
    touches: Sequence[ImportTouch] = ()


def in_period(rule: Timed, asked: date, day: date) -> bool:
    """Whether the day lies in the period, asked on that other day."""
    age = (asked - day).days
    if rule.days and not 0 <= age <= rule.days:
        return False
    if rule.older_than and not age > rule.older_than:
        return False
    return (rule.since or day) <= day <= (rule.until or day)


def day_of(moment: datetime) -> date:
    return moment.astimezone(HOUSE_ZONE).date()


def orders_fit(rule: Orders, orders: Sequence[Order], day: date) -> bool:
    money = rule.measure not in (Measure.COUNT, Measure.DAYS)
    kept = sorted(
        (
            order
            for order in orders
            if (not money or order.currency == rule.currency)
            and in_period(rule, day, order.ordered_on)
            and rule.product in order.product
            and rule.channel in ("", order.channel)
        ),
        key=lambda order: (order.ordered_on, order.id),
    )
    if rule.measure in (Measure.AVERAGE, Measure.FIRST, Measure.LAST) and not kept:
        return False
    match rule.measure:
        case Measure.COUNT:
            measured, against = len(kept), rule.value
        case Measure.DAYS:
            measured, against = len({order.ordered_on for order in kept}), rule.value
        case Measure.FIRST:
            measured, against = kept[0].amount, rule.value
        case Measure.LAST:
            measured, against = kept[-1].amount, rule.value
        case Measure.AVERAGE:
            measured, against = sum(order.amount for order in kept), rule.value * len(kept)
        case _:
            measured, against = sum(order.amount for order in kept), rule.value
    return measured >= against if rule.op is Op.AT_LEAST else measured <= against


def order_day_fits(rule: OrderDay, orders: Sequence[Order], day: date) -> bool:
    days = [
        order.ordered_on
        for order in orders
        if order.ordered_on <= day and rule.product in order.product and rule.channel in ("", order.channel)
    ]
    if not days:
        return False
    return in_period(rule, day, min(days) if rule.which == "first" else max(days))


def engagement_fits(rule: Engagement, contact: Contact, mail: Mail, day: date) -> bool:
    theirs = [
        delivery
        for delivery in mail.deliveries
        if delivery.contact_id == contact.id
        and rule.channel in ("", delivery.channel)
        and rule.campaign_id in (0, mail.mailings[delivery.mailing_id].campaign_id)
    ]

    def events(delivery: Delivery, *kinds: str) -> list[Event]:
        return [
            event
            for event in mail.events
            if event.delivery_id == delivery.id and event.kind in kinds and not event.machine
        ]

    received = [
        delivery
        for delivery in theirs
        if delivery.state == "accepted"
        and delivery.settled_at is not None
        and in_period(rule, day, day_of(delivery.settled_at))
        and not events(delivery, "bounce", "returned")
    ]
    if rule.act == "received":
        return bool(received)
    if rule.act == "no_reply":
        return bool(received) and not any(events(delivery, "reply") for delivery in received)
    kind = {"opened": "open", "clicked": "click", "replied": "reply"}[rule.act]
    return any(
        in_period(rule, day, day_of(event.at)) for delivery in theirs for event in events(delivery, kind)
    )


def consent_fits(rule: Consented, contact: Contact, mail: Mail) -> bool:
    newest: dict[int, Consent] = {}
    for entry in sorted(mail.consents, key=lambda entry: (entry.at, entry.id)):
        if (entry.contact_id, entry.channel, entry.purpose) == (contact.id, rule.channel, rule.purpose):
            newest[entry.sender_id] = entry
    says = {entry.action for sender, entry in newest.items() if rule.sender_id in (0, sender)}
    if rule.standing == "unasked":
        return not says & {"granted", "withdrawn"}
    return rule.standing in says


def dated_fits(rule: Dated, contact: Contact, day: date) -> bool:
    days = {"founded": contact.founded_on, "left": contact.left_on, "asked": contact.satisfaction_on}
    if rule.field in days:
        found = days[rule.field]
        return found is not None and in_period(rule, day, found)
    moment = contact.created_at if rule.field == "created" else contact.updated_at
    return in_period(rule, day, day_of(moment))


def imported_fits(rule: Imported, contact: Contact, mail: Mail) -> bool:
    return any(
        touch.contact_id == contact.id
        and rule.import_id in (0, touch.import_id)
        and (touch.created or not rule.created)
        for touch in mail.touches
    )
