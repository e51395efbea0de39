"""What came of a campaign, both channels side by side, in four set-based statements.

People and machines are told apart per delivery: it was opened by a person when at least one of its opens
was no machine's. Every number counts deliveries, not events: who opens ten times is one reader. Of mailings
whose opens and clicks were deleted the figures from before are read (`campaign.track.engagement`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from campaign.dispatch import progress
from campaign.errors import NotFound
from campaign.models import (
    Campaign,
    Channel,
    Delivery,
    DeliveryState,
    EngagementFigures,
    Event,
    EventKind,
    Link,
    Mailing,
)
from campaign.track import engagement

WAITING = (
    DeliveryState.QUEUED,
    DeliveryState.CLAIMED,
    DeliveryState.DEFERRED,
    DeliveryState.IN_PRINT,
)
# what a reader did that answers the mailing; an open is none, for many programs open by themselves
RESPONSES = (EventKind.CLICK, EventKind.REPLY)


@dataclass
class ChannelNumbers:
    """Deliveries of one channel. `sent` is accepted by a mail server or handed to the post."""

    planned: int = 0
    waiting: int = 0
    sent: int = 0
    opened: int = 0
    opened_by_machine: int = 0
    """Opened by machines only."""
    clicked: int = 0
    clicked_by_machine: int = 0
    replied: int = 0
    bounced: int = 0
    complained: int = 0
    unsubscribed: int = 0
    returned: int = 0
    unknown: int = 0
    suppressed: int = 0
    rejected: int = 0
    expired: int = 0
    cancelled: int = 0

    def plus(self, other: ChannelNumbers) -> ChannelNumbers:
        pairs = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)}
        return ChannelNumbers(**pairs)


@dataclass
class Numbers:
    """`people` were sent at least one of the channels; `responded` of them clicked or replied on either."""

    channels: dict[Channel, ChannelNumbers] = field(default_factory=dict)
    people: int = 0
    responded: int = 0
    counted_until: datetime | None = None
    """Opens and clicks of at least one mailing were deleted: until then they are counted. None while all are
    there."""

    @property
    def total(self) -> ChannelNumbers:
        sum_ = ChannelNumbers()
        for numbers in self.channels.values():
            sum_ = sum_.plus(numbers)
        return sum_

    @property
    def response_rate(self) -> float:
        """From 0 to 1; 0 while nothing was sent."""
        return self.responded / self.people if self.people else 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "responded": self.responded,
            "response_rate": round(self.response_rate, 4),
            "channels": {channel.value: asdict(numbers) for channel, numbers in self.channels.items()},
            "total": asdict(self.total),
            "counted_until": self.counted_until.isoformat() if self.counted_until else None,
        }


def of_campaign(db: Session, campaign_id: int, now: datetime | None = None) -> Numbers:
    """Over all mailings of the campaign; NotFound when there is no such campaign. With `now` what the beat
    has just counted of large mailings is not counted again."""
    if db.get(Campaign, campaign_id) is None:
        raise NotFound
    return _numbers(db, Mailing.campaign_id == campaign_id, now)


def of_mailing(db: Session, mailing_id: int) -> Numbers:
    """Of one mailing: a greeting, or one step of a campaign."""
    return _numbers(db, Mailing.id == mailing_id)


def links_of_campaign(db: Session, campaign_id: int) -> list[tuple[str, int]]:
    """Each target that people followed and how many of them, the most followed first."""
    mailing_ids = list(db.scalars(select(Mailing.id).where(Mailing.campaign_id == campaign_id)))
    kept = engagement.kept(db, mailing_ids)
    people: Counter[int] = Counter()
    urls: dict[int, str] = {}
    there = and_(Mailing.id.in_(mailing_ids), Mailing.id.not_in(kept))
    for link_id, url, count in db.execute(engagement.followed(there)):
        urls[link_id], people[link_id] = url, count
    for one in kept.values():
        people.update({int(link_id): count for link_id, count in one.figures["links"].items()})
    for link in db.scalars(select(Link).where(Link.id.in_(people.keys() - urls.keys()))):
        urls[link.id] = link.url
    found: Counter[str] = Counter()
    for link_id, count in people.items():
        found[urls[link_id]] += count
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _numbers(db: Session, which: ColumnElement[bool], now: datetime | None = None) -> Numbers:
    numbers = Numbers()
    mailing_ids = list(db.scalars(select(Mailing.id).where(which)))
    kept = engagement.kept(db, mailing_ids)
    for (_, channel), states in progress.by_mailing_and_channel(db, mailing_ids, now).items():
        for state, count in states.items():
            _count_state(numbers.channels.setdefault(channel, ChannelNumbers()), state, count)
    for channel, kind, by_person, count in db.execute(engagement.by_event(_still_there(which, kept))):
        _count_event(numbers.channels[channel], kind, bool(by_person), count)
    numbers.people = _count_people(db, numbers, mailing_ids)
    numbers.responded = db.scalar(_responded(which, kept)) or 0
    for one in kept.values():
        _add_kept(numbers, one)
    # e-mail first, whatever the database says first
    numbers.channels = {
        channel: numbers.channels[channel] for channel in Channel if channel in numbers.channels
    }
    return numbers


def _still_there(which: ColumnElement[bool], kept: Collection[int]) -> ColumnElement[bool]:
    """All events but opens and clicks of those whose figures are kept."""
    if not kept:
        return which
    return and_(which, or_(Mailing.id.not_in(kept), Event.kind.not_in(engagement.KINDS)))


def _add_kept(numbers: Numbers, one: EngagementFigures) -> None:
    for word, figures in one.figures["channels"].items():
        channel = Channel(word)
        numbers.channels[channel] = numbers.channels[channel].plus(ChannelNumbers(**figures))
    numbers.responded += one.figures["clicked_only"]
    numbers.counted_until = max(filter(None, (numbers.counted_until, one.counted_at)))


def _count_people(db: Session, numbers: Numbers, mailing_ids: Sequence[int]) -> int:
    """A mailing has one row a person and channel: where there is one of each, the rows are the people, and a
    million need not be compared with each other."""
    if len(mailing_ids) == 1 and len(numbers.channels) == 1:
        return numbers.total.sent
    return db.scalar(_people(Mailing.id.in_(mailing_ids))) or 0


def _people(which: ColumnElement[bool]) -> Any:
    return (
        select(func.count(Delivery.contact_id.distinct()))
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(which, Delivery.state == DeliveryState.ACCEPTED)
    )


def _responded(which: ColumnElement[bool], kept: Collection[int]) -> Any:
    return (
        _people(_still_there(which, kept))
        .join(Event, Event.delivery_id == Delivery.id)
        .where(Event.kind.in_(RESPONSES), Event.machine.is_(False))
    )


def _count_state(numbers: ChannelNumbers, state: DeliveryState, count: int) -> None:
    numbers.planned += count
    if state in WAITING:
        numbers.waiting += count
    elif state is DeliveryState.ACCEPTED:
        numbers.sent += count
    else:
        setattr(numbers, state.value, getattr(numbers, state.value) + count)


_NAMES = {
    EventKind.OPEN: "opened",
    EventKind.CLICK: "clicked",
    EventKind.REPLY: "replied",
    EventKind.BOUNCE: "bounced",
    EventKind.COMPLAINT: "complained",
    EventKind.UNSUBSCRIBE: "unsubscribed",
    EventKind.RETURNED: "returned",
}


def _count_event(numbers: ChannelNumbers, kind: EventKind, by_person: bool, count: int) -> None:
    name = _NAMES[kind]
    if not by_person:
        name += "_by_machine"
    if hasattr(numbers, name):
        setattr(numbers, name, getattr(numbers, name) + count)
