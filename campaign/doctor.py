"""Looks at an installation and says in a sentence what is wrong with each part, and what to do."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from campaign import migrations
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch.transports.relay import Relay, read_relays
from campaign.dispatch.transports.smtp import Connection, Down, Timeouts
from campaign.errors import CampaignError, SetupError
from campaign.processes import valkey_binary
from campaign.queue import connect
from campaign.watch.domain.remark import Verdict

# patch level without the header injection of CVE-2024-6923
SAFE_PYTHON = (3, 11, 10)
# a state folder with less than this left will soon refuse to write
FREE_BYTES = 200 * 1024 * 1024
# sessions, leases and tokens bear this much; TLS and mail servers mind more
CLOCK_SECONDS = 30
WAIT = Timeouts(connect=5, reply=5)


@dataclass(frozen=True)
class Remark:
    """What was found about one part."""

    part: str
    verdict: Verdict
    text: str


def examine(settings: Settings) -> Iterator[Remark]:
    """All parts, one after the other; nothing is changed."""
    checks: dict[str, Callable[[Settings], tuple[Verdict, str]]] = {
        "python": _python,
        "wheel": _wheel,
        "state": _state,
        "key": _secret_key,
        "database": _database,
        "redis": _redis,
        "clock": _clock,
        "smtp": _smtp,
        "lmtp": _lmtp,
        "base url": _base_url,
    }
    for part, check in checks.items():
        try:
            verdict, text = check(settings)
        except CampaignError as error:
            verdict, text = Verdict.BAD, str(error)
        yield Remark(part, verdict, text)


def _python(_settings: Settings) -> tuple[Verdict, str]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == SAFE_PYTHON[:2] and sys.version_info[:3] < SAFE_PYTHON:
        safe = ".".join(map(str, SAFE_PYTHON))
        return Verdict.WARN, f"{version} has known faults in its mail library; update to {safe} or newer."
    return Verdict.OK, version


def _wheel(settings: Settings) -> tuple[Verdict, str]:
    if not settings.redis_embedded:
        return Verdict.OK, "not needed, REDIS_URL is set"
    return Verdict.OK, f"Valkey at {valkey_binary()}"


def _state(settings: Settings) -> tuple[Verdict, str]:
    folder = settings.state_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = os.statvfs(folder)
    except OSError as error:
        return Verdict.BAD, f"{folder} cannot be made: {error.strerror}."
    if not os.access(folder, os.W_OK):
        return Verdict.BAD, f"{folder} cannot be written to; give it to the user that runs Campaign."
    left = free.f_bavail * free.f_frsize
    if left < FREE_BYTES:
        return Verdict.WARN, f"{folder} has only {left // 1024 // 1024} MB left."
    return Verdict.OK, str(folder)


def _secret_key(settings: Settings) -> tuple[Verdict, str]:
    """Where none was given one is made, as any program does that comes first."""
    if not settings.secret_key:
        return Verdict.BAD, "The secret key is empty: openssl rand -hex 32."
    return Verdict.OK, "can be read"


def _database(settings: Settings) -> tuple[Verdict, str]:
    database = Database(settings.database_url)
    try:
        migrations.require_current(database)
    except SQLAlchemyError as error:
        return Verdict.BAD, f"{_hidden(database)} does not answer: {str(error).splitlines()[0]}"
    finally:
        database.close()
    return Verdict.OK, f"{_hidden(database)}, schema current"


def _hidden(database: Database) -> str:
    return database.url.render_as_string(hide_password=True)


def _redis(settings: Settings) -> tuple[Verdict, str]:
    client = connect(settings)
    try:
        facts = client.info("server")
    except RedisError as error:
        advice = "start it with campaign up" if settings.redis_embedded else "look at REDIS_URL"
        return Verdict.BAD, f"does not answer ({error}): {advice}."
    finally:
        client.close()
    name = facts.get("server_name", "redis")
    return Verdict.OK, f"{name} {facts.get('valkey_version') or facts['redis_version']}"


def _clock(settings: Settings) -> tuple[Verdict, str]:
    """Against the queue server's clock, the only other one that is surely there."""
    client = connect(settings)
    try:
        seconds, _ = client.time()
    except RedisError:
        year = datetime.now(UTC).year
        return (Verdict.OK, "plausible") if year >= 2025 else (Verdict.BAD, f"It is not the year {year}.")
    finally:
        client.close()
    apart = abs(time.time() - seconds)
    if apart > CLOCK_SECONDS:
        return Verdict.BAD, f"is {apart:.0f} s off the queue server's; run an NTP client on both."
    return Verdict.OK, f"within {apart:.0f} s of the queue server's"


def _smtp(settings: Settings) -> tuple[Verdict, str]:
    """Every relay, with a login; bad when none takes mail, worth a look when one of several does not."""
    found = [_relay(relay) for relay in read_relays(settings.smtp_url)]
    works = [well for well, _ in found]
    verdict = Verdict.OK if all(works) else Verdict.WARN if any(works) else Verdict.BAD
    advice = "" if all(works) else "; look at SMTP_URL, or start the mailbox with campaign up."
    return verdict, "; ".join(text for _, text in found) + advice


def _relay(relay: Relay) -> tuple[bool, str]:
    try:
        connection = Connection(relay, socket.gethostname(), WAIT)
    except Down as error:
        return False, str(error)
    connection.quit()
    return True, f"{relay.name} takes mail ({'encrypted' if relay.tls != 'none' else 'not encrypted'})"


def _lmtp(settings: Settings) -> tuple[Verdict, str]:
    try:
        with socket.create_connection((settings.lmtp_host, settings.lmtp_port), timeout=5) as link:
            greeting = link.recv(200).decode("ascii", "replace").strip()
    except OSError as error:
        where = f"{settings.lmtp_host}:{settings.lmtp_port}"
        return Verdict.BAD, f"{where}: {error.strerror or error}; start it with campaign up."
    if not greeting.startswith("220"):
        return Verdict.BAD, f"something else answers there: {greeting[:60]}"
    return Verdict.OK, greeting


def _base_url(settings: Settings) -> tuple[Verdict, str]:
    parts = urlsplit(settings.base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SetupError(f"{settings.base_url} is no web address; set CAMPAIGN_BASE_URL.")
    if parts.hostname in ("127.0.0.1", "localhost", "::1"):
        return Verdict.WARN, f"{settings.base_url}: links in mails work on this machine only."
    if parts.scheme == "http":
        return Verdict.WARN, f"{settings.base_url}: recipients' links are not encrypted."
    return Verdict.OK, settings.base_url
