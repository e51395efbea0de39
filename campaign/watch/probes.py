"""Does it answer? One function a part; each says so in a sentence and raises nothing expected."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import lock
from campaign.dispatch.transports.relay import Relay, read_relay
from campaign.queue import connect_briefly
from campaign.watch import signs

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


Probe = Callable[[], Finding]


def all_of(settings: Settings, database: Database) -> dict[str, Probe]:
    """The checks of `/readyz`, by the names that its JSON shows."""
    return {
        "database": lambda: database_answers(database),
        "redis": lambda: redis_answers(settings),
        "smtp": lambda: relay_answers(settings),
        "disk": lambda: disk_has_room(settings),
        "beat": lambda: beat_goes_round(database),
        "sending": lambda: sending_is_open(database, settings),
    }


def database_answers(database: Database) -> Finding:
    try:
        with database.read() as db:
            db.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return Finding(False, f"the database does not answer: {_first_line(error)}")
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


def relay_answers(settings: Settings) -> Finding:
    """Whether the relay greets us. No login and no mail: it is asked every few seconds."""
    relay = read_relay(settings.smtp_url)
    try:
        greeting = _greeting(relay)
    except OSError as error:
        return Finding(False, f"{relay.name} does not answer: {error.strerror or error}")
    if not greeting.startswith(b"220"):
        return Finding(False, f"{relay.name} takes nothing now: {greeting[:60].decode('ascii', 'replace')}")
    return Finding(True)


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


def _greeting(relay: Relay) -> bytes:
    with socket.create_connection((relay.host, relay.port), timeout=ASK_SECONDS) as link:
        if relay.tls != "implicit":
            return _talk(link)
        context = ssl.create_default_context()
        if not relay.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        with context.wrap_socket(link, server_hostname=relay.host) as wrapped:
            return _talk(wrapped)


def _talk(link: socket.socket) -> bytes:
    greeting = link.recv(512)
    link.sendall(b"QUIT\r\n")
    return greeting


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
