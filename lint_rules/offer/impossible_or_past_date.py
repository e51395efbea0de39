"""Every date exists, falls on its weekday, and is still to come where it is a deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.dates import DAY, WEEKDAY, DateMention
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import (
    EMAIL_AND_LETTER,
    MARKETING_ONLY,
    Example,
    Hit,
    Kind,
    Rule,
    Severity,
    Words,
    kept_hits,
)

IMPOSSIBLE = Words(
    vi="Không có ngày {shown}.",
    en="There is no {shown}.",
    zh="没有{shown}这一天。",
)
WRONG_DAY = Words(
    vi="Ngày {shown} không phải {weekday}; hôm ấy là {right}.",
    en="{shown} is no {weekday}; it is a {right}.",
    zh="{shown}不是{weekday}，而是{right}。",
)
PAST = Words(
    vi="Hạn {shown} đã qua vào ngày gửi ({today}).",
    en="The deadline {shown} is past on the day of sending ({today}).",
    zh="截止日期{shown}在发送日（{today}）之前，已经过期。",
)
_NAMES = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
# what stands between a weekday and the date it belongs to
_JOINED = re.compile(
    r"[\s,，(（)）]*(?:(?:[-–]|ngày|the|tức|tức là|hôm|này|tới|tuần sau|tuần này)[\s,，(（]*)?"
)
_WIDEST = 14
# told of what was: then a date that is past is right
_TOLD = re.compile(
    r"vừa qua|vừa rồi|trước đây|(?<!\w)(?:was|were|ran|took place|had)(?!\w)|已结束|已经结束|曾|上次"
)
_SENTENCE = 300


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Subject and body; a date without a year has that of the day of sending."""
    for part in [draft.subject, *draft.body]:
        yield from kept_hits(_check_part, draft, part, config)


def _check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    today = draft.context.scheduled_at.date() if draft.context.scheduled_at else draft.context.today
    left_out = [] if part is draft.subject else draft.aside(part)
    mentions = [item for item in draft.dates(part) if not any(left.holds(item.span) for left in left_out)]
    for index, mention in enumerate(mentions):
        if mention.kind == DAY:
            beside = mentions[max(0, index - 1) : index] + mentions[index + 1 : index + 2]
            yield from _check_day(draft, part, mention, beside, today)


def _check_day(
    draft: Draft, part: Part, mention: DateMention, beside: list[DateMention], today: date | None
) -> Iterator[Hit]:
    shown = part.text[mention.span.start : mention.span.end]
    if mention.is_impossible(today):
        yield Hit(part, mention.span, IMPOSSIBLE, {"shown": shown})
        return
    readings = mention.readings(today)
    if not readings:
        return
    weekday = next(
        (item for item in beside if item.kind == WEEKDAY and _belongs(part, mention.span, item.span)), None
    )
    if (
        weekday is not None
        and weekday.weekday is not None
        and not _falls_on(weekday.weekday, mention, readings, today)
    ):
        names = _NAMES[draft.lang]
        values = {"shown": shown, "weekday": names[weekday.weekday], "right": names[readings[0].weekday()]}
        span = Span(min(mention.span.start, weekday.span.start), max(mention.span.end, weekday.span.end))
        yield Hit(part, span, WRONG_DAY, values)
    elif (
        today is not None
        and max(readings) < today
        and mention in draft.deadlines(part)
        and not _is_told(part, mention)
    ):
        yield Hit(part, mention.span, PAST, {"shown": shown, "today": today.isoformat()})


def _falls_on(weekday: int, mention: DateMention, readings: list[date], today: date | None) -> bool:
    """Without a year, a day that is half a year ahead may be the one that was."""
    if any(day.weekday() == weekday for day in readings):
        return True
    if mention.year is not None or today is None:
        return False
    return any(
        (day - today).days > _HALF_A_YEAR and day.replace(year=day.year - 1).weekday() == weekday
        for day in readings
        if (day.month, day.day) != _LEAP_DAY
    )


_HALF_A_YEAR = 183
_LEAP_DAY = (2, 29)


def _belongs(part: Part, day: Span, weekday: Span) -> bool:
    first, last = (weekday.end, day.start) if weekday.start < day.start else (day.end, weekday.start)
    return 0 <= last - first <= _WIDEST and bool(_JOINED.fullmatch(part.folded, first, last))


def _is_told(part: Part, mention: DateMention) -> bool:
    """Whether its sentence tells of what is over."""
    start, end = mention.span.start, mention.span.end
    before = re.split(r"[.!?。！？\n]", part.folded[max(0, start - _SENTENCE) : start])[-1]
    after = re.split(r"[.!?。！？\n]", part.folded[end : end + _SENTENCE])[0]
    return bool(_TOLD.search(before) or _TOLD.search(after))


RULE = Rule(
    id="impossible-or-past-date",
    code="OFR005",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY | {Kind.REQUEST},
    severity=Severity.ERROR,
    summary=Words(
        vi="Ngày tháng có thật, đúng thứ, chưa qua.",
        en="Dates exist, fall on their weekday and are still to come.",
        zh="日期存在、星期正确、尚未过期。",
    ),
    why=Words(
        vi="Một ngày sai làm cả lá thư mất tin cậy, và khách đến nhầm hôm.",
        en="One wrong date costs the letter its credit, and brings customers on the wrong day.",
        zh="一个错误的日期会让整封信失去可信度，顾客也会跑错日子。",
    ),
    source="The Gregorian calendar; course notes on letters: are all details correct?",
    bad=(
        Example("vi", text="Ưu đãi đến hết 31/11."),
        Example("vi", text="Mời chị dự buổi nếm trà thứ Hai, 31/3/2026.", context={"today": "2026-03-01"}),
        Example("en", text="The offer ends on February 29, 2027."),
        Example("en", text="Order by March 1.", context={"today": "2026-03-15"}),
        Example("zh", text="活动截至4月31日。"),
    ),
    good=(
        Example("vi", text="Ưu đãi đến hết 30/11, pha 1/2 ấm, số 31/11 Nguyễn Trãi."),
        Example("vi", text="Mời chị dự buổi nếm trà thứ Ba, 31/3/2026.", context={"today": "2026-03-01"}),
        Example("en", text="We opened on March 1. Order by March 31.", context={"today": "2026-03-15"}),
        Example("zh", text="活动截至4月30日（星期四）。", context={"today": "2026-04-01"}),
    ),
    check=check,
)
