"""When to try again after a 4xx or a lost connection."""

from __future__ import annotations

import zlib
from datetime import datetime

from campaign.dispatch.waits import waits

# reliability.md §2 rule 7; greylisting usually lets a second attempt through after 5 minutes
WAITS = waits("CAMPAIGN_RETRY_SECONDS", 300, 900, 3600, 7200, 14400)
# retries of a mailing that was turned away at once do not all come at once again: up to this share later
JITTER = 0.1


def next_attempt(attempts: int, now: datetime, deadline: datetime, delivery_id: int) -> datetime | None:
    """After `attempts` tries with an answer (this one included, from 1): when the next one is due, or
    None when that would be past the deadline. The last wait repeats. Each delivery comes a little later, by
    a share that is always the same for it; that alone never moves it past the deadline."""
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    due = now + wait
    if due > deadline:
        return None
    return min(due + wait * JITTER * _share(delivery_id, attempts), deadline)


def _share(delivery_id: int, attempts: int) -> float:
    """From 0 to 1, spread evenly over deliveries and attempts."""
    return zlib.crc32(f"{delivery_id}/{attempts}".encode()) / 0xFFFFFFFF
