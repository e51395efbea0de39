"""Orders of a file into the tables: one row a customer and number; the same file twice changes nothing.

Taken in chunk by chunk, as people are: rows and the count of rows behind us are committed together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import erased
from campaign.contacts.csv_import import cells, mapping, order_undo
from campaign.contacts.csv_import.customers import Customers, Named
from campaign.contacts.csv_import.order_undo import Touched
from campaign.contacts.csv_import.outcome import (
    CHANGED,
    CREATED,
    UNCHANGED,
    Outcome,
    Progress,
    cells_by_field,
)
from campaign.contacts.csv_import.people import CHUNK, Plan
from campaign.contacts.csv_import.reading import Row, Sheet
from campaign.contacts.facts import parse_date
from campaign.contacts.names import clean
from campaign.db import among, as_ids
from campaign.errors import InvalidInput
from campaign.models import ImportKind, Order


@dataclass(frozen=True)
class _Purchase:
    """One row, read."""

    row: Row
    customer: Named
    number: str
    facts: dict[str, Any]


def run(
    db: Session,
    table: Sheet,
    plan: Plan,
    *,
    progress: Progress = lambda done: None,
    skip: int = 0,
    outcome: Outcome | None = None,
) -> Outcome:
    """Take in all rows but the first `skip`; one whose customer we do not know is refused."""
    mapping.check(dict(plan.mapping), table.headings, ImportKind.ORDERS, ())
    outcome = outcome or Outcome()
    rows, gone = islice(table.rows, skip, None), erased.Erased(db)
    while chunk := list(islice(rows, CHUNK)):
        _take_chunk(db, _read(table, plan.mapping, chunk, outcome), plan, outcome, gone)
        outcome.counts["rows"] += len(chunk)
        progress(len(chunk))
    return outcome


def _take_chunk(
    db: Session, purchases: Sequence[_Purchase], plan: Plan, outcome: Outcome, gone: erased.Erased
) -> None:
    customers = Customers(db, [purchase.customer for purchase in purchases], gone)
    known = _known_orders(db, customers.ids, {purchase.number for purchase in purchases})
    touched: dict[int, Touched] = {}
    for purchase in purchases:
        try:
            _take(db, purchase, customers.find(purchase.customer), known, outcome, touched)
        except InvalidInput as error:
            outcome.refuse(purchase.row, error)
    db.flush()
    if plan.import_id is not None:
        order_undo.note(db, plan.import_id, touched.values())


def _read(table: Sheet, mapped: Mapping[str, str], rows: Sequence[Row], outcome: Outcome) -> list[_Purchase]:
    read = []
    for row in rows:
        try:
            read.append(_purchase(row, cells_by_field(table, mapped, row)))
        except InvalidInput as error:
            outcome.refuse(row, error)
    return read


def _purchase(row: Row, given: Mapping[str, str]) -> _Purchase:
    number = clean(given["number"])
    if not number or len(number) > 60:
        raise InvalidInput("contacts-error-order-number", field="number")
    currency = clean(given.get("currency", "")).upper() or "VND"
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise InvalidInput("contacts-error-currency", field="currency", value=currency[:10])
    facts: dict[str, Any] = {
        "ordered_on": _day(given["ordered_on"]),
        "amount": cells.amount(given["amount"], currency),
        "currency": currency,
        "product": clean(given.get("product", ""))[:200],
        "channel": clean(given.get("channel", ""))[:40],
    }
    if cost := given.get("cost", "").strip():
        # a file that does not speak of it leaves what is known
        facts["cost"] = cells.amount(cost, currency)
    return _Purchase(
        row,
        Named(
            clean(given.get("customer_code", "")),
            clean(given.get("customer_email", "")).lower(),
            clean(given.get("customer_phone", "")),
        ),
        number,
        facts,
    )


def _day(text: str) -> date:
    return parse_date("ordered_on", text)


def _known_orders(db: Session, contact_ids: set[int], numbers: set[str]) -> dict[tuple[int, str], Order]:
    dialect = db.get_bind().dialect.name
    orders = select(Order).where(
        among(dialect, Order.__table__.c.contact_id, "ids"), Order.number.in_(numbers)
    )
    found = db.scalars(orders, {"ids": as_ids(dialect, sorted(contact_ids))}) if contact_ids else ()
    return {(order.contact_id, order.number): order for order in found}


def _take(
    db: Session,
    purchase: _Purchase,
    contact_id: int,
    known: dict[tuple[int, str], Order],
    outcome: Outcome,
    touched: dict[int, Touched],
) -> None:
    order = known.get((contact_id, purchase.number))
    if order is None:
        order = Order(contact_id=contact_id, number=purchase.number, **purchase.facts)
        known[(contact_id, purchase.number)] = order
        db.add(order)
        touched[id(order)] = Touched(order, {}, is_new=True)
        outcome.counts[CREATED] += 1
        return
    changed = {name: value for name, value in purchase.facts.items() if getattr(order, name) != value}
    if changed:
        touch = touched.setdefault(id(order), Touched(order, {}, is_new=False))
        if not touch.is_new:
            touch.before = {name: getattr(order, name) for name in changed} | touch.before
    for name, value in changed.items():
        setattr(order, name, value)
    outcome.counts[CHANGED if changed else UNCHANGED] += 1
