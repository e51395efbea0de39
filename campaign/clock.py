"""Aware UTC time, and the house's calendar. Stages take `now` as an argument; entry points ask here."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Ho_Chi_Minh"


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def house_zone() -> ZoneInfo:
    """Where the office is (`CAMPAIGN_TIME_ZONE`, which `config.load` has checked)."""
    return ZoneInfo(os.environ.get("CAMPAIGN_TIME_ZONE") or DEFAULT_ZONE)


def house_day(now: datetime) -> date:
    """The day that it is where the office is: what ends on a day ends at its midnight, not at that of UTC."""
    return now.astimezone(house_zone()).date()
