"""How many people a rule finds, how many of them can be reached, and a few of them to look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from campaign.contacts import spread
from campaign.contacts.reachable import address_key, reachable
from campaign.db import among, as_ids
from campaign.models import Channel, ConsentPurpose, Contact, ContactKind
from campaign.segments.compile import where
from campaign.segments.limits import ready
from campaign.segments.room import give_room
from campaign.segments.rule import Rule


@dataclass(frozen=True)
class Counts:
    """People of the rule; how many addresses can be written to on each channel; how many people on both.

    `organisations` fit the rule too, but are written to through their contact persons only.
    """

    people: int
    email: int
    letter: int
    both: int
    organisations: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def count(
    db: Session, rule: Rule, *, sender_id: int, purpose: ConsentPurpose | None, now: datetime
) -> Counts:
    """Count for this sender and purpose. People who share an address count once per channel."""
    give_room(db)
    fits = and_(where(ready(db, rule, now), now), Contact.erased_at.is_(None))
    email, letter = (
        reachable(channel, purpose, sender_id, now) for channel in (Channel.EMAIL, Channel.LETTER)
    )
    by_kind = select(Contact.kind, func.count()).where(fits).group_by(Contact.kind)
    kinds: Counter[ContactKind] = Counter()
    for kind, number in db.execute(by_kind):
        kinds[kind] = number
    return Counts(
        people=kinds[ContactKind.PERSON],
        organisations=kinds[ContactKind.ORGANISATION],
        email=_addresses(db, Channel.EMAIL, fits, email),
        letter=_addresses(db, Channel.LETTER, fits, letter),
        both=db.scalar(select(func.count()).select_from(Contact).where(fits, email, letter)) or 0,
    )


def sample(db: Session, rule: Rule, *, now: datetime, limit: int = 8) -> list[Contact]:
    """Some of the people, spread over all of them and the same each time, to look at."""
    give_room(db)
    fits = and_(where(ready(db, rule, now), now), Contact.erased_at.is_(None))
    # a multiplier coprime to the modulus spreads neighbours, who were often imported together
    place = (Contact.id * 7919) % 10007
    wanted = select(Contact).where(fits).order_by(place, Contact.id).limit(limit)
    if some := spread.numbers(db):
        # a million are not put in order for the few that are shown: some, evenly spread, mostly suffice
        dialect = db.get_bind().dialect.name
        among_some = wanted.where(among(dialect, Contact.id.expression, "some"))
        found = list(db.scalars(among_some, {"some": as_ids(dialect, some)}))
        if len(found) == limit:
            return found
    return list(db.scalars(wanted))


def _addresses(db: Session, channel: Channel, *conditions: ColumnElement[bool]) -> int:
    # grouped and then counted: a count of what is distinct sorts all of it, on both databases
    key = address_key(channel)
    addresses = select(key).where(*conditions).group_by(key).subquery()
    return db.scalar(select(func.count()).select_from(addresses)) or 0
