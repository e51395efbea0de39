"""The campaign's side of segment and audience: whom this sender may reach, and the freeze."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.audience import fields, freeze, terms
from campaign.audience.division import Division
from campaign.compose import document as documents
from campaign.compose.check import Problem, check_document
from campaign.compose.fields import contact_fields
from campaign.errors import Refused
from campaign.models import (
    FIRST_ARM,
    Audience,
    Campaign,
    Channel,
    ConsentPurpose,
    Contact,
    CustomField,
    Message,
    MessageVariant,
)
from campaign.render import content as contents
from campaign.segments import Rule, count, rule_of, sample


def channels_of(campaign: Campaign) -> list[Channel]:
    """`both` is each of them."""
    return [channel for channel in Channel if campaign.channels in (channel.value, "both")]


def purpose_of(message: Message) -> ConsentPurpose:
    """What the person must have agreed to; a greeting with an offer in it is marketing."""
    purpose = contents.from_message(message).purpose
    if purpose is None:
        raise Refused("campaigns-kind-no-campaign")
    return purpose


def variants_of(campaign: Campaign | None, message: Message) -> list[MessageVariant]:
    """Those that go out: of a campaign's test its arms, without a test the first arm alone."""
    arms = terms.from_json(campaign.terms).arms if campaign else (FIRST_ARM,)
    return [variant for variant in message.variants if variant.arm in arms]


def fields_of(message: Message) -> set[str]:
    """The merge fields that any variant uses."""
    used: set[str] = set()
    for variant in message.variants:
        used |= contact_fields(documents.from_json(variant.document))
    return used


def custom_keys(db: Session) -> list[str]:
    """The house's own fields."""
    return list(db.scalars(select(CustomField.key).order_by(CustomField.key)))


def problems_of(db: Session, message: Message) -> list[Problem]:
    """What cannot be rendered in any variant, and so goes to nobody."""
    known = fields.known_fields(custom_keys(db))
    return [
        problem
        for variant in variants_of(_campaign_of(db, message), message)
        for problem in check_document(documents.from_json(variant.document), known)
    ]


def _campaign_of(db: Session, message: Message) -> Campaign | None:
    return db.scalar(select(Campaign).where(Campaign.message_id == message.id))


def require_renderable(db: Session, message: Message) -> None:
    """Refuse while any variant holds what cannot be rendered."""
    if problems := problems_of(db, message):
        raise Refused("editor-problems-left", count=len(problems))


def freeze_for(db: Session, campaign: Campaign, now: datetime) -> Audience:
    """Freeze whom the campaign's segment names at this moment, with the values the copy uses."""
    if campaign.segment is None:
        raise Refused("campaigns-no-segment")
    message = campaign.message
    require_renderable(db, message)
    ids: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for variant in message.variants:
        ids[variant.arm][variant.language] = variant.id
    chosen = terms.from_json(campaign.terms)
    return freeze.freeze(
        db,
        message_id=message.id,
        rule=rule_of(db, campaign.segment),
        segment_name=campaign.segment.name,
        field_names=fields_of(message),
        variants=ids[FIRST_ARM],
        channels=channels_of(campaign),
        purpose=purpose_of(message),
        sender_id=message.sender_id,
        now=now,
        division=Division(chosen, str(message.id), ids) if chosen.divides else None,
    )


@dataclass(frozen=True)
class Reach:
    """Of the `total` people of a rule: how many can be written to on each of the campaign's channels, how
    many in all, and how many are left out."""

    total: int
    people: int
    email: int
    letter: int

    @property
    def left_out(self) -> int:
        return max(0, self.total - self.people)


def reach_of(db: Session, campaign: Campaign, rule: Rule, now: datetime) -> Reach:
    """Count for this campaign's sender, kind and channels."""
    message = campaign.message
    counts = count(db, rule, sender_id=message.sender_id, purpose=purpose_of(message), now=now)
    channels = channels_of(campaign)
    email = counts.email if Channel.EMAIL in channels else 0
    letter = counts.letter if Channel.LETTER in channels else 0
    on_both = counts.both if len(channels) > 1 else 0
    return Reach(counts.people, email + letter - on_both, email, letter)


def sample_of(db: Session, rule: Rule, now: datetime, limit: int = 6) -> list[Contact]:
    """Some of the rule's living people."""
    found = sample(db, rule, now=now, limit=2 * limit)
    return [contact for contact in found if contact.deceased_at is None][:limit]
