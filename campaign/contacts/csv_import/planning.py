"""What the importing person decided, as the import's row keeps it, and the plan that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from campaign.contacts.consent import Terms
from campaign.contacts.csv_import.consents import COLLECTED_BY_LIMIT, Collected
from campaign.contacts.csv_import.people import Plan
from campaign.contacts.csv_import.rules import Rule
from campaign.contacts.facts import parse_date
from campaign.errors import InvalidInput
from campaign.models import Channel, ConsentPurpose, ContactImport, ImportKind, Sender

# options that are texts
TEXTS = (
    "source",
    "rule",
    "consent",
    "sender_id",
    "wording",
    "content_kind",
    "frequency",
    "method",
    "collected_by",
    "collected_on",
)
# the choice of the consent step: nobody has agreed yet, so they are asked by mail
ASK = "ask"
# how a consent may have been collected; `import` where nobody says
METHODS = ("form", "paper", "phone", "in-person", "email", "letter", "import")


def plan_of(
    db: Session, begun: ContactImport, mapped: Mapping[str, str], options: Mapping[str, Any], now: datetime
) -> Plan:
    """InvalidInput with its `field` when a decision is missing or makes no sense."""
    source = options.get("source") or begun.file_name
    rule = options.get("rule") or Rule.FILE.value
    if rule not in set(Rule):
        raise InvalidInput("contacts-error-choice", field="rule", value=str(rule)[:40])
    return Plan(
        dict(mapped),
        f"import:{begun.id} {source}"[:200],
        _consent(db, begun, options, now),
        Rule(rule),
        begun.id,
    )


def _consent(
    db: Session, begun: ContactImport, options: Mapping[str, Any], now: datetime
) -> Collected | None:
    """The consent step; None when the file brings none."""
    if begun.kind is not ImportKind.CONTACTS or options.get("consent") not in ("yes", ASK):
        return None
    ask = options["consent"] == ASK
    sender_id = str(options.get("sender_id", ""))
    if not sender_id.isdecimal() or db.get(Sender, int(sender_id)) is None:
        raise InvalidInput("contacts-error-no-sender", field="sender_id")
    for name in ("wording",) if ask else ("wording", "collected_by"):
        if not options.get(name):
            raise InvalidInput(f"contacts-error-no-{name.replace('_', '-')}", field=name)
    by = options.get("collected_by", "")
    if len(by) > COLLECTED_BY_LIMIT:
        raise InvalidInput("contacts-error-too-long", field="collected_by", limit=COLLECTED_BY_LIMIT)
    at = now if ask else _collected_on(options, now)
    purposes = tuple(purpose for purpose in ConsentPurpose if purpose.value in options.get("purposes", ()))
    if not purposes:
        raise InvalidInput("contacts-error-no-purpose", field="purposes")
    method = options.get("method") or "import"
    terms = Terms(
        options["wording"],
        options.get("content_kind", "")[:200],
        options.get("frequency", "")[:100],
        method if method in METHODS else "import",
    )
    return Collected(int(sender_id), (Channel.EMAIL,), purposes, terms, by, at, ask)


def _collected_on(options: Mapping[str, Any], now: datetime) -> datetime:
    day = parse_date("collected_on", options.get("collected_on", ""))
    if day > now.date():
        raise InvalidInput("contacts-error-future", field="collected_on")
    return datetime.combine(day, time(), UTC)
