"""What rests until tomorrow for a limit, or until morning for quiet hours, is asked again when these change.

The first rows are woken with the change itself, the others by the beat in chunks: a million rows may rest.
What still may not go comes to rest anew at its claim.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campaign import house
from campaign.dispatch import manners, moves, quiet_hours
from campaign.dispatch.limits.following import STALE_SECONDS
from campaign.watch import signs

REASONS = (moves.LIMITED, quiet_hours.REASON)
# woken by whoever waits for the page
FIRST_ROWS = 1_000
# one statement of the beat; SQLite's writers wait under a second for it
CHUNK_ROWS = 20_000
SIGN = "waking"


def at_once(db: Session, now: datetime) -> set[int]:
    """The first that rest; their mailings, to be rung for after the commit."""
    return moves.wake(db, REASONS, 0, FIRST_ROWS, now)[1]


def go_on(db: Session, now: datetime) -> bool:
    """A chunk of what a change that was not heard yet wakes; whether there may be more.

    Each row is woken once a change, in the order of ids, and how far it is stands in the database.
    """
    newest = house.current(db, manners.NAME)
    # before, a lane that has not read the change yet would put to rest again what it claims
    if newest is None or now < newest.at + timedelta(seconds=STALE_SECONDS):
        return False
    sign = signs.last(db, SIGN)
    heard = sign.detail if sign else {}
    after = heard.get("after", 0) if heard.get("version") == newest.id else 0
    if after is None:
        return False
    woken, _ = moves.wake(db, REASONS, after, CHUNK_ROWS, now)
    more = len(woken) == CHUNK_ROWS
    signs.note(db, SIGN, now, {"version": newest.id, "after": woken[-1] if more else None})
    return more
