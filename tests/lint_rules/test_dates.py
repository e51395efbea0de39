"""Dates in three languages, and the figures that only look like them."""

from __future__ import annotations

from datetime import date

import pytest

from lint_rules.parsing.dates import DAY, DateMention, dates
from lint_rules.parsing.normalise import folded, normalised


def read(lang: str, text: str) -> list[DateMention]:
    written = normalised(text)[0]
    return dates(folded(written), lang, written)


def found(lang: str, text: str) -> list[tuple[str, int, int, int | None]]:
    return [(item.kind, item.day, item.month, item.year) for item in read(lang, text)]


@pytest.mark.parametrize(
    ("lang", "text", "day", "month", "year"),
    [
        ("vi", "đến hết 31/3", 31, 3, None),
        ("vi", "hạn 31/03/2026.", 31, 3, 2026),
        ("vi", "đến hết 31/3/26", 31, 3, 2026),
        ("vi", "trước 31-3-2026", 31, 3, 2026),
        ("vi", "trước 31 / 3 / 2026", 31, 3, 2026),
        ("vi", "đến 31.3", 31, 3, None),
        ("vi", "Khai trương 01/05", 1, 5, None),
        ("vi", "mừng lễ 2/9", 2, 9, None),
        ("vi", "(31/3)", 31, 3, None),
        ("vi", "ngày 31 tháng 3 năm 2026", 31, 3, 2026),
        ("vi", "ngày 31 tháng 3, 2026", 31, 3, 2026),
        ("vi", "31 tháng Ba", 31, 3, None),
        ("vi", "ngày 5 tháng Mười Hai", 5, 12, None),
        ("vi", "ngày 5 tháng Giêng", 5, 1, None),
        ("vi", "đến 31/11", 31, 11, None),
        ("vi", "đến 2026-03-31", 31, 3, 2026),
        ("en", "until March 31", 31, 3, None),
        ("en", "until 3/31", 31, 3, None),
        ("en", "until 31/3", 31, 3, None),
        ("en", "on 31 March 2026", 31, 3, 2026),
        ("en", "the 31st of March", 31, 3, None),
        ("en", "by Mar. 31, 2026", 31, 3, 2026),
        ("en", "by Sept 5", 5, 9, None),
        ("en", "May 1st", 1, 5, None),
        ("en", "ends 3/31/2026", 31, 3, 2026),
        ("en", "ends 31.03.2026", 31, 3, 2026),
        ("en", "by the 31st.", 31, 0, None),
        ("zh", "截至3月31日", 31, 3, None),
        ("zh", "2026年3月31日", 31, 3, 2026),
        ("zh", "2026 年 3 月 31 日", 31, 3, 2026),
        ("zh", "二〇二六年三月三十一日", 31, 3, 2026),
        ("zh", "三月三十一号", 31, 3, None),
        ("zh", "2026-03-31", 31, 3, 2026),
        ("zh", "2026/3/31", 31, 3, 2026),
        ("zh", "31日前", 31, 0, None),
    ],
)
def test_days(lang: str, text: str, day: int, month: int, year: int | None) -> None:
    assert found(lang, text) == [(DAY, day, month, year)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "từ 1/3 đến 15/3"),
        ("vi", "1-15/3"),
        ("vi", "1/3-15/3"),
        ("vi", "(1/3 – 15/3)"),
        ("en", "March 1-15"),
        ("en", "from 1 to 15 March"),
        ("en", "1 March until 15 March"),
        ("zh", "3月1日至15日"),
        ("zh", "3月1日-3月15日"),
    ],
)
def test_both_ends_of_a_range(lang: str, text: str) -> None:
    assert [(item.day, item.month) for item in read(lang, text)] == [(1, 3), (15, 3)]


