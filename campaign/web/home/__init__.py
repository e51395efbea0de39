"""The desk: what waits for me today, one section per role that the person holds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.models import Role
from campaign.web import unit
from campaign.web.access import signed_in
from campaign.web.home import admin, care, marketer, reviewer

blueprint = Blueprint("home", __name__)

# in the order in which the desks follow each other on the page
DESKS = (
    (Role.MARKETER, marketer.desk),
    (Role.CARE, care.desk),
    (Role.REVIEWER, reviewer.desk),
    (Role.ADMIN, admin.desk),
)
# hours of the office's clock at which the greeting changes
NOON, EVENING = 12, 18


@blueprint.get("/")
@signed_in
def desk() -> ResponseReturnValue:
    account = unit.account()
    return render_template(
        "home/desk.html",
        part=_part_of_day(unit.now()),
        desks=[make(unit.db(), account, unit.now()) for role, make in DESKS if role in account.roles],
    )


def _part_of_day(now: datetime) -> str:
    hour = now.astimezone(ZoneInfo(unit.settings().time_zone)).hour
    return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"
