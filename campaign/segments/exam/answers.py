"""What is an answer to a letter, and until when."""

from __future__ import annotations

from datetime import timedelta

from campaign.models import EventKind

# what a letter brings, it brings within a month; later orders have other reasons
WITHIN = timedelta(days=30)
ANSWERS = (EventKind.CLICK, EventKind.REPLY)
