"""Dates, numbers and money as each language writes them, by the office's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from campaign.web import formats, unit

LATE = datetime(2026, 3, 9, 18, 30, tzinfo=UTC)  # half past one the next night in Hà Nội


@pytest.mark.parametrize(
    ("language", "name", "value", "words"),
    [
        ("vi", "date", LATE, "10 thg 3, 2026"),
        ("vi", "datetime", LATE, "01:30, 10 thg 3 2026"),
        ("en", "date", date(2026, 3, 9), "9 Mar 2026"),
        ("vi", "time", LATE, "01:30"),
        ("vi", "number", 1234.5, "1.234,5"),
        ("en", "number", 1234.5, "1,234.5"),
        ("vi", "percent", 0.3824, "38,2%"),
        ("vi", "money", 1250000, "1.250.000\N{NO-BREAK SPACE}₫"),
        ("vi", "browser", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome · Linux"),
        ("vi", "act", "account.signed_in", "Đăng nhập"),
        ("vi", "act", "something.new", "something.new"),
        ("vi", "plain", ["care", {"a": None}], "care, a: –"),
    ],
)
def test_filters(app: Flask, language: str, name: str, value: object, words: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert formats.FILTERS[name](value) == words


def test_distances_in_time(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "vi"}):
        assert formats.relative(unit.now() - timedelta(hours=3)) == "3 giờ trước"
        assert formats.relative(unit.now() + timedelta(days=2)) == "sau 2 ngày nữa"
        assert formats.relative(unit.now()) == "vừa xong"
