"""A lane in a process of its own that kills itself, or stands still, at a named point of a message's way.

`python -m tests.dispatch.dying POINT NTH MAILING PORT CONNECTIONS` with the settings in the environment.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from campaign import config
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import claim as claims
from campaign.dispatch import clerk, lane
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import this_host
from campaign.dispatch.talk import Talk
from campaign.dispatch.transports.channel import Channel
from campaign.dispatch.transports.relay import Relay
from campaign.models import Mailing
from tests.dispatch.making import PlainWriter, terms_of

SIGNAL = signal.SIGKILL


class Countdown:
    """Strikes the n-th time that the point is passed."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            if SIGNAL is signal.SIGSTOP:
                # on SQLite a process that stands still within a transaction keeps everybody waiting
                time.sleep(0.3)
            os.kill(os.getpid(), SIGNAL)


def before(
    owner: Any, name: str, strike: Callable[[], None], when: Callable[..., bool] = lambda *_: True
) -> None:
    real = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when(*args):
            strike()
        return real(*args, **kwargs)

    setattr(owner, name, wrapped)


def after(
    owner: Any, name: str, strike: Callable[[], None], when: Callable[..., bool] = lambda *_: True
) -> None:
    real = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        wanted = when(*args)
        found = real(*args, **kwargs)
        if wanted:
            if hasattr(found, "result"):
                found.result()
            strike()
        return found

    setattr(owner, name, wrapped)


def wait_at(point: str, strike: Callable[[], None]) -> None:
    """Every point is reached by the real code; only the moment is ours."""
    if point == "before the claim is committed":
        after(claims, "claim", strike)
    elif point == "after the claim":
        after(clerk.Clerk, "claim", strike)
    elif point == "body written":
        before(Talk, "end_complete", strike, lambda talk, *_: bool(talk._complete))
    elif point == "intent journalled":
        before(Channel, "end", strike)
    elif point == "terminator written":
        after(Channel, "_send", strike, lambda channel: channel._dot_waits)
    elif point == "outcome journalled":
        before(clerk.Clerk, "record", strike)
    elif point == "outcome recorded":
        after(clerk.Clerk, "record", strike)
    else:
        sys.exit(f"no such point: {point}")


def main() -> None:
    point, nth, mailing_id, port, connections = sys.argv[1:6]
    wait_at(point, Countdown(int(nth)))
    settings = config.load()
    database = Database(settings.database_url)
    with database.read() as db:
        terms = terms_of(db.get_one(Mailing, int(mailing_id)))
    report = lane.Lane(
        database,
        terms,
        PlainWriter(),
        [Relay("127.0.0.1", int(port))],
        this_host(settings.state_dir),
        clock=utc_now,
        gate=OpenGate(int(connections)),
        local_name="test",
    ).run()
    sys.stdout.write(report.stop.value)


if __name__ == "__main__":
    if lease := os.environ.get("STAND_STILL"):
        SIGNAL = signal.SIGSTOP
        lane.LEASE = timedelta(seconds=float(lease))
    main()
