"""What rests until tomorrow for a limit, or until morning for quiet hours, is asked again when these change.

The first rows are woken with the change itself, the others by the beat in chunks: a million rows may rest.
What still may not go comes to rest anew at its claim.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from campaign import house
from campaign.dispatch import manners, moves, quiet_hours
from campaign.watch import signs

REASONS = (moves.LIMITED, quiet_hours.REASON)
# woken by whoever waits for the page
FIRST_ROWS = 1_000
# one statement of the beat; SQLite's writers wait under a second for it
CHUNK_ROWS = 20_000
SIGN = "waking"
# the page that made the change wakes the first rows by itself. However soon the beat follows it misses none:
# the change waited for whoever was putting some to rest (`manners.hold`)
SETTLE_SECONDS = 0.25


def at_once(db: Session, now: datetime) -> set[int]:
    """The first that rest; their mailings, to be rung for after the commit."""
    return moves.wake(db, REASONS, 0, FIRST_ROWS, now)[1]


def go_on(db: Session, now: datetime) -> bool:
    """A chunk of what a change that was not heard yet wakes; whether there may be more.

    Each row is woken once a change, in the order of ids, and how far it is stands in the database.
    """
    place = _place(db, now)
    if place is None:
        return False
    version, after = place
    woken, _ = moves.wake(db, REASONS, after, CHUNK_ROWS, now)
    more = len(woken) == CHUNK_ROWS
    signs.note(db, SIGN, now, {"version": version, "after": woken[-1] if more else None})
    return more


def unheard(db: Session, now: datetime) -> int | None:
    """The version of the setting that `go_on` would wake for; None when there is nothing to do yet."""
    place = _place(db, now)
    return None if place is None else place[0]


def _place(db: Session, now: datetime) -> tuple[int, int] | None:
    """The change that was not heard in full yet, and behind which row to go on."""
    newest = house.current(db, manners.NAME)
    if newest is None or now < newest.at + timedelta(seconds=SETTLE_SECONDS):
        return None
    sign = signs.last(db, SIGN)
    heard = sign.detail if sign else {}
    after = heard.get("after", 0) if heard.get("version") == newest.id else 0
    return None if after is None else (newest.id, after)
