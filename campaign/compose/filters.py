"""The filters that copy may use. Each takes a text and gives a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from jinja2 import Undefined

from campaign.errors import TemplateError


def default(value: Any, instead: str = "") -> Any:
    """The value, or `instead` when it is missing or empty."""
    return instead if isinstance(value, Undefined) or not value else value


def upper(value: str) -> str:
    """LAN"""
    return str(value).upper()


def lower(value: str) -> str:
    """lan"""
    return str(value).lower()


def title(value: str) -> str:
    """Nguyễn Thị Lan: the first letter of each word is large, the others are small."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in str(value).split(" "))


def capitalize(value: str) -> str:
    """Quý khách: the first letter is large, the others stay as they are."""
    text = str(value)
    return text[:1].upper() + text[1:]


def trim(value: str) -> str:
    """Without blanks at both ends."""
    return str(value).strip()


def day(value: str) -> str:
    """09/03/2026 from 2026-03-09, as Vietnamese readers write it."""
    return f"{_date(value):%d/%m/%Y}"


def long_day(value: str, language: str = "vi") -> str:
    """ngày 9 tháng 3 năm 2026; 9 March 2026; 2026年3月9日."""
    moment = _date(value)
    if language == "zh":
        return f"{moment.year}年{moment.month}月{moment.day}日"
    if language == "en":
        return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"ngày {moment.day} tháng {moment.month} năm {moment.year}"


def year(value: str) -> str:
    """2026 from 2026-03-09."""
    return str(_date(value).year)


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _date(value: object) -> date:
    text = str(value)  # a missing value raises its own error here
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise TemplateError(f"{text!r} is not a date; dates are written like 2026-03-09.") from error


FILTERS: dict[str, Callable[..., Any]] = {
    "default": default,
    "d": default,
    "upper": upper,
    "lower": lower,
    "title": title,
    "capitalize": capitalize,
    "trim": trim,
    "day": day,
    "long_day": long_day,
    "year": year,
}
