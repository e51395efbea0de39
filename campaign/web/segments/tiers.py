"""The house's own tiers of customers: where they end, and how many people that puts into each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from campaign.errors import InvalidInput
from campaign.segments import house_tiers, house_tiers_sql
from campaign.segments.asking import TooLong
from campaign.segments.house_tiers import CURRENCY, TIERS, By, Cuts, HouseTierName, Scheme
from campaign.segments.moments import today
from campaign.segments.value_table import Share
from campaign.segments.wording import say_amount
from campaign.web import access, language, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.segments import EDIT, SEE, blueprint
from campaign.web.segments.draft_leaf import number

UNPROCESSABLE = 422
EMPTY = Share()


@dataclass(frozen=True)
class Shown:
    """One scheme on the page: the texts of its fields, and who is in its tiers (None when unreadable)."""

    scheme: Scheme
    by: str
    ends: list[str]
    error: str = ""
    shares: dict[HouseTierName, Share] | None = None


@blueprint.get("/tiers")
@roles(*SEE)
def tiers() -> str:
    kept = house_tiers.read(unit.db())
    return _page([_shown(scheme, cuts) for scheme, cuts in kept.items()])


@blueprint.post("/tiers")
@roles(*EDIT)
def keep_tiers() -> ResponseReturnValue:
    """Keep what is typed, or only show it when the button says so."""
    kept, shown = {}, []
    for scheme in Scheme:
        by, ends = request.form.get(f"{scheme}-by", ""), [
            request.form.get(f"{scheme}-{at}", "").strip() for at in range(3)
        ]  # fmt: skip
        try:
            kept[scheme] = _cuts(scheme, by, ends)
        except InvalidInput as error:
            shown.append(Shown(scheme, by, ends, t(error.key)))
        else:
            shown.append(_shown(scheme, kept[scheme]))
    if any(one.error for one in shown):
        return _page(shown), UNPROCESSABLE
    if request.form.get("do") == "preview":
        unit.give_up()
        return _page(shown, preview=True)
    house_tiers.keep(unit.db(), kept, unit.account(), unit.now())
    flash(t("segtiers-kept"), "done")
    return redirect(url_for("segments.tiers"), code=303)


def _cuts(scheme: Scheme, by: str, ends: list[str]) -> Cuts:
    numbers = [number(end.removesuffix("%").strip()) for end in ends]
    if by not in set(By) or not all(isinstance(one, int) for one in numbers):
        raise InvalidInput("segtiers-error-number", field=scheme.value)
    first, second, third = (int(one) for one in numbers)
    return house_tiers.checked(scheme, By(by), (first, second, third))


def _shown(scheme: Scheme, cuts: Cuts) -> Shown:
    """With the people of each tier as these cuts make them."""
    ends = [str(end) for end in cuts.ends]
    found = house_tiers_sql.tiers(scheme, cuts, today(unit.now())).subquery()
    counted = select(found.c.tier, func.count(), func.sum(found.c.amount)).group_by(found.c.tier)
    try:
        with unit.asking() as db:
            shares = {HouseTierName(row[0]): Share(row[1], int(row[2])) for row in db.execute(counted)}
    except TooLong as error:
        return Shown(scheme, cuts.by, ends, t(error.key, **error.values))
    return Shown(scheme, cuts.by, ends, "", shares)


def _page(shown: list[Shown], preview: bool = False) -> str:
    wholes: dict[str, Any] = {
        one.scheme: sum((share.amount for share in (one.shares or {}).values()), 0) for one in shown
    }
    return render_template(
        "segments/tiers.html", shown=shown, preview=preview, tiers=TIERS, wholes=wholes, empty=EMPTY,
        by_options=[(by.value, t(f"segtiers-by-{by.replace('_', '-')}")) for by in By],
        edits=access.may_see("segments.keep_tiers"), nobody=not any(one.shares for one in shown),
        money=lambda amount: say_amount(amount, CURRENCY, language.current()),
    )  # fmt: skip
