"""Sign-off of a large audience, and what goes to those added since: frozen and read in the background, in
stretches.

A thousand people are read in a second, so a small audience is checked while its author waits for the page. A
million take a quarter of an hour: then the wish is a row, a worker freezes and reads, the page shows how far
it is, and the message reaches the reviewer when all renderings were read. A worker that dies loses one
stretch; what is edited meanwhile ends the check.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign import approval, audit
from campaign.approval import sealed, waiving
from campaign.audience import terms as sending_terms
from campaign.campaigns import added, people, states
from campaign.clock import house_day
from campaign.db import Database
from campaign.errors import Refused
from campaign.lint import AudienceFinding, house, readings
from campaign.lint.audience import findings_of, read_on
from campaign.lint.gathering import Gathering
from campaign.models import Account, Audience, AudienceCheck, Campaign, CheckState, Contact, Message
from campaign.render.content import MessageContent
from campaign.segments import rule_of, where

# people of a segment; more of them are read in the background
LARGE = 2000
# a worker makes way after so long, for print runs wait in the same queue
STRETCH_SECONDS = 30.0
# reasons given this long after a check serve for it: nobody waits for the same reading twice
REASONS_SERVE = timedelta(hours=1)
OPEN = (CheckState.FREEZING, CheckState.READING)
# first number of pg_try_advisory_xact_lock; the second is the row's
_LOCK = 0x43484543


class _Stopped(Exception):
    """The check was stopped while people were frozen."""


def is_large(db: Session, campaign: Campaign, now: datetime) -> bool:
    """Whether nobody should wait for the check."""
    if campaign.segment is None:
        return False
    fits = where(rule_of(db, campaign.segment), now)
    some = select(Contact.id).where(fits, Contact.erased_at.is_(None)).limit(LARGE + 1).subquery()
    return (db.scalar(select(func.count()).select_from(some)) or 0) > LARGE


def ask(
    db: Session,
    campaign: Campaign,
    account: Account,
    now: datetime,
    note: str = "",
    asks: Mapping[str, str] | None = None,
) -> AudienceCheck:
    """Ask for sign-off. A check that is under way is answered as it is; reasons given for what an earlier one
    found are judged at once, without reading again."""
    if not states.can(campaign, "submit"):
        raise Refused("campaigns-cannot-submit")
    sending_terms.check(sending_terms.from_json(campaign.terms), by_email=campaign.channels != "letter")
    people.require_renderable(db, campaign.message)
    before = newest(db, campaign.message_id)
    if before and before.state in OPEN:
        return before
    if before and asks and _serves(db, before, now):
        before.asks, before.note = dict(asks), note
        _put_up(db, before, campaign, account, now)
        return before
    check = AudienceCheck(
        message_id=campaign.message_id,
        account_id=account.id,
        asked_at=now,
        note=note,
        asks=dict(asks or {}),
    )
    db.add(check)
    db.flush()
    audit.record(db, account, "check.asked", "message", campaign.message_id, now, check=check.id)
    return check


def ask_added(
    db: Session, campaign: Campaign, account: Account, now: datetime, note: str = ""
) -> AudienceCheck:
    """Ask to send to those added since. One that is under way is answered as it is; a note on what an earlier
    one found goes to the reviewer at once, without reading again. Refused as by `added.require_open`."""
    added.lock(db, campaign)
    before = newest(db, campaign.message_id, added_people=True)
    if before and before.state in OPEN:
        return before
    added.require_open(db, campaign)
    if before and note.strip() and _serves(db, before, now):
        before.note = note
        _send_added(db, before, campaign, account, now)
        return before
    check = AudienceCheck(
        message_id=campaign.message_id, account_id=account.id, asked_at=now, note=note, added=True
    )
    db.add(check)
    db.flush()
    audit.record(db, account, "check.asked", "message", campaign.message_id, now, check=check.id)
    return check


def newest(db: Session, message_id: int, *, added_people: bool = False) -> AudienceCheck | None:
    """The last check of a message for its sign-off, or for those added since."""
    found = select(AudienceCheck).where(
        AudienceCheck.message_id == message_id, AudienceCheck.added.is_(added_people)
    )
    return db.scalar(found.order_by(AudienceCheck.id.desc()).limit(1))


def open_ones(db: Session) -> list[int]:
    """Those that a worker should go on with, oldest first."""
    wanted = select(AudienceCheck.id).where(AudienceCheck.state.in_(OPEN))
    return list(db.scalars(wanted.order_by(AudienceCheck.id)))


def stop(
    db: Session, message_id: int, account: Account, now: datetime, *, added_people: bool = False
) -> None:
    """By a person; what was read is not kept."""
    check = newest(db, message_id, added_people=added_people)
    if check is None or check.state not in OPEN:
        raise Refused("review-check-over")
    _end(check, CheckState.STOPPED, now)
    db.flush()
    audit.record(db, account, "check.stopped", "message", message_id, now, check=check.id)


def blocked(db: Session, check: AudienceCheck, now: datetime) -> approval.Blocked | None:
    """What stands in the way as the check found it; None when it found nothing, or of other words."""
    if check.state is not CheckState.BLOCKED or not _is_of_now(db, check):
        return None
    findings = _findings(check)
    standing = waiving.apply(db, check.message_id, findings, house_day(now)).blocking
    return approval.Blocked(findings, standing)


def go_on(
    database: Database, check_id: int, clock: Callable[[], datetime], should_stop: Callable[[], bool]
) -> bool:
    """One stretch of work; True when there is more to do. Two workers at the same check do it once."""
    with database.read() as db:
        check = db.get(AudienceCheck, check_id)
        state = check.state if check else None
    if state is CheckState.FREEZING:
        return _freeze(database, check_id, clock)
    if state is CheckState.READING:
        return _read(database, check_id, clock, should_stop)
    return False


def _freeze(database: Database, check_id: int, clock: Callable[[], datetime]) -> bool:
    try:
        with database.write() as db:
            if not _alone(db, check_id):
                return False
            check = db.get_one(AudienceCheck, check_id)
            if check.state is not CheckState.FREEZING:
                return check.state in OPEN
            campaign = _campaign_of(db, check)
            audience = _frozen(db, check, campaign, clock())
            content = sealed.content_now(db, campaign.message, audience)
            # a person may have stopped it meanwhile: the row is not held while people are frozen
            db.refresh(check, with_for_update=True)
            if check.state is not CheckState.FREEZING:
                raise _Stopped
            check.state, check.audience_id = CheckState.READING, audience.id
            check.content_hash, check.rules = content.sha256, _rules(db)
            check.total = readings.count(db, content, audience)
    except _Stopped:
        return False
    except Refused as error:
        with database.write() as db:
            check = db.get_one(AudienceCheck, check_id, with_for_update=True)
            if check.state is CheckState.FREEZING:
                _refuse(check, error, clock())
        return False
    return True


def _frozen(db: Session, check: AudienceCheck, campaign: Campaign, now: datetime) -> Audience:
    if check.added:
        return added.frozen(db, campaign, now)
    audience = people.freeze_for(db, campaign, now)
    if not audience.counts.get("people"):
        raise Refused("review-nobody")
    return audience


def _read(
    database: Database, check_id: int, clock: Callable[[], datetime], should_stop: Callable[[], bool]
) -> bool:
    """A stretch: read in a transaction that only reads, kept in a short one that writes."""
    until = time.monotonic() + STRETCH_SECONDS
    with database.read() as db:
        if not _alone(db, check_id):
            return False
        check = db.get_one(AudienceCheck, check_id)
        before, rules = check.gathered, _rules(db)
        gathering = Gathering.from_json(before if check.rules == rules else {})
        audience = db.get_one(Audience, check.audience_id)
        content = _content(db, check, audience)
        same = content.sha256 == check.content_hash
        complete = same and read_on(
            db, content, audience, gathering, enough=lambda: time.monotonic() > until or should_stop()
        )
    with database.write() as db:
        check = db.get_one(AudienceCheck, check_id, with_for_update=True)
        if check.state is not CheckState.READING or check.gathered != before:
            return check.state in OPEN
        if not same:
            _end(check, CheckState.CHANGED, clock())
            return False
        check.rules, check.done, check.gathered = rules, gathering.read, gathering.to_json()
        if complete:
            check.findings = [finding.to_json() for finding in findings_of(content, gathering)]
            check.gathered = {}
            finish = _send_added if check.added else _put_up
            finish(db, check, _campaign_of(db, check), db.get_one(Account, check.account_id), clock())
        return not complete


def _put_up(db: Session, check: AudienceCheck, campaign: Campaign, account: Account, now: datetime) -> None:
    """Before the reviewer, unless something stands in the way."""
    audience = db.get_one(Audience, check.audience_id)
    content = _content(db, check, audience)
    if content.sha256 != check.content_hash or not states.can(campaign, "submit"):
        _end(check, CheckState.CHANGED, now)
        return
    asks = {key: str(reason) for key, reason in check.asks.items()}
    try:
        made = approval.put_up(db, content, account, audience, _findings(check), now, check.note, asks)
    except approval.Blocked:
        _end(check, CheckState.BLOCKED, now)
        return
    states.move(db, campaign, "submit", account, now, submission=made.id)
    _end(check, CheckState.SUBMITTED, now)


def _send_added(
    db: Session, check: AudienceCheck, campaign: Campaign, account: Account, now: datetime
) -> None:
    """To those added since, by itself or by way of the reviewer, unless something stands in the way."""
    audience = db.get_one(Audience, check.audience_id)
    content = _content(db, check, audience)
    if content.sha256 != check.content_hash:
        _end(check, CheckState.CHANGED, now)
        return
    try:
        with db.begin_nested():  # a refusal half way leaves nothing but itself
            made = added.decide(db, campaign, content, audience, _findings(check), account, now, check.note)
    except approval.Blocked:
        _end(check, CheckState.BLOCKED, now)
    except Refused as error:
        _refuse(check, error, now)
    else:
        _end(check, CheckState.SENT if made.mailing else CheckState.SUBMITTED, now)


def _refuse(check: AudienceCheck, error: Refused, now: datetime) -> None:
    _end(check, CheckState.REFUSED, now)
    check.refusal = {"key": error.key, "values": {key: str(one) for key, one in error.values.items()}}


def _end(check: AudienceCheck, state: CheckState, now: datetime) -> None:
    check.state, check.ended_at = state, now


def _serves(db: Session, check: AudienceCheck, now: datetime) -> bool:
    """Whether its findings may be answered with reasons now."""
    recent = check.ended_at is not None and now - check.ended_at < REASONS_SERVE
    return (
        recent and check.state is CheckState.BLOCKED and check.rules == _rules(db) and _is_of_now(db, check)
    )


def _is_of_now(db: Session, check: AudienceCheck) -> bool:
    audience = db.get(Audience, check.audience_id) if check.audience_id else None
    return audience is not None and _content(db, check, audience).sha256 == check.content_hash


def _content(db: Session, check: AudienceCheck, audience: Audience) -> MessageContent:
    return sealed.content_now(db, db.get_one(Message, check.message_id), audience)


def _findings(check: AudienceCheck) -> Sequence[AudienceFinding]:
    return [AudienceFinding.from_json(one) for one in check.findings]


def _rules(db: Session) -> str:
    return f"{house.rule_set(db)}/{house.settings_hash(db)}"


def _campaign_of(db: Session, check: AudienceCheck) -> Campaign:
    return db.scalars(select(Campaign).where(Campaign.message_id == check.message_id)).one()


def _alone(db: Session, check_id: int) -> bool:
    """Until this transaction ends no other worker is at the same check. On SQLite the row is compared before
    anything is kept."""
    if db.get_bind().dialect.name != "postgresql":
        return True
    return bool(db.scalar(select(func.pg_try_advisory_xact_lock(_LOCK, check_id))))
