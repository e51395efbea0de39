"""What the house says about the worth of customers: costs of writing, margin, who stays, discount rate."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign import house
from campaign.contacts.amounts import exact
from campaign.errors import InvalidInput
from campaign.models import Account, Role
from campaign.report import worth_terms
from campaign.report.worth_terms import PERCENT_FIELDS, Terms
from campaign.segments.exam.settings import MOST_COST
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.language import t

admins_only = roles(Role.ADMIN)
UNPROCESSABLE = 422
COSTS = ("email_cost", "letter_cost")
BOUNDS = dict.fromkeys(COSTS, (0, MOST_COST)) | dict.fromkeys(PERCENT_FIELDS, (0, 100))


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.add_url_rule("/customer-worth", "worth", show, methods=["GET"])
    blueprint.add_url_rule("/customer-worth", "keep_worth", keep, methods=["POST"])


@admins_only
def show() -> ResponseReturnValue:
    return _page({}, {})


@admins_only
def keep() -> ResponseReturnValue:
    """All of it at once."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, (least, most) in BOUNDS.items():
        try:
            values[name] = _number(request.form.get(name, ""), least, most, whole=name in COSTS)
        except InvalidInput:
            errors[name] = t("profile-terms-wrong", least=least, most=most)
    if not errors:
        wanted = Terms(**values)
        if (
            wanted.factor is None
            and wanted.retention_percent is not None
            and wanted.discount_percent is not None
        ):
            errors["retention_percent"] = t("profile-terms-forever")
    if errors:
        return _page(request.form, errors), UNPROCESSABLE
    worth_terms.keep(unit.db(), wanted, unit.account(), unit.now())
    flash(t("common-saved"), "done")
    return redirect(url_for("admin.worth"), code=303)


def _number(text: str, least: int, most: int, *, whole: bool) -> int | Decimal | None:
    """`1.500` đồng, `12,5` per cent; None when nothing is there, InvalidInput when it is out of bounds."""
    if not text.strip():
        return None
    value = exact(text)
    if not least <= value <= most or (whole and not isinstance(value, int)):
        raise InvalidInput("profile-terms-wrong", least=least, most=most)
    return value if whole else Decimal(value)


def _page(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    db = unit.db()
    kept = worth_terms.read(db)
    newest = house.current(db, worth_terms.NAME)
    today = unit.now().astimezone(ZoneInfo(unit.settings().time_zone)).date()
    return render_template(
        "admin/worth.html",
        values={name: typed.get(name, _shown(getattr(kept, name))) for name in BOUNDS},
        errors=errors,
        stayed=worth_terms.stayed(db, today),
        newest=newest,
        by=db.get(Account, newest.account_id) if newest and newest.account_id else None,
    )


def _shown(value: int | Decimal | None) -> str:
    return "" if value is None else str(value)
