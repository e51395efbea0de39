"""Hits wait in memory for a blink and are written in batches.

A row per request would make the database the limit of how many people may read at once. What is lost
when the process is killed is at most the last batch of opens; at an orderly end the queue is drained.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.util import Finalize

import structlog
from sqlalchemy import insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from campaign.db import Database
from campaign.models import Delivery, Event, EventKind
from campaign.track.machines import too_soon

log = structlog.get_logger()

# how long the first hit of a batch waits for others, in seconds
GATHER_SECONDS = 0.1
# and for the database when it is away
RETRY_SECONDS = 1.0
# hits that may wait; beyond it the newest are dropped and counted, for memory is bounded
CAPACITY = 20_000
BATCH = 500
# before anything that a batch needs is taken apart
AT_EXIT_FIRST = 100


@dataclass(frozen=True)
class Hit:
    """One open or click, its token verified."""

    kind: EventKind
    delivery_id: int
    at: datetime
    machine: bool
    link_id: int | None = None


def write(db: Session, hits: list[Hit]) -> int:
    """Insert the hits of deliveries that exist, labelling those that came too soon; how many were kept."""
    wanted = {hit.delivery_id for hit in hits}
    found = db.execute(select(Delivery.id, Delivery.settled_at).where(Delivery.id.in_(wanted)))
    sent_at = {row.id: row.settled_at for row in found}
    rows: list[dict[str, object]] = [
        {
            "delivery_id": hit.delivery_id,
            "kind": hit.kind,
            "at": hit.at,
            "machine": hit.machine or too_soon(hit.at, sent_at[hit.delivery_id]),
            "link_id": hit.link_id,
            "detail": {},
        }
        for hit in hits
        if hit.delivery_id in sent_at
    ]
    if rows:
        db.execute(insert(Event), rows)
    return len(rows)


class Recorder:
    """A bounded queue and the thread that empties it; it starts with the first hit, after any fork."""

    def __init__(self, database: Database, capacity: int = CAPACITY) -> None:
        self._database = database
        self._hits: deque[Hit] = deque()
        self._capacity = capacity
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self.dropped = 0

    def add(self, hit: Hit) -> None:
        """Never blocks and never fails: a reader must get the page whatever our database does."""
        with self._wake:
            if len(self._hits) >= self._capacity or self._closing:
                self.dropped += 1
                return
            self._hits.append(hit)
            if self._thread is None:
                self._start()
            self._wake.notify()

    def close(self) -> None:
        """Write what waits, then end."""
        with self._wake:
            self._closing = True
            self._wake.notify()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=10)

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="track-recorder", daemon=True)
        self._thread.start()
        # servers that fork workers with multiprocessing leave out `atexit`; this runs in both cases
        Finalize(None, self.close, exitpriority=AT_EXIT_FIRST)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._hits or self._closing)
                if not self._hits:
                    return
            self._pause(GATHER_SECONDS)
            if not self._flush() and self._pause(RETRY_SECONDS):
                # closing, and the database is away: trying once more is all that is left
                self._flush()
                return

    def _pause(self, seconds: float) -> bool:
        """Wait, or less when the end has come; whether it has."""
        with self._wake:
            return self._wake.wait_for(lambda: self._closing, timeout=seconds)

    def _flush(self) -> bool:
        """Write all that waits; False when the database is away, and then everything still waits."""
        while True:
            with self._wake:
                batch = [self._hits[place] for place in range(min(BATCH, len(self._hits)))]
            if not batch:
                return True
            try:
                with self._database.write() as db:
                    write(db, batch)
            except SQLAlchemyError as error:
                log.warning("events_wait", waiting=len(self._hits), error=str(error)[:200])
                return False
            with self._wake:
                for _ in batch:
                    self._hits.popleft()
