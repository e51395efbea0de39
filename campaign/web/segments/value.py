"""What customers are worth: the RFM table, its groups, and the ABC line, as of a day."""

from __future__ import annotations

import json
from typing import Any

from babel.numbers import format_compact_decimal, get_currency_precision
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from campaign.contacts.dates import parse_date
from campaign.errors import InvalidInput
from campaign.report.pareto import Words, pareto
from campaign.segments import rule, to_json, value_table
from campaign.segments.compile import today
from campaign.segments.value import ANY, TIER_ENDS, Group, Tier
from campaign.segments.value_table import Pareto, ValueTable
from campaign.segments.wording import say_amount
from campaign.web import access, formats, language, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.segments import SEE, blueprint

SHADES = 4  # of a cell, beside none


@blueprint.get("/value")
@roles(*SEE)
def value() -> ResponseReturnValue:
    db, now = unit.db(), today(unit.now())
    known = value_table.currencies(db)
    currency = request.args.get("currency", "")
    if currency not in known:
        currency = "VND" if "VND" in known or not known else known[0]
    error = None
    try:
        day = parse_date("day", request.args["day"]) if request.args.get("day") else now
    except InvalidInput as wrong:
        day, error = now, t(wrong.key, **wrong.values)
    found, line = value_table.table(db, day, currency), value_table.pareto(db, day, currency)
    says = _says(line, currency)
    return render_template(
        "segments/value.html",
        day=day, error=error, currency=currency, currencies=known,
        currency_options=[(code, code) for code in known], found=found, line=line,
        is_today=day == now, cells=_cells(found), groups=list(Group), tiers=list(Tier),
        picture=_picture(line, says) if line.whole > 0 else None, says=says,
        money=lambda amount: say_amount(amount, currency, language.current()),
        compact=lambda amount: _compact(amount, currency),
        to_group=lambda group: _url(rule.RfmGroup(group, currency)),
        to_tier=lambda tier: _url(rule.SalesTier(tier, currency)),
        to_cell=lambda r, f: _url(rule.Rfm((r, r), (f, f), ANY, currency)),
        # a segment is of today, whatever day is looked at; and who may not make one has nothing to open
        opens=day == now and access.may_see("segments.new"),
    )  # fmt: skip


def _url(opened: rule.Rule) -> str:
    return url_for("segments.new", rule=json.dumps(to_json(opened), separators=(",", ":")))


def _cells(found: ValueTable) -> dict[tuple[int, int], dict[str, Any]]:
    """Each cell of the table with its shade: how its people compare with the fullest cell."""
    most = max((share.people for share in found.cells.values()), default=1)
    empty = value_table.Share()
    return {
        (r, f): {
            "share": (share := found.cells.get((r, f), empty)),
            "shade": -(-share.people * SHADES // most),
        }
        for r in range(1, 6)
        for f in range(1, 6)
    }


def _compact(amount: int, currency: str) -> str:
    """`1,2 Tr`: a cell of a phone has no room for more."""
    units = amount / 10 ** get_currency_precision(currency)
    return format_compact_decimal(units, locale=language.current(), fraction_digits=1)


def _says(line: Pareto, currency: str) -> str:
    """The picture in a sentence; empty when nobody bought."""
    people = sum(share.people for share in line.tiers.values())
    if not people:
        return ""
    return t(
        "segments-value-pareto-says",
        part=formats.percent(line.tiers[Tier.A].people / people, 0), count=line.tiers[Tier.A].people,
        amount=say_amount(line.whole, currency, language.current()),
    )  # fmt: skip


def _picture(line: Pareto, says: str) -> Markup:
    marks = [(share / parts, formats.percent(share / parts, 0)) for share, parts in TIER_ENDS.values()]
    words = Words(
        t("segments-value-pareto"), says, [*marks, (0.0, "0%")],
        t("segments-value-largest"), t("segments-value-smallest"),
    )  # fmt: skip
    drawn = pareto([one.amount for one in line.slices], line.whole, words, "pareto")
    return Markup(drawn)  # noqa: S704 (our own SVG; its texts are escaped)
