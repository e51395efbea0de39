"""The questions that no machine answers: ticked one by one before a seal.

Eight ask what a good letter asks (with the layout once for each channel), two come from the house's rules
for e-mail: mutual understanding, and reading it over once more.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from campaign.errors import InvalidInput
from campaign.models import Account, Channel, Submission

_FIRST = ("understood", "sincere", "tone", "details", "concise", "spelling", "grammar")
_LAST = ("mutual", "read-again")
_LAYOUT = {Channel.EMAIL: "layout-email", Channel.LETTER: "layout-letter"}
QUESTIONS = (*_FIRST, *_LAYOUT.values(), *_LAST)


def questions(submission: Submission) -> list[str]:
    """Those that this message's channels raise, in the order in which they are asked."""
    layouts = submission.content.get("layouts", {})
    return [*_FIRST, *(word for channel, word in _LAYOUT.items() if channel.value in layouts), *_LAST]


def answers(
    submission: Submission, ticked: Collection[str], account: Account, now: datetime
) -> list[dict[str, Any]]:
    """The record of the ticks; InvalidInput while one is missing."""
    asked = questions(submission)
    if missing := [question for question in asked if question not in ticked]:
        raise InvalidInput("review-checklist-missing", field="checked", count=len(missing))
    return [
        {"question": question, "by": account.id, "name": account.name, "at": now.isoformat()}
        for question in asked
    ]
