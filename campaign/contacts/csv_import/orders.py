"""Orders of a file into the tables: one row a customer and number; the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts import erased
from campaign.contacts.addresses import phone_key
from campaign.contacts.csv_import import cells, mapping, order_undo
from campaign.contacts.csv_import.matching import emptied_codes, find_customers
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
from campaign.contacts.csv_import.reading import Row, Table
from campaign.contacts.facts import parse_date
from campaign.contacts.names import clean
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, ImportKind, Order


@dataclass(frozen=True)
class _Purchase:
    """One row, read."""

    row: Row
    code: str
    email: str
    phone: str
    number: str
    facts: dict[str, Any]


def run(
    db: Session,
    table: Table,
    plan: Plan,
    *,
    now: datetime,
    account: Account | None = None,
    progress: Progress = lambda done: None,
) -> Outcome:
    """Take in all rows; one whose customer we do not know is refused."""
    mapping.check(dict(plan.mapping), table.headings, ImportKind.ORDERS, ())
    outcome = Outcome()
    for start in range(0, len(table.rows), CHUNK):
        rows = table.rows[start : start + CHUNK]
        purchases = _read(table, plan.mapping, rows, outcome)
        customers = _Customers(db, purchases)
        known = _known_orders(db, customers.ids, {purchase.number for purchase in purchases})
        touched: dict[int, Touched] = {}
        for purchase in purchases:
            try:
                _take(db, purchase, customers.find(purchase), known, outcome, touched)
            except InvalidInput as error:
                outcome.refuse(purchase.row, error)
        db.flush()
        if plan.import_id is not None:
            order_undo.note(db, plan.import_id, touched.values())
        outcome.counts["rows"] += len(rows)
        progress(len(rows))
    return outcome


def _read(table: Table, mapped: Mapping[str, str], rows: Sequence[Row], outcome: Outcome) -> list[_Purchase]:
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
        clean(given.get("customer_code", "")),
        clean(given.get("customer_email", "")).lower(),
        clean(given.get("customer_phone", "")),
        number,
        facts,
    )


def _day(text: str) -> date:
    return parse_date("ordered_on", text)


class _Customers:
    """The customers that the purchases of a chunk name."""

    def __init__(self, db: Session, purchases: Sequence[_Purchase]) -> None:
        found = find_customers(
            db,
            (purchase.code for purchase in purchases if purchase.code),
            (purchase.email for purchase in purchases if purchase.email),
            (purchase.phone for purchase in purchases if purchase.phone),
        )
        self.ids = [contact.id for contact in found]
        self._erased = erased.Erased(db)
        self._erased.refresh()
        self._emptied = emptied_codes(db, {purchase.code for purchase in purchases if purchase.code})
        self._codes = {contact.code: contact for contact in reversed(found)}
        self._emails = {contact.email_key: contact for contact in reversed(found)}
        self._phones = {contact.phone: contact for contact in reversed(found)}

    def find(self, purchase: _Purchase) -> Contact:
        """By code when the row has one, else by e-mail, else by phone."""
        for word, by in (
            (purchase.code, self._codes),
            (purchase.email, self._emails),
            (purchase.phone, self._phones),
        ):
            if word:
                if word in by:
                    return by[word]
                self._refuse_erased(purchase)
                raise InvalidInput("contacts-import-unknown-customer", value=word[:60])
        raise InvalidInput("contacts-import-nobody")

    def _refuse_erased(self, purchase: _Purchase) -> None:
        """A purchase of somebody erased says so, and is kept by nobody's name."""
        if purchase.code in self._emptied:
            raise InvalidInput(erased.REASON, field="customer_code")
        self._erased.refuse(erased.Keys(purchase.email, phone_key(purchase.phone)), erased.NONE)


def _known_orders(db: Session, contact_ids: Sequence[int], numbers: set[str]) -> dict[tuple[int, str], Order]:
    orders = select(Order).where(Order.contact_id.in_(contact_ids), Order.number.in_(numbers))
    return {(order.contact_id, order.number): order for order in db.scalars(orders)}


def _take(
    db: Session,
    purchase: _Purchase,
    contact: Contact,
    known: dict[tuple[int, str], Order],
    outcome: Outcome,
    touched: dict[int, Touched],
) -> None:
    order = known.get((contact.id, purchase.number))
    if order is None:
        order = Order(contact_id=contact.id, number=purchase.number, **purchase.facts)
        known[(contact.id, purchase.number)] = order
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
