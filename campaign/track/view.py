"""The message as its recipient got it, made again from what was signed and the frozen values."""

from __future__ import annotations

from collections import OrderedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.dispatch.writer import house_day
from campaign.errors import NotFound, TemplateError, TokenError
from campaign.links import Addresses, Purpose, Signer
from campaign.models import AudienceMember, Channel, Delivery, Link, Mailing, Submission
from campaign.render import content as contents
from campaign.render.email import CompiledEmail, EmailParts, compile_email

# messages that are being looked at in one hour; a compiled one takes some 100 kB
REMEMBERED = 32
_compiled: OrderedDict[tuple[str, int], CompiledEmail] = OrderedDict()


def delivery_of(db: Session, signer: Signer, token: str) -> Delivery | None:
    """The delivery that a view token names; None for every other text."""
    try:
        ids = signer.read_link(Purpose.VIEW, token)
    except TokenError:
        return None
    return db.get(Delivery, ids[0]) if len(ids) == 1 else None


def html_of(db: Session, delivery: Delivery, settings: Settings) -> str | None:
    """The page for the recipient, with their own links; None when it cannot be made any more."""
    where = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    mailing = db.get_one(Mailing, delivery.mailing_id)
    links = db.scalars(select(Link).where(Link.message_id == mailing.message_id))
    parts = _fill(
        db,
        delivery,
        {
            "unsubscribe_url": where.unsubscribe(delivery.id),
            "view_url": where.view(delivery.id),
            **_system(delivery),
        },
        {link.url: where.click(delivery.id, link.id) for link in links},
    )
    return parts.html if parts else None


def for_staff(db: Session, delivery: Delivery) -> EmailParts | None:
    """The same for people who work here: no link of it acts for the recipient."""
    return _fill(db, delivery, {"unsubscribe_url": "#", "view_url": "#", **_system(delivery)}, {})


def _fill(
    db: Session, delivery: Delivery, system: dict[str, str], links: dict[str, str]
) -> EmailParts | None:
    if delivery.channel is not Channel.EMAIL or delivery.address == "":
        return None  # a letter, or its person was erased, or its days are over
    member = db.get_one(AudienceMember, delivery.audience_member_id)
    try:
        return _compile(db, delivery).fill(member.values, system, links)
    except (NotFound, TemplateError, KeyError):
        return None  # the content was never kept, or is of a schema that we no longer read


def _system(delivery: Delivery) -> dict[str, str]:
    """What the copy may name beside the links: the day is the message's own."""
    moment = delivery.dated_at or delivery.settled_at
    sent_on = house_day(moment) if moment else ""
    return {"pixel_url": "", "reply_code": "", "today": sent_on}


def _compile(db: Session, delivery: Delivery) -> CompiledEmail:
    mailing = db.get_one(Mailing, delivery.mailing_id)
    key = (mailing.content_hash, delivery.variant_id)
    known = _compiled.get(key)
    if known is None:
        stored = db.get_one(Submission, mailing.submission_id).content
        known = compile_email(contents.from_json(db, stored), delivery.variant_id)
        _compiled[key] = known
        while len(_compiled) > REMEMBERED:
            _compiled.popitem(last=False)
    return known
