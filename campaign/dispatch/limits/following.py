"""A gate that follows the house's limits while its lane runs.

A thread of its own reads the setting twice a second; the lane's thread, which may not wait for the database,
only takes what was read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from redis import Redis
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import manners
from campaign.dispatch.gate import Gate, OpenGate
from campaign.dispatch.limits.gate import SharedGate
from campaign.dispatch.limits.opening import Lane, impatient, make_gate
from campaign.dispatch.limits.terms import Limits

log = structlog.get_logger()

# the setting is read this often, and the lane looks at what was read four times a second …
READ_SECONDS = 0.5
# … and on an older reading no message is let through: what changes, acts within it
STALE_SECONDS = 2.0
# so long such a message waits before it asks again
SOON_SECONDS = 0.1


@dataclass(frozen=True)
class Terms:
    """What holds for all lanes. `processes`: by how many limits are divided while their server is away;
    `version`: of the house's setting."""

    limits: Limits
    processes: int
    version: int = 0


def read_terms(db: Session, settings: Settings) -> Terms:
    """Of the house's setting."""
    version, house = manners.read_version(db)
    return Terms(house.limits, house.processes or settings.email_workers, version)


class FollowingGate:
    """See `campaign.dispatch.gate.Gate`; one for each lane, used by the lane's thread alone."""

    def __init__(
        self, settings: Settings, redis: Redis, lane: Lane, terms: Terms, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._redis = redis
        self._lane = lane
        self._clock = clock
        self._terms = terms
        self._in_hand: Callable[[], Iterable[str]] = tuple
        self._gate = self._made()
        self._news = terms
        self._fresh_until = time.monotonic() + STALE_SECONDS
        self._version_before = 0

    @property
    def version(self) -> int:
        return self._version_before + self._gate.version

    @property
    def setting(self) -> int | None:
        return self._terms.version

    def hear(self, terms: Terms, asked_at: float) -> None:
        """What the database said of a question at that moment (`time.monotonic`); from any thread."""
        self._news = terms
        self._fresh_until = asked_at + STALE_SECONDS

    def take(self, domain: str) -> float:
        if time.monotonic() > self._fresh_until:
            return SOON_SECONDS
        if self._news is not self._terms:
            self._turn()
        return self._gate.take(domain)

    def follow(self, in_hand: Callable[[], Iterable[str]]) -> None:
        self._in_hand = in_hand
        self._gate.follow(in_hand)

    def freed(self) -> Collection[str]:
        return self._gate.freed()

    def via(self, relay: str) -> float:
        return self._gate.via(relay)

    def connections(self) -> int:
        if self._news is not self._terms:
            self._turn()
        return self._gate.connections()

    def connections_of(self, relay: str) -> int:
        return self._gate.connections_of(relay)

    def close(self) -> None:
        """Give back what was not used."""
        if isinstance(self._gate, SharedGate):
            self._gate.close()

    def _turn(self) -> None:
        """Other limits from now on."""
        self._version_before = self.version + 1
        self._terms = self._news
        made = self._made()
        self.close()  # only now, or others would take for free what is under way
        self._gate = made
        log.info("limits_changed", limited=isinstance(self._gate, SharedGate))

    def _made(self) -> Gate:
        limits, processes = self._terms.limits, self._terms.processes
        if not (limits.relays or limits.senders or limits.recipients):
            return OpenGate(self._lane.connections)
        made = make_gate(self._redis, self._settings, limits, processes, self._lane, self._clock())
        made.follow(self._in_hand)  # what is under way counts under new limits too
        return made


@contextmanager
def opened(
    settings: Settings, database: Database, lane: Lane, clock: Callable[[], datetime]
) -> Iterator[FollowingGate]:
    """The gate of one lane, from the setting that holds and every later one; what it holds goes back at the
    end."""
    with database.read() as db:
        terms = read_terms(db, settings)
    redis = impatient(settings)
    gate = FollowingGate(settings, redis, lane, terms, clock)
    ended = threading.Event()
    reader = threading.Thread(
        target=_follow, args=(settings, database, gate, terms, ended), daemon=True, name="lane-limits"
    )
    reader.start()
    try:
        yield gate
    finally:
        ended.set()
        gate.close()
        redis.close()
        reader.join()


def _follow(
    settings: Settings, database: Database, gate: FollowingGate, terms: Terms, ended: threading.Event
) -> None:
    """Read until the end. While the database is away what was read grows old; the lane stands still."""
    told = False
    while not ended.wait(READ_SECONDS):
        asked_at = time.monotonic()
        try:
            with database.read() as db:
                read = read_terms(db, settings)
        except OperationalError as error:
            if not told:
                log.warning("limits_not_read", why=str(error.orig))
            told = True
            continue
        told = False
        if read != terms:
            terms = read
        gate.hear(terms, asked_at)
