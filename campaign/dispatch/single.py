"""One mail at a time, over the first relay that takes it: notices, confirmations, tests to oneself.

The heaviest relay is asked first. What is known not to have been sent is tried at the next: no conversation,
a connection lost before the dot, a 4xx. A 5xx is the answer, as it is for a lane; and when no word came after
the dot nobody knows, so no other relay gets the mail. Breakers are respected, and hear of a relay that works
or does not answer; not of one that this hasty sender only had no time for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPServerDisconnected

import structlog
from redis.exceptions import RedisError

from campaign.config import Settings
from campaign.dispatch.breaker import Breaker
from campaign.dispatch.limits.gate import holder
from campaign.dispatch.transports.relay import Relay, read_relays
from campaign.dispatch.transports.smtp import Connection, Down, Envelope, Lost, Timeouts, Turned
from campaign.errors import TransportError
from campaign.queue import connect_briefly

log = structlog.get_logger()

# a mail does not wait long for the server of the breakers
ASK_SECONDS = 1.0
# 5xx: the same mail would not be taken later (RFC 5321 §4.2.1)
LASTING = 500


def hand_over(
    settings: Settings, envelope: Envelope, data: bytes, local_name: str, timeouts: Timeouts
) -> None:
    """Taken by one relay; TransportError says why by none. `Lost.ended`: it may have been taken."""
    passed: list[TransportError] = []
    with _breakers(settings) as breakers:
        for relay, breaker in breakers.items():
            if not breaker.may_try():
                continue
            try:
                _hand_to(relay, envelope, data, local_name, timeouts)
            except TransportError as error:
                _tell(breaker, relay, error)
                if _is_decided(error):
                    raise
                log.warning("relay_passed_over", relay=relay.name, why=str(error))
                passed.append(error)
            else:
                _tell(breaker, relay, None)
                return
    if not passed:
        raise Down("Every mail server is left alone for a moment, after it did not answer. Try again soon.")
    if len(passed) == 1:
        raise passed[0]
    raise TransportError("; ".join(str(error) for error in passed))


def all_rest(settings: Settings) -> bool:
    """Whether the breakers keep everybody from every relay now: a try would be used up for nothing."""
    with _breakers(settings) as breakers:
        try:
            return all(breaker.is_open for breaker in breakers.values())
        except RedisError:
            return False  # as for a lane, whom a silent queue server does not stop


@contextmanager
def _breakers(settings: Settings) -> Iterator[dict[Relay, Breaker]]:
    """Of each relay, the heaviest first; among those of one weight as SMTP_URL has them."""
    redis, me = connect_briefly(settings, ASK_SECONDS), holder()
    relays = sorted(read_relays(settings.smtp_url), key=lambda relay: -relay.weight)
    try:
        yield {relay: Breaker(redis, relay.name, me, settings.rq_prefix) for relay in relays}
    finally:
        redis.close()


def _hand_to(relay: Relay, envelope: Envelope, data: bytes, local_name: str, timeouts: Timeouts) -> None:
    connection = Connection(relay, local_name, timeouts)
    try:
        connection.open(envelope)
        connection.body(data)
        connection.finish()
    except TransportError:
        connection.abort()
        raise
    connection.quit()


def _is_decided(error: TransportError) -> bool:
    """Whether another relay must not be tried, or need not."""
    if isinstance(error, Lost):
        return error.ended
    return isinstance(error, Turned) and error.reply.code >= LASTING


def _was_hasty(error: Down) -> bool:
    """Whether the server was there and had not said everything in our time; a lane gives it more."""
    cause = error.__cause__
    return isinstance(cause, SMTPServerDisconnected) and isinstance(cause.__context__, TimeoutError)


def _tell(breaker: Breaker, relay: Relay, error: TransportError | None) -> None:
    """What was learned of the relay, for all."""
    try:
        if error is None or isinstance(error, Turned):
            breaker.close()  # it took the mail, or refused it in words
        elif isinstance(error, Down) and not _was_hasty(error):
            breaker.trip(str(error))
        else:
            breaker.leave()
    except RedisError as silence:
        log.warning("breaker_unknown", relay=relay.name, why=str(silence))
