"""Prices as marketers write them: 1.990.000đ, 199k, 1,99 triệu, 1tr990, $20, €75, ¥99, 99元, 九十九块.

Works on folded text. Telephone numbers, hours, years, screens of 4K and gold of 18K are no prices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.parsing.part import Span


@dataclass(frozen=True, slots=True)
class Price:
    """An amount of money; `currency` is an ISO 4217 code."""

    span: Span
    amount: float
    currency: str


_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?!\d)"
_VI_UNIT = r"k|nghìn|ngàn|triệu|tr|tỷ|tỉ"
_DONG = r"(?:đồng|vnđ|vnd|đ|₫|d)(?![^\W\d_])"
_VI_DIGIT = "một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|trăm|linh|lẻ"

_PRICE = re.compile(
    # 1.990.000đ, 500.000 đồng
    rf"(?<![\w.,])(?P<dong>{_NUMBER})\s?{_DONG}"
    # 199k, 1,99 triệu (đồng), 1tr990
    rf"|(?<![\w.,])(?P<unit_number>\d{{1,4}}(?:[.,]\d{{1,3}})?)\s?(?P<unit>{_VI_UNIT})(?P<rest>\d{{1,3}})?(?!\w)(?:\s?{_DONG})?"
    # hai trăm nghìn đồng
    rf"|(?<!\w)(?P<vi_words>(?:(?:{_VI_DIGIT}|nghìn|ngàn|triệu)\s){{1,12}})(?:đồng|vnd)(?!\w)"
    # $20, us$20, rmb 99, ₫ 50.000
    rf"|(?P<sign>us\$|hk\$|[$€£¥₫￥]|(?<!\w)(?:usd|eur|gbp|rmb|vnd|cny)\s)\s?(?P<signed>{_NUMBER})"
    # 20 usd, 75€, 99元, 1.2万元
    rf"|(?<![\d.,])(?P<plain>{_NUMBER})\s?(?P<wan>[万千百]?)"
    r"(?P<word>usd|eur|gbp|rmb|cny|dollars?|euros?|pounds?|€|£|\$|美元|欧元|英镑|元|块钱|块(?!儿|头|状)|圆|人民币)(?![a-z])"
    # 九十九块, 一千二百元
    r"|(?P<zh>[一二两三四五六七八九十百千万零〇]{2,10})(?:块钱?|元)(?!旦|宵|素)|(?P<zh_one>[一二两三四五六七八九十百千万])(?:块钱|元钱|元(?!旦|宵|素|首|件|老|月))"
)
_SIGNS = {"us$": "USD", "hk$": "HKD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₫": "VND"}
_WORDS = {
    "usd": "USD", "dollar": "USD", "dollars": "USD", "$": "USD", "美元": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR", "欧元": "EUR",
    "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "£": "GBP", "英镑": "GBP", "vnd": "VND",
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
        span = Span(*match.span())
        if text := match["dong"]:
            yield Price(span, number(text, thousands="."), "VND")
        elif text := match["unit_number"]:
            if not _is_other_k(folded, match):
                yield Price(span, _with_unit(text, match["unit"], match["rest"]), "VND")
        elif text := match["vi_words"]:
            yield Price(span, float(_vi_words(text)), "VND")
        elif text := match["signed"]:
            currency = _SIGNS.get(match["sign"].strip(), _WORDS.get(match["sign"].strip(), "CNY"))
            yield Price(span, number(text, thousands="." if currency == "VND" else ","), currency)
        elif text := match["plain"]:
            yield Price(
                span, number(text, thousands=",") * _WAN[match["wan"]], _WORDS.get(match["word"], "CNY")
            )
        elif text := match["zh"] or match["zh_one"]:
            yield Price(span, float(chinese_number(text)), "CNY")


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
    groups = re.split(r"[.,]", text)
    if len(groups) == 1:
        return float(text)
    last_mark = text[-len(groups[-1]) - 1]
    decimals = len(groups[-1]) < 3 or (len(groups) == 2 and last_mark != thousands and len(groups[0]) > 3)
    return float("".join(groups[:-1]) + ("." if decimals else "") + groups[-1])


def _with_unit(text: str, unit: str, rest: str | None) -> float:
    value = float(text.replace(",", ".")) * _FACTORS[unit]
    return value + float(f"0.{rest}") * _FACTORS[unit] if rest else value


_VI_VALUES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def _vi_words(text: str) -> int:
    total = section = digit = 0
    for word in text.split():
        if word in _VI_VALUES:
            digit = _VI_VALUES[word]
        elif word in ("mười", "mươi"):
            section, digit = section + (digit or 1) * 10, 0
        elif word == "trăm":
            section, digit = section + (digit or 1) * 100, 0
        elif word in ("nghìn", "ngàn", "triệu"):
            total, section, digit = total + ((section + digit) or 1) * int(_FACTORS[word]), 0, 0
    return total + section + digit


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
