"""Dates as they are written in letters."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

# a letter is dated where its sender sits; one zone a country is exact enough for a date
ZONES = {"VN": "Asia/Ho_Chi_Minh", "CN": "Asia/Shanghai", "SG": "Asia/Singapore", "DE": "Europe/Berlin"}
DEFAULT_ZONE = "Asia/Ho_Chi_Minh"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def today_in(country: str, now: datetime) -> date:
    """The calendar day at the sender's."""
    return now.astimezone(ZoneInfo(ZONES.get(country, DEFAULT_ZONE))).date()


def long_date(day: date, language: str) -> str:
    """`12 tháng 3 năm 2026`, `12 March 2026`, `2026年3月12日`."""
    if language == "vi":
        return f"{day.day} tháng {day.month} năm {day.year}"
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
