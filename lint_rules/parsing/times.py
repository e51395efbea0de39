"""Weekdays, hours, durations, and days told from today, in three languages, over folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.parsing.begins import begins
from lint_rules.parsing.days import EN_MONTH
from lint_rules.parsing.near import Near, figure
from lint_rules.parsing.part import Span

# -- weekdays ----------------------------------------------------------------------------------------

_VI_DAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5} | {
    str(n): n - 2 for n in range(2, 8)
}
_EN_DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_ZH_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_VI_WEEKDAY = Near(
    re.compile("thứ|ch[ủú]a? nhật|cn|t[2-7]"),
    begins(
        "tc",
        r"(?<!\w)(?:thứ\s?(?P<day>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ nhật|chúa nhật)|(?P<short>t[2-7]|cn))(?!\w)",
    ),
    before=2,
    after=12,
)
# T6, 31/3; tối T7; CN này; 31/3 (T3); T2-T6: CN alone may be a branch
_VI_SHORT_AFTER = re.compile(
    r"[\s,:(]{1,3}(?:ngày )?\d{1,2}[/.-]\d|\s(?:này|tới|tuần|hàng tuần)(?!\w)|\s?[-–]\s?(?:t[2-7]|cn)(?!\w)"
)
_VI_SHORT_BEFORE = re.compile(r"(?:(?<!\w)(?:sáng|trưa|chiều|tối|đến|hết|trước|từ)|[-–]|\d[,\s]{0,2}\()\s?$")
# "lần thứ ba", "thứ hai là", "vị trí thứ 2": counting
_VI_COUNTING = re.compile(
    r"(?<!\w)(?:lần|bước|ly|hộp|cái|người|chiếc|ấm|món|năm|điều|lý do|con|vị trí|hạng|phần|tập|kỳ|mùa|thế hệ|đợt|bài|chương|khoá|sản phẩm|cuốn|đơn|đơn hàng|tháng|tuần|vòng|quyển|cặp|đôi|suất|vé|bản|nhà|trang|dòng|cột|quý|xếp|đứng|bên|lớn|quê hương|thế giới|ngôi nhà|giải|tầng|số) $"
)
_VI_ORDINAL_AFTER = re.compile(r" là(?! ngày)| của| trong (?:danh|bảng|số)|:")
_EN_WEEKDAY = Near(
    re.compile("mon|tue|wed|thu|fri|sat|sun"),
    begins(
        "mtwfs",
        r"(?<!\w)(?:(?P<day>mon|tues|wednes|thurs|fri|satur|sun)days?|(?P<short>mon|tues?|wed|thurs?|thu|fri|sat|sun))(?!\w)",
    ),
    before=2,
    after=12,
)
# Sat 5 May, Mon-Fri, by Fri: not the sun, nor who sat
_EN_SHORT_AFTER = re.compile(
    rf"\.?,?\s{{1,2}}(?:the\s)?(?:\d{{1,2}}(?!\d)|(?:{EN_MONTH})(?!\w))|\s?(?:[-–]|to)\s?(?:mon|tue|wed|thu|fri|sat|sun)"
)
_EN_SHORT_BEFORE = re.compile(
    r"(?:(?<!\w)(?:by|until|till|before|on|ends|closes|next|this|every)\s|[-–]\s?|\d[,\s]{0,2}\()$"
)
_ZH_WEEKDAY = re.compile(
    r"(?:星期|礼拜|周)(?P<day>[一二三四五六日天])(?![次个回趟期年岁])(?<!两周一)(?<!一周两)"
)


def weekdays(text: str, lang: str, written: str) -> Iterator[tuple[Span, int]]:
    """Each weekday with its number, Monday 0."""
    if lang == "vi":
        yield from _vietnamese_weekdays(text, written)
    elif lang == "en":
        yield from _english_weekdays(text)
    else:
        for match in _ZH_WEEKDAY.finditer(text):
            yield Span(*match.span()), _ZH_DAYS[match["day"]]


def _english_weekdays(text: str) -> Iterator[tuple[Span, int]]:
    for match in _EN_WEEKDAY.finditer(text):
        if match["day"] or _stands_by(text, match, _EN_SHORT_BEFORE, _EN_SHORT_AFTER):
            yield Span(*match.span()), _EN_DAYS[(match["day"] or match["short"])[:3]]


def _stands_by(text: str, match: re.Match[str], before: re.Pattern[str], after: re.Pattern[str]) -> bool:
    """Whether one of the two stands beside the match."""
    start, end = match.span()
    return bool(after.match(text, end) or before.search(text, max(0, start - _BESIDE), start))


_BESIDE = 12


def _vietnamese_weekdays(text: str, written: str) -> Iterator[tuple[Span, int]]:
    counts = "thứ nhất" in text
    for match in _VI_WEEKDAY.finditer(text):
        span = Span(*match.span())
        if match["sunday"]:
            yield span, _SUNDAY
        elif short := match["short"]:
            if _stands_by(text, match, _VI_SHORT_BEFORE, _VI_SHORT_AFTER):
                yield span, _SUNDAY if short == "cn" else _VI_DAYS[short[1]]
        elif not _counts(text, match, written, counts):
            yield span, _VI_DAYS[match["day"]]


_SUNDAY = 6


def _counts(text: str, match: re.Match[str], written: str, counts: bool) -> bool:
    """Whether it is the second or third of something."""
    start, end = match.span()
    if _VI_COUNTING.search(text, max(0, start - _BESIDE), start):
        return True
    is_name = written[end - len(match["day"])].isupper()
    return not is_name and (counts or bool(_VI_ORDINAL_AFTER.match(text, end)))


# -- hours -------------------------------------------------------------------------------------------

_HOURS = {
    "vi": Near(
        re.compile(figure(r"\s?[hg:]") + "|giờ|trưa|đêm"),
        begins(
            r"\dgn",
            r"(?<![\w.,/:])(?:[01]?\d|2[0-4])(?:\s?(?:h|giờ)(?:\s?[0-5]\d|\s?rưỡi)?|g[0-5]\d|:[0-5]\d)(?![\w:]|[.,]\d)|(?<!\w)(?:giữa trưa|nửa đêm)(?!\w)",
        ),
        before=16,
        after=16,
    ),
    "en": Near(
        re.compile(figure(r"(?:\s?[ap]\.?m|\s?o'clock|:\d)") + "|noon|midday|midnight"),
        begins(
            r"\dnm",
            r"(?<![\w.,:/$£€])(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?(?:a\.m\.|p\.m\.|(?:am|pm|o'clock)(?!\w))|(?<![\w.,:/])(?:[01]?\d|2[0-4]):[0-5]\d(?![\w:]|[.,]\d)|(?<!\w)(?:noon|midday|midnight)(?!\w)",
        ),
        before=12,
        after=12,
    ),
    "zh": Near(
        re.compile(r"点|时|:\d"),
        begins(
            r"\d上下晚早中凌",
            r"(?:上午|下午|晚上|早上|中午|凌晨|(?<![今明])[早晚])?(?<![\d.:])(?:[01]?\d|2[0-4])(?:[点时](?:\d{1,2}分|半|整)?(?!间|候|代|建议|要求|意见|说明|理由|好处|心得|提示|原因)|:[0-5]\d(?!\d))|(?:上午|下午|晚上|早上|中午|凌晨|早|晚)[一二两三四五六七八九十]{1,2}[点时]半?",
        ),
        before=12,
        after=12,
    ),
}


def hours(text: str, lang: str) -> Iterator[Span]:
    """Times of the day."""
    for match in _HOURS[lang].finditer(text):
        yield Span(*match.span())


# -- durations ---------------------------------------------------------------------------------------

_VI_COUNT = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nửa)"
_EN_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty-eight|a few|few|a couple of|several)"
_EN_UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|fortnight)"
_DURATIONS = {
    "vi": Near(
        re.compile("ngày|tuần|tháng|hôm|tiếng|phút|giờ|" + figure(r"\s?h")),
        begins(
            r"\dtvscdknmhb",
            rf"(?<![\w/.,])(?:(?:trong|trong vòng|vòng|sau|chậm nhất|tối đa|còn|thêm|khoảng|dưới|nội)\s){{0,2}}{_VI_COUNT}(?:\s?(?:-|–|đến|tới)\s?{_VI_COUNT})?\s?(?:ngày|tuần|tháng|hôm|tiếng|phút)(?: làm việc)?(?!\w)"
            # "17 giờ" alone is an hour
            rf"|(?<!\w)(?:trong(?: vòng)?|vòng|sau|tối đa|còn|thêm|khoảng|dưới|nội)\s(?:khoảng\s)?{_VI_COUNT}(?:\s?[-–]\s?\d{{1,3}})?\s?(?:giờ|h)(?: làm việc| tới| nữa)?(?!\w)|(?<![\w/.,])(?:48|72|36|96|24)\s?(?:giờ|h)(?!\w|\d)",
        ),
        before=72,
        after=24,
    ),
    "en": Near(
        re.compile(r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|fortnight|2h|4h|6h|8h)(?!\w)"),
        begins(
            r"\dwiafuotnclseh",
            rf"(?<![\w/.,$£€-])(?:(?:within|in|after|for|under|inside|over|the|next|coming|last|no later than)\s(?:the\s)?(?:next\s|coming\s)?)?{_EN_COUNT}(?:\s?(?:-|–|to|or)\s?{_EN_COUNT})?[\s-]?(?:more\s|full\s|working\s|business\s|calendar\s){{0,2}}{_EN_UNIT}(?!\w)"
            rf"|(?<!\w)(?:within|in|after|for|inside|another|half)\s(?:about\s|the\s|an?\s)?(?:an?\s)?(?:next\s)?(?:working\s)?{_EN_UNIT}(?!\w)|(?<!\w)(?:24|36|48|72)h(?!\w)",
        ),
        before=96,
        after=8,
    ),
    "zh": Near(
        re.compile("工作日|自然日|分钟|小时|钟头|天|周|星期|礼拜|月"),
        begins(
            r"\d一二两三四五六七八九十半几",
            r"(?:\d{1,3}(?:-\d{1,3})?|[一二两三四五六七八九十半几]{1,3})个?(?:工作日|自然日|分钟|小时|钟头|天(?!然)|周(?![年岁边围日末到遭])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|(?<=个)月)(?:之?内|以内|之?后|以后|之?前|左右)?",
        ),
        before=16,
        after=12,
    ),
}


def durations(text: str, lang: str) -> Iterator[Span]:
    """Lengths of time."""
    for match in _DURATIONS[lang].finditer(text):
        yield Span(*match.span())


# -- from today on -----------------------------------------------------------------------------------

_VI_MONTH = r"(?: này| sau| tới| \d{1,2}(?!\d)| giêng| chạp)?"
_RELATIVES: dict[str, Near | re.Pattern[str]] = {
    "vi": Near(
        re.compile(
            "nay|mai|mốt|kia|tuần|trong ngày|hết ngày|tháng|năm|quý|mùa|tết|trung thu|giáng sinh|noel|giờ"
        ),
        begins(
            "nhtscđgm",
            rf"(?<!\w)(?:(?:ngay |hết |trong )?hôm nay|(?:sáng|trưa|chiều|tối|đêm) (?:nay|mai|mốt)|ngày (?:mai|kia|mốt)|(?:đầu |giữa |cuối |hết |trong )?tuần (?:này|sau|tới)|cuối tuần|đầu tuần|trong tuần|trong ngày|hết ngày(?! \d)|(?:đầu|giữa|cuối|hết|trong) tháng{_VI_MONTH}|tháng (?:này|sau|tới)|(?:đầu|giữa|cuối|hết|trong) (?:năm|quý)(?: này| nay| sau| [1-4ivx]+(?!\w))?|mùa (?:hè|thu|đông|xuân) này|tết(?: nguyên đán| âm lịch)?|trung thu|giáng sinh|noel|cuối giờ|giờ làm việc)(?!\w)",
        ),
        before=12,
        after=32,
    ),
    "en": Near(
        re.compile(
            "today|tonight|tomorrow|this |next |end|beginning of|start of|eo[dbw]|cob|close of|christmas|easter|new year|midsummer|thanksgiving|black friday|valentine's|mother's|father's|early|mid|late"
        ),
        begins(
            "tnmyebscvfl",
            rf"(?<!\w)(?:today|tonight|tomorrow|(?:this|next) (?:week(?:end)?|month|quarter|year|afternoon|evening|morning|spring|summer|autumn|fall|winter)|(?:the |month's |year's )?(?:end|beginning|start) of (?:the |this |next )?(?:day|business|play|week|month|quarter|year|{EN_MONTH}|spring|summer|autumn|winter)|the weekend|(?:month|year)'?s? end|close of (?:business|play)|eod|eob|cob|eow|christmas(?: eve)?|easter|new year'?s?(?: eve| day)?|midsummer|thanksgiving|black friday|valentine's day|mother's day|father's day|(?:early|mid|late)[ -](?:{EN_MONTH}))(?!\w)",
        ),
        before=14,
        after=32,
    ),
    "zh": begins(
        r"\d今明后本这下月周年当即节春元清五端中国双圣",
        r"今[天日晚]|明[天日早晚]|后[天日]|(?:本|这|下)(?:个?周末?|个?星期|个?月底?|季度?|学期)(?![一二三四五六日天])|月底|月末|月中|周末|年底|年末|年前|年内|当[天日]|即日起?|本日|(?:节|春节|元旦|元宵|清明|五一|端午|中秋|国庆|双十一|双十二|圣诞|元旦节|国庆节|中秋节|端午节)(?=前|之前|期间|当天|假期)|下班前|\d{1,2}月底",
    ),
}


def relatives(text: str, lang: str) -> Iterator[Span]:
    """Today, next week, the end of the month, a feast."""
    for match in _RELATIVES[lang].finditer(text):
        yield Span(*match.span())
