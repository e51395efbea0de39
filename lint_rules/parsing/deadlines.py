"""Until when: the dates that a word such as until, trước or 截至 makes a deadline, and the days an offer is kept to.

Opening hours, anniversaries and terms of delivery or return hold dates as well, and are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lint_rules.parsing.dates import DAY, DURATION, HOUR, RELATIVE, WEEKDAY, DateMention
from lint_rules.parsing.part import Span

# characters before or behind a date that are looked at for its cue
_NEAR = 44
# between the parts of one time: Friday, 6 March at 5 pm
_GLUE = re.compile(
    r"[\s,()（）]*(?:(?:ngày|vào|lúc|tức|hôm|nhằm|on|at|of|the|in the|sáng|trưa|chiều|tối|đêm|gmt|morning|afternoon|evening)[\s,(（]*)?"
)
_WIDEST_GLUE = 14
_CUE_BEFORE = {
    "vi": re.compile(
        r"(?<!\w)(?:đến|tới|hết|trước|hạn|hạn (?:chót|cuối|cuối cùng|đăng ký|nộp|nhận|dùng|sử dụng|áp dụng|ưu đãi|đặt|mua|trả lời)|chậm nhất|muộn nhất|trễ nhất|kết thúc|khép lại|đóng|đóng đăng ký|hiệu lực|có giá trị|(?:ngày|lần|cơ hội) cuối(?: cùng)?)"
        r"(?:\s(?:ngày|hết|là|vào|lúc|trước|đến|tới|cuối|giờ|cho)|[:(])*\s*$"
    ),
    "en": re.compile(
        r"(?<!\w)(?:until|till|til|by|before|through|thru|up to|ends?|ending|closes?|closing|expires?|expiring|expiry|deadline|no later than|valid to|valid|good for|(?:last|final|closing) (?:day|orders?|date|chance|call|moment)(?: (?:to|for) (?:\w+ ){0,3}?\w+)?|rsvp|latest|cut-?off)"
        r"(?:\s(?:on|of|is|the|at|for|date|day|end|it|this|coming|next|late|early|orders?|ordering|midnight)|[:(])*\s*$"
    ),
    "zh": re.compile(
        r"(?:截至|截止(?:日期|时间|日)?|止于|至|到|有效期限?至?|最后(?:期限|一天|日期)?|期限|结束(?:时间|日期)?|不晚于|最迟|最晚|限于)[于为是在:\s(（]*[本这下]?个?$"
    ),
}
_CUE_AFTER = {
    "vi": re.compile(
        r"[\s)]*(?:là (?:hạn|ngày cuối|hết hạn|kết thúc|hết|lúc)|hết hạn|thì hết|trở về trước|thôi(?!\w)|duy nhất)"
    ),
    "en": re.compile(
        r"[\s)]*(?:is (?:the|our|your) (?:last|final|closing|deadline)|is when (?:it|the offer|the sale|this) (?:ends|closes)|at the latest|deadline|only(?!\w)|latest(?!\w))"
    ),
    "zh": re.compile(
        r"[\s)）]*(?:\(含\)|（含）|当[天日]|晚上?|零点|中午|午夜|下班|打烊|收市|闭店)?[\s)）]*(?:之?前|以前|止|为止|截止|结束|到期|过期|有效|限定|停止?(?:售|销售|售票|报名|接单|受理|预订|预约|发放)|停售|收官|下架|恢复原价)"
    ),
}
_ONLY_BEFORE = re.compile(
    r"(?:(?<!\w)(?:chỉ|duy nhất|riêng|only|just|for one day)(?:\s(?:trong|có|ngày|vào|trong ngày|on|for))*|仅限?于?|只限?|限时?)\s*$"
)
# after 31 March it is $30 again; prices go up on 1 April
_AFTER = re.compile(r"(?<!\w)(?:sau|từ|after|from|as of)(?:\sngày)?\s*$")
_DEARER = re.compile(
    r"[^.!?\n]{0,40}?(?:trở lại|trở về|tăng|giá (?:gốc|cũ|thường)|again|back to|full price|goes? up)"
)
_DEARER_ZH = re.compile(r"[之以]?后[^。！？\n]{0,12}?(?:恢复|涨|原价|回到)")
_RISES = re.compile(r"prices? (?:go|goes|rises?|increases?)(?: up| back up)?(?: again)?(?: on| from)?\s*$")
_RANGE = re.compile(r"[\s)）]*(?:-|–|—|~|～|to|and|đến|tới|through|thru|至|到)\s*(?:the\s|ngày\s|hết\s)?")
_OPENING = re.compile(
    r"mở cửa|giờ làm việc|giờ mở|phục vụ|làm việc từ|tổng đài|open|hours|lines|we are here|营业|开门|上班|服务时间|客服"
)
# what takes that long is a service, not the offer
_SERVICE = re.compile(
    r"giao|ship|đổi|trả|bảo hành|hoàn|nhận hàng|dùng thử|vận chuyển|lắp|gửi|deliver|return|refund|warrant|guarant|trial|reach|arriv|dispatch|send|sent|配送|送|发货|到货|退|换|保修|质保|试用|寄|物流|快递|达"
)


def deadlines(text: str, lang: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """The days and spans of time that are bounds, in order; an hour alone is none."""
    return [mention for index, mention in enumerate(mentions) if _is_bound(text, lang, mentions, index)]


def _is_bound(text: str, lang: str, mentions: Sequence[DateMention], index: int) -> bool:
    mention = mentions[index]
    if mention.kind == HOUR:
        return False
    if mention.kind == DURATION:
        return _is_span_of_offer(text, mention.span)
    first, last = _group(text, mentions, index)
    start, end = mentions[first].span.start, mentions[last].span.end
    before = _clause(text, start)
    follows = first > 0 and _RANGE.fullmatch(text, mentions[first - 1].span.end, start)
    if mention.kind == WEEKDAY and (
        (follows and mentions[first - 1].kind == WEEKDAY)
        or _OPENING.search(before)
        or _begins_range(text, end)
    ):
        return all(mentions[place].kind == DAY for place in (first, last))
    if follows and mention.kind == DAY and mentions[first - 1].kind == DAY:
        return True
    if mention.kind == RELATIVE and text.startswith(("hết", "đến hết"), mention.span.start):
        return True
    if _ONLY_BEFORE.search(text, max(0, start - _NEAR), start):
        return True
    if _RISES.search(text, max(0, start - _NEAR), start):
        return True
    return bool(
        _CUE_BEFORE[lang].search(text, max(0, start - _NEAR), start)
        or _CUE_AFTER[lang].match(text, end)
        or (_AFTER.search(text, max(0, start - _NEAR), start) and _DEARER.match(text, end))
        or _DEARER_ZH.match(text, end)
    )


def _group(text: str, mentions: Sequence[DateMention], index: int) -> tuple[int, int]:
    """The first and last mention of the time that this one belongs to: 5 pm on Friday, 6 March."""
    first = last = index
    while first > 0 and _is_glued(text, mentions[first - 1].span, mentions[first].span):
        first -= 1
    while last + 1 < len(mentions) and _is_glued(text, mentions[last].span, mentions[last + 1].span):
        last += 1
    return first, last


def _is_glued(text: str, one: Span, other: Span) -> bool:
    return other.start - one.end <= _WIDEST_GLUE and bool(_GLUE.fullmatch(text, one.end, other.start))


def _begins_range(text: str, end: int) -> bool:
    return bool(_WEEKDAY_RANGE.match(text, end))


_WEEKDAY_RANGE = re.compile(
    r"\s?(?:-|–|đến|tới|to|through|至|到)\s?(?:thứ|chủ nhật|t[2-7]|cn|mon|tue|wed|thu|fri|sat|sun|周|星期|礼拜)"
)


def _clause(text: str, start: int) -> str:
    """The words before a place, back to the end of the sentence before."""
    return _SENTENCE_END.split(text[max(0, start - _NEAR) : start])[-1]


_SENTENCE_END = re.compile(r"[.!?。！？\n]\s|[。！？;；]")
_SPAN_BEFORE = re.compile(
    r"(?:(?<!\w)(?:chỉ|chỉ có|chỉ còn|chỉ diễn ra|chỉ áp dụng|duy nhất|hết hạn|kết thúc|mua|đặt|đặt hàng|đặt mua|đăng ký|áp dụng|diễn ra|kéo dài|hiệu lực|ưu đãi|giảm giá|only|just|valid|lasts?|runs?|ends|closes|expires|open|order|book|buy|reserve|claim|register|reply|sale|offer)|限时?|仅限?|只剩|仅剩|还剩|最后|倒计时|剩余?|有效期|为期|持续)\s*$"
)
_SPAN_AFTER = re.compile(
    r"\s*(?:(?:tới|nữa|duy nhất|kể từ|đầu tiên|là hết|only|left|to go|from today|remaining)(?!\w)|内?(?:有效|下单|订购|报名|购买|预订|付款|领取|截止|结束))"
)
_SPAN_ITSELF = re.compile(r"còn |.*\b(?:next|coming)\b")


def _is_span_of_offer(text: str, span: Span) -> bool:
    """Only 3 days left, trong 48 giờ tới, 限时三天; not delivered within 3 days."""
    before, after = _clause(text, span.start), text[span.end : span.end + _SERVICE_BEHIND]
    if _SERVICE.search(before[-_SERVICE_BEFORE:]) or _SERVICE.search(after):
        return False
    return bool(
        _SPAN_BEFORE.search(before)
        or _SPAN_AFTER.match(text, span.end)
        or _SPAN_ITSELF.match(text, span.start, span.end)
    )


_SERVICE_BEFORE, _SERVICE_BEHIND = 26, 8