@pytest.mark.parametrize(
    ("lang", "text", "weekday"),
    [
        ("vi", "trước thứ Sáu", 4),
        ("vi", "trước thứ 6 này", 4),
        ("vi", "vào ngày thứ Hai", 0),
        ("vi", "sáng thứ bảy", 5),
        ("vi", "Chủ nhật", 6),
        ("vi", "đến hết CN", 6),
        ("vi", "tối T7", 5),
        ("en", "by Friday", 4),
        ("en", "on Sundays", 6),
        ("en", "by Fri", 4),
        ("zh", "本周五之前", 4),
        ("zh", "星期天", 6),
        ("zh", "礼拜一", 0),
    ],
)
def test_weekdays(lang: str, text: str, weekday: int) -> None:
    assert [(item.kind, item.weekday) for item in read(lang, text)] == [("weekday", weekday)]


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("vi", "lúc 17h30", "hour"),
        ("vi", "17 giờ 30", "hour"),
        ("vi", "trước 9h", "hour"),
        ("vi", "lúc 9g30", "hour"),
        ("vi", "trong 3 ngày", "duration"),
        ("vi", "trong vòng 48 giờ", "duration"),
        ("vi", "trong 24h", "duration"),
        ("vi", "7 ngày", "duration"),
        ("vi", "2-3 ngày làm việc", "duration"),
        ("vi", "hai tuần", "duration"),
        ("vi", "cuối tuần này", "relative"),
        ("vi", "ngày mai", "relative"),
        ("vi", "hết quý I", "relative"),
        ("vi", "trước Tết", "relative"),
        ("en", "at 5 pm", "hour"),
        ("en", "at 5:30 p.m.", "hour"),
        ("en", "at 17:00", "hour"),
        ("en", "before noon", "hour"),
        ("en", "within 48 hours", "duration"),
        ("en", "within a week", "duration"),
        ("en", "half an hour", "duration"),
        ("en", "three working days", "duration"),
        ("en", "tomorrow", "relative"),
        ("en", "by EOD", "relative"),
        ("en", "by the end of March", "relative"),
        ("zh", "下午5点", "hour"),
        ("zh", "下午五点", "hour"),
        ("zh", "17:00", "hour"),
        ("zh", "三天内", "duration"),
        ("zh", "两周", "duration"),
        ("zh", "一个月", "duration"),
        ("zh", "月底", "relative"),
        ("zh", "春节前", "relative"),
    ],
)
def test_other_times(lang: str, text: str, kind: str) -> None:
    assert [item[0] for item in found(lang, text)] == [kind]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "pha 1/2 thìa, 3/4 ấm"),
        ("vi", "mở cửa 24/7, chia đôi 50/50"),
        ("vi", "Nghị định 91/2020/NĐ-CP"),
        ("vi", "công văn 31/11/QĐ-UB, hóa đơn 30/2"),
        ("vi", "số 31/11 Nguyễn Trãi, hẻm 12/5"),
        ("vi", "Cửa hàng ở 31/11 Nguyễn Trãi"),
        ("vi", "31/2 đường Lê Lợi"),
        ("vi", "gọi 024 3828 0000 hay 0912-345-678"),
        ("vi", "giá 1.990.000đ, cao 1.5 m"),
        ("vi", "lần thứ ba, người thứ hai"),
        ("vi", "Thứ nhất, trà ngon. Thứ hai, giá tốt."),
        ("vi", "gói 6 tháng 1.200.000đ".removeprefix("gói 6 ")),
        ("vi", "3 trên 5 khách, tỉ lệ 3/5, đạt 9/10"),
        ("vi", "mã SP-31-11-2A, chi nhánh CN Huế"),
        ("vi", "Bước 3: chọn màu"),
        ("vi", "trọng lượng 9g"),
        ("en", "version 2.3, a ratio of 1/2"),
        ("en", "you may invite friends to march"),
        ("en", "may 20 people come"),
        ("en", "In May 60 guests came"),
        ("en", "they sat in the sun and wed"),
        ("en", "Step 3: choose"),
        ("en", "invoice 31/11, flat 30/2"),
        ("zh", "买三送一，八折"),
        ("zh", "三月通讯"),
        ("zh", "每周一次，十周年"),
        ("zh", "龙坞路31号，5号楼，3点建议"),
    ],
)
def test_no_dates(lang: str, text: str) -> None:
    assert found(lang, text) == []


@pytest.mark.parametrize("text", ["gói 6 tháng 1.200.000đ", "thuê 12 tháng 2 triệu", "3 tháng một lần"])
def test_months_that_are_counted_name_no_day(text: str) -> None:
    assert [item.kind for item in read("vi", text)] == ["duration"]


def test_a_day_that_does_not_exist_is_not_valid() -> None:
    mentions = read("vi", "đến 31/11, 29/2/2027, 29/2, ngày 32/3")
    assert [item.valid for item in mentions] == [False, False, True, False]


@pytest.mark.parametrize(
    ("today", "impossible"),
    [(None, False), ("2026-02-10", True), ("2028-02-10", False), ("2027-12-01", False)],
)
def test_29_february_depends_on_the_year(today: str | None, impossible: bool) -> None:
    (mention,) = read("vi", "đến hết 29/2")
    assert mention.is_impossible(date.fromisoformat(today) if today else None) is impossible


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "trước ngày 15 tháng Chạp"),
        ("vi", "mùng 5 Tết"),
        ("vi", "ngày 10 tháng 3 âm lịch"),
        ("vi", "rằm tháng Tám"),
        ("zh", "正月十五前"),
        ("zh", "农历八月十五"),
        ("zh", "腊月三十"),
    ],
)
def test_the_lunar_calendar_names_no_day_of_ours(lang: str, text: str) -> None:
    (mention,) = read(lang, text)
    today = date(2026, 6, 1)
    assert (mention.lunar, mention.readings(today), mention.is_impossible(today)) == (True, [], False)


def test_english_figures_may_be_read_in_either_order() -> None:
    (mention,) = read("en", "by 3/4/2026")
    assert mention.readings(None) == [date(2026, 4, 3), date(2026, 3, 4)]


def test_in_december_january_is_the_next_one() -> None:
    (mention,) = read("en", "until 5 January")
    assert mention.as_date(date(2026, 12, 20)) == date(2027, 1, 5)
