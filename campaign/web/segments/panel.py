"""What stands beside a rule: its sentence, how many people, a few of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.contacts.reachable import reachable
from campaign.models import Channel, ConsentPurpose, Contact, Sender
from campaign.segments import Counts, Rule, bind, count, sample
from campaign.segments.asking import TooLong
from campaign.segments.exam import deleted
from campaign.segments.moments import today
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from campaign.web import language, unit
from campaign.web.language import t


@dataclass(frozen=True)
class Panel:
    """`counts` is None without a sender; `sample` names people with the channels that reach them."""

    sentence: str
    counts: Counts | None
    sample: list[tuple[Contact, frozenset[str]]]
    sender: Sender | None
    senders: list[Sender]
    purpose: ConsentPurpose
    problem: str = ""
    """Why nothing was counted."""
    kept_since: date | None = None
    """The rule asks for opens or clicks from before this day, which were deleted."""


@dataclass(frozen=True)
class Asked:
    """For whom the request counts: `sender` is None while there is none."""

    sender: Sender | None
    senders: list[Sender]
    purpose: ConsentPurpose


def asked() -> Asked:
    """The sender and purpose that the request asks for (`sender_id`, `purpose`)."""
    senders = list(unit.db().scalars(select(Sender).where(Sender.active).order_by(Sender.id)))
    wanted = request.values.get("sender_id", "")
    sender = next((one for one in senders if str(one.id) == wanted), next(iter(senders), None))
    word = request.values.get("purpose", "")
    purpose = ConsentPurpose(word) if word in set(ConsentPurpose) else ConsentPurpose.MARKETING
    return Asked(sender, senders, purpose)


def panel(rule: Rule, of: int | None = None) -> Panel:
    """Count for the sender and purpose that the request asks for; `of` is the segment whose rule it is.

    InvalidInput when the rule names what is not there, or itself.
    """
    db, now = unit.db(), unit.now()
    rule = bind(db, rule, of)
    wanted = asked()
    sender, purpose = wanted.sender, wanted.purpose
    found = Panel(
        sentence=describe(rule, language.current(), names_for(db, today(now))),
        counts=None, sample=[], sender=sender, senders=wanted.senders, purpose=purpose,
        kept_since=deleted.missing(db, rule, now),
    )  # fmt: skip
    try:
        with unit.asking() as limited:
            counts = count(limited, rule, sender_id=sender.id, purpose=purpose, now=now) if sender else None
            return replace(found, counts=counts, sample=_sample(limited, rule, sender, purpose, now))
    except TooLong as error:
        return replace(found, problem=t(error.key, **error.values))


def _sample(
    db: Session, rule: Rule, sender: Sender | None, purpose: ConsentPurpose, now: datetime
) -> list[tuple[Contact, frozenset[str]]]:
    people = sample(db, rule, now=now)
    reached: dict[str, set[int]] = {}
    if sender is not None:
        ids = [contact.id for contact in people]
        for channel in Channel:
            condition = reachable(channel, purpose, sender.id, now)
            reached[channel.value] = set(db.scalars(select(Contact.id).where(Contact.id.in_(ids), condition)))
    return [
        (contact, frozenset(channel for channel, ids in reached.items() if contact.id in ids))
        for contact in people
    ]
