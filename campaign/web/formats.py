"""Filters: dates, numbers, money and distances in time, as the page's language writes them.

Moments are shown by the office's clock (`CAMPAIGN_TIME_ZONE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, format_timedelta, get_timezone_location
from babel.numbers import format_currency, format_decimal, format_percent

from campaign.i18n import has
from campaign.models import FIRST_ARM
from campaign.web import language, unit

Number = int | float | Decimal


# nearer than this, seconds are noise, and a rounded zero would lie ahead
JUST_NOW = timedelta(seconds=10)


def day(value: date | datetime, style: str = "medium") -> str:
    """A date: `9 thg 3, 2026`; `short`, `medium`, `long`, `full` or a CLDR pattern."""
    return format_date(_local(value), style, locale=_calendar())


def moment(value: datetime, style: str = "medium") -> str:
    """Date and time: `09:00, 9 thg 3, 2026`."""
    zone = _zone()
    return format_datetime(value, _pattern(style), tzinfo=zone, locale=_calendar())


def clock(value: datetime) -> str:
    """The time of day: `09:00`."""
    return format_time(value, "HH:mm", tzinfo=_zone(), locale=language.current())


def iso(value: date | datetime) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def number(value: Number) -> str:
    """With the language's separators: `1.234,5` in Vietnamese."""
    return format_decimal(value, locale=language.current())


def percent(value: float, digits: int = 1) -> str:
    """A share of one as per cent: `0.382` is `38,2%`."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "") + "%"
    return format_percent(value, pattern, locale=language.current())


def money(value: Number, currency: str = "VND") -> str:
    """An amount in its currency: `1.250.000 ₫`."""
    return format_currency(value, currency, locale=language.current())


def relative(value: datetime) -> str:
    """How long ago or ahead, roughly: `3 giờ trước`; `vừa xong` within seconds."""
    distance = value - unit.now()
    if abs(distance) < JUST_NOW:
        return language.t("common-just-now")
    return format_timedelta(distance, add_direction=True, locale=language.current())


def zone(name: str) -> str:
    """A time zone in words: `giờ Pháp`, `giờ Hoa Kỳ (New York)`; one of no country keeps its name."""
    if "/" not in name or name.startswith("Etc/"):
        return name
    return get_timezone_location(name, locale=language.current()).replace("Giờ", "giờ")


def plain(value: object) -> str:
    """A JSON value as one reads it: lists with commas, objects as `key: value`."""
    if isinstance(value, list):
        return ", ".join(plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plain(item)}" for key, item in value.items())
    return "–" if value is None or value == "" else str(value)


def act(action: str) -> str:
    """An action of the audit log in words: `account.signed_in` is `Đăng nhập`."""
    key = "admin-action-" + action.replace(".", "-").replace("_", "-")
    return language.t(key) if has(language.current(), key) else action


def browser(user_agent: str) -> str:
    """`Firefox · Linux` from a User-Agent line; empty when it names none we know."""
    names = [_first(user_agent, _BROWSERS), _first(user_agent, _SYSTEMS)]
    return " · ".join(name for name in names if name)


def _first(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in pairs if mark in text), "")


# in this order: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


_MOMENTS = {"medium": "HH:mm, d MMM y", "short": "HH:mm dd/MM/y", "long": "HH:mm, EEEE d MMMM y"}


def _calendar() -> str:
    """How dates are written: English ones with the day first, as the house and its customers write theirs."""
    chosen = language.current()
    return "en_GB" if chosen == "en" else chosen


def _pattern(style: str) -> str:
    return _MOMENTS.get(style, style)


def _local(value: date | datetime) -> date:
    return value.astimezone(_zone()).date() if isinstance(value, datetime) else value


def _zone() -> ZoneInfo:
    return ZoneInfo(unit.settings().time_zone)


def tongue(key: str) -> str:
    """The language of a variant's key, for `lang`: `vi.b` is `vi`."""
    return key.partition(".")[0]


def variant_name(key: str, among: Iterable[str] = ()) -> str:
    """A variant in words: `Tiếng Việt`, and `Tiếng Việt · bản B` for another arm than the first; the first
    is `bản A` where `among` the keys beside it is another arm."""
    spoken, _, arm = key.partition(".")
    if not arm and any("." in other for other in among):
        arm = FIRST_ARM
    name = language.t(f"editor-language-{spoken}")
    return language.t("editor-variant-arm", name=name, arm=arm.upper()) if arm else name


FILTERS: dict[str, Callable[..., Any]] = {
    "date": day,
    "datetime": moment,
    "time": clock,
    "zone": zone,
    "iso": iso,
    "number": number,
    "percent": percent,
    "money": money,
    "relative": relative,
    "browser": browser,
    "plain": plain,
    "act": act,
    "tongue": tongue,
    "variant_name": variant_name,
}
