"""The administrator's desk: what the house lacks before others can work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from campaign import senders
from campaign.accounts import people
from campaign.models import Account, AuditEntry, Role
from campaign.web import formats
from campaign.web.home.desks import SHOWN, Action, Desk, Item
from campaign.web.language import t
from campaign.web.navigation import link


def desk(db: Session, _account: Account, _now: datetime) -> Desk:
    """Missing senders and reviewers, and the newest lines of the log."""
    active = [account for account in people.everybody(db) if account.active]
    sending = [sender for sender in senders.everybody(db) if sender.active]
    hints = []
    if not sending:
        hints.append("home-admin-no-sender")
    if len(active) < 2 or not any(Role.REVIEWER in account.roles for account in active):
        hints.append("home-admin-no-reviewer")
    newest = db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(SHOWN))
    main = (
        Action("home-admin-add-sender", link("admin.new_sender"))
        if not sending
        else Action("home-admin-add-person", link("admin.new_person"))
    )
    return Desk(
        name="admin",
        counts={"people": len(active), "senders": len(sending)},
        items=[
            Item(
                title=formats.act(entry.action),
                href=link("admin.audit_log", q=entry.noun_id, action=entry.action),
                state=f"{entry.noun} {entry.noun_id}",
                kind="plain",
                note=t("admin-audit-system") if entry.actor_id is None else entry.actor,
                at=entry.at,
            )
            for entry in newest
        ],
        main=main,
        more=Action("home-admin-audit", link("admin.audit_log")),
        hints=hints,
    )
