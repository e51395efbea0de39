"""Calls to action: a request to the reader with what answers it, a link, a telephone, a card, a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lint_rules.parsing.near import Near, figure
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import LONGEST_READ, Part, Span

if TYPE_CHECKING:
    from lint_rules.document import Draft

REQUESTS = "requests"
_PHONE = Near(
    re.compile(figure(r"\d")),
    re.compile(
        r"(?<![\w.,-])\(?\d{3}\)?[\s.-]\d{3}[.-]\d{4}(?![\w-])|(?<![\w.,])(?:\+\d{1,3}[\s.-]?|0)\d{1,4}(?:[\s.-]?\d{2,4}){2,4}(?!\w)|(?<![\d.,])1[89]00[\s.-]?\d{2,4}(?:[\s.-]?\d{2,4})?(?!\d)|(?<!\d)400[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)"
    ),
    before=16,
    after=32,
)
_MAIL = Near(
    re.compile("@"),
    re.compile(r"[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}"),
    before=64,
    after=320,
)
_MEANS = "means"
_LINK_FIELD = ("url", "link", "code")


@dataclass(frozen=True, slots=True)
class Call:
    """A request; `answered` says that a way to follow it stands in its sentence or the next."""

    part: Part
    span: Span
    sentence: int
    """Its number in the body, from 0."""
    answered: bool


def calls(draft: Draft) -> list[Call]:
    """Every request in the body's sentences, footer and quotations left out."""
    found: list[Call] = []
    number = 0
    for part in draft.body:
        count, its = _calls_of(draft, part)
        found += [replace(call, sentence=number + call.sentence) for call in its] if number else its
        number += count
    if draft.blocks:
        return [_with_block(call, draft) for call in found]
    return found


def _calls_of(draft: Draft, part: Part) -> tuple[int, list[Call]]:
    """How many sentences the part has, and its requests with their sentences counted from its first."""
    key = (f"calls-{draft.declared_kind}", draft.lang)
    if key not in part.readings:
        part.readings[key] = _find_calls(draft, part)
    found: tuple[int, list[Call]] = part.readings[key]
    return found


def _find_calls(draft: Draft, part: Part) -> tuple[int, list[Call]]:
    spans = list(outside(draft.sentences(part), draft.aside(part)))
    asked = _requests(draft, part, spans)
    told = _told(draft, part, asked)
    requests = sorted([*asked, *told])
    ways = _ways(draft, part)
    found: list[Call] = []
    index = 0
    for position, span in enumerate(spans):
        while index < len(requests) and requests[index].start < span.start:
            index += 1
        following = _reach(part, spans, position)
        while index < len(requests) and requests[index].start < span.end:
            previous = spans[position - 1].start if position else span.start
            way = bisect_left(ways, previous)
            answered = way < len(ways) and ways[way] < following
            if answered or requests[index] not in told:
                found.append(Call(part, requests[index], position, answered))
            index += 1
    return len(spans), found


def _reach(part: Part, sentences: list[Span], position: int) -> int:
    """Where the way to follow a request may begin at the latest: in the next sentence, or where that points to."""
    last = position + 2
    if last < len(sentences) and part.text[sentences[last - 1].end - 1] in ":：":
        last += 1
    return sentences[last].start if last < len(sentences) else len(part.text)


def _requests(draft: Draft, part: Part, sentences: list[Span]) -> list[Span]:
    """Phrases that ask, and sentences that begin with a verb; the editor's action asks whatever its words."""
    found = draft.phrases(REQUESTS, part)
    if part.name == ACTION or part.name.startswith(f"{ACTION}-"):
        return found or sentences[:1]
    if draft.lang == "zh":
        found = _without_names(draft, part, found)
    verbs = draft.phrases("imperatives", part)
    if not verbs:
        return found
    starts = {span.start for span in sentences} | {
        # in a letter as typeset, and in lists, a line that begins with a capital begins a thought
        line.start
        for line in part.lines
        if part.text[line.start : line.start + 1].isupper()
    }
    taken = {span.start for span in found}
    starts -= taken
    verbs = [span for span in verbs if span.start in starts]
    return sorted([*found, *verbs]) if verbs else found


