"""Senders: who writes. In: the facts of a form; out: rows that messages name.

A change reaches every message of the sender: sign-offs bound to the old facts no longer hold, and whoever
made the change has touched these messages, so they may not sign them.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import String, insert, literal, select
from sqlalchemy.orm import Session

from campaign import audit
from campaign.errors import InvalidInput, NotFound
from campaign.models import Account, Message, MessageEdit, Sender

DEFAULT_COLOUR = "#8a2b1d"
COLOUR = re.compile(r"#[0-9a-f]{6}")
COUNTRY = re.compile(r"[A-Z]{2}")
# white letters on a button of this colour must be read: WCAG 2.2 success criterion 1.4.3
LEAST_CONTRAST = 4.5
REQUIRED = ("name", "from_name", "from_email", "organisation", "street", "locality", "country")


@dataclass(frozen=True)
class SenderFacts:
    """What a form says of a sender; one line each."""

    name: str
    from_name: str
    from_email: str
    organisation: str
    street: str
    locality: str
    country: str = "VN"
    phone: str = ""
    website: str = ""
    signatory: str = ""
    signatory_position: str = ""
    colour: str = DEFAULT_COLOUR
    tagline: str = ""


LIMITS: dict[str, int] = {
    column.name: column.type.length
    for column in Sender.__table__.columns
    if isinstance(column.type, String) and column.type.length
}
TAGLINE_LIMIT = 120


def create(db: Session, actor: Account | None, facts: SenderFacts, now: datetime) -> Sender:
    """A new sender."""
    clean = _checked(db, facts, None)
    sender = Sender(created_at=now, active=True, brand={})
    _write(sender, clean)
    db.add(sender)
    db.flush()
    audit.record(db, actor, "sender.created", "sender", sender.id, now, **clean)
    return sender


def change(db: Session, actor: Account | None, sender: Sender, facts: SenderFacts, now: datetime) -> bool:
    """Other facts; False when nothing differs."""
    clean = _checked(db, facts, sender.id)
    before = facts_of(sender)
    changed = {key: [before[key], value] for key, value in clean.items() if before[key] != value}
    if not changed:
        return False
    _write(sender, clean)
    if actor is not None:
        _touch_messages(db, sender, actor, now)
    audit.record(db, actor, "sender.changed", "sender", sender.id, now, **changed)
    return True


def set_active(db: Session, actor: Account | None, sender: Sender, active: bool, now: datetime) -> None:
    """Whether new messages may name this sender."""
    if sender.active != active:
        sender.active = active
        action = "sender.activated" if active else "sender.retired"
        audit.record(db, actor, action, "sender", sender.id, now)


def get(db: Session, sender_id: int) -> Sender:
    """The sender; NotFound when there is none."""
    sender = db.get(Sender, sender_id)
    if sender is None:
        raise NotFound
    return sender


def everybody(db: Session) -> list[Sender]:
    """All senders, active ones first, by name."""
    return list(db.scalars(select(Sender).order_by(Sender.active.desc(), Sender.name)))


def facts_of(sender: Sender) -> dict[str, str]:
    """The facts as a form shows them."""
    brand = {"colour": sender.brand.get("colour", DEFAULT_COLOUR), "tagline": sender.brand.get("tagline", "")}
    return {key: brand[key] if key in brand else getattr(sender, key) for key in _names()}


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2 between `#rrggbb` and white, from 1 to 21."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _names() -> list[str]:
    return list(SenderFacts.__dataclass_fields__)


def _checked(db: Session, facts: SenderFacts, own_id: int | None) -> dict[str, str]:
    """Facts on one line each, within their limits, complete and usable."""
    clean = {key: " ".join(str(value).split()) for key, value in asdict(facts).items()}
    for key in REQUIRED:
        if not clean[key]:
            raise InvalidInput("admin-sender-missing", field=key)
    for key, value in clean.items():
        limit = LIMITS.get(key, TAGLINE_LIMIT)
        if len(value) > limit:
            raise InvalidInput("admin-sender-long", field=key, most=limit)
    clean["from_email"] = _email(clean["from_email"])
    clean["country"] = clean["country"].upper()
    if not COUNTRY.fullmatch(clean["country"]):
        raise InvalidInput("admin-sender-country", field="country")
    if clean["website"] and not clean["website"].startswith(("https://", "http://")):
        raise InvalidInput("admin-sender-website", field="website")
    clean["colour"] = _colour(clean["colour"])
    taken = db.scalar(select(Sender.id).where(Sender.name == clean["name"]))
    if taken is not None and taken != own_id:
        raise InvalidInput("admin-sender-taken", field="name", name=clean["name"])
    return clean


def _email(text: str) -> str:
    try:
        # the part before the @ in ASCII: what we send must pass through every server
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as error:
        raise InvalidInput("auth-email-invalid", field="from_email") from error


def _colour(text: str) -> str:
    colour = text.lower()
    if not COLOUR.fullmatch(colour):
        raise InvalidInput("admin-sender-colour", field="colour")
    if contrast_with_white(colour) < LEAST_CONTRAST:
        raise InvalidInput("admin-sender-colour-pale", field="colour")
    return colour


def _write(sender: Sender, clean: dict[str, str]) -> None:
    for key, value in clean.items():
        if key not in {"colour", "tagline"}:
            setattr(sender, key, value)
    sender.brand = sender.brand | {"colour": clean["colour"], "tagline": clean["tagline"]}


def _touch_messages(db: Session, sender: Sender, actor: Account, now: datetime) -> None:
    touched = select(
        Message.id, literal(actor.id), literal("sender"), literal(now, MessageEdit.at.type)
    ).where(Message.sender_id == sender.id)
    db.execute(insert(MessageEdit).from_select(["message_id", "account_id", "part", "at"], touched))
