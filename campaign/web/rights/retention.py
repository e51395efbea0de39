"""How long things are kept: the house's days, what would go now, and whom a person may want to erase."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.care import retention
from campaign.errors import InvalidInput
from campaign.models import Contact
from campaign.web import unit
from campaign.web.access import may
from campaign.web.language import t
from campaign.web.rights import blueprint
from campaign.web.rights_table import Action

# people shown for erasure; the next ones follow when these are decided
SHOWN = 50


@blueprint.get("/retention")
@may(Action.RETENTION)
def retention_page() -> ResponseReturnValue:
    days = retention.read(unit.db())
    return _page({name: "" if value is None else str(value) for name, value in days.items()}, {})


@blueprint.post("/retention")
@may(Action.RETENTION)
def retention_save() -> ResponseReturnValue:
    """Save the days, or only look how much would go with them."""
    given = {name: request.form.get(name, "").strip() for name in retention.defaults()}
    try:
        days = {name: _days(name, text) for name, text in given.items()}
        if request.form.get("look"):
            retention.check(days)
            return _page(given, {}, days)
        retention.keep(unit.db(), days, unit.account(), unit.now())
    except InvalidInput as error:
        unit.db().rollback()
        return _page(given, {error.field or "": t(error.key, **error.values)}), 422
    flash(t("retention-saved"), "done")
    return redirect(url_for("rights.retention_page"), code=303)


def _days(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        values = {"least": retention.least(name), "most": retention.MOST_DAYS}
        raise InvalidInput("retention-error-days", field=name, **values)
    return int(text)


def _page(values: dict[str, str], errors: dict[str, str], looked: dict[str, int | None] | None = None) -> str:
    """With `looked` the figures are of these days instead of those that hold."""
    db, now = unit.db(), unit.now()
    days = (looked or retention.read(db))[retention.SILENT]
    proposed = (
        select(Contact).where(retention.silent(now, days)).order_by(Contact.id).limit(SHOWN) if days else None
    )
    return render_template(
        "rights/retention.html",
        values=values,
        errors=errors,
        would=retention.would(db, now, looked),
        looked=looked is not None,
        defaults=retention.defaults(),
        silent=retention.SILENT,
        count=retention.count_silent(db, now, days),
        proposed=list(db.scalars(proposed)) if proposed is not None else [],
    )
