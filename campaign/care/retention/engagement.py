"""Opens and clicks of mailings that are over: who it was and when goes, the figures of each mailing stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.care.retention import ended, kind
from campaign.care.retention.kind import Kind, Limit, Stores, rows
from campaign.models import Delivery, EngagementFigures, Event, Mailing
from campaign.models.event import OPENS_AND_CLICKS
from campaign.track import engagement

# longer than the exam of segments looks back for letters (two years) and their answers (a month): as long as
# the default stands, no criterion misses anything. Of three years ago nobody asks who clicked
DEFAULT_DAYS = 1095


class _Old(NamedTuple):
    id: int
    at: datetime
    mailing_id: int


def _old(before: datetime) -> Any:
    """From the index of opens and clicks by their moment."""
    return select(Event.id, Event.at, Event.delivery_id).where(OPENS_AND_CLICKS, Event.at < before)


def _count(db: Session, limit: Limit) -> int:
    """All old ones, less those of mailings that are not over: these are few, and looked up one by one."""
    old = (
        db.scalar(select(func.count()).where(OPENS_AND_CLICKS, Event.at < limit.before).select_from(Event))
        or 0
    )
    running = list(db.scalars(select(Mailing.id).where(~ended.over(), Mailing.created_at < limit.before)))
    if not old or not running:
        return old
    theirs = select(Delivery.id).where(Delivery.mailing_id.in_(running))
    of_them = _old(limit.before).where(Event.delivery_id.in_(theirs)).subquery()
    return old - (db.scalar(select(func.count()).select_from(of_them)) or 0)


def _clear(stores: Stores, limit: Limit) -> Iterator[int]:
    """Batch by batch in the order of their moments; those of mailings that are not over are passed by.
    Figures are counted outside the transaction that writes, for a large mailing takes its time."""
    behind: _Old | None = None
    while True:
        with stores.database.read() as db:
            batch = _batch(db, limit.before, behind)
            figures = _figures(db, batch)
        if not batch:
            return
        with stores.database.write() as db:
            cleared = _remove(db, batch, figures, limit)
        behind = batch[-1]
        yield cleared


def _batch(db: Session, before: datetime, behind: _Old | None) -> list[_Old]:
    after: ColumnElement[bool] = true()
    if behind is not None:
        after = or_(Event.at > behind.at, and_(Event.at == behind.at, Event.id > behind.id))
        # said once more by itself, for an index is searched by that
        after = and_(Event.at >= behind.at, after)
    found = _old(before).where(after).order_by(Event.at, Event.id).limit(kind.BATCH).subquery()
    with_mailing = select(found.c.id, found.c.at, Delivery.mailing_id).join(
        Delivery, Delivery.id == found.c.delivery_id
    )
    return [_Old(*row) for row in db.execute(with_mailing.order_by(found.c.at, found.c.id))]


def _figures(db: Session, batch: Sequence[_Old]) -> dict[int, dict[str, Any]]:
    """Of the mailings that are over and have none yet."""
    ids = {one.mailing_id for one in batch}
    first = ids - set(engagement.kept(db, list(ids)))
    mailings = db.scalars(select(Mailing).where(Mailing.id.in_(first), ended.over()).order_by(Mailing.id))
    return {mailing.id: engagement.figures_of(db, mailing) for mailing in mailings.all()}


def _remove(db: Session, batch: Sequence[_Old], figures: dict[int, dict[str, Any]], limit: Limit) -> int:
    """Those whose mailing's figures are kept, by this transaction or an earlier one."""
    table = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    for mailing_id, counted in figures.items():
        moments = {"counted_at": limit.now, "gone_before": limit.before}
        values = {"mailing_id": mailing_id, "figures": counted, **moments}
        # another worker may have been first: then its figures are those from before anything went
        db.execute(table.insert(EngagementFigures).values(values).on_conflict_do_nothing())
    over = select(Mailing.id).where(Mailing.id.in_({one.mailing_id for one in batch}), ended.over())
    may_go = set(engagement.kept(db, list(db.scalars(over))))
    later = update(EngagementFigures).where(
        EngagementFigures.mailing_id.in_(may_go), EngagementFigures.gone_before < limit.before
    )
    rows(db, later.values(gone_before=limit.before))
    return rows(db, delete(Event).where(Event.id.in_([one.id for one in batch if one.mailing_id in may_go])))


KINDS = (Kind("opens-clicks", DEFAULT_DAYS, _count, _clear),)
