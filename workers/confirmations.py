"""Job: the mail of one double opt-in."""

from __future__ import annotations

import structlog

from campaign.clock import utc_now
from campaign.dispatch import confirmations
from workers.context import opened

log = structlog.get_logger()


def send_confirmation(opt_in_id: int) -> None:
    """Send it, unless that was done."""
    with opened() as here:
        sent = confirmations.send(here.database, here.settings, opt_in_id, utc_now())
        log.info("confirmation", opt_in=opt_in_id, sent=sent)
