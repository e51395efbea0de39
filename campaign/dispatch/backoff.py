"""When to try again after a 4xx or a lost connection."""

from __future__ import annotations

from datetime import datetime

from campaign.dispatch.waits import waits

# reliability.md §2 rule 7; greylisting usually lets a second attempt through after 5 minutes
WAITS = waits("CAMPAIGN_RETRY_SECONDS", 300, 900, 3600, 7200, 14400)


def next_attempt(attempts: int, now: datetime, deadline: datetime) -> datetime | None:
    """After `attempts` tries with an answer (this one included, from 1): when the next one is due, or
    None when that would be past the deadline. The last wait repeats."""
    due = now + WAITS[min(attempts, len(WAITS)) - 1]
    return due if due <= deadline else None
