"""What no machine can judge, asked of whoever signs.

The eight questions of the letter rules, and four of e-mail; each is ticked, and who ticked it when is kept
with the sign-off. Words: `review-question-KEY`. Source: course notes, see docs/sources.md.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from campaign.errors import Refused
from campaign.models import Account

LETTER = ("understood", "sincere", "tone", "details", "concise", "spelling", "grammar", "layout")
EMAIL = ("benefit", "honest", "reread", "mutual")
EVERY = (*LETTER, *EMAIL)


def questions(channels: Collection[str]) -> tuple[str, ...]:
    """Those that a message on these channels is asked; e-mail has four more."""
    return EVERY if "email" in channels else LETTER


def answered(
    channels: Collection[str], ticked: Collection[str], account: Account, now: datetime
) -> list[dict[str, Any]]:
    """The answers as they are kept; Refused while one is open."""
    asked = questions(channels)
    if any(question not in ticked for question in asked):
        raise Refused("review-checklist-open")
    return [{"question": key, "by": account.id, "name": account.name, "at": now.isoformat()} for key in asked]
