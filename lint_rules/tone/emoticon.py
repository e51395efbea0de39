"""Emoticons belong into private mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Edit, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Biểu tượng cảm xúc “{shown}” hợp với thư riêng, không hợp với thư của doanh nghiệp.",
    en="The emoticon “{shown}” suits private mail, not a letter of your business.",
    zh="表情符号“{shown}”适合私人信件，不适合商业信函。",
)
# a blank stands before it, and no letter or digit behind it: 10:30, 1:3), https:// are none
_FACE = re.compile(
    r"(?<![^\s\u3000-\u9fff\uff00-\uffef])(?:"
    r"[:;=8xX][-'^o~]?[)(\]\[DPpOo3|/\\*><}{@$]{1,4}"
    r"|[:;][-']?x|[：；][-－]?[）)]{1,4}"
    r"|[)(\]]{1,3}[-']?[:;=]"
    r"|<3+|</3|\^[_.\-o]?\^|T[_.]T|>[_.]<|-[_.]-|[oO][_.][oO]|¯\\_\(ツ\)_/¯|@@|:v|:V|=\)+|:\"?>|\\[oO]/|[oO]rz"
    r"|[(（][\^><oTu;*=≧▽╥~´`・¯｡]{1,2}[_.\-ω∀▽o︵♥‿]{0,3}[\^><oTu;*=≦▽╥~´`・¯｡]{1,2}[)）][ノ/vb]?"
    r")(?=[\s.,!?…。，！？；)）]|$|[\u4e00-\u9fff])(?![.,]\d)"
)
# a list "8) …", "x)" and the times of a shop, which are none although they look like faces
_NO_FACE = re.compile(r"[8xXoO]\)|[xX]/|[xX]3|=3|8[/\\|3]{1,3}|X[DPpOo]{1,4}$|x[PpOo]{1,4}$")
# "under <3 kg", "score 5 <3": a heart is followed by nothing that can be measured
_LESS_THAN = re.compile(
    r"\s?(?:\d|[%°]|(?:kg|g|mg|t|km|m|m2|cm|mm|ml|l|lít|lbs?|oz|ft|in|ngày|giờ|phút|tuần|tháng|năm|người|tuổi|triệu"
    r"|nghìn|đồng|sản phẩm|days?|hours?|hrs?|minutes?|mins?|weeks?|months?|years?|people|persons?|items?|miles?|years"
    r"|pieces?|units?)(?!\w)|[天人件岁年月周米克斤元]|小时|公里|公斤|千克|分钟)",
    re.IGNORECASE,
)
_ONE_MOUTH = re.compile(r".[-'^o~－]?[)）]")


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """Outside the footer and what is quoted."""
    yield from islice(_faces(draft, part), _MOST_HITS)


def _faces(draft: Draft, part: Part) -> Iterator[Hit]:
    faces = (Span(*match.span()) for match in _FACE.finditer(part.masked))
    for span in outside(faces, draft.aside(part)):
        shown = part.masked[span.start : span.end]
        if _is_none(part, span, shown):
            continue
        edit = Edit(
            part, Span(span.start - (span.start > 0 and part.text[span.start - 1] == " "), span.end), ""
        )
        yield Hit(part, span, MESSAGE, {"shown": shown}, edits=(edit,))


def _is_none(part: Part, span: Span, shown: str) -> bool:
    if _NO_FACE.fullmatch(shown):
        return True
    if shown.startswith("<3"):
        before = part.text[max(0, span.start - 2) : span.start].strip()
        return before.isdigit() or bool(_LESS_THAN.match(part.text, span.end))
    return bool(_ONE_MOUTH.fullmatch(shown)) and _closes_bracket(part, span)


def _closes_bracket(part: Part, span: Span) -> bool:
    """Whether its mouth closes a bracket that was opened on the line and nothing else closes."""
    start = max(part.text.rfind("\n", 0, span.start) + 1, span.start - _LONGEST_BRACKET)
    before = part.folded[start : span.start]
    if before.count("(") <= before.count(")"):
        return False
    end = part.text.find("\n", span.end, span.end + _LONGEST_BRACKET)
    behind = part.folded[span.end : end if end >= 0 else span.end + _LONGEST_BRACKET]
    return ")" not in behind


# findings of one part; nobody reads on
_MOST_HITS = 200
# characters between two brackets of a pair
_LONGEST_BRACKET = 200

RULE = Rule(
    id="emoticon",
    code="TONE003",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Không dùng biểu tượng cảm xúc bằng chữ.",
        en="No emoticons.",
        zh="不用字符表情。",
    ),
    why=Words(
        vi="Mặt cười gõ bằng dấu chấm, ngoặc là của thư riêng; trong thư gửi nhiều người nó làm giọng thư kém nghiêm túc.",
        en="Faces typed with dots and brackets are for friends; to many readers they make a letter look careless.",
        zh="用标点拼成的笑脸属于朋友之间的信件，群发时显得不够郑重。",
    ),
    source="Course notes on e-mail: emoticons express feelings in private mail.",
    bad=(
        Example("vi", text="Trà sen mới về rồi :) Mời anh chị ghé nếm."),
        Example("vi", text="Cảm ơn anh chị đã ủng hộ =)) hẹn gặp lại nhé."),
        Example("en", text="Your order is on its way ;-) Enjoy it."),
        Example("en", text="We love our customers <3"),
        Example("zh", text="新茶到了 :-) 欢迎来店品尝。"),
        Example("zh", text="感谢您的支持 (^_^) 期待再次见面。"),
    ),
    good=(
        Example("vi", text="Mở cửa từ 8:30 (trừ Chủ nhật): xem https://tra.example/gio-mo-cua"),
        Example("vi", text="Tỉ lệ pha 1:3 (một phần trà, ba phần nước)."),
        Example("en", text="Open 9:00-18:00 (see our notes:) and bring this card."),
        Example("en", text="Choose a size:\n\n7) small\n8) large"),
        Example("zh", text="营业时间 9:30（周日除外），比例 1:3。"),
    ),
    check=each_part(check_part),
)
