"""The arms of a test in numbers, and which variant of one arm is which of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from campaign.audience.terms import Measure, TrialTerms
from campaign.compose import document as documents
from campaign.compose.document import Part
from campaign.models import (
    AudienceMember,
    Channel,
    Delivery,
    DeliveryState,
    Event,
    EventKind,
    Mailing,
    MemberPart,
    MessageVariant,
)
from campaign.stats import Share
from campaign.track import engagement

# by arm, in the order of the terms
Figures = dict[str, Share]

_KIND = {Measure.OPEN: EventKind.OPEN, Measure.CLICK: EventKind.CLICK, Measure.REPLY: EventKind.REPLY}


def figures(db: Session, mailing: Mailing, terms: TrialTerms) -> Figures:
    """Of each arm's sample: the people whom it reached, and those of them who did what is measured. Opens
    and clicks are an e-mail's; a reply counts on any channel, and once a person."""
    people = func.count(Delivery.contact_id.distinct())
    reached = (
        select(MessageVariant.arm, people)
        .join(AudienceMember, AudienceMember.id == Delivery.audience_member_id)
        .join(MessageVariant, MessageVariant.id == Delivery.variant_id)
        .where(
            Delivery.mailing_id == mailing.id,
            Delivery.state == DeliveryState.ACCEPTED,
            AudienceMember.part == MemberPart.SAMPLE,
        )
        .group_by(MessageVariant.arm)
    )
    if terms.measure is not Measure.REPLY:
        reached = reached.where(Delivery.channel == Channel.EMAIL)
    answered = reached.join(Event, Event.delivery_id == Delivery.id).where(
        Event.kind == _KIND[terms.measure], Event.machine.is_(False)
    )
    sent = {row[0]: row[1] for row in db.execute(reached)}
    kept = engagement.kept(db, [mailing.id]).get(mailing.id)
    if kept is not None and terms.measure is not Measure.REPLY:
        hits = kept.figures["arms"][_KIND[terms.measure].value]
    else:
        hits = {row[0]: row[1] for row in db.execute(answered)}
    return {arm: Share(hits.get(arm, 0), sent.get(arm, 0)) for arm in terms.arms}


def subjects(content: Mapping[str, Any]) -> dict[str, str]:
    """Of what was signed: the subject of each arm, in the first language."""
    found: dict[str, str] = {}
    for item in content["variants"]:
        block = documents.from_json(item["document"]).first(Part.SUBJECT)
        found.setdefault(item["arm"], block.text if block else "")
    return found


def counterparts(content: Mapping[str, Any], arm: str) -> dict[int, int]:
    """Of what was signed: the id of each variant, and the id of the same language's in that arm."""
    in_arm = {item["language"]: item["id"] for item in content["variants"] if item["arm"] == arm}
    return {item["id"]: in_arm.get(item["language"], item["id"]) for item in content["variants"]}
