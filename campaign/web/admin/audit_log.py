"""The audit log: who did what, when; and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, or_, select

from campaign import audit
from campaign.models import AuditEntry, Role
from campaign.web import formats, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.paging import page_of

readers = roles(Role.ADMIN, Role.REVIEWER)


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/audit", "audit_log", index, methods=["GET"])
    blueprint.add_url_rule("/audit/verify", "verify_audit", verify, methods=["POST"])


@readers
def index() -> ResponseReturnValue:
    """Newest first; filtered by who, by action and by what it happened to."""
    return render_template(
        "admin/audit.html",
        page=page_of(unit.db(), _query()),
        action_pairs=[(action, formats.act(action)) for action in _actions()],
        asked=request.args,
    )


@readers
@unit.reading
def verify() -> ResponseReturnValue:
    """Read the whole chain."""
    broken = audit.verify(unit.db())
    if broken is None:
        count = unit.db().scalar(select(func.count()).select_from(AuditEntry)) or 0
        flash(t("admin-audit-whole", count=count), "done")
    else:
        how = t(f"admin-audit-{broken.how.replace(' ', '-')}")
        flash(t("admin-audit-broken", entry=str(broken.entry_id), how=how), "refused")
    return redirect(url_for("admin.audit_log"), code=303)


def _actions() -> Sequence[str]:
    return unit.db().scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()


def _query() -> Select[AuditEntry]:
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    words = request.args.get("q", "").strip()
    if words:
        query = query.where(
            or_(
                AuditEntry.actor.icontains(words, autoescape=True),
                AuditEntry.noun_id == words,
                AuditEntry.noun == words,
            )
        )
    action = request.args.get("action", "")
    if action:
        query = query.where(AuditEntry.action == action)
    return query
