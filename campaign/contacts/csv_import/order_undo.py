"""Taking a file of orders back: what it brought goes, what it changed becomes what it was.

An order that was changed since, by hand or by a later file, stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from campaign.contacts.csv_import.undo import Told
from campaign.db import among, as_ids
from campaign.models import ContactImport, Order, OrderTouch

CHUNK = 500
FACTS = ("ordered_on", "amount", "currency", "product", "channel")
NAMES = ("removed", "restored", "kept")


@dataclass
class Touched:
    """An order that a row of the file brought or changed; `before` holds what the row changed."""

    order: Order
    before: dict[str, Any]
    is_new: bool


def note(db: Session, import_id: int, touched: Iterable[Touched]) -> None:
    """Remember what an undo needs. A second time about an order keeps what was before the first."""
    touched = list(touched)
    before = _noted(db, import_id, [touch.order.id for touch in touched if not touch.is_new])
    for touch in touched:
        known = before.get(touch.order.id)
        if known is None:
            known = OrderTouch(import_id=import_id, order_id=touch.order.id, before=_as_json(touch.before))
            db.add(known)
        elif known.before:
            known.before = _as_json(touch.before) | known.before
        known.after = _as_json({name: getattr(touch.order, name) for name in FACTS})
    db.flush()


def _noted(db: Session, import_id: int, ids: Sequence[int]) -> dict[int, OrderTouch]:
    """What a chunk before noted of these; of orders that the present one brought there is nothing."""
    if not ids:
        return {}
    dialect = db.get_bind().dialect.name
    query = select(OrderTouch).where(
        OrderTouch.import_id == import_id, among(dialect, OrderTouch.__table__.c.order_id, "ids")
    )
    return {touch.order_id: touch for touch in db.scalars(query, {"ids": as_ids(dialect, ids)})}


def can(db: Session, begun: ContactImport) -> bool:
    """Whether the import noted what it did; those of before it was noted did not."""
    noted = select(OrderTouch.order_id).where(OrderTouch.import_id == begun.id).limit(1)
    did = begun.counts.get("created", 0) + begun.counts.get("changed", 0)
    return not did or db.scalar(noted) is not None


def undo(db: Session, begun: ContactImport, told: Told) -> dict[str, int]:
    """`removed`, `restored` and `kept` (changed since) orders."""
    counts: Counter[str] = Counter(begun.counts)
    last = (
        select(OrderTouch)
        .where(OrderTouch.import_id == begun.id)
        .order_by(OrderTouch.order_id.desc())
        .limit(CHUNK)
    )
    while touches := list(db.scalars(last)):
        later = _touched_later(db, begun.id, [touch.order_id for touch in touches])
        for touch in touches:
            counts[_take_back(db, touch, is_last=touch.order_id not in later)] += 1
        ids = [touch.order_id for touch in touches]
        db.flush()
        db.execute(delete(OrderTouch).where(OrderTouch.import_id == begun.id, OrderTouch.order_id.in_(ids)))
        db.expire_all()
        told(db, len(touches), {name: counts[name] for name in NAMES})
    return {name: counts[name] for name in NAMES}


def _touched_later(db: Session, import_id: int, ids: list[int]) -> set[int]:
    query = select(OrderTouch.order_id).where(OrderTouch.order_id.in_(ids), OrderTouch.import_id > import_id)
    return set(db.scalars(query))


def _take_back(db: Session, touch: OrderTouch, *, is_last: bool) -> str:
    """What became of the order: a word of `NAMES`."""
    order = db.get(Order, touch.order_id)
    if order is None:
        return "kept"
    now = _as_json({name: getattr(order, name) for name in FACTS})
    if not is_last or now != touch.after:
        return "kept"
    if not touch.before:
        db.execute(delete(OrderTouch).where(OrderTouch.order_id == order.id))
        db.delete(order)
        return "removed"
    for name, value in touch.before.items():
        setattr(order, name, date.fromisoformat(value) if name == "ordered_on" else value)
    return "restored"


def _as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
