"""Named days: figures with a stroke, words for months, in three languages. What it says is judged in `dates`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.parsing.begins import begins
from lint_rules.parsing.near import Near
from lint_rules.parsing.part import Span
from lint_rules.parsing.prices import chinese_number


@dataclass(frozen=True, slots=True)
class DayFound:
    """Day and month are 0 where they are not named in figures of our calendar."""

    span: Span
    day: int = 0
    month: int = 0
    year: int | None = None
    lunar: bool = False
    either_order: bool = False


def find(text: str, lang: str, written: str) -> Iterator[DayFound]:
    """Every named day; some overlap, and the first of those counts."""
    yield from {"vi": _vietnamese, "en": _english, "zh": _chinese}[lang](text)
    yield from _numeric(text, lang, written)


_YEAR = r"(?:19|20)\d\d"
_LAST_DAY, _LAST_MONTH = 31, 12

# -- Vietnamese --------------------------------------------------------------------------------------

_VI_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
               "chín": 9, "mười": 10}  # fmt: skip
_VI_MONTHS = {"giêng": 1, **_VI_NUMBERS, "mười một": 11, "mười hai": 12, "chạp": 12}
_VI_LUNAR = ("giêng", "chạp")
# "gói 6 tháng 2 triệu", "3 tháng một lần": the figure behind counts something else
_VI_COUNTED = r"(?!\s(?:triệu|tr|nghìn|ngàn|k|tỷ|tỉ|lần|buổi|ngày|người|suất|hộp|chiếc|tuổi|đồng|đ|%)(?!\w)|[.,]\d|[%đ₫])"
_VI_DAY = Near(
    re.compile("ngày|tháng|mùng|mồng|rằm|tết"),
    begins(
        r"\dnhmr",
        rf"(?<![\w/.,])(?:(?:ngày|hôm|mùng|mồng)\s){{0,2}}(?P<d>\d{{1,2}})\s?tháng\s?(?P<m>\d{{1,2}}|mười một|mười hai|{'|'.join(_VI_MONTHS)}){_VI_COUNTED}(?!\w)(?:[\s,/]{{1,2}}(?:năm\s)?(?P<y>{_YEAR})(?!\w))?"
        r"|(?<!\w)(?:mùng|mồng)\s(?:\d{1,2}(?!\s?[/\-.]\s?\d)|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s(?:tết|tháng\s\w+))?(?!\w)|(?<!\w)rằm(?:\stháng\s\w+)?(?!\w)|(?<!\w)30 tết(?!\w)"
        r"|(?<!\w)(?<!hai )(?<!ba )(?<!\d )ngày\s(?P<only>\d{1,2})(?!\s?(?:tháng|/|\d|ngày|giờ|%|h\d?|lần|buổi|viên|ly|bữa|gói|cốc|cữ|suất|đêm|chỗ|[.\-]\s?\d))(?!\w)",
    ),
    before=24,
    after=60,
)


def _vietnamese(text: str) -> Iterator[DayFound]:
    for match in _VI_DAY.finditer(text):
        span = Span(*match.span())
        if match["only"]:
            yield DayFound(span, int(match["only"]))
        elif match["d"]:
            word = match["m"]
            month = int(word) if word.isdecimal() else _VI_MONTHS[word]
            lunar = word in _VI_LUNAR or _is_lunar(text, match)
            yield DayFound(span, int(match["d"]), month, int(match["y"]) if match["y"] else None, lunar)
        else:
            yield DayFound(span, lunar=True)


_LUNAR_AFTER = re.compile(r"[\s,(]{0,2}(?:âm lịch|âl(?!\w)|ta(?!\w))")


def _is_lunar(text: str, match: re.Match[str]) -> bool:
    return bool(_LUNAR_AFTER.match(text, match.end()))


# -- English -----------------------------------------------------------------------------------------

_EN_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
EN_MONTH = "|".join(sorted(_EN_MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th)?"
_EN_DAY = Near(
    re.compile(rf"(?:{EN_MONTH})(?!\w)"),
    begins(
        r"\dtadfjmnos",
        # March 31(st), 2026; March 1-15
        rf"(?<!\w)(?P<m1>{EN_MONTH})\.?\s(?:the\s)?(?P<d1>\d{{1,2}}){_ORDINAL}(?:\s?[-–]\s?(?P<to>\d{{1,2}}){_ORDINAL})?(?:,?\s(?P<y1>{_YEAR}))?(?![\w:])"
        # 31(st) (of) March 2026; 1-15 March
        rf"|(?<![\w/.,])(?:(?P<from>\d{{1,2}}){_ORDINAL}\s?(?:[-–]|to|and)\s?)?(?:the\s)?(?P<d2>\d{{1,2}}){_ORDINAL}\s(?:day\s)?(?:of\s)?(?P<m2>{EN_MONTH})(?:\.(?=\s?,?\s?{_YEAR})|\.?)(?:,?\s(?P<y2>{_YEAR}))?(?!\w)",
    ),
    before=40,
    after=40,
)
_EN_ORDINAL = Near(
    re.compile(r"the\s\d"),
    re.compile(
        r"(?<!\w)(?:by|until|till|before|on|ends|from|to|through)\sthe\s(?P<d>\d{1,2})(?:st|nd|rd|th)(?=\s?[.,;:)!]|\s?$|\n|\s(?:at|of (?:this|next|the) month|and|or|to|for|we|you|please)(?!\w))"
    ),
    before=12,
    after=40,
)
# "may 5 people", "march 10 miles": verbs and counts
_EN_COUNTED = re.compile(
    r"\s(?:people|persons|guests|items|miles|kilometres|cups|tins|of|customers|users|more|other|days|hours|weeks|percent|per cent|%|pieces|orders|families|members|visitors)\b|%"
)


def _english(text: str) -> Iterator[DayFound]:
    for match in _EN_DAY.finditer(text):
        name = match["m1"] or match["m2"]
        day, month = int(match["d1"] or match["d2"]), _EN_MONTHS[name]
        year = match["y1"] or match["y2"]
        if match["m1"] and _EN_COUNTED.match(text, match.end()):
            continue
        made = int(year) if year else None
        if match["to"]:
            yield DayFound(Span(match.start(), match.end("d1")), day, month, made)
            yield DayFound(Span(match.start("to"), match.end()), int(match["to"]), month, made)
        elif match["from"]:
            yield DayFound(Span(match.start("from"), match.end("from")), int(match["from"]), month, made)
            yield DayFound(Span(match.start("d2"), match.end()), day, month, made)
        elif day <= _LAST_DAY or year or _EN_DAY_CUE.search(text, max(0, match.start() - 20), match.start()):
            # "in May 60 guests came"
            yield DayFound(Span(*match.span()), day, month, made)
    for match in _EN_ORDINAL.finditer(text):
        yield DayFound(Span(match.start("d"), match.end("d") + 2), int(match["d"]))


_EN_DAY_CUE = re.compile(
    r"(?<!\w)(?:on|by|until|till|before|ends?|expires?|closes?|through|day),?\s(?:the\s)?$"
)

# -- Chinese -----------------------------------------------------------------------------------------

_HAN_DAY = (
    r"[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|初[一二三四五六七八九十]|[一二三四五六七八九]"
)
_ZH_DAY = Near(
    re.compile("月|日|号"),
    re.compile(
        rf"(?:(?P<y>{_YEAR}|二[〇零○]{{1,2}}[一二三四五六七八九〇零]{{1,2}})\s?年\s?)?(?P<m>(?<![\d.])\d{{1,2}}|十[一二]?|[一二三四五六七八九正腊冬])\s?月\s?(?P<d>\d{{1,2}}|{_HAN_DAY})(?:\s?[日号](?!线|楼|院|馆|店)|(?=[^个\d份级]|$))"
        rf"|(?<![\d月.第])(?P<only>\d{{1,2}}|{_HAN_DAY})(?:日(?!元|本|历|用|常|均|产)|号(?=前|之前|以前|止|截止|下班|晚|上午|下午))"
    ),
    before=24,
    after=12,
)
_ZH_LUNAR_BEFORE = re.compile(r"(?:农历|阴历|旧历)(?:\S{2,4}年)?\s?$")
_RANGE = re.compile(r"\s?(?:至|到|—|－|-|–|~|～|、|和)\s?$")


def _chinese(text: str) -> Iterator[DayFound]:
    last_month, last_end = 0, -9
    for match in _ZH_DAY.finditer(text):
        span = Span(*match.span())
        if match["only"]:
            near = span.start - last_end <= _RANGE_WIDTH and _RANGE.search(text, last_end, span.start)
            month = last_month if near else 0
            yield DayFound(span, _zh_figure(match["only"]), month)
        else:
            word = match["m"]
            month, day = _ZH_LUNAR.get(word) or _zh_figure(word), _zh_figure(match["d"].removeprefix("初"))
            is_lunar = word in _ZH_LUNAR or match["d"][0] in "初廿"
            lunar = is_lunar or bool(_ZH_LUNAR_BEFORE.search(text, max(0, span.start - 8), span.start))
            yield DayFound(span, day, month, _zh_year(match["y"]), lunar)
        last_month, last_end = month, span.end


_ZH_LUNAR = {"正": 1, "冬": 11, "腊": 12}
_RANGE_WIDTH = 3


def _zh_figure(word: str) -> int:
    return int(word) if word.isdecimal() else chinese_number(word.replace("廿", "二十"))


def _zh_year(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdecimal() else chinese_number(word.replace("○", "〇"))


# -- figures -----------------------------------------------------------------------------------------

_NUMERIC = Near(
    re.compile(r"[/.-]\s?\d"),
    begins(
        r"\d",
        rf"(?<![^\W\u4e00-\u9fff])(?<!/)(?:(?<!:)|(?<=[\u4e00-\u9fff]:))(?<!\d[.,])(?:(?P<iy>{_YEAR})(?P<is>[-/.])(?P<im>\d{{1,2}})(?P=is)(?P<id>\d{{1,2}})"
        rf"|(?P<a>\d{{1,2}})(?P<s>\s?[/.\-]\s?)(?P<b>\d{{1,2}})(?P=s)(?P<y>{_YEAR}|\d\d)"
        r"|(?:(?P<from>\d{1,2})\s?[-–]\s?)?(?P<c>\d{1,2})(?P<t>[/.\-])(?P<e>\d{1,2}))(?![^\W\u4e00-\u9fff]|[/%]|[.,:]\d|-\d{3}|-[a-zđ])",
    ),
    before=16,
    after=24,
)
# what stands before a figure with a stroke that is no date
_NO_DATE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:số|nhà|ngõ|hẻm|ngách|kiệt|phòng|căn|căn hộ|chung cư|toà|toà nhà|dãy|khu dân cư|lô|tổ|đường|phố|đại lộ|quốc lộ|tỉnh lộ|tỉ lệ|tỷ lệ|điểm|size|cỡ|quận|khu|ấp|thửa|tầng|hoá đơn|đơn hàng|mã|mã số|mã đơn|hợp đồng|công văn|quyết định|thông tư|nghị định|nghị quyết|chỉ thị|luật|tốc độ|kích thước|lớp|kênh|chiếm|khoảng|hơn|gần|được|giải|hạng|phần|bản|phiên bản"
    r"|no\.?|room|suite|unit|apt\.?|apartment|flat|page|step|invoice|order|ref\.?|block|building|score|scored|rated|rating|grade|ratio|chapter|version|v\.?|model|section|lot|gate|ticket|bước)|[#第]|共)[\s:]*$"
)
_NO_DATE_AFTER = re.compile(
    r"\s*(?:nđ|qđ|tt|cp(?!\w)|đường|phố|street|road|lane|avenue|cup|cốc|thìa|muỗng|chén|inch|in\.|\"|”|dân số|số(?!\w)|of (?:the|our|a|all)|giờ|h\b|kg|kí|lít|phần|người|khách|mbps|gb|cm|mm|m(?!\w)|km|điểm|sao|stars?|points?|giây|teaspoon|tsp|tbsp|tablespoon|pint|gallon|mile|杯|勺|颗|瓶|桌|室|弄|楼|号|尺|寸|分)"
)
# two capitals behind it and no cue before it: a house in a street
_STREET = re.compile(r",?\s[A-ZĐÀ-Ỹ][^\W\d_]*\s[A-ZĐÀ-Ỹ]")
_DATE_CUE = re.compile(
    r"(?:(?<!\w)(?:ngày|hết|đến|tới|từ|trước|sau|hạn|vào|sáng|chiều|tối|trưa|đêm|lễ|dịp|mừng|mùng|quốc khánh|hôm|chót|on|by|until|till|before|from|to|through|thru|ends?|starts?|due|expires?|closes?|valid|deadline|date|day|thứ \w+|chủ nhật|cn|t[2-7]|\w+day),?|-|–|至|到|截至|截止|于|前|起|日期|时间)[\s:(]*$"
)
_RANGE_BEFORE = re.compile(r"\s?[-–]\s?$")
_RANGE_AFTER = re.compile(r"\s?[-–]\s?\d{1,2}[/.]\d{1,2}(?![\w/])")


def _numeric(text: str, lang: str, written: str) -> Iterator[DayFound]:
    """Figures in order; what a dash joins to a date is one as well."""
    end = -1
    for match in _NUMERIC.finditer(text):
        span = Span(*match.span())
        joined = 0 <= span.start - end <= _RANGE_WIDTH and bool(_RANGE_BEFORE.search(text, end, span.start))
        after_dash = text[span.start - 1 : span.start] in ("-", "–") and not joined
        if after_dash:
            continue
        if match["iy"]:
            yield DayFound(span, int(match["id"]), int(match["im"]), int(match["iy"]))
        elif not (joined or _may_be_date(match, text, lang, written)):
            continue
        elif match["a"]:
            year = int(match["y"]) + (2000 if len(match["y"]) == _SHORT_YEAR else 0)
            yield DayFound(span, int(match["a"]), int(match["b"]), year, either_order=lang == "en")
        else:
            yield from _without_year(match, span, lang)
        end = span.end


def _without_year(match: re.Match[str], span: Span, lang: str) -> Iterator[DayFound]:
    one, other = int(match["c"]), int(match["e"])
    if lang == "zh":
        # Chinese writes the month first
        one, other = other, one
    if match["from"]:
        yield DayFound(Span(match.start("from"), match.end("from")), int(match["from"]), other)
        span = Span(match.start("c"), span.end)
    yield DayFound(span, one, other, either_order=lang == "en")


_SHORT_YEAR = 2


def _may_be_date(match: re.Match[str], text: str, lang: str, written: str) -> bool:
    """1/2, 24/7 and 5.3 need a word beside them that makes them a date; 31/3 and 31/03/2026 do not."""
    start, end = match.span()
    before = text[max(0, start - 22) : start]
    has_year = bool(match["a"]) and len(match["y"]) > _SHORT_YEAR
    if _NO_DATE_BEFORE.search(before) or (not has_year and _NO_DATE_AFTER.match(text, end)):
        return False
    if match["a"]:
        return len(match["y"]) > _SHORT_YEAR or _is_plausible(match["a"], match["b"])
    cued = bool(match["from"] or _DATE_CUE.search(before) or _RANGE_AFTER.match(text, end))
    if not cued and _STREET.match(written, end):
        return False
    one, other = int(match["c"]), int(match["e"])
    if (one, other) == (24, 7) or (one == other and one in _SHARES):
        return False
    if not _is_plausible(match["c"], match["e"], lang):
        # 32/3 behind "ngày" is a date that cannot be
        return cued and match["t"] == "/" and 0 < one <= _ABSURD and 0 < other <= _LAST_MONTH
    if match["t"] != "/" or (lang == "en" and not (_exists(one, other) or _exists(other, one))):
        return cued
    padded = match["e"].startswith("0") or match["c"].startswith("0")
    # a small fraction without any cue is a fraction
    return cued or padded or not (one < other <= _LARGEST_FRACTION or one == other == 1)


def _is_plausible(one: str, other: str, lang: str = "en") -> bool:
    """Day and month in the order of the language, English in either."""
    first, second = int(one), int(other)
    if not first or not second or first > _LAST_DAY or second > _LAST_DAY:
        return False
    if lang == "vi":
        return second <= _LAST_MONTH
    return min(first, second) <= _LAST_MONTH and (lang == "en" or first <= _LAST_MONTH)


def _exists(day: int, month: int) -> bool:
    """Whether some year has that day: 30/2 without a cue is a yarn or a measure."""
    return 1 <= month <= _LAST_MONTH and 1 <= day <= _DAYS[month - 1]


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHARES = (50,)
_LARGEST_FRACTION = 10
# figures up to here are a slip of the pen for a day
_ABSURD = 39
