"""Job: one mail of the house to one of its people."""

from __future__ import annotations

import structlog

from campaign.clock import utc_now
from campaign.dispatch import notices
from workers.context import opened

log = structlog.get_logger()


def send_notice(notice_id: int) -> None:
    """Send it, unless that was done."""
    with opened() as here:
        sent = notices.send(here.database, here.settings, notice_id, utc_now())
        log.info("notice", notice=notice_id, sent=sent)
