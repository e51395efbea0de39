"""The landing page of the care desk: the coming days and whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import render_template, request

from campaign.care import plan
from campaign.care.due import today
from campaign.care.plan import Occurrence
from campaign.models import Role
from campaign.occasions.lunar import LunarDate, to_lunar
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.care.blueprint import blueprint

SPANS = {"week": 7, "fortnight": 14, "month": 30, "quarter": 90}


@dataclass(frozen=True)
class Day:
    """One day of the plan with what falls on it."""

    on: date
    ahead: int
    lunar: LunarDate
    occurrences: list[Occurrence]


@blueprint.get("")
@roles(Role.CARE)
def index() -> str:
    """Whom do I greet this week?"""
    span = request.args.get("span", "week")
    span = span if span in SPANS else "week"
    mine = request.args.get("whose") == "mine"
    begin = today(unit.now())
    found = plan.upcoming(
        unit.db(), begin, SPANS[span], now=unit.now(), owner_id=unit.account().id if mine else None
    )
    days = [
        Day(on, (on - begin).days, to_lunar(on), list(there))
        for on, there in groupby(found, key=lambda each: each.key.on)
    ]
    return render_template(
        "care/index.html",
        days=days,
        span=span,
        spans=SPANS,
        mine=mine,
        open=sum(each.waiting for each in found),
    )
