"""`python -m campaign.lab.households`: the simulated people look into their mailbox every few seconds."""

from __future__ import annotations

import signal
import threading

import structlog

from campaign import clock, config
from campaign.lab.recipients import Recipients

log = structlog.get_logger()

EVERY_SECONDS = 3.0


def main() -> None:
    """Rounds until SIGTERM or SIGINT; while a server of ours is away they wait."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stop.set())
    recipients = Recipients(config.load())
    while not stop.wait(EVERY_SECONDS):
        try:
            done = recipients.act(clock.utc_now())
        except OSError as error:
            log.warning("people_wait", why=str(error))
            continue
        if done.mails:
            log.info("people", mails=done.mails, **done.done)


if __name__ == "__main__":
    main()
