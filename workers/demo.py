"""Job of the demo: the simulated people look into the mailbox."""

from __future__ import annotations

import structlog

from campaign import clock, config
from campaign.lab.recipients import Recipients

log = structlog.get_logger()


def read_mailbox() -> None:
    """One round; while a server of ours is away they wait for the next ring."""
    settings = config.load()
    if not settings.demo:
        return
    try:
        done = Recipients(settings).act(clock.utc_now())
    except OSError as error:
        log.warning("people_wait", why=str(error))
        return
    if done.mails:
        log.info("people", mails=done.mails, **done.done)
