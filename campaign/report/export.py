"""CSV for spreadsheets: a summary and one row per delivery.

A spreadsheet takes a cell that starts with certain characters for a formula, so such text is given an
apostrophe in front (OWASP, "CSV injection"); text that starts with one gets a second, so that reading
back restores exactly what was there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from campaign.models import Contact, Delivery, Event, EventKind, Mailing
from campaign.report.numbers import Numbers

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
ESCAPE = "'"
# spreadsheets read UTF-8 only when a file begins with this
BOM = "\ufeff"
ROWS_AT_ONCE = 1000

DELIVERY_COLUMNS = (
    "customer_code", "name", "channel", "address", "state", "reason", "sent_at",
    "opened_at", "clicked_at", "replied_at", "bounced_at", "complained_at", "unsubscribed_at", "returned_at",
    "reply_code",
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


def neutral(value: object) -> object:
    """The cell as it may be written; numbers stay numbers."""
    if isinstance(value, str) and value.startswith((*FORMULA_STARTS, ESCAPE)):
        return ESCAPE + value
    return value


def restore(cell: str) -> str:
    """The text that `neutral` was given."""
    return cell.removeprefix(ESCAPE)


def summary(numbers: Numbers) -> Iterator[str]:
    """One row per channel and one for both, in chunks of CSV."""
    columns = list(asdict(numbers.total))
    rows = [[channel.value, *asdict(one).values()] for channel, one in numbers.channels.items()]
    return _lines([["channel", *columns], *rows, ["total", *asdict(numbers.total).values()]])


def deliveries(db: Session, campaign_id: int) -> Iterator[str]:
    """One row per delivery with the first time of each thing that happened; opens and clicks of people."""
    return _lines(_delivery_rows(db, campaign_id))


def _delivery_rows(db: Session, campaign_id: int) -> Iterator[list[object]]:
    yield list(DELIVERY_COLUMNS)
    first = [
        func.min(case(((Event.kind == kind) & Event.machine.is_(False), Event.at))).label(kind.value)
        for kind in _TIMES
    ]
    happened = select(Event.delivery_id, *first).group_by(Event.delivery_id).subquery()
    rows = (
        select(Delivery, Contact.code, Contact.full_name, *(happened.c[kind.value] for kind in _TIMES))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .join(Contact, Contact.id == Delivery.contact_id)
        .outerjoin(happened, happened.c.delivery_id == Delivery.id)
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
            *(_time(moment) for moment in row[3:]),
            one.reply_code or "",
        ]


def _time(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _lines(rows: Iterable[list[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    for place, row in enumerate(rows):
        writer.writerow([neutral(cell) for cell in row])
        if place % ROWS_AT_ONCE == ROWS_AT_ONCE - 1:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
