"""Dates in three languages, and the figures that only look like them."""

from __future__ import annotations

import pytest

from lint_rules.parsing.dates import DAY, dates
from lint_rules.parsing.normalise import folded


def found(lang: str, text: str) -> list[tuple[str, int, int, int | None]]:
    return [(item.kind, item.day, item.month, item.year) for item in dates(folded(text), lang)]


@pytest.mark.parametrize(
    ("lang", "text", "day", "month", "year"),
    [
        ("vi", "đến hết 31/3", 31, 3, None),
        ("vi", "hạn 31/03/2026.", 31, 3, 2026),
        ("vi", "trước 31-3-2026", 31, 3, 2026),
        ("vi", "đến 31.3", 31, 3, None),
        ("vi", "ngày 31 tháng 3 năm 2026", 31, 3, 2026),
        ("vi", "ngày 5 tháng Giêng", 5, 1, None),
        ("vi", "đến 31/11", 31, 11, None),
        ("en", "until March 31", 31, 3, None),
        ("en", "on 31 March 2026", 31, 3, 2026),
        ("en", "the 31st of March", 31, 3, None),
        ("en", "by Mar. 31, 2026", 31, 3, 2026),
        ("en", "ends 3/31/2026", 31, 3, 2026),
        ("zh", "截至3月31日", 31, 3, None),
        ("zh", "2026年3月31日", 31, 3, 2026),
        ("zh", "三月三十一日", 31, 3, None),
        ("zh", "2026-03-31", 31, 3, 2026),
    ],
)
def test_days(lang: str, text: str, day: int, month: int, year: int | None) -> None:
    assert found(lang, text) == [(DAY, day, month, year)]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("vi", "trước thứ Sáu", "weekday"),
        ("vi", "Chủ nhật", "weekday"),
        ("vi", "lúc 17h30", "hour"),
        ("vi", "trong 3 ngày", "duration"),
        ("vi", "trong vòng 48 giờ", "duration"),
        ("vi", "cuối tuần này", "relative"),
        ("en", "by Friday", "weekday"),
        ("en", "at 5 pm", "hour"),
        ("en", "within 48 hours", "duration"),
        ("en", "tomorrow", "relative"),
        ("zh", "本周五之前", "weekday"),
        ("zh", "下午5点", "hour"),
        ("zh", "三天内", "duration"),
        ("zh", "月底", "relative"),
    ],
)
def test_other_times(lang: str, text: str, kind: str) -> None:
    assert kind in [item[0] for item in found(lang, text)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "pha 1/2 thìa, 3/4 ấm"),
        ("vi", "mở cửa 24/7"),
        ("vi", "Nghị định 91/2020/NĐ-CP"),
        ("vi", "số 31/11 Nguyễn Trãi, hẻm 12/5"),
        ("vi", "gọi 024 3828 0000"),
        ("vi", "giá 1.990.000đ, cao 1.5 m"),
        ("vi", "lần thứ ba"),
        ("en", "version 2.3, a ratio of 1/2"),
        ("en", "you may invite friends"),
        ("zh", "买三送一，八折"),
    ],
)
def test_no_dates(lang: str, text: str) -> None:
    assert found(lang, text) == []


def test_a_day_that_does_not_exist_is_not_valid() -> None:
    assert [item.valid for item in dates("đến 31/11, 29/2/2027, 29/2", "vi")] == [False, False, True]
