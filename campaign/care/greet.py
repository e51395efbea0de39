"""Greet: people of an occasion, one channel, under a standing approval.

The road is that of every mailing: freeze, look at each rendering, plan the deliveries, start. Letters may
be made days ahead, for the post takes its time; an e-mail waits for its day (`due`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError as DuplicateRow
from sqlalchemy.orm import Session

from campaign import audit
from campaign.approval import standing
from campaign.audience import freeze
from campaign.care import check, plan
from campaign.care.due import today
from campaign.care.plan import Key, Person
from campaign.clock import house_day
from campaign.compose.fields import contact_fields
from campaign.dispatch import control
from campaign.dispatch import plan as dispatch_plan
from campaign.errors import Refused
from campaign.models import (
    Account,
    Audience,
    AudienceMember,
    Channel,
    Greeting,
    Mailing,
    StandingApproval,
    Submission,
)
from campaign.render import content as contents
from campaign.render.content import MessageContent
from campaign.segments.rule import LIST_LIMIT, Attribute, Op, Or

# people a mailing: its frozen rule names each by customer code
MOST_PEOPLE = 2_000


@dataclass(frozen=True)
class Words:
    """The standing approval that a greeting goes out under, and what it says."""

    standing: StandingApproval
    submission: Submission
    content: MessageContent


def words_for(db: Session, occasion: str, channel: Channel, day: date) -> Words | None:
    """The newest approved greeting of the occasion that has a layout for the channel."""
    for found in standing.current(db, occasion, day):
        submission = db.get_one(Submission, found.submission_id)
        content = contents.from_json(db, submission.content)
        if channel in content.layouts:
            return Words(found, submission, content)
    return None


def greet(
    db: Session,
    key: Key,
    channel: Channel,
    account: Account,
    now: datetime,
    contact_ids: Collection[int] | None = None,
) -> Mailing:
    """Greet these people of the occasion, or all of them who can be greeted and were not yet.

    Refused when nobody is left, when no approved words exist, when somebody else was faster, or when a
    rendering has a fault that its reviewer did not see: then a person looks, and nothing goes out.
    """
    words = words_for(db, key.occasion, channel, today(now))
    if words is None:
        raise Refused("care-error-no-words")
    people = _open_people(db, key, channel, now, contact_ids)
    if not people:
        raise Refused("care-error-nobody")
    audience = _freeze(db, words.content, people, channel, now)
    members = _members(db, audience)
    if not members:
        raise Refused("care-error-nobody")
    check.require_fit(db, words.content, audience, house_day(now))
    mailing = dispatch_plan.new_mailing(
        db,
        submission=words.submission,
        audience_id=audience.id,
        created_by=account,
        now=now,
        kind=words.content.effective_kind,
        occasion=key.occasion,
    )
    _note(db, key, channel, mailing, members, now)
    audit.record(
        db, account, "greeting.planned", "mailing", mailing.id, now,
        occasion=key.occasion, on=key.on.isoformat(), channel=channel.value, people=len(members),
    )  # fmt: skip
    if not waits(key, channel, now):
        control.start(db, mailing, now, account)
    return mailing


def waits(key: Key, channel: Channel, now: datetime) -> bool:
    """Whether it is kept back: an e-mail comes on the day itself, not before."""
    return channel is Channel.EMAIL and key.on > today(now)


def _open_people(
    db: Session, key: Key, channel: Channel, now: datetime, contact_ids: Collection[int] | None
) -> list[Person]:
    whole = plan.occurrence(db, key, now=now)
    return [
        person
        for person in whole.people
        if person.may_greet(channel) and (contact_ids is None or person.contact_id in contact_ids)
    ][:MOST_PEOPLE]


def _freeze(
    db: Session, content: MessageContent, people: Sequence[Person], channel: Channel, now: datetime
) -> Audience:
    codes = [person.code for person in people]
    chunks = [tuple(codes[start : start + LIST_LIMIT]) for start in range(0, len(codes), LIST_LIMIT)]
    return freeze.freeze(
        db,
        message_id=content.message_id,
        rule=Or(tuple(Attribute("code", Op.IS, chunk) for chunk in chunks)),
        segment_name="",
        field_names=frozenset().union(*(contact_fields(variant.document) for variant in content.variants)),
        variants={variant.language: variant.id for variant in content.variants},
        channels=[channel],
        purpose=content.purpose,
        sender_id=content.sender.id,
        now=now,
    )


def _members(db: Session, audience: Audience) -> Sequence[AudienceMember]:
    wanted = select(AudienceMember).where(AudienceMember.audience_id == audience.id)
    return db.scalars(wanted.order_by(AudienceMember.id)).all()


def _note(
    db: Session,
    key: Key,
    channel: Channel,
    mailing: Mailing,
    members: Sequence[AudienceMember],
    now: datetime,
) -> None:
    """Who was greeted; a second greeting of the same day is refused by the table itself."""
    db.add_all(
        Greeting(
            contact_id=member.contact_id,
            occasion=key.occasion,
            occurs_on=key.on,
            channel=channel,
            mailing_id=mailing.id,
            created_at=now,
        )
        for member in members
    )
    try:
        db.flush()
    except DuplicateRow as error:
        raise Refused("care-error-already") from error


def people_of(db: Session, mailing: Mailing) -> int:
    """How many are greeted by it."""
    return db.scalar(select(func.count()).where(Greeting.mailing_id == mailing.id)) or 0
