"""One mail at a time, over the first relay that takes it: notices, confirmations, tests to oneself.

The heaviest relay is asked first. What is known not to have been sent is tried at the next: no conversation,
a connection lost before the dot, a 4xx. A 5xx is the answer, as it is for a lane; and when no word came after
the dot nobody knows, so no other relay gets the mail. Breakers are respected, and hear of a relay that works
or does not answer; not of one that this hasty sender only had no time for.

All relays share one budget of time. Its end is kept for the word on the dot, which is always waited for in
full: a job that its worker breaks off there would send the mail again. What comes before is shared evenly by
the relays that are left, and with too little of it none is begun.
"""

from __future__ import annotations

import time
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
from campaign.queue import JOB_TIMEOUT_SECONDS, Job, connect_briefly

log = structlog.get_logger()

# a mail does not wait long for the server of the breakers
ASK_SECONDS = 1.0
# 5xx: the same mail would not be taken later (RFC 5321 §4.2.1)
LASTING = 500
# of a job's time, what is not for the mail: until its function is called, and to write the outcome down, for
# which SQLite lets it wait 15 s
ASIDE_SECONDS = 30.0
# no relay is begun with less: some let strangers wait for their greeting (postscreen_greet_wait is 6 s)
LEAST_SECONDS = 10.0


def deadline(job: Job) -> float:
    """When the mail of a job that begins now must be over, by `time.monotonic`: before its worker ends it."""
    return time.monotonic() + JOB_TIMEOUT_SECONDS[job] - ASIDE_SECONDS


def hand_over(
    settings: Settings, envelope: Envelope, data: bytes, local_name: str, timeouts: Timeouts, until: float
) -> None:
    """Taken by one relay by `until` (`time.monotonic`); TransportError says why by none. `Lost.ended`: it may
    have been taken."""
    passed: list[TransportError] = []
    with _breakers(settings) as breakers:
        for place, (relay, breaker) in enumerate(breakers.items()):
            turn = _turn(until - timeouts.dot, len(breakers) - place)
            if not turn:
                passed.append(Down(f"{relay.name}: there was no time to try it"))
                break
            if not breaker.may_try():
                continue
            try:
                _hand_to(relay, envelope, data, local_name, timeouts, turn)
            except TransportError as error:
                _tell(breaker, relay, error, turn)
                if _is_decided(error):
                    raise
                log.warning("relay_passed_over", relay=relay.name, why=str(error))
                passed.append(error)
            else:
                _tell(breaker, relay, None, turn)
                return
    if not passed:
        raise Down("Every mail server is left alone for a moment, after it did not answer. Try again soon.")
    if len(passed) == 1:
        raise passed[0]
    raise TransportError("; ".join(str(error) for error in passed))


def _turn(until: float, relays: int) -> float:
    """Until when the next of so many relays may talk about the mail; 0.0 when there is too little time."""
    now = time.monotonic()
    left = until - now
    return 0.0 if left < LEAST_SECONDS else now + max(left / relays, LEAST_SECONDS)


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


def _hand_to(
    relay: Relay, envelope: Envelope, data: bytes, local_name: str, timeouts: Timeouts, until: float
) -> None:
    connection = Connection(relay, local_name, timeouts, until)
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


def _was_hasty(error: Down, until: float) -> bool:
    """Whether its turn was over, or the server was there and had not said everything in our time; a lane
    gives it more."""
    cause = error.__cause__
    return time.monotonic() >= until or (
        isinstance(cause, SMTPServerDisconnected) and isinstance(cause.__context__, TimeoutError)
    )


def _tell(breaker: Breaker, relay: Relay, error: TransportError | None, until: float) -> None:
    """What was learned of the relay in its turn, for all."""
    try:
        if error is None or isinstance(error, Turned):
            breaker.close()  # it took the mail, or refused it in words
        elif isinstance(error, Down) and not _was_hasty(error, until):
            breaker.trip(str(error))
        else:
            breaker.leave()
    except RedisError as silence:
        log.warning("breaker_unknown", relay=relay.name, why=str(silence))
