"""Delivery status notifications (RFC 3464) and what they mean for an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from campaign.inbound.parse import Parsed

# enhanced status codes (RFC 3463) that say that the address itself is dead; other 5.x.x speak of a full
# mailbox, a policy or our content, and the address may well work tomorrow
DEAD_ADDRESS = frozenset(("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"))
# words that servers put beside a bare 5.0.0 or 550 when they mean the same
DEAD_WORDS = re.compile(
    r"user unknown|unknown user|no such (?:user|recipient)|mailbox (?:not found|unavailable|does not exist)"
    r"|does not exist|recipient (?:not found|address rejected: user)|invalid recipient|unrouteable address"
    r"|host (?:or domain name )?not found|account (?:is )?disabled",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_FIELD = re.compile(r"^([A-Za-z-]{1,40}):[ \t]*(.*)$")
# a bounce in free words is short at its top; what follows is our own mail
PROSE_CHARACTERS = 5_000


class Weight(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    NONE = "none"  # delayed, delivered, relayed


@dataclass(frozen=True)
class Bounce:
    weight: Weight
    status: str
    """Enhanced status code, or empty."""
    diagnostic: str


def read(mail: Parsed, envelope_from: str) -> Bounce | None:
    """What the mail says about a delivery, or None when it is no delivery status at all."""
    report = mail.reports.get("message/delivery-status")
    if report is not None:
        return _from_fields(report)
    if mail.report_type == "delivery-status" or _from_a_daemon(mail, envelope_from):
        return _from_prose(mail.text[:PROSE_CHARACTERS])
    return None


def _from_fields(report: str) -> Bounce:
    """RFC 3464 §2.3: the worst of the per-recipient groups counts."""
    found = [_from_group(group) for group in re.split(r"\n\s*\n", report)]
    order = [Weight.HARD, Weight.SOFT, Weight.NONE]
    bounces = [bounce for bounce in found if bounce is not None]
    return min(bounces, key=lambda one: order.index(one.weight), default=Bounce(Weight.SOFT, "", ""))


def _from_group(group: str) -> Bounce | None:
    fields = {
        match[1].lower(): match[2].strip() for line in group.splitlines() if (match := _FIELD.match(line))
    }
    action = fields.get("action", "").lower()
    if not action:
        return None
    status = _STATUS.search(fields.get("status", ""))
    diagnostic = fields.get("diagnostic-code", "")[:500]
    code = status[1] if status else ""
    if action != "failed":
        return Bounce(Weight.NONE, code, diagnostic)
    return Bounce(_weight(code, diagnostic), code, diagnostic)


def _from_prose(text: str) -> Bounce:
    status = _STATUS.search(text)
    code = status[1] if status else ""
    line = next((line for line in text.splitlines() if DEAD_WORDS.search(line)), "")
    return Bounce(_weight(code, line), code, line.strip()[:500])


def _weight(code: str, diagnostic: str) -> Weight:
    if code.startswith("4"):
        return Weight.SOFT
    if code in DEAD_ADDRESS:
        return Weight.HARD
    says_little = code in ("", "5.0.0", "5.5.0")
    return Weight.HARD if says_little and DEAD_WORDS.search(diagnostic) else Weight.SOFT


def _from_a_daemon(mail: Parsed, envelope_from: str) -> bool:
    """Old servers write bounces in free words; they come from a postmaster with a null envelope."""
    return not envelope_from and mail.from_address.partition("@")[0] in ("mailer-daemon", "postmaster")
