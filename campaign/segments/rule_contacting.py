"""Conditions on being written to: whether one may, what was agreed to, and what came of earlier mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from campaign.models import Channel, ConsentPurpose
from campaign.segments.comparing import NUMBER_LIMIT
from campaign.segments.parts import number, only, text, word, wrong
from campaign.segments.period import PERIOD, Timed, period


@dataclass(frozen=True)
class Reachable:
    """May be written to by this sender for this purpose on this channel, now."""

    channel: Channel
    purpose: ConsentPurpose
    sender_id: int


class Standing(StrEnum):
    """What the ledger says now."""

    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    UNASKED = "unasked"  # nothing, or what was entered by mistake and taken back


@dataclass(frozen=True)
class Consented:
    """What the ledger says for that channel and purpose to this sender; 0: to any (`unasked`: to all)."""

    standing: Standing
    channel: Channel
    purpose: ConsentPurpose
    sender_id: int = 0


class Act(StrEnum):
    """What came of a mailing; machines' opens and clicks are nobody's."""

    RECEIVED = "received"  # a server accepted it, or it was posted
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    NO_REPLY = "no_reply"  # received, and replied to none of what was received


@dataclass(frozen=True, kw_only=True)
class Engagement(Timed):
    """What came of mail on a channel ("": either) of a campaign (0: any), in the period.

    Of what is received the day counts on which it went out, of the others the day on which they were done.
    """

    act: Act
    channel: str = ""
    campaign_id: int = 0


def _reachable(given: Mapping[str, Any]) -> Reachable:
    only(given, "channel", "purpose", "sender_id")
    sender_id = number(given, "sender_id", 1, NUMBER_LIMIT)
    return Reachable(word(given, "channel", Channel), word(given, "purpose", ConsentPurpose), sender_id)


def _consented(given: Mapping[str, Any]) -> Consented:
    only(given, "standing", "channel", "purpose", "sender_id")
    return Consented(
        word(given, "standing", Standing), word(given, "channel", Channel),
        word(given, "purpose", ConsentPurpose), number(given, "sender_id", 0, NUMBER_LIMIT, 0),
    )  # fmt: skip


def _engagement(given: Mapping[str, Any]) -> Engagement:
    only(given, "act", "channel", "campaign_id", *PERIOD)
    channel = text(given, "channel", "")
    if channel and channel not in set(Channel):
        raise wrong("channel")
    campaign_id = number(given, "campaign_id", 0, NUMBER_LIMIT, 0)
    return Engagement(act=word(given, "act", Act), channel=channel, campaign_id=campaign_id, **period(given))


NODES = {
    "reachable": (Reachable, _reachable), "consent": (Consented, _consented),
    "engagement": (Engagement, _engagement),
}  # fmt: skip
Contacting = Reachable | Consented | Engagement
