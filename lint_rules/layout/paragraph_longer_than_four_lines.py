"""A paragraph has at most four lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import LIST_MARK, paragraphs
from lint_rules.parsing.width import columns, is_narrow
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Đoạn này dài {lines} dòng; một đoạn dễ đọc có ba, bốn dòng.",
    en="This paragraph has {lines} lines; three or four are easy to read.",
    zh="这一段有 {lines} 行；三四行最便于阅读。",
)
# characters; a longer paragraph is too long however it is wrapped
_CLIP = 4_000
_FIELD = re.compile("\ufffc+")
_WIDE_PAIR = re.compile(r"(?<=[\u2e80-\uffef]) (?=[\u2e80-\uffef])")
# lines of a signature, an address, a table of facts are short, and each stands for itself
_SHORT_LINE = 40


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """A letter as it stands on paper; anything else as wrapped at the house's line width, whatever the
    author's own breaks. Lists and signatures are none."""
    on_paper = draft.typeset is not None and part is not draft.html_part
    footer, most = draft.footer(part), config.limit("paragraph_lines")
    for block in paragraphs(part):
        # no character is wider than two columns, and one may be too wide for the last column of a line
        is_small = (block.end - block.start) * 2 <= (config.line_width - 1) * most
        if (is_small and not on_paper) or (footer and footer.holds(block)):
            continue
        if _is_list(part, block) or (part is draft.html_part and _holds_items(draft, block)):
            continue
        if on_paper:
            lines = part.text.count("\n", block.start, block.end) + 1
        else:
            lines = _lines(part, block, config.line_width)
        if lines > most:
            yield Hit(part, block, MESSAGE, {"lines": lines})


def _is_list(part: Part, block: Span) -> bool:
    """A list with its introduction, or short lines such as an address."""
    lines = part.text[block.start : block.end].split("\n")
    if len(lines) < 2:
        return False
    if all(line.startswith(">") for line in lines):
        return True  # quoted: its paragraphs are another's
    marked = sum(1 for line in lines if LIST_MARK.match(line))
    short = sum(1 for line in lines if columns(line[: _SHORT_LINE * 2]) <= _SHORT_LINE)
    return marked >= 2 or short == len(lines)


def _holds_items(draft: Draft, block: Span) -> bool:
    """Whether an item of an HTML list begins within."""
    part = draft.html_part
    starts = draft.list_items
    first = bisect_left(starts, part.origin(block.start))
    return first < len(starts) and starts[first] < part.origin_end(block.start, block.end)


def _lines(part: Part, block: Span, width: int) -> int:
    """How many lines the prose takes when each is filled; merge fields count as a word of usual length."""
    text = part.masked[block.start : min(block.end, block.start + _CLIP)]
    text = " ".join(_FIELD.sub(_USUAL_VALUE, text).split())
    if not (narrow := is_narrow(text)):
        text = _WIDE_PAIR.sub("", text)
    measure = len if narrow else columns
    total, used = 1, 0
    for word in text.split(" "):
        wide = measure(word)
        needed = wide + (1 if used else 0)
        if used + needed <= width:
            used += needed
        elif wide <= width:
            total, used = total + 1, wide
        else:
            # prose without blanks flows on: Chinese, and words that no line holds
            room = width - (width % 2 if wide > len(word) else 0)
            filled = used + needed
            total, used = total + (filled - 1) // room, (filled - 1) % room + 1
    return total


_USUAL_VALUE = "x" * 12

RULE = Rule(
    id="paragraph-longer-than-four-lines",
    code="LAY004",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Mỗi đoạn ba, bốn dòng.",
        en="A paragraph has three to four lines.",
        zh="每段三到四行。",
    ),
    why=Words(
        vi="Nửa số người đọc quyết định sau vài câu; khối chữ dày làm họ bỏ qua cả lá thư.",
        en="Half of all readers decide after a few sentences; a block of text makes them leave the whole letter.",
        zh="一半读者看几句就决定去留，大段文字会让他们整封放弃。",
    ),
    source="Course notes on e-mail marketing: paragraphs of three to four lines.",
    bad=(
        Example(
            "vi",
            text="Mùa sen năm nay về sớm hơn mọi năm, và mẻ trà ướp đầu tiên đã sẵn sàng cho anh chị. Mỗi ký trà cần hơn một nghìn bông sen hái từ lúc trời chưa sáng, khi cánh hoa còn khép. Trà được ướp bảy lần trong ba tuần, nên nước pha vàng trong và vị ngọt hậu rất rõ, uống một lần là nhớ mãi hương hồ Tây.",
        ),
        Example(
            "en",
            text="The first picking of the year came down from the hills last week, and it is the best we have tasted in years. The leaves were picked before sunrise, rolled by hand, and dried over a low fire on the same day. A single tin makes about forty pots, which is enough for two people for most of the spring and a good part of the summer.",
        ),
        Example(
            "zh",
            text="今年的春茶比往年早到了十天，第一批新茶已经封罐，等您品尝。每一片叶子都在清明之前由老师傅亲手采摘，当天炒制，当天封存。您只需备好一壶八十五度的热水，静置一分钟，茶汤便清亮如初春的溪水，香气清雅，回味甘甜。一罐一百克大约可以冲泡四十壶，足够一家人喝上两个月，送礼也十分合适。",
        ),
    ),
    good=(
        Example(
            "vi",
            text="Mùa sen năm nay về sớm, và mẻ trà đầu tiên đã sẵn sàng.\n\nTrà được ướp bảy lần trong ba tuần.",
        ),
        Example(
            "en",
            text="We open on these days:\n- Monday, from nine to five\n- Tuesday, from nine to five\n- Wednesday, from nine to one\n- Thursday, from nine to five\n- Friday, from nine to five",
        ),
        Example("zh", text="今年的春茶比往年早到了十天。\n\n一罐大约可以冲泡四十壶。"),
    ),
    check=each_part(check_part),
)
