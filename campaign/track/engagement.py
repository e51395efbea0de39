"""Opens and clicks in sums: counted from the events, or kept from before the events were deleted.

A mailing's figures are kept once, before the first of its opens or clicks is deleted. From then on reports
read them, and what comes later is counted nowhere: of who opens a letter once more nobody knows any longer
whether they did so before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from campaign.models import (
    AudienceMember,
    Channel,
    Delivery,
    DeliveryState,
    EngagementFigures,
    Event,
    EventKind,
    Link,
    Mailing,
    MemberPart,
    MessageVariant,
)

KINDS = (EventKind.OPEN, EventKind.CLICK)
NAMES = {EventKind.OPEN: "opened", EventKind.CLICK: "clicked"}
BY_MACHINE = "_by_machine"


def kept(db: Session, mailing_ids: Sequence[int]) -> dict[int, EngagementFigures]:
    """Those of the mailings whose figures are kept."""
    rows = select(EngagementFigures).where(EngagementFigures.mailing_id.in_(mailing_ids))
    return {row.mailing_id: row for row in db.scalars(rows)}


def by_event(which: ColumnElement[bool]) -> Any:
    """Deliveries per channel and kind of event, and whether a person was among those who did it; `which` is
    about `Delivery`, `Event` and `Mailing`."""
    per_delivery = (
        select(
            Event.delivery_id,
            Delivery.channel,
            Event.kind,
            func.max(case((Event.machine, 0), else_=1)).label("by_person"),
        )
        .join(Delivery, Delivery.id == Event.delivery_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(which)
        .group_by(Event.delivery_id, Delivery.channel, Event.kind)
        .subquery()
    )
    columns = (per_delivery.c.channel, per_delivery.c.kind, per_delivery.c.by_person)
    return select(*columns, func.count()).group_by(*columns)


def followed(which: ColumnElement[bool]) -> Any:
    """Links that people followed, with the deliveries of those who did."""
    return (
        select(Link.id, Link.url, func.count(Event.delivery_id.distinct()))
        .join(Event, Event.link_id == Link.id)
        .join(Delivery, Delivery.id == Event.delivery_id)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .where(which, Event.machine.is_(False))
        .group_by(Link.id, Link.url)
    )


def figures_of(db: Session, mailing: Mailing) -> dict[str, Any]:
    """What its opens and clicks come to now, as `EngagementFigures.figures` has it."""
    channels: defaultdict[str, dict[str, int]] = defaultdict(dict)
    ours = and_(Mailing.id == mailing.id, Event.kind.in_(KINDS))
    for channel, kind, by_person, count in db.execute(by_event(ours)):
        channels[channel.value][NAMES[kind] + ("" if by_person else BY_MACHINE)] = count
    arms: dict[str, dict[str, int]] = {kind.value: {} for kind in KINDS}
    for kind, arm, people in db.execute(_by_arm(mailing.id)):
        arms[kind.value][arm] = people
    return {
        "channels": dict(channels),
        "clicked_only": db.scalar(_clicked_only(mailing)) or 0,
        "links": {str(link): count for link, _, count in db.execute(followed(Mailing.id == mailing.id))},
        "arms": arms,
    }


def _by_arm(mailing_id: int) -> Any:
    """People of the sample by kind and arm; opens and clicks are an e-mail's."""
    return (
        select(Event.kind, MessageVariant.arm, func.count(Delivery.contact_id.distinct()))
        .select_from(Delivery)
        .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
        .join(MessageVariant, MessageVariant.id == Delivery.variant_id)
        .join(Event, Event.delivery_id == Delivery.id)
        .where(
            Delivery.mailing_id == mailing_id,
            Delivery.state == DeliveryState.ACCEPTED,
            Delivery.channel == Channel.EMAIL,
            AudienceMember.part == MemberPart.SAMPLE,
            Event.kind.in_(KINDS),
            Event.machine.is_(False),
        )
        .group_by(Event.kind, MessageVariant.arm)
    )


def _clicked_only(mailing: Mailing) -> Any:
    """People who clicked and replied to nothing of the campaign: replies stay, and are counted as rows."""
    other, reply = aliased(Delivery), aliased(Event)
    replied = exists().where(
        other.contact_id == Delivery.contact_id,
        other.mailing_id.in_(_together(mailing)),
        other.state == DeliveryState.ACCEPTED,
        reply.delivery_id == other.id,
        reply.kind == EventKind.REPLY,
        reply.machine.is_(False),
    )
    return (
        select(func.count(Delivery.contact_id.distinct()))
        .join(Event, Event.delivery_id == Delivery.id)
        .where(
            Delivery.mailing_id == mailing.id,
            Delivery.state == DeliveryState.ACCEPTED,
            Event.kind == EventKind.CLICK,
            Event.machine.is_(False),
            ~replied,
        )
    )


def _together(mailing: Mailing) -> Any:
    """The mailings that a report counts together: of one campaign, or one by itself. No two mailings of a
    campaign go to the same person."""
    if mailing.campaign_id is None:
        return [mailing.id]
    return select(Mailing.id).where(Mailing.campaign_id == mailing.campaign_id)
