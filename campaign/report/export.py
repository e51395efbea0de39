"""CSV for spreadsheets: a summary and one row per delivery."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from campaign.contacts import csv_safe
from campaign.models import Contact, Delivery, EngagementFigures, Event, EventKind, Mailing
from campaign.report.numbers import Numbers

ROWS_AT_ONCE = 1000

DELIVERY_COLUMNS = (
    "customer_code", "name", "channel", "address", "state", "reason", "sent_at",
    "opened_at", "clicked_at", "replied_at", "bounced_at", "complained_at", "unsubscribed_at", "returned_at",
    "reply_code", "opens_deleted_before",
)  # fmt: skip
_TIMES = (
    EventKind.OPEN,
    EventKind.CLICK,
    EventKind.REPLY,
    EventKind.BOUNCE,
    EventKind.COMPLAINT,
    EventKind.UNSUBSCRIBE,
    EventKind.RETURNED,
)


def summary(numbers: Numbers) -> Iterator[str]:
    """One row per channel and one for both, in chunks of CSV."""
    columns = list(asdict(numbers.total))
    rows = [[channel.value, *asdict(one).values()] for channel, one in numbers.channels.items()]
    return csv_safe.lines([["channel", *columns], *rows, ["total", *asdict(numbers.total).values()]])


def deliveries(db: Session, campaign_id: int) -> Iterator[str]:
    """One row per delivery with the first time of each thing that happened; opens and clicks of people. Those
    from before `opens_deleted_before` are no longer kept: there an empty time says nothing."""
    return csv_safe.lines(_delivery_rows(db, campaign_id))


def _delivery_rows(db: Session, campaign_id: int) -> Iterator[list[object]]:
    yield list(DELIVERY_COLUMNS)
    first = [
        func.min(case(((Event.kind == kind) & Event.machine.is_(False), Event.at))).label(kind.value)
        for kind in _TIMES
    ]
    happened = select(Event.delivery_id, *first).group_by(Event.delivery_id).subquery()
    rows = (
        select(
            Delivery,
            Contact.code,
            Contact.full_name,
            *(happened.c[kind.value] for kind in _TIMES),
            EngagementFigures.gone_before,
        )
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Contact, Contact.id == Delivery.contact_id)
        .outerjoin(happened, happened.c.delivery_id == Delivery.id)
        .outerjoin(EngagementFigures, EngagementFigures.mailing_id == Mailing.id)
        .where(Mailing.campaign_id == campaign_id)
        .order_by(Delivery.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    for row in db.execute(rows):
        one: Delivery = row[0]
        yield [
            row[1],
            row[2],
            one.channel.value,
            one.address,
            one.state.value,
            one.reason,
            _time(one.settled_at),
            *(_time(moment) for moment in row[3:-1]),
            one.reply_code or "",
            _time(row[-1]),
        ]


def _time(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
