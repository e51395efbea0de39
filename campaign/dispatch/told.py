"""Lines of the log for what became of messages, by the names that a search finds again: mailing, delivery,
transition and code. The recipient is not named: the number of the delivery leads to her."""

from __future__ import annotations

import os
from collections.abc import Sequence

import structlog

from campaign.dispatch.moves import Outcome

log = structlog.get_logger()
TELL_ACCEPTED = os.environ.get("CAMPAIGN_LOG_ACCEPTED") != "0"


def outcomes(mailing_id: int, settled: Sequence[Outcome]) -> None:
    """What became of the attempts of one batch: a line for each that went otherwise than it should, and one
    with the numbers of all that were accepted.

    A line costs some 20 µs; CAMPAIGN_LOG_ACCEPTED=0 leaves out the accepted ones, which the database has too.
    """
    accepted = [one.row_id for one in settled if one.transition == "accept"]
    if accepted and TELL_ACCEPTED:
        log.info("accepted", mailing=mailing_id, deliveries=accepted)
    for one in settled:
        if one.transition != "accept":
            log.info(
                "outcome",
                mailing=mailing_id,
                delivery=one.row_id,
                fence=one.fence,
                transition=one.transition,
                code=one.code,
                reason=one.reason,
                reply=one.reply,
            )
