"""Dates, weekdays, hours and durations in three languages, over folded text.

31/3, 31.3.2026, ngày 31 tháng 3, mùng 5 Tết; March 31, 31st of March, Friday, within 48 hours; 3月31日, 周五,
三天内. Fractions, document numbers, house numbers, telephone numbers and prices are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lint_rules.parsing.part import Span
from lint_rules.parsing.prices import chinese_number

# from the kinds that name a day to those that only bound a time
DAY, WEEKDAY, HOUR, DURATION, RELATIVE = "day", "weekday", "hour", "duration", "relative"


@dataclass(frozen=True, slots=True)
class DateMention:
    """`year` is None where it is not written; `weekday` 0 is Monday. `valid` is False for 31/11."""

    span: Span
    kind: str
    day: int = 0
    month: int = 0
    year: int | None = None
    weekday: int | None = None
    valid: bool = True

    def as_date(self, today: date | None) -> date | None:
        """The day it names; without a year that of today, None when it cannot be known."""
        if self.kind != DAY or not self.valid or not self.day or not self.month:
            return None
        if self.year is not None:
            return _date(self.year, self.month, self.day)
        if today is None:
            return None
        made = _date(today.year, self.month, self.day)
        # in December "until 5 January" is the next one
        is_long_past = made is not None and (today - made).days > _HALF_A_YEAR
        return _date(today.year + 1, self.month, self.day) if made is None or is_long_past else made


_HALF_A_YEAR = 183


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    "vi": {"thứ hai": 0, "thứ 2": 0, "thứ ba": 1, "thứ 3": 1, "thứ tư": 2, "thứ 4": 2, "thứ năm": 3, "thứ 5": 3,
           "thứ sáu": 4, "thứ 6": 4, "thứ bảy": 5, "thứ bẩy": 5, "thứ 7": 5, "chủ nhật": 6, "chúa nhật": 6},
    "en": {name: number for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thu", "friday fri", "saturday sat", "sunday sun"))
        for name in names.split()},
    "zh": {f"{word}{day}": number for word in ("星期", "周", "礼拜")
           for number, days in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for day in days},
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
# what stands before a figure with a stroke that is no date
_NO_DATE_BEFORE = re.compile(
    r"(?:số|no\.?|#|nhà|ngõ|hẻm|ngách|kiệt|phòng|căn|lô|tổ|đường|quốc lộ|tỉ lệ|tỷ lệ|điểm|size|cỡ|quận|khu|ấp|thửa|tầng|room|suite|unit|apt|flat|page|step|bước|kênh|chiếm|khoảng|hơn|gần|được|号|第)\s*$"
)
_NO_DATE_AFTER = re.compile(
    r"\s*(?:/|-[a-zđ]|nđ|qđ|tt|cp(?!\w)|đường|phố|street|cup|cốc|thìa|muỗng|inch|\"|”|dân số|số|of (?:the|our|a|all)|giờ|h\b|kg|kí|lít|%|phần|người|khách)"
)

_NUMERIC = re.compile(
    rf"(?<![\w/.,:\-–])(?:(?P<iy>{_YEAR})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})|(?P<a>\d{{1,2}})(?P<s>[/.\-])(?P<b>\d{{1,2}})(?:(?P=s)(?P<y>{_YEAR}|\d\d))?)(?![\w/]|[.,:\-–]\d)"
)
_VI_DAY = re.compile(
    rf"(?<!\w)(?:(?:ngày|hôm|mùng|mồng|rằm)\s)*(?P<d>\d{{1,2}})\s(?:tháng|tháng\s)\s?(?P<m>\d{{1,2}}|giêng|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp)(?:[\s,/]+(?:năm\s)?(?P<y>{_YEAR}))?(?!\w)"
    r"|(?<!\w)(?:ngày|mùng|mồng)\s(?P<only>\d{1,2})(?!\s?(?:tháng|/|\d|ngày|giờ|%))(?!\w)|(?<!\w)(?:mùng|mồng)\s(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w)|(?<!\w)rằm tháng \w+"
)
_VI_MONTH_WORDS = {"giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
                   "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12}  # fmt: skip
_EN_DAY = re.compile(
    rf"(?<!\w)(?:(?P<m1>{_MONTH})\.?\s(?:the\s)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y1>{_YEAR}))?|(?:the\s)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_MONTH})\.?(?:,?\s(?P<y2>{_YEAR}))?)(?![\w])"
)
_ZH_DAY = re.compile(
    rf"(?:(?P<y>{_YEAR})年)?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|正|腊|\d{{1,2}})月(?P<d>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|初[一二三四五六七八九十]|[一二三四五六七八九])(?:日|号|(?=[^个\d]|$))"
)
_HOURS = re.compile(
    r"(?<![\w.,/])(?P<h>[01]?\d|2[0-4])\s?(?:h|giờ|:)\s?(?P<min>[0-5]\d)?(?!\w|[.,/:]\d)|(?<![\w.,])(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock)(?!\w)|(?<!\w)(?:noon|midnight|giữa trưa|nửa đêm)(?!\w)"
    r"|(?:上午|下午|晚上|早上|中午|凌晨)?\d{1,2}[点时](?:\d{1,2}分|半)?(?!间|候|代)|(?:上午|下午|晚上|早上)[一二三四五六七八九十]{1,2}点"
)
_DURATION = {
    "vi": re.compile(r"(?<!\w)(?:trong(?: vòng)?|sau|chậm nhất|tối đa|trước|còn|thêm|hết|khoảng|dưới|vòng)\s(?:\w+\s)?(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười|vài|nửa)(?:\s?[-–]\s?\d{1,3})?\s(?:ngày|giờ|tiếng|phút|tuần|tháng|hôm|buổi)(?!\w)|(?<!\w)(?:\d{1,3}|một|hai|ba|bốn|năm|bảy)\s?(?:ngày|giờ|tiếng|phút|tuần|tháng)(?: làm việc)?(?: (?:tới|nữa|kể từ|sau|đầu|cuối))(?!\w)|(?<!\w)\d{1,3}\s?(?:giờ|h|ngày)(?: làm việc)?(?= là|\.|,)"),
    "en": re.compile(r"(?<!\w)(?:within|in|after|for|under|inside|less than|no later than|over the next|the next|another|in about|in under)\s(?:the\s)?(?:next\s|coming\s)?(?:\d{1,3}|an?|one|two|three|four|five|six|seven|ten|fourteen|thirty|a few|a couple of)(?:\s?(?:-|–|to)\s?\d{1,3})?\s(?:working\s|business\s|full\s)?(?:minutes?|hours?|days?|weeks?|months?)(?!\w)|(?<!\w)(?:\d{1,3}|two|three|five|seven|ten)[- ](?:working |business )?(?:hours?|days?|weeks?)(?: from| later| at the latest)?(?!\w)"),
    "zh": re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?:工作日|自然日|分钟|小时|钟头|天|日|周|星期|礼拜|月)(?:之?内|以内|后|之后|内|前|左右)?"),
}  # fmt: skip
_RELATIVE = {
    "vi": re.compile(r"(?<!\w)(?:hôm nay|ngay hôm nay|ngày mai|ngày kia|sáng mai|chiều mai|tối mai|chiều nay|tối nay|sáng nay|trưa nay|tuần này|tuần sau|tuần tới|cuối tuần(?: này)?|đầu tuần(?: sau| tới)?|tháng này|tháng sau|tháng tới|cuối tháng(?: này| \d{1,2})?|đầu tháng(?: \d{1,2}| sau)?|giữa tháng(?: \d{1,2})?|hết tháng(?: này| \d{1,2})?|trong tháng(?: này| \d{1,2})?|trong tuần|trong ngày|trong hôm nay|hết năm|cuối năm|đến tết|trước tết|trung thu|giáng sinh|hết quý)(?!\w)"),
    "en": re.compile(r"(?<!\w)(?:today|tonight|tomorrow|this (?:week|weekend|month|afternoon|evening|morning)|next (?:week|month|weekend)|by the end of (?:the|this) (?:day|week|month|year)|end of (?:the |this )?(?:day|week|month|year)|the weekend|month'?s end|close of business|christmas|easter|new year'?s?(?: eve)?|midsummer|thanksgiving)(?!\w)"),
    "zh": re.compile(r"今天|今日|今晚|明天|明日|明早|明晚|后天|本周末?|这周末?|下周|本月底?|月底|月末|下个?月|周末|年底|年前|当天|当日|节前|春节前|中秋前|即日起?|本日"),
}  # fmt: skip
# characters; nobody reads further, and what is written to tire the linter must not
LONGEST_TEXT = 100_000
MOST = 400


def dates(folded_text: str, lang: str) -> list[DateMention]:
    """All mentions in order, without overlaps: a named day before what only bounds a time."""
    text = folded_text[:LONGEST_TEXT]
    found: list[DateMention] = []
    taken = bytearray(len(text) + 1)
    for mention in _all(text, lang):
        if not any(taken[mention.span.start : mention.span.end]):
            taken[mention.span.start : mention.span.end] = b"\1" * (mention.span.end - mention.span.start)
            found.append(mention)
            if len(found) >= MOST:
                break
    return sorted(found, key=lambda item: item.span)


def _all(text: str, lang: str) -> Iterator[DateMention]:
    has_digit = any(char.isdigit() for char in text)
    if lang == "vi":
        yield from _vietnamese(text)
    elif lang == "en":
        yield from _english(text)
    else:
        yield from _chinese(text)
    if has_digit:
        yield from _numeric(text, lang)
    for match in _weekday_pattern(lang).finditer(text):
        yield DateMention(Span(*match.span()), WEEKDAY, weekday=_WEEKDAYS[lang][match.group()])
    if has_digit or lang == "zh" or "noon" in text or "midnight" in text or "trưa" in text or "đêm" in text:
        for match in _HOURS.finditer(text):
            yield DateMention(Span(*match.span()), HOUR)
    for kind, pattern in ((DURATION, _DURATION[lang]), (RELATIVE, _RELATIVE[lang])):
        for match in pattern.finditer(text):
            yield DateMention(Span(*match.span()), kind)


def _weekday_pattern(lang: str) -> re.Pattern[str]:
    return _WEEKDAY_PATTERNS[lang]


_WEEKDAY_PATTERNS = {
    # "thứ ba" counts as well: "lần thứ ba", "thứ hai, …" in a list of reasons
    "vi": re.compile(
        r"(?<!lần )(?<!bước )(?<!ly )(?<!hộp )(?<!cái )(?<!người )(?<!chiếc )(?<!ấm )(?<!món )(?<!năm )(?<!ngày )(?<!\w)(?:"
        + "|".join(_WEEKDAYS["vi"])
        + r")(?!\w)(?! là(?! ngày))"
    ),
    "en": re.compile(
        r"(?<!\w)(?:" + "|".join(sorted(_WEEKDAYS["en"], key=len, reverse=True)) + r")(?!\w)(?<!(?<=\w)sat)"
    ),
    "zh": re.compile("|".join(_WEEKDAYS["zh"])),
}


def _vietnamese(text: str) -> Iterator[DateMention]:
    for match in _VI_DAY.finditer(text):
        span = Span(*match.span())
        if match["d"] is None:
            yield DateMention(span, DAY)
            continue
        word = match["m"]
        month = int(word) if word.isdecimal() else _VI_MONTH_WORDS[word]
        yield _made(span, int(match["d"]), month, int(match["y"]) if match["y"] else None)


def _english(text: str) -> Iterator[DateMention]:
    for match in _EN_DAY.finditer(text):
        day = match["d1"] or match["d2"]
        month = _MONTHS[match["m1"] or match["m2"]]
        year = match["y1"] or match["y2"]
        # "may 5 people" is a verb, and so is "march 10 miles"
        if month in _VERBS and _COUNTED.match(text, match.end()) and match["m1"]:
            continue
        yield _made(Span(*match.span()), int(day), month, int(year) if year else None)


_VERBS = (3, 5)
_COUNTED = re.compile(r"\s(?:people|guests|items|miles|kilometres|cups|tins|of)\b")


def _chinese(text: str) -> Iterator[DateMention]:
    for match in _ZH_DAY.finditer(text):
        month, day = _zh_figure(match["m"]), _zh_figure(match["d"].removeprefix("初"))
        yield _made(Span(*match.span()), day, month, int(match["y"]) if match["y"] else None)


def _zh_figure(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return {"正": 1, "腊": 12}.get(word) or chinese_number(word)


def _numeric(text: str, lang: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text):
        span = Span(*match.span())
        if match["iy"]:
            yield _made(span, int(match["id"]), int(match["im"]), int(match["iy"]))
            continue
        one, other, year = int(match["a"]), int(match["b"]), match["y"]
        before = text[max(0, span.start - 14) : span.start]
        if (
            _NO_DATE_BEFORE.search(before)
            or _NO_DATE_AFTER.match(text, span.end)
            or not _may_be_date(match, before, lang)
        ):
            continue
        full = None if year is None else int(year) + (2000 if len(year) == _SHORT_YEAR else 0)
        mention = _made(span, one, other, full)
        swapped = _made(span, other, one, full)
        # English writes either order: one that exists is enough
        yield swapped if lang == "en" and not mention.valid and swapped.valid else mention


_SHORT_YEAR = 2
_DATE_CUE = re.compile(
    r"(?:(?<!\w)(?:ngày|hết|đến|tới|từ|trước|sau|hạn|vào|sáng|chiều|tối|trưa|on|by|until|till|before|from|ends?|starts?|due|thứ \w+|chủ nhật|cn|\w+day),?|-|–|至|到|截至|截止|于|前|起)[\s:(]*$"
)


def _may_be_date(match: re.Match[str], before: str, lang: str) -> bool:
    """1/2, 24/7 and 5.3 need a word beside them that makes them a date; 31/3 and 31/03/2026 do not."""
    one, other = int(match["a"]), int(match["b"])
    if match["y"] and len(match["y"]) > _SHORT_YEAR:
        return True
    if one == 0 or other == 0 or (one, other) == (24, 7) or one > _LAST_DAY:
        return False
    cued = bool(_DATE_CUE.search(before))
    if other > _LAST_MONTH:
        return lang == "en" and one <= _LAST_MONTH and other <= _LAST_DAY and (cued or match["s"] == "/")
    if match["s"] != "/":
        return cued
    # a small fraction without any cue is a fraction
    return cued or not (one < other <= _LARGEST_FRACTION or one == other == 1)


_LAST_DAY, _LAST_MONTH, _LARGEST_FRACTION = 31, 12, 10


def _made(span: Span, day: int, month: int, year: int | None) -> DateMention:
    """29 February is possible while the year is not known."""
    valid = _date(year if year is not None else _LEAP_YEAR, month, day) is not None
    return DateMention(span, DAY, day, month, year, valid=valid)


_LEAP_YEAR = 2024
