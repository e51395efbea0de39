"""From a frozen audience to delivery rows, in chunks that may stop and go on anywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, null, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from campaign.dispatch import hours, message_id, timing
from campaign.models import (
    Account,
    AudienceMember,
    Channel,
    Contact,
    Delivery,
    DeliveryState,
    Mailing,
    MailingState,
    MemberPart,
    Message,
    MessageKind,
    Submission,
)

# one statement a chunk: long enough to be fast, short enough that SQLite's writers wait under a second
CHUNK_ROWS = 20_000
# reliability.md §2 rule 7: retries go on for 48 hours unless the mailing says otherwise
ATTEMPTS_FOR = timedelta(hours=48)


def new_mailing(
    db: Session,
    *,
    submission: Submission,
    audience_id: int,
    created_by: Account | int,
    now: datetime,
    campaign_id: int | None = None,
    kind: MessageKind | None = None,
    occasion: str = "",
    deadline: datetime | None = None,
    hour: timing.Timing | None = None,
) -> Mailing:
    """A mailing that goes out under `submission`. It has no rows yet: `plan`, then `control.start`."""
    message = db.get_one(Message, submission.message_id)
    mailing = Mailing(
        kind=kind or message.kind,
        campaign_id=campaign_id,
        message_id=message.id,
        audience_id=audience_id,
        submission_id=submission.id,
        content_hash=submission.content_hash,
        state=MailingState.PLANNED,
        occasion=occasion,
        created_by=created_by if isinstance(created_by, int) else created_by.id,
        created_at=now,
        deadline=deadline or last_hour(db, audience_id, hour, now) + ATTEMPTS_FOR,
        timing=hour.to_json() if hour else {},
    )
    db.add(mailing)
    db.flush()
    return mailing


def last_hour(db: Session, audience_id: int, hour: timing.Timing | None, now: datetime) -> datetime:
    """When the last of the audience is tried for the first time: now, unless each has an hour."""
    if hour is None or not hour.each:
        return now
    return max([now, *hours.moments(db, hours.everybody(audience_id), hour)])


def outlast(db: Session, mailing_id: int, until: datetime) -> None:
    """Some are tried for the first time only then: they are tried for as long as everybody."""
    deadline = until + ATTEMPTS_FOR
    later = update(Mailing).where(Mailing.id == mailing_id, Mailing.deadline < deadline)
    db.execute(later.values(deadline=deadline), execution_options={"synchronize_session": False})


def plan(db: Session, mailing: Mailing) -> int:
    """Make all rows of the mailing; how many it has now. Doing it twice changes nothing."""
    while plan_chunk(db, mailing) > 0:
        pass
    return planned(db, mailing)


def plan_chunk(db: Session, mailing: Mailing, size: int = CHUNK_ROWS) -> int:
    """Make the next rows, in the order of the audience; of how many members (0: all have theirs).

    The mailing keeps how far it is, so a planner that was killed goes on where its last commit was. Two that
    make the same rows make them once.
    """
    # asked anew: the object may be older than another planner's chunk
    after = db.scalars(select(Mailing.planned_to).where(Mailing.id == mailing.id)).one()
    wanted = select(AudienceMember.id).where(*_of_audience(mailing), AudienceMember.id > after)
    chunk = wanted.order_by(AudienceMember.id).limit(size).subquery()
    count, last = db.execute(select(func.count(), func.max(chunk.c.id)).select_from(chunk)).one()
    if count:
        _make_rows(db, mailing, after, last)
        reached = update(Mailing).where(Mailing.id == mailing.id, Mailing.planned_to < last)
        db.execute(reached.values(planned_to=last), execution_options={"synchronize_session": False})
    return int(count)


def _of_audience(mailing: Mailing) -> tuple[ColumnElement[bool], ...]:
    """Everybody frozen but those held out."""
    member = AudienceMember
    return (member.audience_id == mailing.audience_id, member.part != MemberPart.HELD_OUT)


def _make_rows(db: Session, mailing: Mailing, after: int, last: int) -> None:
    """The rows of the members behind `after` up to `last`, in one statement."""
    table = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    member = AudienceMember
    chunk = (*_of_audience(mailing), member.id > after, member.id <= last)
    state, due = _first_state(db, mailing, select(member.contact_id).where(*chunk))
    rows = (
        select(
            literal(mailing.id),
            member.contact_id,
            member.channel,
            member.id,
            member.variant_id,
            member.address,
            member.address_key,
            state,
            due,
            *(literal(value) for value in _DEFAULTS.values()),
            message_id.expression(mailing, db.get_one(Message, mailing.message_id).sender.domain),
        )
        .where(*chunk)
        .order_by(member.id)
    )
    if mailing.timing.get("each"):
        rows = rows.join(Contact, Contact.id == member.contact_id)
    columns = [
        "mailing_id",
        "contact_id",
        "channel",
        "audience_member_id",
        "variant_id",
        "address",
        "address_key",
        "state",
        "next_attempt_at",
        *_DEFAULTS,
        "message_id_header",
    ]
    statement = table.insert(Delivery.__table__).from_select(columns, rows, include_defaults=False)
    db.connection().execute(statement.on_conflict_do_nothing())


def _first_state(
    db: Session, mailing: Mailing, people: Select[int]
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """State and next attempt of a new row: queued, or deferred until the recipient's hour, or, in the rest
    of a test, deferred until its winner is known (no time)."""
    queued, deferred = (
        literal(state, Delivery.state.type) for state in (DeliveryState.QUEUED, DeliveryState.DEFERRED)
    )
    never: ColumnElement[Any] = sql_cast(null(), Delivery.next_attempt_at.type)
    rest = AudienceMember.part == MemberPart.REST
    hour = timing.from_json(mailing.timing)
    if hour is None or not hour.each:
        return case((rest, deferred), else_=queued), never
    at = hours.expression(db, people, hour)
    begins = literal(mailing.started_at or mailing.created_at, Delivery.next_attempt_at.type)
    # nobody's clock matters to a letter
    by_email = AudienceMember.channel == Channel.EMAIL
    waits = and_(by_email, AudienceMember.part != MemberPart.REST, at > begins)
    return case((rest, deferred), (waits, deferred), else_=queued), case((waits, at), else_=never)


# what the model fills in Python, an INSERT … SELECT must say
_DEFAULTS: dict[str, Any] = {
    "reason": "",
    "attempt": 0,
    "fence": 0,
    "lease_owner": "",
    "body_sha256": "",
    "smtp_reply": "",
}


def planned(db: Session, mailing: Mailing) -> int:
    """Rows that the mailing has."""
    return db.scalar(select(func.count()).where(Delivery.mailing_id == mailing.id)) or 0


def is_complete(db: Session, mailing: Mailing) -> bool:
    """True when every frozen recipient has a row; before that nothing may be sent."""
    return planned(db, mailing) == to_plan(db, mailing)


def to_plan(db: Session, mailing: Mailing) -> int:
    """Rows that the mailing will have: everybody frozen but those held out."""
    return db.scalar(select(func.count()).select_from(AudienceMember).where(*_of_audience(mailing))) or 0
