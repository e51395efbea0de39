"""A line stays within 67 columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.links import find_urls
from lint_rules.parsing.merge_fields import MergeTag
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.width import columns, graphemes
from lint_rules.parsing.wrap import rewrap_paragraph
from lint_rules.rule import (
    ALL_KINDS,
    BLOCKS_MARKETING,
    EMAIL_AND_LETTER,
    Channel,
    Edit,
    Example,
    Hit,
    Rule,
    Severity,
    Words,
)

MESSAGE = Words(
    vi="Dòng rộng {width} cột; tối đa {limit}.",
    en="The line is {width} columns wide; the limit is {limit}.",
    zh="此行宽 {width} 列，上限为 {limit} 列。",
)
OWN_LINE = Words(
    vi="Địa chỉ web dài {width} cột; hãy để riêng một dòng.",
    en="The web address is {width} columns wide; give it a line of its own.",
    zh="网址宽 {width} 列，请单独放一行。",
)
# above this a line is no prose, and wrapping it is nobody's wish
LONGEST_FIXED = 20_000
# characters of a part that are wrapped; of what lies below only the width is said
_MOST_WRAPPED = 60_000


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The text part as sent; in a letter the lines as typeset, and nothing while they are not known."""
    measure = graphemes if config.line_unit == "graphemes" else columns
    for part in draft.lines_as_sent:
        wrapped = 0
        for line in part.lines:
            # no character is wider than two columns, so most lines need no measuring
            if (line.end - line.start) * 2 > config.line_width:
                for hit in _check_line(part, line, measure, config.line_width, wrapped < _MOST_WRAPPED):
                    wrapped += sum(edit.span.end - edit.span.start for edit in hit.edits)
                    yield hit


def _check_line(
    part: Part, line: Span, measure: Callable[[str], int], limit: int, may_wrap: bool
) -> Iterator[Hit]:
    text = filled(part, line).rstrip()
    width = measure(text)
    if width <= limit:
        return
    span = Span(line.start, line.start + len(part.text[line.start : line.end].rstrip()))
    urls = find_urls(text)
    last = urls[-1] if urls and not text[urls[-1].end :].strip(".,;:!?)]>。，！？）】\"'”") else None
    if last is None or measure(text[: last.start].rstrip()) > limit:
        edits = _rewrap(part, line, limit) if may_wrap else ()
        yield Hit(part, span, MESSAGE, {"width": width, "limit": limit}, edits=edits, safe=True)
        return
    address = measure(text[last.start : last.end])
    if address > limit and text[: last.start].strip(" \t<([*-•>"):
        yield Hit(part, span, OWN_LINE, {"width": address}, severity=Severity.INFORMATION)


def filled(part: Part, line: Span) -> str:
    """The line with its merge fields as wide as their fallbacks, since their code is never printed."""
    pieces, done = [], line.start
    tags = part.tags
    for index in range(bisect_left(tags, line.start, key=lambda tag: tag.start), len(tags)):
        tag = tags[index]
        if tag.start >= line.end:
            break
        if tag.end <= line.end:
            pieces += [part.text[done : tag.start], _stand_in(tag)]
            done = tag.end
    return "".join([*pieces, part.text[done : line.end]])


def _stand_in(tag: MergeTag) -> str:
    if not tag.prints:
        return ""
    if tag.fallback is not None:
        return tag.fallback
    name = tag.names[0].name.rsplit(".", 1)[-1] if tag.names else ""
    # a link that the system fills in cannot be broken either
    return "https://example.com/" + name if name.endswith("url") else name[:_USUAL_VALUE]


# a given name, a province, a code: few values are wider
_USUAL_VALUE = 12


def _rewrap(part: Part, line: Span, limit: int) -> tuple[Edit, ...]:
    if part.name == "typeset" or line.end - line.start > LONGEST_FIXED:
        return ()
    span, text = rewrap_paragraph(part, line, limit)
    return () if text == part.text[span.start : span.end] else (Edit(part, span, text),)


RULE = Rule(
    id="line-length",
    code="LAY002",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    severity_by_kind=BLOCKS_MARKETING,
    summary=Words(
        vi="Mỗi dòng không quá 67 cột.",
        en="A line is at most 67 columns wide.",
        zh="每行不超过 67 列。",
    ),
    why=Words(
        vi=(
            "Dòng ngắn dễ đọc và không bị chương trình thư tự ngắt lung tung. Chữ Hán rộng hai cột, dấu thanh không"
            " chiếm cột nào. Địa chỉ web ở cuối dòng không bao giờ bị ngắt đôi."
        ),
        en=(
            "Short lines are easy to read, and no mail program breaks them at random. A Chinese character takes two"
            " columns, a tone mark none. A web address at the end of a line is never broken."
        ),
        zh="短行易读，也不会被邮件程序随意折断。汉字占两列，声调符号不占列。行末的网址不得拆开。",
    ),
    source="Course notes on e-mail marketing: about 67 characters a line; never break a link across two lines.",
    bad=(
        Example(
            "vi",
            text="Quý khách được miễn phí lắp đặt tại nhà trong bán kính hai mươi cây số quanh cửa hàng.",
        ),
        Example(
            "en",
            text="We install your new boiler at no charge anywhere within twenty kilometres of our shop.",
        ),
        Example(
            "zh", text="凡在本店周边二十公里以内居住的客户均可享受免费上门安装服务并获赠一年延保服务一次。"
        ),
        Example("en", channel=Channel.LETTER, text="…", typeset=("x" * 68,)),
    ),
    good=(
        Example(
            "vi",
            text="Quý khách được miễn phí lắp đặt tại nhà\ntrong bán kính hai mươi cây số quanh cửa hàng.",
        ),
        Example("en", text="Book your visit here: https://shop.example/2026/spring/boilers/book?ref=mail"),
        Example("zh", text="凡在本店周边二十公里以内居住的客户，\n均可享受免费上门安装服务。"),
        Example("vi", channel=Channel.LETTER, text="…", typeset=("Kính gửi quý khách,", "x" * 67)),
    ),
    check=check,
)