def _without_names(draft: Draft, part: Part, found: list[Span]) -> list[Span]:
    """Without those in the names below the closing: 汇通支付 商户部 asks nobody to pay."""
    if not found:
        return found
    text = part.folded
    begun = (span.end for span in reversed(draft.phrases("closings", part)) if _begins_line(text, span))
    end = next(begun, len(text))
    if found[-1].start < end:
        return found
    return [span for span in found if span.start < end or not _is_in_name(text, span)]


def _begins_line(text: str, span: Span) -> bool:
    return span.start == 0 or text[span.start - 1] == "\n"


def _is_in_name(text: str, span: Span) -> bool:
    """A short line without a mark that does not begin with the request."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    return span.start > start and len(line) <= _LONGEST_NAME and not _NO_NAME.search(line)


_LONGEST_NAME = 24
_NO_NAME = re.compile(r"[,.，。、:：;；!！?？@\d请]")

# who reads, and what they may do: "bác gọi con theo số …", "bạn mua sách trước hôm đó ở trang …"
_READER_ACTS = {
    "vi": re.compile(
        r"(?<!\w)(?:quý (?:khách|vị|công ty|phụ huynh|anh chị|bạn đọc|cơ quan|đơn vị|đối tác)|anh(?:[ /]chị)?|chị|bạn(?: đọc)?|cô(?: chú)?|chú|bác|ông|bà|em|mọi người|cả nhà|phụ huynh|gia đình|người nhà)"
        r"(?:\s(?!đã|vừa|từng|không|chưa|được|bị|mà|khi|nếu|sẽ|và|cùng|muốn|có thể|của|cho|với|cần)\w+){0,2}?\s(?P<act>đặt|mua|gọi|đăng ký|giữ chỗ|ghé|nhắn|điền|ký|gửi|trả lời|kích hoạt|tải|bấm|mở|xem|chọn|tham gia|xác nhận|thanh toán|liên hệ|đánh dấu|mang|phản hồi|hẹn|quét|nộp|lấy|đổi|gia hạn)(?!\w)"
    ),
}


def _told(draft: Draft, part: Part, asked: list[Span]) -> frozenset[Span]:
    """What readers are told to do without a word of asking; it counts only where a way to do it stands near."""
    pattern = _READER_ACTS.get(draft.lang)
    if pattern is None:
        return frozenset()
    found = [Span(*match.span("act")) for match in pattern.finditer(part.folded, 0, LONGEST_READ)]
    return frozenset(outside(found, asked)).difference(asked)


# the editor's own block for it
ACTION = "action"


def _with_block(call: Call, draft: Draft) -> Call:
    """In the editor the link stands in a block of its own: any way in the letter answers a request."""
    if call.answered or not any(_ways(draft, part) for part in draft.blocks):
        return call
    return replace(call, answered=True)


def _ways(draft: Draft, part: Part) -> list[int]:
    """Where something stands that the reader can use: addresses, telephones, cards, codes, places."""
    key = ("ways", draft.lang)
    if key not in part.readings:
        part.readings[key] = _find_ways(draft, part)
    found: list[int] = part.readings[key]
    return found


def _find_ways(draft: Draft, part: Part) -> list[int]:
    text = part.folded
    footer = draft.footer(part)
    found = [span.start for span in draft.urls(part)]
    if part is draft.html_part:
        found += [link.span.start for link in draft.html_links]
    found += [match.start() for match in _PHONE.finditer(text)]
    if "@" in text:
        found += [match.start() for match in _MAIL.finditer(text)]
    found += [span.start for span in draft.phrases(_MEANS, part)]
    found += [tag.start for tag in part.tags if any(_is_way(used.name) for used in tag.names)]
    return sorted(start for start in found if not (footer and footer.start <= start < footer.end))


def _is_way(name: str) -> bool:
    last = name.rsplit(".", 1)[-1]
    return last.endswith(_LINK_FIELD) or "phone" in last or "hotline" in last


def has_way(draft: Draft) -> bool:
    """Whether anything in the letter can be used at all."""
    return any(_ways(draft, part) for part in draft.body) or any(
        link.href and not link.in_footer for link in draft.html_links
    )


def is_formula(draft: Draft, call: Call) -> bool:
    """`please contact us with any questions`: read from the request to its sentence's end."""
    part = call.part
    near = Span(max(0, call.span.start - _BEFORE), call.span.end + _AFTER)
    return bool(draft.phrases_within("request_formulas", part, near))


# characters around a request in which a formula may stand
_BEFORE, _AFTER = 24, 40
