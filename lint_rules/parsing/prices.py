"""Prices as marketers write them: 1.990.000đ, 199k, 1,99 triệu, 1tr990, $20, €75, ¥99, 99元, 九十九块.

Works on folded text. Telephone numbers, hours, years, screens of 4K and gold of 18K are no prices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.parsing.begins import heads
from lint_rules.parsing.near import Near, figure
from lint_rules.parsing.part import Span


@dataclass(frozen=True, slots=True)
class Price:
    """An amount of money; `currency` is an ISO 4217 code."""

    span: Span
    amount: float
    currency: str


_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,3}(?: \d{3}){1,3}(?![\d.,])|\d{1,12}(?:[.,]\d{1,2})?(?!\d)"
_VI_UNIT = r"k|nghìn|ngàn|triệu|tr|tỷ|tỉ"
_DONG = r"(?:đồng|vnđ|vnd|đ|₫|(?<=000)d|(?<=000 )d)(?![^\W\d_])"
VI_DIGIT = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|trăm|linh|lẻ"
EN_DIGIT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|a"
# a figure in thousands that counts something else: 2 triệu người dùng, 10k followers
_COUNTED = r"(?!\s(?:khách|người|lượt|học viên|hội viên|thành viên|gia đình|sản phẩm|bước|đơn|bạn|tấn|năm|cây|bản|follow\w*|fans?|users?|runs?|steps?|people|customers?|downloads?|members?|readers?|race)(?!\w))"
# behind a figure that has no unit: a price goes on so
_ENDS = r"(?![.,]?\d)(?=\s?(?:/|[.;!?)(\n–]|,\s|$)|\s(?:một|mỗi|cho|thay|khi|đã|thôi|-)(?!\w))"

_CODES = "usd|eur|gbp|rmb|vnd|cny|chf|sek|nok|dkk|pln|czk|huf|aud|cad|nzd|sgd|hkd|thb|jpy|inr|myr|twd"
# what a price in words, or with its currency in front, begins with
_FIRST_WORDS = f"{VI_DIGIT}|nghìn|ngàn|triệu|giá|chỉ|còn|us$|hk$|a$|c$|s$|{_CODES}|{EN_DIGIT}".split("|")
# the last word of an amount in words; a sign; a figure with money before or behind it, or with a mark that groups
_CUE = "|".join(
    [
        *("nghìn", "ngàn", "triệu", "euro", "dollar", "đồng", "pound", "bucks", "vnd", "quid", "块", "元"),
        *(re.escape(sign) for sign in "$€£¥₫￥"),
        figure(
            rf"(?:[.,]\d|[\s-]?(?:[đ₫dk$€£¢p万千百元块圆美欧英越日港台新韩泰人]|vn|ng|tr|tỷ|tỉ|{_CODES}|franc|baht|rupee|zloty|zł|buck|cent)|(?<=(?:{_CODES})\d)|(?<=(?:{_CODES})\s\d))"
        ),
    ]
)

_PRICE = Near(
    re.compile(_CUE),
    re.compile(
        # a price begins with a figure, a sign or a word: nowhere else is it looked for
        rf"(?:(?=[\d$€£¥₫￥一二两三四五六七八九十百千万零〇])|(?<![a-zà-ỹđ])(?={heads(_FIRST_WORDS)}))(?:"
        # 1.990.000đ, 500.000 đồng
        rf"(?<!\w)(?<!\d[.,])(?P<dong>{_NUMBER})\s?{_DONG}"
        # 199k, 1,99 triệu (đồng), 1tr990
        rf"|(?<!\w)(?<!\d[.,])(?P<unit_number>\d{{1,4}}(?:[.,]\d{{1,3}})?)\s?(?P<unit>{_VI_UNIT})(?:(?P<rest>\d{{1,3}})|\s(?P<more>\d{{3}})(?:\s?(?:nghìn|ngàn|k))?(?![\d.,])|\s(?P<half>rưỡi))?(?!\w)(?:\s?{_DONG}|{_COUNTED})"
        # hai trăm nghìn đồng, một triệu rưỡi
        rf"|(?<!\w)(?P<vi_words>(?:(?:{VI_DIGIT}|nghìn|ngàn|triệu)\s){{1,12}})(?:đồng|vnd)(?!\w)"
        rf"|(?<!\w)(?P<vi_round>(?:(?:{VI_DIGIT})\s){{1,8}}(?:nghìn|ngàn|triệu)(?:\s(?:rưỡi|(?:{VI_DIGIT}))){{0,4}}(?<!lẻ)(?<!linh)){_ENDS}"
        # giá 199.000 một hộp
        rf"|(?<!\w)(?:giá|chỉ|còn)(?:\s(?:chỉ|còn|từ|là|bán|ưu đãi|lẻ|mới|gốc|cũ|niêm yết)){{0,3}}[\s:]{{1,2}}(?P<bare>\d{{1,3}}(?:[.,]\d{{3}}){{1,3}}){_ENDS}"
        # $20, us$20, rmb 99, ₫ 50.000
        rf"|(?P<sign>(?:us|hk|(?<![a-z])[acs])?\$|[€£¥₫￥]|(?<![a-z0-9])(?:{_CODES})(?![a-z]))\s?(?P<signed>{_NUMBER})(?P<thousands>k(?!\w))?"
        # 20 usd, 75€, 99元, 1.2万元
        rf"|(?<!\d)(?<!\d[.,])(?P<plain>{_NUMBER})[\s-]?(?P<wan>[万千百]?)"
        r"(?P<word>usd|eur|gbp|rmb|cny|chf|sek|nok|dkk|pln|czk|huf|aud|cad|nzd|sgd|hkd|thb|jpy|inr|myr|twd|kr(?!\w)|francs?|baht|rupees?|zloty|zł|dollars?|dong(?!\w)|bucks|euros?|pounds?(?! of| over| light| heav)|€|£|\$|美元|欧元|英镑|越南盾|越盾|日元|日圆|港币|港元|台币|新币|韩元|泰铢|元(?!素|旦|宵)|块钱|块(?!儿|头|状)|圆|人民币)(?![a-z])(?P<jiao>[1-9](?!\d))?"
        # 99p, 50 cents
        r"|(?<!\w)(?<!\d[.,])(?P<small>\d{1,2})(?:¢|\s?cents?|\s?pence|(?<=(?:only|just|from) \d\d)p|(?<=(?:for|now) \d\d)p|(?<=at \d\d)p)(?!\w)"
        # twenty dollars, ninety-nine pounds
        rf"|(?<!\w)(?!a\s[dpeb])(?P<en_words>(?:{EN_DIGIT})(?:(?:\s|-|\sand\s)(?:{EN_DIGIT})){{0,6}})[\s-](?P<en_unit>dollars?|bucks|euros?|pounds?|quid)(?! of)(?!\w)"
        # 九十九块, 一千二百元
        r"|(?P<zh>[一二两三四五六七八九十百千万零〇]{2,10})(?:块钱?|元)(?!旦|宵|素)(?P<zh_jiao>[一二三四五六七八九](?![十百折个件]))?|(?P<zh_odd>[一二两三四五六七八九])[块元](?P<zh_tenth>[一二三四五六七八九])(?:[毛角]|(?![十百千折个件月年])(?=[，。！、,/\s一每]|$))|(?P<zh_ten>[十百千])块(?=[，。！、,/\s一每]|$)|(?P<zh_one>[一二两三四五六七八九十百千万])(?:块钱|元钱|元(?!旦|宵|素|首|件|老|月)))"
    ),
    before=48,
    after=48,
    far=128,
)
_SIGNS = {
    "us$": "USD",
    "hk$": "HKD",
    "a$": "AUD",
    "c$": "CAD",
    "s$": "SGD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "₫": "VND",
}
_WORDS = {
    "usd": "USD", "dollar": "USD", "dollars": "USD", "bucks": "USD", "$": "USD", "美元": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR", "欧元": "EUR",
    "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "£": "GBP", "英镑": "GBP", "vnd": "VND",
    "dong": "VND", "越南盾": "VND", "越盾": "VND", "日元": "JPY", "日圆": "JPY", "港币": "HKD", "港元": "HKD",
    "台币": "TWD", "新币": "SGD", "韩元": "KRW", "泰铢": "THB",
}  # fmt: skip
_FACTORS = {"k": 1e3, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tr": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_WAN = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4}
# "4k", "8k", "18k": screens and gold; a run of 5k or 10k
_NO_PRICE_K = re.compile(
    r"(?:vàng|ti\s?vi|tv|màn hình|độ phân giải|video|camera|chạy|run|race|gold|screen|monitor|display|resolution)\s+(?:\w+\s+)?$"
)


def prices(folded: str, start: int = 0, end: int | None = None) -> list[Price]:
    """All prices of a stretch of folded text."""
    return list(_prices(folded, start, len(folded) if end is None else end))


def _prices(folded: str, start: int, end: int) -> Iterator[Price]:
    for match in _PRICE.finditer(folded, start, end):
        made = _vietnamese(folded, match) or _other(match)
        if made is not None:
            yield made


def _vietnamese(folded: str, match: re.Match[str]) -> Price | None:
    span = Span(*match.span())
    if text := match["dong"]:
        return Price(span, number(text, thousands="."), "VND")
    if text := match["unit_number"]:
        return None if _is_other_k(folded, match) else Price(span, _with_unit(text, match), "VND")
    if text := match["vi_words"] or match["vi_round"]:
        return Price(span, float(vietnamese_number(text)), "VND")
    if text := match["bare"]:
        return Price(Span(*match.span("bare")), number(text, thousands="."), "VND")
    return None


def _other(match: re.Match[str]) -> Price | None:
    span = Span(*match.span())
    if text := match["signed"]:
        sign = match["sign"].strip()
        currency = _SIGNS.get(sign, _WORDS.get(sign, "CNY"))
        amount = number(text, thousands="." if currency == "VND" else ",")
        return Price(span, amount * (1e3 if match["thousands"] else 1), currency)
    if text := match["plain"]:
        amount = number(text, thousands=",") * _WAN[match["wan"]] + int(match["jiao"] or 0) / 10
        return Price(span, amount, _WORDS.get(match["word"], "CNY"))
    if text := match["small"]:
        return Price(span, int(text) / 100, "GBP" if "p" in match.group() else "USD")
    if text := match["en_words"]:
        return Price(span, float(english_number(text)), _WORDS.get(match["en_unit"], "USD"))
    return _chinese(match, span)


def _chinese(match: re.Match[str], span: Span) -> Price | None:
    if text := match["zh_odd"]:
        return Price(span, chinese_number(text) + chinese_number(match["zh_tenth"]) / 10, "CNY")
    if text := match["zh"] or match["zh_one"] or match["zh_ten"]:
        tenth = chinese_number(match["zh_jiao"]) / 10 if match["zh_jiao"] else 0
        return Price(span, chinese_number(text) + tenth, "CNY")
    return None


def _is_other_k(folded: str, match: re.Match[str]) -> bool:
    if match["unit"] != "k":
        return (
            match["unit"] == "tr" and match["rest"] is None and folded[match.end() : match.end() + 1] == "."
        )
    value = match["unit_number"]
    return value in ("4", "8", "18", "24") or bool(
        _NO_PRICE_K.search(folded, max(0, match.start() - 30), match.start())
    )


def number(text: str, thousands: str) -> float:
    """1.990.000 or 1,99 or 1,990.50; a mark before three last digits groups when it may."""
    text = text.replace(" ", "")
    groups = re.split(r"[.,]", text)
    if len(groups) == 1:
        return float(text)
    last_mark = text[-len(groups[-1]) - 1]
    decimals = len(groups[-1]) < 3 or (len(groups) == 2 and last_mark != thousands and len(groups[0]) > 3)
    return float("".join(groups[:-1]) + ("." if decimals else "") + groups[-1])


def _with_unit(text: str, match: re.Match[str]) -> float:
    """199k, 1.990k, 1,99 triệu, 1tr990, 1 triệu 990, 2 triệu rưỡi."""
    unit = match["unit"]
    factor = _FACTORS[unit]
    groups = factor <= _FACTORS["k"] and re.fullmatch(r"\d{1,3}[.,]\d{3}", text)
    value = float(re.sub("[.,]", "", text) if groups else text.replace(",", ".")) * factor
    if rest := match["rest"] or match["more"]:
        return value + float(f"0.{rest}") * factor
    return value + factor / 2 if match["half"] else value


_VI_VALUES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def vietnamese_number(text: str) -> int:
    """hai trăm nghìn is 200000."""
    total = section = digit = last = 0
    for word in text.split():
        if word in _VI_VALUES:
            digit = _VI_VALUES[word]
        elif word in ("mười", "mươi"):
            section, digit = section + (digit or 1) * 10, 0
        elif word == "trăm":
            section, digit = section + (digit or 1) * 100, 0
        elif word in ("nghìn", "ngàn", "triệu"):
            last = int(_FACTORS[word])
            total, section, digit = total + ((section + digit) or 1) * last, 0, 0
        elif word == "rưỡi":
            total += last // 2
    return total + section + digit


_EN_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_VALUES = {word: number for number, word in enumerate(_EN_UNITS.split(), start=1)}
_EN_VALUES |= {word: number * 10 for number, word in enumerate(_EN_TENS.split(), start=2)}


def english_number(text: str) -> int:
    """ninety-nine is 99."""
    total = section = 0
    for word in re.split(r"[\s-]", text):
        if word == "hundred":
            section = (section or 1) * 100
        elif word == "thousand":
            total, section = total + (section or 1) * 1000, 0
        else:
            section += _EN_VALUES.get(word, 0)
    return total + section


_ZH_VALUES = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> int:
    """九十九 is 99; 八五 is 85."""
    if not any(char in "十百千万" for char in text):
        return int("".join(str(_ZH_VALUES[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _ZH_VALUES:
            digit = _ZH_VALUES[char]
        elif char == "万":
            total, section, digit = ((section + digit) or 1) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _ZH_UNITS[char], 0
    return total + section + digit
