"""A campaign's sending as it stands, for its page: progress, what failed, what a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from campaign.campaigns import life
from campaign.dispatch import control, progress, put_off, retry
from campaign.dispatch.progress import Progress
from campaign.dispatch.put_off import Waiting
from campaign.dispatch.retry import Failed
from campaign.models import (
    Campaign,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
)
from campaign.web import unit

SHOWN = 50  # deliveries of one kind on the page


@dataclass(frozen=True)
class Going:
    """The sending as it stands."""

    mailings: list[Mailing]
    """The first, and those to people added since."""
    all: Progress
    channels: dict[Channel, Progress]
    speed: float
    """Deliveries a minute since the start; 0 while unknown."""
    unknown: list[tuple[Delivery, str]]
    refused: list[tuple[Delivery, str]]
    failed: list[Failed]
    """By reason; those worth another try first."""
    waiting: list[Waiting]
    """What those that are put off wait for; empty beside a large mailing."""
    counted_at: datetime | None = None
    """When the beat counted, where there are too many to be counted for each page."""

    @property
    def left(self) -> int:
        """How many have left."""
        return self.all.counts[DeliveryState.ACCEPTED]

    @property
    def is_moving(self) -> bool:
        return any(mailing.state in progress.MOVING for mailing in self.mailings)

    @property
    def first(self) -> Mailing:
        return self.mailings[0]

    @property
    def again(self) -> int:
        """How many could be tried again."""
        return sum(one.count for one in self.failed if one.worth)

    @property
    def minutes_left(self) -> int:
        """0 when it cannot be said."""
        # what waits for its hour is nothing that speed could shorten
        rest = self.all.total - self.all.settled - self.all.counts[DeliveryState.DEFERRED]
        return max(1, round(rest / self.speed)) if self.speed and rest and self.is_moving else 0

    @property
    def finished_at(self) -> datetime | None:
        """When the last of the mailings was done; None while one is not."""
        ends = [mailing.finished_at for mailing in self.mailings]
        return None if self.is_moving or None in ends else max(end for end in ends if end)

    def may_go_again_at(self, delivery: Delivery) -> datetime | None:
        """Of an unknown one: until then a frozen sender might still end it."""
        return delivery.settled_at + control.DOT_WAIT if delivery.settled_at else None

    @property
    def letters_waiting(self) -> int:
        """Letters that nobody has printed yet."""
        letters = self.channels.get(Channel.LETTER)
        return letters.counts[DeliveryState.QUEUED] if letters else 0


def of_campaign(campaign: Campaign) -> Going | None:
    """None before it was started."""
    db = unit.db()
    mailings = life.mailings_of(db, campaign)
    if not mailings:
        return None
    ids = [mailing.id for mailing in mailings]
    counted = progress.by_mailing_and_channel(db, ids, unit.now())
    kept, at = progress.kept(db, unit.now())
    channels = {
        channel: progress.together(counts for (_, on), counts in counted.items() if on is channel)
        for channel in Channel
    }
    newest = mailings[-1]
    everything = progress.together(counted.values())
    return Going(
        mailings,
        everything,
        {channel: counts for channel, counts in channels.items() if counts.total},
        _speed(newest, progress.together([counted.get((newest.id, Channel.EMAIL), {})])),
        _with_names(ids, DeliveryState.UNKNOWN),
        _with_names(ids, DeliveryState.REJECTED),
        _failed(ids),
        put_off.of_mailings(db, ids) if everything.total <= progress.LARGE else [],
        at if any(mailing_id in kept for mailing_id in ids) else None,
    )


def _speed(mailing: Mailing, counts: Progress) -> float:
    """Of the newest mailing's e-mail."""
    if mailing.started_at is None:
        return 0.0
    minutes = ((mailing.finished_at or unit.now()) - mailing.started_at).total_seconds() / 60
    return counts.settled / minutes if minutes > 0 else 0.0


def _failed(ids: list[int]) -> list[Failed]:
    """Over all mailings, by reason."""
    found: dict[str, Failed] = {}
    for mailing_id in ids:
        for one in retry.failures(unit.db(), mailing_id):
            before = found[one.name].count if one.name in found else 0
            found[one.name] = Failed(one.name, before + one.count, one.worth)
    return sorted(found.values(), key=lambda one: (not one.worth, -one.count, one.name))


def _with_names(ids: list[int], state: DeliveryState) -> list[tuple[Delivery, str]]:
    rows = (
        select(Delivery, Contact.full_name)
        .join(Contact, Contact.id == Delivery.contact_id)
        .where(Delivery.mailing_id.in_(ids), Delivery.state == state)
        .order_by(Delivery.id)
        .limit(SHOWN)
    )
    return [(delivery, name) for delivery, name in unit.db().execute(rows)]
