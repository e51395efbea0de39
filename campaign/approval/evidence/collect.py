"""The facts of one decided submission, part by part, as plain JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from campaign.approval.evidence import consents, samples
from campaign.audit import digest_facts
from campaign.errors import CampaignError
from campaign.i18n import LANGUAGES
from campaign.lint import house
from campaign.lint.audience import SOME
from campaign.models import (
    Account,
    Audience,
    AuditEntry,
    Campaign,
    Contact,
    LayoutVersion,
    Message,
    MessageEdit,
    Segment,
    Submission,
)
from campaign.render import content as contents
from campaign.segments import parse
from campaign.segments.saved import names_for
from campaign.segments.wording import describe
from lint_rules.config import OFF, Config
from lint_rules.registry import all_rules
from lint_rules.rule import LANGUAGES as MESSAGE_LANGUAGES
from lint_rules.rule import Kind

# who is the example of a finding on renderings stays with us
HIDDEN = "[…]"
_EXAMPLES = [
    re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(SOME.in_(lang))), re.DOTALL)
    for lang in MESSAGE_LANGUAGES
]


def parts(db: Session, submission: Submission, account: Account, now: datetime) -> dict[str, Any]:
    """Everything that a pack holds; each value is a part with a hash of its own."""
    message = db.get_one(Message, submission.message_id)
    audience = db.get(Audience, submission.audience_id) if submission.audience_id else None
    content = contents.from_json(db, submission.content)
    decided_at = submission.decided_at or submission.submitted_at
    return {
        "about": _about(db, submission, message, account, now),
        "message": {"content": submission.content, "sha256": submission.content_hash},
        "layouts": _layouts(db, submission),
        "renderings": samples.renderings(content, decided_at),
        "audience": _audience(db, audience, submission),
        "consent": consents.basis(db, audience, content.sender.id) if audience else [],
        "findings": [_finding(db, found) for found in submission.findings],
        # what the reviewer accepted and ticked off, as the submission keeps it
        "waivers": _plain(getattr(submission, "waivers", None) or []),
        "checklist": _plain(getattr(submission, "checklist", None) or []),
        "people": _people(db, submission),
        "rules": _rules(db, submission, content.effective_kind.value),
        "audit": _audit(db, submission),
    }


def _about(
    db: Session, submission: Submission, message: Message, account: Account, now: datetime
) -> dict[str, Any]:
    campaign = db.scalar(select(Campaign).where(Campaign.message_id == message.id))
    return {
        "submission": submission.id,
        "message": message.id,
        "name": message.name,
        "kind": message.kind.value,
        "campaign": {"id": campaign.id, "name": campaign.name, "goal": campaign.goal} if campaign else None,
        "state": submission.state.value,
        "made_at": now.isoformat(),
        "made_by": account.name,
    }


def _layouts(db: Session, submission: Submission) -> list[dict[str, Any]]:
    wanted = sorted({ref["sha256"] for ref in submission.content["layouts"].values()})
    rows = [db.get_one(LayoutVersion, sha) for sha in wanted]
    return [
        {"sha256": row.sha256, "channel": row.channel, "name": row.name, "files": row.files} for row in rows
    ]


def _audience(db: Session, audience: Audience | None, submission: Submission) -> dict[str, Any]:
    if audience is None:
        return {"standing": submission.content["settings"]["standing"]}
    names = names_for(db)
    return {
        "segment": audience.segment_name,
        "rule": audience.rule,
        "words": {lang: describe(parse(audience.rule), lang, names) for lang in LANGUAGES},
        "counts": audience.counts,
        "sha256": audience.sha256,
        "frozen_at": audience.frozen_at.isoformat(),
    }


def _finding(db: Session, found: dict[str, Any]) -> dict[str, Any]:
    """Without the recipient that it names as an example."""
    kept = {key: value for key, value in found.items() if key != "contact_id"}
    text = str(found.get("message", ""))
    for pattern in _EXAMPLES:
        if match := pattern.fullmatch(text):
            text = f"{match['message']} ({match['count']}/{match['total']})"
            break
    contact = db.get(Contact, found["contact_id"]) if found.get("contact_id") else None
    if contact is not None:
        for own in sorted({contact.full_name, contact.email, contact.phone} - {""}, key=len, reverse=True):
            text = re.sub(re.escape(own), HIDDEN, text, flags=re.IGNORECASE)
    # a fix quotes the rendering it was found in
    return kept | {"message": text, "fix": None}


def _people(db: Session, submission: Submission) -> dict[str, Any]:
    last_edit = func.max(MessageEdit.at, type_=MessageEdit.at.type)
    edits = db.execute(
        select(MessageEdit.account_id, MessageEdit.part, func.count(), last_edit)
        .where(MessageEdit.message_id == submission.message_id, MessageEdit.at <= submission.submitted_at)
        .group_by(MessageEdit.account_id, MessageEdit.part)
        .order_by(MessageEdit.account_id, MessageEdit.part)
    )  # fmt: skip
    return {
        "wrote": [
            _name(db, who) | {"part": part, "times": times, "last": last.isoformat()}
            for who, part, times, last in edits
        ],
        "submitted": _name(db, submission.submitted_by)
        | {"at": submission.submitted_at.isoformat(), "note": submission.note},
        "decided": _name(db, submission.decided_by)
        | {
            "at": submission.decided_at.isoformat() if submission.decided_at else None,
            "decision": submission.state.value,
            "reason": submission.reason,
        },
    }


def _name(db: Session, account_id: int | None) -> dict[str, Any]:
    account = db.get(Account, account_id) if account_id else None
    return {"account": account_id, "name": account.name if account else ""}


def _rules(db: Session, submission: Submission, kind: str) -> dict[str, Any]:
    """Which rules were run, with which of the house's settings, and what they rest on."""
    kept = house.kept_under(db, submission.rule_settings) if submission.rule_settings else None
    toml = str(kept.value["toml"]) if kept else ""
    config = Config.kept(toml)
    return {
        "version": submission.rule_set,
        "settings": {
            "sha256": submission.rule_settings,
            "toml": toml,
            "by": _name(db, kept.account_id),
            "at": kept.at.isoformat(),
        }
        if kept
        else None,
        "kind": kind,
        "rules": [
            {
                "id": rule.id,
                "code": rule.code,
                "severity": config.severity_of(rule, Kind(kind)) or OFF,
                "source": rule.source,
            }
            for rule in all_rules()
            if Kind(kind) in rule.kinds
        ],
    }


