"""One line of the log for each outcome, by the names that a search finds again: mailing, delivery, transition
and code. The recipient is not named: the number of the delivery leads to her."""

from __future__ import annotations

import structlog

from campaign.dispatch.moves import Outcome

log = structlog.get_logger()


def outcome(mailing_id: int, settled: Outcome) -> None:
    """What became of one attempt; what went well says no more than that."""
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
