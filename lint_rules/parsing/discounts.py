"""What is taken off or added: 20% off, giảm 50k, 八折, buy one get one, a gift.

A percentage alone is no discount (100% cotton, 10% VAT): a word beside it must say so. Works on folded
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.parsing.part import Span
from lint_rules.parsing.prices import Price, chinese_number, number


@dataclass(frozen=True, slots=True)
class Discount:
    """`kind` is percent, amount, bundle or gift; `value` per cent, money, or 0."""

    span: Span
    kind: str
    value: float


_PERCENT = re.compile(
    r"(?<![\da-z])(?<!\d[.,])(?P<minus>[-–−]\s?)?(?P<figure>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|phần trăm|percent(?!\w)|per cent|pct)"
    r"|百分之(?P<zh>[一二三四五六七八九十]{1,3})|(?:(?P<parts>[二三四五六七八九十])分之(?P<share>[一二三四五六七八九])|(?P<half>一半))(?!以上|是|的?(?:时间|时长|路|[体脑]?力|精力|工夫|功夫|空间|人|步骤|麻烦|烦恼|热量|卡路里|糖|盐|油|脂肪|能耗|用?[电水气]|噪音|重量|体积))"
)
_CUE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:giảm|chiết khấu|ưu đãi|tiết kiệm|khuyến mãi|khuyến mại|bớt|được trừ|trừ|hoàn tiền|hoàn|rẻ hơn|hạ giá|trợ giá"
    r"|sale(?: off)?|discounts?|save|saves|saving|savings|off|cut|reduced|cashback|rebate)(?!\w)"
    r"|优惠|减|省|立减|直降|降价|降|返现|返|折扣|节省|让利|便宜|减免|少[付花交缴掏])"
    r"(?:\s*(?:(?<!\w)(?:giá|ngay|thêm|đến|tới|lên|lên đến|lên tới|là|tiền|cho bạn|cho quý khách|of|up to|an extra|extra|by|at least"
    r"|a|an|you|another|further|almost|over|more than|trực tiếp|học phí|hóa đơn|phí)(?!\w)|达|高达|了|多达|最高|至少|近|额外|再|价|[:：~≈]))*\s*$"
)
_CUE_AFTER = re.compile(
    r"\s*(?:(?:off|discount|reduction|less|cheaper|cashback|rebate|saving|savings|giảm giá|ưu đãi|chiết khấu|rẻ hơn)(?!\w)"
    r"|(?:的)?(?:优惠|折扣|的折扣|返现))"
)
_PRICE_AFTER = re.compile(
    r"\s*(?:off|discount|less|cashback|giảm giá|rebate)(?!\w)|\s*(?:优惠券|优惠|代金券|返现)"
)
# after these a price is what is still to pay, or what something was or is worth
_NEW_PRICE = re.compile(
    r"(?:sau (?:khi )?(?:được )?(?:giảm|ưu đãi|trừ|khuyến mãi)(?: giá| học phí| phí)?(?: là| còn| chỉ còn| chỉ| từ)?|after (?:the )?(?:discount|saving|reduction)(?: is| of)?|còn|xuống|to|from|now|was|gốc|cũ|价|至|到|为|原价|现价|仅|只要)\s*(?:chỉ\s*|only\s*|just\s*|[:：])?\s*$"
)
_ZHE = re.compile(
    r"(?<![骨转曲波对夭存心挫])(?:(?P<figure>[1-9](?:\.\d|\d)?)|(?P<han>[一二三四五六七八九](?:[点.]?[一二三四五六七八九])?))\s?折(?!叠|扇|返|磨|腾|射|线|合|页|痕|断|子)"
)
# without any of these a sentence takes nothing off and adds nothing
MAY_DISCOUNT = re.compile(
    r"%|phần trăm|per ?cent|pct|tặng|mua |free|complimentary|bogo|half price|nửa giá|buy | for |分之|折|送|赠|免费|半价|一半"
)
_COUNT = r"(?:một|hai|ba|bốn|năm|one|two|three|[一二三四五1-9]|[1-9]\d)"
_BUNDLE = re.compile(
    rf"(?<!\w)mua {_COUNT}(?: \w+){{0,2}} tặng(?: ngay| thêm)? {_COUNT}(?!\w)|(?<!\w)buy {_COUNT}(?: \w+)?,? get {_COUNT}|(?<!\w)bogo(?!\w)"
    rf"|(?<!\w){_COUNT} for (?:the price of )?{_COUNT}(?!\w)|(?<!\w)(?:half price|nửa giá|mua đi đôi)(?!\w)|买{_COUNT}[^，。！\s]{{0,3}}[送赠]{_COUNT}|半价"
)
_GIFT = re.compile(
    r"(?<!\w)(?:được )?tặng(?: kèm| ngay| thêm| miễn phí)?(?= \w)|(?<!\w)quà tặng(?!\w)|(?<!\w)(?:free|complimentary) (?!(?:delivery|shipping|of|from|to|returns?|call|phone|time|and|or|parking|wifi|wi)\b)(?=\w)"
    r"|(?<!\w)(?:a )?free gift(?!\w)|(?:(?<![播传运配寄发送目递护断赶欢])[赠送](?!货|达|到|信|别|给力|礼上门|餐|检|修|审|往|去|来|上门|阅))|免费(?!送货|配送|电话|咨询|热线|退|停车|邮)"
)
# giving that sells nothing
_NO_GIFT = re.compile(
    r"(?:hiến|biếu|kính|trao|thân|trân trọng|từ|đã|xin|gửi|dâng) $|(?<!\w)(?:feel|sugar|gluten|fat|toll|tax|duty|alcohol|caffeine|smoke|stress|risk|cruelty|set|break|is|are|be|for|you are|phone)[ -]$"
)


def discounts(folded: str, span: Span, money: list[Price]) -> list[Discount]:
    """All discounts in a stretch of folded text, in order; `money` are the prices found in it."""
    found = [
        *_percents(folded, span),
        *_amounts(folded, span, money),
        *_zhe(folded, span),
        *(
            Discount(Span(*match.span()), "bundle", 0)
            for match in _BUNDLE.finditer(folded, span.start, span.end)
        ),
    ]
    taken = {offset for item in found for offset in range(item.span.start, item.span.end)}
    for match in _GIFT.finditer(folded, span.start, span.end):
        if _NO_GIFT.search(folded, max(span.start, match.start() - 16), match.start()):
            continue
        if match.start() not in taken:
            found.append(Discount(Span(*match.span()), "gift", 0))
    return sorted(found, key=lambda item: item.span)


def _before(folded: str, span: Span, position: int) -> bool:
    return bool(_CUE_BEFORE.search(folded, max(span.start, position - 40), position))


# "20% off coats and 30% off shoes": the cue of the first serves the second
_JOINED = re.compile(r"(?:(?<!\w)(?:và|and|hoặc|or|còn)\s*|[,;，、；]\s*|[和或及]\s*)$")


def _percents(folded: str, span: Span) -> Iterator[Discount]:
    cued_before = False
    for match in _PERCENT.finditer(folded, span.start, span.end):
        cued = match["minus"] or _before(folded, span, match.start())
        cued = cued or _CUE_AFTER.match(folded, match.end(), span.end)
        joined = cued_before and _JOINED.search(folded, max(span.start, match.start() - 8), match.start())
        if cued or joined:
            cued_before = True
            yield Discount(Span(*match.span()), "percent", _percent(match))


def _percent(match: re.Match[str]) -> float:
    if match["figure"]:
        return number(match["figure"], ",")
    if match["parts"]:
        return round(100 * chinese_number(match["share"]) / chinese_number(match["parts"]), 2)
    return 50.0 if match["half"] else float(chinese_number(match["zh"]))


def _amounts(folded: str, span: Span, money: list[Price]) -> Iterator[Discount]:
    for price in money:
        before = folded[max(span.start, price.span.start - 40) : price.span.start]
        if _NEW_PRICE.search(before):
            continue
        if _before(folded, span, price.span.start) or _PRICE_AFTER.match(folded, price.span.end, span.end):
            yield Discount(price.span, "amount", price.amount)


def _zhe(folded: str, span: Span) -> Iterator[Discount]:
    for match in _ZHE.finditer(folded, span.start, span.end):
        if match["figure"]:
            digits = match["figure"].replace(".", "")
        else:
            digits = str(chinese_number(re.sub("[点.]", "", match["han"])))
        paid = int(digits) * (10 if len(digits) == 1 else 1)
        yield Discount(Span(*match.span()), "percent", float(100 - paid))
