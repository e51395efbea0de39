"""The notice that says how to get no more of this: where it stands, what it offers, what follows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from lint_rules.parsing.near import Near
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import paragraphs

if TYPE_CHECKING:
    from lint_rules.document import Draft
    from lint_rules.parsing.links import Link

# how far from its cue a way out may stand: a sentence
NEAR = 200
# paragraphs at the end of a message among which a notice is looked for; a cue above them is prose
MOST_PARAGRAPHS = 40
# of the cues in a part the last ones: whatever stands there a thousand times is no notice
MOST_CUES = 8
# characters of the longest paragraph that may follow a notice
LONGEST_TAIL = 400
EMAIL = re.compile(r"[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}", re.IGNORECASE)
PHONE = Near(
    re.compile(r"\d[\d ().\-]{6}"),
    re.compile(r"(?<![a-zA-Z0-9.,/-])[+(]{0,2}\d[\d ().\-]{6,18}\d(?![\w/-])"),
    before=2,
    after=24,
)
_LEAST_DIGITS = 8
# words that are a cue only in a footer: "chúng tôi từ chối", "nếu không nhận được hàng"
_WEAK = frozenset({"từ chối", "không nhận"})
# what follows them there
_OF_MAIL = re.compile(
    r"\s*(?:$|[\n:：,.(\ufffc>→]|https?://|(?:nhận|thư|tin|email|mail|quảng cáo|nữa|tại|ở|bấm|nhấn|bằng|mọi|tất cả|toàn bộ|các|soạn|gửi|vui lòng|xin|hãy|bất cứ|dịch vụ|thông tin|chương trình)(?!\w))"
)
_REPLY = re.compile(
    r"(?<!\w)(?:trả lời|hồi âm|phản hồi|soạn|nhắn|gửi email|reply|replying|respond|write (?:back )?to us|answer this)(?!\w)|回复|回信|致信"
)
_ALL = re.compile(
    r"(?<!\w)(?:tất cả|mọi|toàn bộ|hoàn toàn|bất kỳ|bất cứ(?= \w+ (?!nào))|all|any|every|everything|altogether|entirely|completely)(?!\w)"
    r"|所有|全部|任何|一切|全面"
)
_NOT_ALL = re.compile(
    r"hoàn toàn (?:có|được)|(?:tất cả|mọi|toàn bộ) (?:khách|người|thắc mắc|câu hỏi|liên hệ|góp ý|yêu cầu)|all (?:of you|our customers|customers|subscribers|readers)"
    r"|(?:所有|全部)(?:客户|用户|会员|读者|顾客)|all rights? reserved|(?:tất cả các|mọi|toàn bộ|tất cả) quyền|at any (?:time|moment)|any ?time|mọi lúc|bất cứ lúc nào|bất kỳ lúc nào|mọi thắc mắc"
    r"|any questions?|版权所有|任何时候|任何时间|所有权"
)
_REFUSE = re.compile(
    r"(?<!\w)(?:từ chối|hủy|ngừng|ngưng|dừng|thôi|stop|refuse|decline|object)(?!\w)|拒|退|不再|停止"
)
# what may stand below the notice and be still part of it
_TAIL = re.compile(
    r"browser|online version|trình duyệt|bản web|trực tuyến|浏览器|网页版|在线查看|copyright|©|\(c\)|bản quyền|版权|privacy|bảo mật|riêng tư|隐私|rights reserved"
)
_LINK_FIELD = re.compile(r"url|link|unsub|opt_?out|preferences", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Notice:
    """`way` says that it gives one; `all` that it speaks of everything; `last` that nothing stands below."""

    part: Part
    span: Span
    way: bool
    all: bool
    last: bool


def versions(draft: Draft) -> list[list[Part]]:
    """The message as text, and as HTML: each must say by itself what the law asks."""
    text = draft.blocks or ([] if draft.text.blank() else [draft.text])
    found = [text] if text else []
    return [*found, [draft.html_part]] if draft.has_html else found or [[draft.text]]


def notice(draft: Draft, version: list[Part]) -> Notice | None:
    """The best notice of a version: the last one that gives a way out, else the last one."""
    blocks = [(part, block) for part in version for block in paragraphs(part)][-MOST_PARAGRAPHS:]
    best: Notice | None = None
    for part in version:
        for cue in _cues(draft, part)[-MOST_CUES:]:
            place = next(
                (n for n, (whose, block) in enumerate(blocks) if whose is part and block.holds(cue)), None
            )
            if place is not None:
                found = _read(draft, blocks, place, cue)
                best = found if best is None or found.way or not best.way else best
    return best


def is_phone(text: str) -> bool:
    """Whether figures that look like a telephone number have enough of them, and are no date."""
    digits = sum(char.isdigit() for char in text)
    return digits >= _LEAST_DIGITS and not _DATE.match(text)


_DATE = re.compile(r"\d{1,2}([.-])\d{1,2}\1\d{4}$|\d{4}([.-])\d{1,2}\2\d{1,2}$")


def _cues(draft: Draft, part: Part) -> list[Span]:
    key = ("opt-out-cues", draft.lang)
    if key not in part.readings:
        part.readings[key] = _find_cues(draft, part)
    cues: list[Span] = part.readings[key]
    return cues


def _find_cues(draft: Draft, part: Part) -> list[Span]:
    footer = draft.footer(part)
    found = draft.phrases("opt_out", part)
    return [
        cue
        for cue in found
        if part.folded[cue.start : cue.end] not in _WEAK
        or (footer is not None and footer.holds(cue) and _OF_MAIL.match(part.folded, cue.end))
    ]


def _read(draft: Draft, blocks: list[tuple[Part, Span]], place: int, cue: Span) -> Notice:
    part, block = blocks[place]
    end = block.end
    way = _has_way(draft, part, Span(max(block.start, cue.start - NEAR), min(block.end, cue.end + NEAR)))
    below = place + 1
    if not way and below < len(blocks) and blocks[below][0] is part:
        following = blocks[below][1]
        near = Span(following.start, min(following.end, following.start + NEAR))
        if _is_tail(draft, part, following) and _has_way(draft, part, near):
            way, end, below = True, following.end, below + 1
    start = block.start
    if place and blocks[place - 1][0] is part:
        above = blocks[place - 1][1]
        start = max(above.start, block.start - 2 * NEAR)
    return Notice(
        part,
        Span(block.start, end),
        way,
        _says_all(part.folded[max(start, cue.start - 2 * NEAR) : min(end, cue.end + 2 * NEAR)]),
        all(_is_tail(draft, *rest) for rest in blocks[below:]),
    )


def _has_url(draft: Draft, part: Part, span: Span) -> bool:
    urls = draft.urls(part)
    index = bisect_left(urls, Span(span.start, 0))
    return index < len(urls) and urls[index].start < span.end


def _has_way(draft: Draft, part: Part, span: Span) -> bool:
    text = part.masked[span.start : span.end]
    if _has_url(draft, part, span) or EMAIL.search(text) or _REPLY.search(part.folded, span.start, span.end):
        return True
    if any(is_phone(match.group().strip()) for match in PHONE.finditer(text)):
        return True
    if any(_leads(link.href) for link in _links(draft, part, span)):
        return True
    first = bisect_left(part.tags, span.start, key=lambda tag: tag.start)
    fields = takewhile(lambda tag: tag.start < span.end, islice(part.tags, first, None))
    return any(_LINK_FIELD.search(used.name) for tag in fields for used in tag.names)


def _links(draft: Draft, part: Part, span: Span) -> Iterator[Link]:
    """Those that begin within a stretch of the part."""
    key = ("links-in-order", draft.lang)
    if key not in part.readings:
        found = [link for link in draft.links if link.part is part]
        part.readings[key] = sorted(found, key=lambda link: link.span.start)
    links: list[Link] = part.readings[key]
    first = bisect_left(links, span.start, key=lambda link: link.span.start)
    return takewhile(lambda link: link.span.start < span.end, islice(links, first, None))


def _leads(href: str) -> bool:
    return href.strip().rstrip("#") != ""


# the notice is the same in every rendering of a message
@lru_cache(maxsize=64)
def _says_all(folded: str) -> bool:
    """Whether a word for everything stands near one for stopping."""
    text = _NOT_ALL.sub(lambda match: " " * len(match.group()), folded)
    return any(
        _REFUSE.search(text, max(0, match.start() - NEAR // 2), match.end() + NEAR // 2)
        or _UNSUBSCRIBE.search(text, max(0, match.start() - NEAR // 2), match.end() + NEAR // 2)
        for match in _ALL.finditer(text)
    )


_UNSUBSCRIBE = re.compile(r"unsubscrib|opt(?:ing)?[ -]out|không muốn nhận|no longer|remove")


def _is_tail(draft: Draft, part: Part, block: Span) -> bool:
    """A paragraph below the notice that belongs to it: a link alone, the view in a browser, a copyright."""
    if block.end - block.start > LONGEST_TAIL:
        return False
    text = part.folded[block.start : block.end]
    if _TAIL.search(text) or draft.phrases_within("opt_out", part, block):
        return True
    rest = text
    for link in sorted(
        (link.span for link in _links(draft, part, block) if block.holds(link.span)), reverse=True
    ):
        rest = rest[: link.start - block.start] + rest[link.end - block.start :]
    return not _WORD.search(rest)
