"""Everything between one contact and us, the newest first, a page at a time.

    page = timeline.of_contact(db, contact.id, now=now, zone=zone)
    older = timeline.of_contact(db, contact.id, now=now, zone=zone, before=page.older)

Each kind of thing lies in a table of its own. A page asks each for its newest few behind the place where the
last page ended, and merges them: what a page costs does not grow with the pages before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from campaign.report.timeline import acts, facts, sent
from campaign.report.timeline.entry import Asked, Entry, Kind, Place, Topic

__all__ = ["Entry", "Kind", "Page", "Place", "Topic", "of_contact"]

PAGE_SIZE = 30


class Source(NamedTuple):
    """One table's part of the line; `read` gives at most `asked.limit` entries, newest first."""

    topic: Topic
    read: Callable[[Session, Asked], list[Entry]]


# the order decides which of two things at the same moment stands above; never change it, for it is part of
# the addresses of pages
SOURCES: tuple[Source, ...] = (
    Source(Topic.ORDERS, acts.orders),
    Source(Topic.FACTS, facts.changes),
    Source(Topic.NOTES, facts.notes),
    Source(Topic.RIGHTS, facts.consents),
    Source(Topic.RIGHTS, facts.holds_placed),
    Source(Topic.RIGHTS, facts.holds_ended),
    Source(Topic.SENT, sent.deliveries),
    Source(Topic.ANSWERS, acts.happened),
    Source(Topic.ANSWERS, acts.replies),
)


@dataclass(frozen=True)
class Page:
    """`older` is where the next page begins, None at the end."""

    entries: tuple[Entry, ...]
    older: Place | None


def of_contact(
    db: Session,
    contact_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
    topic: Topic | None = None,
    before: Place | None = None,
    with_notes: bool = True,
    people: Sequence[int] = (),
    size: int = PAGE_SIZE,
) -> Page:
    """One page; with what went to and came from `people`, the contact persons of an organisation.

    Days without an hour, such as those of orders, begin at midnight in the `zone`.
    Without `with_notes` neither notes nor changes of the note field are in it: they are not for every role.
    """
    found: list[list[Entry]] = []
    for rank, source in enumerate(SOURCES):
        if topic is not None and source.topic is not topic:
            continue
        if source.topic is Topic.NOTES and not with_notes:
            continue
        asked = Asked(contact_id, (contact_id, *people), rank, before, size + 1, now, zone, with_notes)
        found.append(source.read(db, asked))
    merged = sorted(chain(*found), key=lambda entry: entry.place, reverse=True)
    shown = tuple(merged[:size])
    return Page(shown, shown[-1].place if len(merged) > size else None)
