"""What stands beside a rule: its sentence, how many people, a few of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy import select

from campaign.contacts.reachable import reachable
from campaign.models import Channel, ConsentPurpose, Contact, Sender
from campaign.segments import Counts, Rule, count, sample
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from campaign.web import language, unit


@dataclass(frozen=True)
class Panel:
    """`counts` is None without a sender; `sample` names people with the channels that reach them."""

    sentence: str
    counts: Counts | None
    sample: list[tuple[Contact, frozenset[str]]]
    sender: Sender | None
    senders: list[Sender]
    purpose: ConsentPurpose


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


def panel(rule: Rule) -> Panel:
    """Count for the sender and purpose that the request asks for."""
    db, now = unit.db(), unit.now()
    wanted = asked()
    sender, purpose = wanted.sender, wanted.purpose
    people = sample(db, rule, now=now)
    reached: dict[str, set[int]] = {}
    if sender is not None:
        ids = [contact.id for contact in people]
        for channel in Channel:
            condition = reachable(channel, purpose, sender.id, now)
            reached[channel.value] = set(db.scalars(select(Contact.id).where(Contact.id.in_(ids), condition)))
    return Panel(
        sentence=describe(rule, language.current(), names_for(db)),
        counts=count(db, rule, sender_id=sender.id, purpose=purpose, now=now) if sender else None,
        sample=[
            (contact, frozenset(channel for channel, ids in reached.items() if contact.id in ids))
            for contact in people
        ],
        sender=sender,
        senders=wanted.senders,
        purpose=purpose,
    )
