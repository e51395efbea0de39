"""Does it answer? One function a part; each says so in a sentence and raises nothing expected."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from campaign import schema
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import lock
from campaign.dispatch.transports.relay import read_relays
from campaign.queue import connect_briefly
from campaign.watch import relays, signs

# the beat goes round every 2 s; a mending of many rows may take a few more
BEAT_SILENT = timedelta(seconds=8)
# a disk with less left will soon refuse a journal, a print run or SQLite's log
FREE_BYTES = 200 * 1024 * 1024
ASK_SECONDS = 2.0


@dataclass(frozen=True)
class Finding:
    """Whether one part is well, and what is to be said about it."""

    ok: bool
    text: str = ""
    parts: Mapping[str, Finding] = field(default_factory=dict)
    """Of what consists of several, each by its name."""


Probe = Callable[[], Finding]


def all_of(settings: Settings, database: Database) -> dict[str, Probe]:
    """The checks of `/readyz`, by the names that its JSON shows."""
    return {
        "database": lambda: database_answers(database),
        "redis": lambda: redis_answers(settings),
        "smtp": lambda: relays_answer(settings),
        "disk": lambda: disk_has_room(settings),
        "beat": lambda: beat_goes_round(database),
        "sending": lambda: sending_is_open(database, settings),
    }


def database_answers(database: Database) -> Finding:
    try:
        with database.read() as db:
            old = schema.behind(db)
    except SQLAlchemyError as error:
        return Finding(False, f"the database does not answer: {_first_line(error)}")
    if old is not None:
        return Finding(
            False, f"the database is at schema {old}, older than this program: campaign db upgrade"
        )
    return Finding(True)


def redis_answers(settings: Settings) -> Finding:
    client = connect_briefly(settings, ASK_SECONDS)
    try:
        client.ping()
    except RedisError as error:
        return Finding(False, f"the queue server does not answer: {_first_line(error)}")
    finally:
        client.close()
    return Finding(True)


def relays_answer(settings: Settings) -> Finding:
    """Whether mail can leave: red when no relay greets us. One of several that does not is told as well, and
    so is a breaker that is not closed."""
    named = read_relays(settings.smtp_url)
    trouble = relays.greetings(named)
    resting = _resting(settings)
    parts = {
        name: Finding(not why, "; ".join(filter(None, (why, resting.get(name)))))
        for name, why in trouble.items()
    }
    told = [
        part.text if why else f"{name} is {part.text}"
        for (name, part), why in zip(parts.items(), trouble.values(), strict=True)
        if part.text
    ]
    return Finding(any(part.ok for part in parts.values()), "; ".join(told), parts)


def _resting(settings: Settings) -> dict[str, str]:
    """What the breakers that are not closed say; nothing while the queue server is away, of which its own
    check tells."""
    client = connect_briefly(settings, ASK_SECONDS)
    try:
        found = relays.breakers(settings, client)
    except RedisError:
        return {}
    finally:
        client.close()
    return {relay.name: relays.sentence(relay, utc_now()) for relay in found if relay.is_open}


def disk_has_room(settings: Settings) -> Finding:
    try:
        found = os.statvfs(settings.state_dir)
    except OSError as error:
        return Finding(False, f"the state folder cannot be read: {error.strerror}")
    left = found.f_bavail * found.f_frsize
    return Finding(left >= FREE_BYTES, f"{left // 1024 // 1024} MB left")


def beat_goes_round(database: Database) -> Finding:
    try:
        with database.read() as db:
            sign = signs.last(db, signs.BEAT)
    except SQLAlchemyError as error:
        return Finding(False, f"the database does not answer: {_first_line(error)}")
    if sign is None:
        return Finding(False, "the beat has never run: campaign beat")
    age = utc_now() - sign.at
    return Finding(age < BEAT_SILENT, f"last round {age.total_seconds():.0f} s ago on {sign.host}")


def sending_is_open(database: Database, settings: Settings) -> Finding:
    try:
        with database.read() as db:
            locked = lock.look(db, settings)
    except SQLAlchemyError as error:
        return Finding(False, f"the database does not answer: {_first_line(error)}")
    return Finding(locked is None, locked.sentence if locked else "")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
