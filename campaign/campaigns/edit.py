"""Every change to what will be signed goes through here.

Each notes who changed which part (nobody signs what they touched), voids what was submitted, and brings
the campaign back to its draft.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import approval, audit
from campaign.campaigns import states
from campaign.errors import InvalidInput, Refused, SetupError
from campaign.models import (
    Account,
    Campaign,
    Channel,
    Message,
    MessageEdit,
    MessageKind,
    OfferType,
    Segment,
    Sender,
)
from campaign.render import layouts

# autosave runs every few seconds of writing: one note per person, part and this span is enough
SAME_SITTING = timedelta(minutes=10)
NAME_LENGTH = 200
CHANNELS = ("email", "letter", "both")
_FIELD = {Channel.EMAIL: "email_layout", Channel.LETTER: "letter_layout"}
# what a new message of a kind begins with, where there is a layout of that name
PREFERRED_LAYOUTS = {
    MessageKind.MARKETING: ("offer", "business"),
    MessageKind.GREETING: ("greeting",),
}
OTHERWISE = ("letterhead", "business")


def campaign_of(db: Session, message: Message) -> Campaign | None:
    """The campaign that sends this message; None for greetings."""
    return db.scalar(select(Campaign).where(Campaign.message_id == message.id))


def must_be_open(db: Session, message: Message) -> None:
    """Refuses once sending began: what went out is not rewritten."""
    campaign = campaign_of(db, message)
    if campaign and campaign.state not in states.EDITABLE:
        raise Refused("campaigns-cannot-edit")


def touched(db: Session, message: Message, account: Account, parts: list[str], now: datetime) -> None:
    """Note a change of `parts`; every function below ends here."""
    if not parts:
        return
    must_be_open(db, message)
    fresh = [part for part in parts if not _noted(db, message, account, part, now)]
    for part in fresh:
        db.add(MessageEdit(message_id=message.id, account_id=account.id, part=part, at=now))
    message.updated_at = now
    db.flush()
    if fresh:
        audit.record(db, account, "message.edited", "message", message.id, now, parts=fresh)
    approval.void(db, message.id, account, now)
    if campaign := campaign_of(db, message):
        campaign.send_at, campaign.timing = None, {}
        states.move(db, campaign, "reopen", account, now)


def _noted(db: Session, message: Message, account: Account, part: str, now: datetime) -> bool:
    found = db.scalar(
        select(MessageEdit.id).where(
            MessageEdit.message_id == message.id,
            MessageEdit.account_id == account.id,
            MessageEdit.part == part,
            MessageEdit.at > now - SAME_SITTING,
        )
    )
    return found is not None


def set_segment(db: Session, campaign: Campaign, segment: Segment, account: Account, now: datetime) -> None:
    """To whom."""
    if campaign.segment_id != segment.id:
        must_be_open(db, campaign.message)
        campaign.segment = segment
        touched(db, campaign.message, account, ["segment"], now)


def set_head(
    db: Session,
    campaign: Campaign,
    account: Account,
    now: datetime,
    *,
    name: str,
    goal: str,
    kind: MessageKind,
    sender: Sender,
    channels: str,
    offer_type: OfferType | None = None,
) -> None:
    """Name and goal are for staff; the others are part of what is signed."""
    message = campaign.message
    must_be_open(db, message)
    campaign.name = message.name = clean_name(name)
    campaign.goal = goal.strip()
    parts = []
    if message.kind is not kind:
        message.kind = kind
        parts.append("kind")
    if message.offer_type is not offer_type:
        message.offer_type = offer_type
        parts.append("offer_type")
    if message.sender_id != sender.id:
        message.sender = sender
        parts.append("sender")
    if campaign.channels != check_channels(channels):
        campaign.channels = channels
        parts.append("channels")
        for channel in Channel:
            _fit_layout(message, channel, wanted=channels in (channel.value, "both"))
    campaign.updated_at = now
    touched(db, message, account, parts, now)


def _fit_layout(message: Message, channel: Channel, wanted: bool) -> None:
    chosen = layout_of(message, channel)
    setattr(message, _FIELD[channel], (chosen or default_layout(channel, message.kind)) if wanted else "")


def layout_of(message: Message, channel: Channel) -> str:
    """The name of the layout; empty when the message does not go by this channel."""
    return str(getattr(message, _FIELD[channel]))


def default_layout(channel: Channel, kind: MessageKind) -> str:
    """What a new message begins with: the one that suits its kind, or the first there is."""
    names = [layout.name for layout in layouts.all_of(channel)]
    if not names:
        raise SetupError(f"There is no layout under templates/{layouts.FOLDERS[channel]}/.")
    wanted = PREFERRED_LAYOUTS.get(kind, OTHERWISE)
    return next((name for name in wanted if name in names), names[0])


def set_layout(
    db: Session, message: Message, channel: Channel, name: str, account: Account, now: datetime
) -> None:
    """The look, per channel: a folder under `templates/email/` or `templates/letters/`."""
    if layout_of(message, channel) != name:
        must_be_open(db, message)
        layouts.load(channel, name)  # NotFound for a name out of thin air
        setattr(message, _FIELD[channel], name)
        touched(db, message, account, [_FIELD[channel]], now)


def clean_name(name: str) -> str:
    """One line, not empty."""
    clean = " ".join(name.split())
    if not clean:
        raise InvalidInput("campaigns-name-missing", field="name")
    if len(clean) > NAME_LENGTH:
        raise InvalidInput("campaigns-name-long", field="name", limit=NAME_LENGTH)
    return clean


def check_channels(channels: str) -> str:
    """`email`, `letter` or `both`."""
    if channels not in CHANNELS:
        raise InvalidInput("campaigns-channels-missing", field="channels")
    return channels
