"""One line of the log for each outcome, by the names that a search finds again: mailing, delivery, transition
and code. The recipient is not named: the number of the delivery leads to her."""

from __future__ import annotations

import os

import structlog

from campaign.dispatch.moves import Outcome

log = structlog.get_logger()
TELL_ACCEPTED = os.environ.get("CAMPAIGN_LOG_ACCEPTED") != "0"


def outcome(mailing_id: int, settled: Outcome) -> None:
    """What became of one attempt; what went well says no more than that.

    A line costs some 20 µs: CAMPAIGN_LOG_ACCEPTED=0 leaves out those of accepted messages, which the
    database has as well.
    """
    if settled.transition == "accept" and not TELL_ACCEPTED:
        return
    more = {"reason": settled.reason, "reply": settled.reply} if settled.transition != "accept" else {}
    log.info(
        "outcome",
        mailing=mailing_id,
        delivery=settled.row_id,
        fence=settled.fence,
        transition=settled.transition,
        code=settled.code,
        **more,
    )
