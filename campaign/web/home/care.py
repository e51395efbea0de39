"""The care desk: whom to greet this week, which replies wait."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from campaign.care import plan
from campaign.models import Account, Contact, Reply, ReplyState
from campaign.web import formats, unit
from campaign.web.home.desks import SHOWN, Action, Desk, Item
from campaign.web.language import t
from campaign.web.navigation import link

DAYS = 7
SUBJECT_CHARACTERS = 80


def desk(db: Session, account: Account, now: datetime) -> Desk:
    """Replies first, the oldest on top: people wait for them; then the greetings of the week."""
    today = now.astimezone(ZoneInfo(unit.settings().time_zone)).date()
    due = [each for each in plan.upcoming(db, today, DAYS, now=now) if each.total > each.greeted]
    waiting = (
        Reply.state == ReplyState.OPEN,
        or_(Reply.assigned_to.is_(None), Reply.assigned_to == account.id),
    )
    replies = db.execute(
        select(Reply, Contact.full_name)
        .join(Contact, Contact.id == Reply.contact_id, isouter=True)
        .where(*waiting)
        .order_by(Reply.received_at)
        .limit(SHOWN)
    ).all()
    return Desk(
        name="care",
        counts={
            "replies": db.scalar(select(func.count()).select_from(Reply).where(*waiting)) or 0,
            "greetings": sum(each.total - each.greeted for each in due if each.is_personal),
            "occasions": sum(not each.is_personal for each in due),
        },
        items=[_reply(reply, name) for reply, name in replies] + [_greeting(each) for each in due[:SHOWN]],
        main=Action("home-care-greet", link("care.index")),
        more=Action("home-care-replies", link("replies.index")),
    )


def _reply(reply: Reply, name: str | None) -> Item:
    return Item(
        title=name or reply.from_address or t("home-reply-unknown"),
        href=link("replies.show", reply_id=reply.id),
        state=t("home-reply-waiting"),
        kind="wait",
        note=(reply.subject or reply.text)[:SUBJECT_CHARACTERS],
        at=reply.received_at,
    )


def _greeting(due: plan.Occurrence) -> Item:
    names = ", ".join(person.full_name for person in due.people[:3])
    count = due.total - due.greeted
    return Item(
        title=t(f"care-occasion-{due.key.occasion}"),
        href=link("care.occasion", occasion=due.key.occasion, on=due.key.on.isoformat()),
        state=formats.day(due.key.on, "EEEE d/M"),
        kind="busy",
        note=names if 0 < count <= 3 and names else t("home-greeting-count", count=count),
    )
