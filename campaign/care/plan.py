"""Whom to greet in the next days: birthdays, founding days and holidays, with the person in charge.

Contacts are looked up by the days of the year that fall into the window, so a plan costs a few statements
however many contacts there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select
from sqlalchemy.orm import Session, lazyload

from campaign.care import whom
from campaign.care.reach import Reach, reach_of
from campaign.errors import NotFound
from campaign.models import Account, BirthCalendar, Channel, Contact, ContactKind, Greeting
from campaign.occasions import anniversaries, holidays
from campaign.occasions.anniversaries import YearDay

# a plan further ahead than this would list more than anyone prepares
MOST_DAYS = 92
BIRTHDAY, FOUNDING = holidays.PERSONAL


class Key(NamedTuple):
    """One occurrence: what is kept, and when."""

    occasion: str
    on: date


@dataclass(frozen=True)
class Person:
    """Somebody to greet. `about` is the organisation whose founding day it is; `years` what is completed."""

    contact_id: int
    code: str
    full_name: str
    form_of_address: str
    owner_id: int | None
    owner: str
    about: str = ""
    years: int | None = None
    lunar: bool = False
    reach: dict[Channel, Reach] = field(default_factory=dict)
    greeted: dict[Channel, int] = field(default_factory=dict)
    """The mailing by which this person was greeted, by channel."""

    @property
    def is_greeted(self) -> bool:
        return bool(self.greeted)

    def may_greet(self, channel: Channel) -> bool:
        """Reachable there, and not greeted yet in any way."""
        return not self.greeted and self.reach[channel] is Reach.OPEN


@dataclass(frozen=True)
class Occurrence:
    """An occasion on its day. Holidays of many people list only some of them; `total` counts all."""

    key: Key
    people: tuple[Person, ...]
    total: int
    greeted: int

    @property
    def is_personal(self) -> bool:
        return self.key.occasion in holidays.PERSONAL

    @property
    def waiting(self) -> int:
        """How many still wait for a greeting that can reach them; of a holiday, all who were not greeted."""
        if len(self.people) < self.total:
            return self.total - self.greeted
        return sum(any(person.may_greet(channel) for channel in Channel) for person in self.people)

    def open_to(self, channel: Channel) -> int:
        """How many of the listed people can still be greeted on that channel."""
        return sum(person.may_greet(channel) for person in self.people)


def upcoming(
    db: Session, today: date, days: int, *, now: datetime, owner_id: int | None = None
) -> list[Occurrence]:
    """What falls on `today` or one of the `days` after it, in order; with `owner_id` only their customers.

    Holidays come without people: `occurrence` lists those of one.
    """
    window = [today + timedelta(days=step) for step in range(min(days, MOST_DAYS) + 1)]
    found: dict[Key, list[Person]] = defaultdict(list)
    _birthdays(db, window, owner_id, found)
    _founding_days(db, window, owner_id, found)
    plan = _complete(db, found, now)
    plan += [
        _counted(db, Key(holiday.key, on), owner_id) for on, holiday in holidays.between(today, window[-1])
    ]
    order = {key: number for number, key in enumerate(holidays.KEYS)}
    return sorted(
        (each for each in plan if each.total), key=lambda each: (each.key.on, order[each.key.occasion])
    )


def occurrence(
    db: Session, key: Key, *, now: datetime, owner_id: int | None = None, limit: int | None = None
) -> Occurrence:
    """One occasion with its people, at most `limit` of them; NotFound for an occasion that we do not keep."""
    if key.occasion not in holidays.KEYS:
        raise NotFound
    found: dict[Key, list[Person]] = {key: []}
    if key.occasion == BIRTHDAY:
        _birthdays(db, [key.on], owner_id, found)
    elif key.occasion == FOUNDING:
        _founding_days(db, [key.on], owner_id, found)
    else:
        if holidays.day_of(key.occasion, key.on.year) != key.on:
            raise NotFound
        rows = db.execute(_people(whom.condition(holidays.BY_KEY[key.occasion]), owner_id).limit(limit))
        found[key] = [_person(contact, owner) for contact, owner in rows]
    (whole,) = _complete(db, found, now)
    if limit is None or len(whole.people) < limit:
        return whole
    return replace(_counted(db, key, owner_id), people=whole.people)


def _birthdays(
    db: Session, window: Sequence[date], owner_id: int | None, found: dict[Key, list[Person]]
) -> None:
    kept: dict[YearDay, date] = {}
    for day in window:
        for year_day in anniversaries.kept_on(day):
            kept.setdefault(year_day, day)
    if not kept:
        return
    is_person = and_(
        Contact.kind == ContactKind.PERSON, Contact.erased_at.is_(None), Contact.deceased_at.is_(None)
    )
    for contact, owner in db.execute(_people(and_(is_person, _born_on(kept)), owner_id)):
        lunar = contact.birth_calendar is BirthCalendar.LUNAR
        born = YearDay("lunar" if lunar else "solar", contact.birth_month or 0, contact.birth_day or 0)
        on = kept[born]
        years = on.year - contact.birth_year if contact.birth_year else None
        found[Key(BIRTHDAY, on)].append(replace(_person(contact, owner), years=years, lunar=lunar))


def _born_on(kept: Iterable[YearDay]) -> ColumnElement[bool]:
    """One condition a month, so that the index on calendar, month and day is used."""
    days: dict[tuple[str, int], list[int]] = defaultdict(list)
    for key in kept:
        days[(key.calendar, key.month)].append(key.day)
    return or_(
        *(
            and_(
                Contact.birth_calendar == BirthCalendar(calendar),
                Contact.birth_month == month,
                Contact.birth_day.in_(sorted(numbers)),
            )
            for (calendar, month), numbers in sorted(days.items())
        )
    )


def _founding_days(
    db: Session, window: Sequence[date], owner_id: int | None, found: dict[Key, list[Person]]
) -> None:
    """An organisation is greeted through its contact persons."""
    kept: dict[tuple[int, int], date] = {}
    for day in window:
        for year_day in anniversaries.kept_on(day):
            if year_day.calendar == "solar":
                kept.setdefault((year_day.month, year_day.day), day)
    month, number = extract("month", Contact.founded_on), extract("day", Contact.founded_on)
    is_house = and_(
        Contact.kind == ContactKind.ORGANISATION,
        Contact.erased_at.is_(None),
        or_(*(and_(month == each[0], number == each[1]) for each in sorted(kept))),
    )
    houses = {
        house.id: house
        for house in db.execute(select(Contact.id, Contact.full_name, Contact.founded_on).where(is_house))
    }
    is_contact = and_(
        Contact.organisation_id.in_(list(houses)), Contact.erased_at.is_(None), Contact.deceased_at.is_(None)
    )
    for contact, owner in db.execute(_people(is_contact, owner_id)) if houses else ():
        house = houses[contact.organisation_id]
        on = kept[(house.founded_on.month, house.founded_on.day)]
        years = anniversaries.years_since(house.founded_on, on)
        found[Key(FOUNDING, on)].append(replace(_person(contact, owner), about=house.full_name, years=years))


def _people(condition: ColumnElement[bool], owner_id: int | None) -> Select[Contact, str]:
    wanted = (
        select(Contact, Account.name)
        .outerjoin(Account, Account.id == Contact.owner_id)
        .where(condition)
        .options(lazyload(Contact.tag_rows))
    )
    if owner_id is not None:
        wanted = wanted.where(Contact.owner_id == owner_id)
    return wanted.order_by(Contact.name_key, Contact.id)


def _person(contact: Contact, owner: str | None) -> Person:
    return Person(
        contact_id=contact.id,
        code=contact.code,
        full_name=contact.full_name,
        form_of_address=contact.form_of_address,
        owner_id=contact.owner_id,
        owner=owner or "",
    )


def _complete(db: Session, found: dict[Key, list[Person]], now: datetime) -> list[Occurrence]:
    """Add to each person where they can be reached and whether they were greeted already."""
    ids = {person.contact_id for people in found.values() for person in people}
    reach = reach_of(db, ids, now)
    greeted = _greeted(db, ids, found)
    made = []
    for key, people in found.items():
        whole = tuple(
            replace(
                person,
                reach=reach[person.contact_id],
                greeted=greeted.get((key.occasion, key.on, person.contact_id), {}),
            )
            for person in people
        )
        made.append(Occurrence(key, whole, len(whole), sum(person.is_greeted for person in whole)))
    return made


def _greeted(
    db: Session, ids: set[int], keys: Iterable[Key]
) -> dict[tuple[str, date, int], dict[Channel, int]]:
    days = {key.on for key in keys}
    found: dict[tuple[str, date, int], dict[Channel, int]] = defaultdict(dict)
    for row in db.scalars(select(Greeting).where(Greeting.occurs_on.in_(days), Greeting.contact_id.in_(ids))):
        found[(row.occasion, row.occurs_on, row.contact_id)][row.channel] = row.mailing_id
    return found


def _counted(db: Session, key: Key, owner_id: int | None) -> Occurrence:
    """A holiday in two numbers: whom it is for, and how many of them were greeted."""
    people = select(Contact.id).where(whom.condition(holidays.BY_KEY[key.occasion]))
    if owner_id is not None:
        people = people.where(Contact.owner_id == owner_id)
    total = db.scalar(select(func.count()).select_from(people.subquery())) or 0
    greeted = db.scalar(
        select(func.count(func.distinct(Greeting.contact_id))).where(
            Greeting.occasion == key.occasion,
            Greeting.occurs_on == key.on,
            Greeting.contact_id.in_(people),
        )
    )
    return Occurrence(key, (), total, greeted or 0)
