"""What a server's word, or its silence, means for a delivery."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from campaign.dispatch.backoff import next_attempt
from campaign.dispatch.claim import Claimed
from campaign.dispatch.mail import CannotWrite
from campaign.dispatch.moves import Outcome
from campaign.dispatch.stock import Job
from campaign.dispatch.transports.smtp import Reply

# enhanced codes that say that the address does not exist or will not again (RFC 3463 §3.2, RFC 7505)
NO_SUCH_ADDRESS = re.compile(r"5\.1\.(1|3|6|10)\b")


class Judge:
    """Outcomes for the deliveries of one mailing."""

    def __init__(self, clock: Callable[[], datetime], deadline: datetime) -> None:
        self._clock = clock
        self._deadline = deadline

    def answered(self, job: Job, phase: str, reply: Reply) -> Outcome:
        """The server took it, or said no: for now (4xx) or for good (5xx)."""
        row, digest = job.row, job.mail.sha256
        if reply.code < 400:
            return Outcome(
                row.row_id, row.fence, "accept", self._clock(), "", reply.code, reply.text, None, digest
            )
        if reply.code < 500:
            return self.put_off(job, phase, reply.text, reply.code)
        dead = phase == "rcpt" and bool(NO_SUCH_ADDRESS.match(reply.text))
        return Outcome(
            row.row_id, row.fence, "reject", self._clock(), phase, reply.code, reply.text, None, digest, dead
        )

    def put_off(self, job: Job, reason: str, detail: str, code: int | None = None) -> Outcome:
        """Known not sent: tried again later, or never when that would be past the deadline."""
        row, now = job.row, self._clock()
        due = next_attempt(row.attempt + 1, now, self._deadline)
        return Outcome(
            row.row_id, row.fence, "defer" if due else "forgo", now, reason, code, detail, due,
            job.mail.sha256,
        )  # fmt: skip

    def lost(self, job: Job, detail: str) -> Outcome:
        """The dot went out, and no word came back: nobody knows."""
        row = job.row
        return Outcome(
            row.row_id, row.fence, "lose", self._clock(), "no-reply", None, detail, None, job.mail.sha256
        )

    def too_large(self, job: Job) -> Outcome:
        """The server has said what it takes, and this is more."""
        row = job.row
        return Outcome(row.row_id, row.fence, "reject", self._clock(), "size", body_sha256=job.mail.sha256)

    def unwritable(self, row: Claimed, error: CannotWrite) -> Outcome:
        """There is no message to send."""
        return Outcome(row.row_id, row.fence, "reject", self._clock(), error.reason, reply=str(error))
