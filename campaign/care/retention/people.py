"""Whole customers: who is proposed for erasure, and the orders of those who were erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from campaign.care.retention import kind
from campaign.care.retention.kind import Kind, Limit, by_batch, rows
from campaign.models import Consent, Contact, ContactKind, Erasure, Order, Reply
from campaign.storage import FileStore

SILENT = "silent-contacts"
SILENT_DEFAULT = 730
"""After so many days without consent, order or word a person is proposed for erasure, never just erased."""


def silent(now: datetime, days: int) -> ColumnElement[bool]:
    """People who never agreed or refused, and of whom nothing was heard: no order, no reply, no change."""
    before = now - timedelta(days=days)
    return and_(
        Contact.kind == ContactKind.PERSON,
        Contact.erased_at.is_(None),
        Contact.updated_at < before,
        ~exists().where(Consent.contact_id == Contact.id),
        ~exists().where(Order.contact_id == Contact.id, Order.ordered_on >= before.date()),
        ~exists().where(Reply.contact_id == Contact.id, Reply.received_at >= before),
    )


def _of_erased(before: datetime) -> Select[Any]:
    """From the erasures on, which are few. The contact is asked as well: a number may be another's by now."""
    return (
        select(Order.id)
        .select_from(Erasure)
        .join(Contact, and_(Contact.id == Erasure.contact_id, Contact.erased_at.is_not(None)))
        .join(Order, Order.contact_id == Contact.id)
        .where(Erasure.at < before)
    )


def _count_orders(db: Session, limit: Limit) -> int:
    return db.scalar(select(func.count()).select_from(_of_erased(limit.before).subquery())) or 0


def _clear_orders(db: Session, files: FileStore, before: datetime) -> int:
    """Triggers carry it on to the customer's statistics."""
    ids = list(db.scalars(_of_erased(before).limit(kind.BATCH)))
    return rows(db, delete(Order).where(Order.id.in_(ids)))


KINDS = (
    # they are part of the house's sales, by which other customers are ranked
    Kind("erased-orders", None, _count_orders, by_batch(_clear_orders)),
)