def _audit(db: Session, submission: Submission) -> dict[str, Any]:
    """The entries on the message, its segment and its sender, with the chain's newest hash.

    Each can be recomputed from the pack; that they stand in one chain, the log itself shows.
    """
    owner = select(Campaign).where(Campaign.message_id == submission.message_id)
    campaign = db.scalar(owner)
    nouns = [("message", submission.message_id), ("sender", submission.content["sender"]["id"])]
    if campaign is not None:
        nouns.append(("campaign", campaign.id))
    segment = db.get(Segment, campaign.segment_id) if campaign and campaign.segment_id else None
    if segment is not None:
        nouns.append(("segment", segment.id))
    about = or_(*(and_(AuditEntry.noun == noun, AuditEntry.noun_id == str(key)) for noun, key in nouns))
    entries = db.scalars(select(AuditEntry).where(about).order_by(AuditEntry.id))
    head = db.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    return {
        "entries": [
            {
                "id": entry.id,
                "facts": digest_facts(entry),
                "hash": entry.hash,
            }
            for entry in entries
        ],
        "head": {"id": head.id, "hash": head.hash} if head else None,
    }


def _plain(value: Any) -> Any:
    """JSON columns are plain already; rows of a table of their own are not, and are said to be so."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    raise CampaignError(f"{type(value).__name__} cannot stand in evidence")
