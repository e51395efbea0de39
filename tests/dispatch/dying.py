"""A lane in a process of its own that kills itself, or stands still, at a named point of a message's way.

`python -m tests.dispatch.dying POINT NTH MAILING PORT CONNECTIONS` with the settings in the environment.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

from campaign import config
from campaign.clock import utc_now
from campaign.db import Database
from campaign.dispatch import claim as claims
from campaign.dispatch import clerk, lane
from campaign.dispatch.gate import OpenGate
from campaign.dispatch.host import boot_seconds, this_host
from campaign.dispatch.talk import Talk
from campaign.dispatch.transports.channel import Channel
from campaign.dispatch.transports.relay import Relay
from campaign.models import Mailing
from tests.dispatch.making import PlainWriter, terms_of


class Countdown:
    """Strikes the n-th time that the point is passed: kills, or with a lease, which begins then, stops."""

    def __init__(self, nth: int, lease: float = 0.0) -> None:
        self.left = nth
        self.lease = lease
        self.lane: lane.Lane | None = None

    def __call__(self) -> None:
        self.left -= 1
        if self.left:
            return
        if self.lease:
            assert self.lane is not None
            # on SQLite a process that stands still within a transaction keeps everybody waiting
            wait([asked for asked in _asked if not asked.done()])
            self.lane._lease._seconds = self.lease
            self.lane._lease.renew(boot_seconds())
            self.lane._journal.renewed(self.lane._lease._since)
        os.kill(os.getpid(), signal.SIGSTOP if self.lease else signal.SIGKILL)


# what the lane has asked of the database
_asked: list[Future[Any]] = []


def note_questions() -> None:
    real = clerk.Clerk._ask

    def ask(*args: Any) -> Future[Any]:
        _asked.append(real(*args))
        return _asked[-1]

    clerk.Clerk._ask = ask  # type: ignore[method-assign]


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
    strike = Countdown(int(nth), float(os.environ.get("STAND_STILL", "0")))
    note_questions()
    wait_at(point, strike)
    settings = config.load()
    database = Database(settings.database_url)
    with database.read() as db:
        terms = terms_of(db.get_one(Mailing, int(mailing_id)))
    strike.lane = lane.Lane(
        database,
        terms,
        PlainWriter(),
        [Relay("127.0.0.1", int(port))],
        this_host(settings.state_dir),
        clock=utc_now,
        gate=OpenGate(int(connections)),
        local_name="test",
    )
    sys.stdout.write(strike.lane.run().stop.value)


if __name__ == "__main__":
    main()
