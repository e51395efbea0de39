"""The relays of SMTP_URL: does each answer, and what does its breaker say?"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from redis import Redis

from campaign.config import Settings
from campaign.dispatch.breaker import Breaker, BreakerState, Reading
from campaign.dispatch.transports.relay import Relay, read_relays

ASK_SECONDS = 2.0
# relays that are asked at the same time; each has its own thread as long as there are no more
AT_ONCE = 16


@dataclass(frozen=True)
class RelayState:
    """One relay, and its breaker as all workers see it."""

    name: str
    breaker: Reading = field(default_factory=lambda: Reading(BreakerState.CLOSED))

    @property
    def is_open(self) -> bool:
        """It did not answer, and is left alone but for probes."""
        return self.breaker.state is not BreakerState.CLOSED

    @property
    def is_probed(self) -> bool:
        """One lane tries it at this moment."""
        return self.breaker.state is BreakerState.HALF_OPEN


def breakers(settings: Settings, redis: Redis) -> list[RelayState]:
    """In the order of SMTP_URL; RedisError when the queue server does not answer."""
    return [
        RelayState(relay.name, Breaker(redis, relay.name, prefix=settings.rq_prefix).read())
        for relay in read_relays(settings.smtp_url)
    ]


def sentence(relay: RelayState, now: datetime) -> str:
    """Of a breaker that is not closed, for programs and logs: why, since when, when it is tried again."""
    reading = relay.breaker
    since = reading.since.isoformat(timespec="seconds") if reading.since else "?"
    failures = f"{reading.failures} failure{'' if reading.failures == 1 else 's'}"
    return (
        f"left alone since {since} after {failures}: {reading.why or 'no reason kept'}; {_next(reading, now)}"
    )


def _next(reading: Reading, now: datetime) -> str:
    if reading.next_probe is None:
        return "probed now"
    seconds = (reading.next_probe - now).total_seconds()
    return f"next probe in {seconds:.0f} s" if seconds > 0 else "next probe with the next mail"


def greetings(relays: Sequence[Relay]) -> dict[str, str]:
    """What is wrong with each, by name; empty when it greets us. All at once: one that hangs makes the
    others not wait."""
    with ThreadPoolExecutor(min(AT_ONCE, len(relays)), thread_name_prefix="probe-relay") as threads:
        return dict(zip([relay.name for relay in relays], threads.map(_trouble, relays), strict=True))


def _trouble(relay: Relay) -> str:
    """No login and no mail: it is asked every few seconds."""
    try:
        greeting = _greeting(relay)
    except OSError as error:
        return f"{relay.name} does not answer: {error.strerror or error}"
    if not greeting.startswith(b"220"):
        return f"{relay.name} takes nothing now: {greeting[:60].decode('ascii', 'replace').strip()}"
    return ""


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
