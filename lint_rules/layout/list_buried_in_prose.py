"""Many points in one paragraph want to be a list."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.near import Near
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import paragraphs
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Edit, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Đoạn này có {count} ý được đánh số; hãy để mỗi ý một dòng.",
    en="This paragraph numbers {count} points; give each a line of its own.",
    zh="这一段里有 {count} 个编号要点，请每点单独成行。",
)
FEWEST = 4
_POINTS: tuple[Near | re.Pattern[str], ...] = (
    # (1) … (2) …, 1) … 2) …, ① … ②
    re.compile(r"(?<![\w.])(?<!\d,)[(（]?(?P<number>\d{1,2})[)）](?=\s?[^\W\d])"),
    Near(
        re.compile(r"[./．、](?<=\d.)"),
        re.compile(r"(?<![\w.])(?<!\d,)(?P<number>\d{1,2})(?:[./](?=\s[^\W\d])|[.．、](?=[\u4e00-\u9fff]))"),
        before=2,
        after=2,
    ),
    re.compile(r"(?P<number>[①②③④⑤⑥⑦⑧⑨])"),
    Near(
        re.compile(r"[)）.]\s"),
        re.compile(r"(?<!\w)[(（]?(?P<number>[a-hđ])[)）.](?=\s)"),
        before=2,
        after=0,
    ),
    re.compile(r"(?<!\w)[(（]?(?P<number>i{1,3}|iv|vi{0,3}|ix|x)[)）](?=\s?[^\W\d])"),
    re.compile(r"(?:[(（](?P<number>[一二三四五六七八九])[)）]|(?<![\w、])(?P<bare>[一二三四五六七八九])、)"),
    # （1）20厘米汤锅，（2）24厘米炒锅: in brackets a figure may follow
    re.compile(r"(?<![a-z0-9])[(（](?P<number>\d{1,2})[)）](?=\s?[\d\u4e00-\u9fff“《「])"),
    # 1）2）, 1、2、 before a figure or a mark of quotation
    re.compile(r"(?<![\w.])(?<!\d,)(?P<number>\d{1,2})[)、．](?=[“《「])"),
)
# each kind of point has one of these
_MARKS = (")）", "./．、", "①②③④⑤⑥⑦⑧⑨", ")）.", ")）", ")）、", "(（", ")、．")
# signs that lists have and prose has not; a dash only where a colon announced it
_SIGN = "*•●▪✓✔-–"
_SIGNS = re.compile(r"(?:(?<=\s)|^)(?:[*•●▪✓✔](?=\s?[^\W\d])|[-–](?=\s[^\W\d]))", re.MULTILINE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
# first, second …: the words count points too
_WORDS: dict[str, Near | re.Pattern[str]] = {
    "vi": Near(
        re.compile("thứ|một là|đầu tiên|hai là|ba là|bốn là|năm là|tiếp theo|cuối cùng"),
        re.compile(
            r"(?<!\w)(?:(?P<first>thứ nhất|một là|đầu tiên)|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|hai là|ba là|bốn là|năm là|tiếp theo|cuối cùng)(?!\w)(?!\s+\d)"
        ),
        before=1,
        after=40,
    ),
    "en": Near(
        re.compile("first|second|third|fourth|fifth|lastly|then|next|finally"),
        re.compile(
            r"(?<!\w)(?:(?P<first>firstly|first of all|first(?=,))|(?:secondly|thirdly|fourthly|fifthly|lastly)(?!\w)|(?:second|third|fourth|fifth|then|next|finally)(?=,))"
        ),
        before=1,
        after=12,
    ),
    "zh": re.compile(
        r"(?P<first>第一(?=[，,、：:])|其一(?=[，,、：:])|一是|首先)|第[二三四五六](?=[，,、：:])|其[二三四五六](?=[，,、：:])|[二三四五六]是|其次|再次|然后|最后"
    ),
}


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """Four points and more that follow each other within one paragraph, on fewer lines than points."""
    footer = draft.footer(part)
    for block in _dotted(draft, part):
        if footer and footer.holds(block):
            continue
        clipped = Span(block.start, min(block.end, block.start + _LONGEST))
        points = _points(draft, part, clipped)
        if len(points) >= FEWEST and not _stand_apart(part, points):
            yield Hit(part, block, MESSAGE, {"count": len(points)}, edits=_on_lines(part, points))


def _dotted(draft: Draft, part: Part) -> Iterator[Span]:
    """Paragraphs with as many marks of one kind as a list needs; the text is read once for each kind."""
    blocks = [block for block in paragraphs(part) if block.end - block.start >= FEWEST]
    chosen: set[int] = set()
    for pattern, text, signs in [
        *((pattern, part.folded, signs) for pattern, signs in zip(_POINTS, _MARKS, strict=True)),
        (_WORDS[draft.lang], part.folded, ""),
        (_SIGNS, part.masked, _SIGN),
    ]:
        if signs and sum(map(text.count, signs)) < FEWEST:
            continue
        marks = [match.start() for match in pattern.finditer(text)]
        if len(marks) < FEWEST:
            continue
        index = 0
        while index + FEWEST <= len(marks):
            place = bisect_right(blocks, marks[index], key=lambda block: block.start) - 1
            if place >= 0 and marks[index + FEWEST - 1] < blocks[place].end:
                chosen.add(place)
                index = bisect_left(marks, blocks[place].end, lo=index)
            else:
                index += 1
    return (blocks[place] for place in sorted(chosen))


def _points(draft: Draft, part: Part, block: Span) -> list[Span]:
    best: list[Span] = []
    for pattern in _POINTS:
        found = list(pattern.finditer(part.folded, block.start, block.end))
        run = _in_order(found)
        best = max(best, run, key=len)
    return max(best, _signs(part, block), _words(draft, part, block), key=len)


def _signs(part: Part, block: Span) -> list[Span]:
    found = [Span(*match.span()) for match in _SIGNS.finditer(part.masked, block.start, block.end)]
    dashes = [one for one in found if part.text[one.start] in "-–"]
    if dashes and part.text[block.start : dashes[0].start].rstrip()[-1:] not in (":", "："):
        found = [one for one in found if part.text[one.start] not in "-–"]
    return found


def _words(draft: Draft, part: Part, block: Span) -> list[Span]:
    """From `first` on; `thứ hai, thứ ba` without a first are days of the week."""
    found = list(_WORDS[draft.lang].finditer(part.folded, block.start, block.end))
    first = next((index for index, match in enumerate(found) if match["first"]), len(found))
    return [Span(*match.span()) for match in found[first:]]


def _in_order(found: list[re.Match[str]]) -> list[Span]:
    """The longest run that counts up by one from its first."""
    kept: list[Span] = []
    last = -1
    for match in found:
        value = _value(match)
        if not kept or value == last + 1:
            kept.append(Span(*match.span()))
        elif value == 1:
            if len(kept) >= FEWEST:
                break
            kept = [Span(*match.span())]
        else:
            continue
        last = value
    return kept


def _value(match: re.Match[str]) -> int:
    number = match["number"] or match["bare"]
    if number.isdecimal():
        return int(number)
    if number in _ROMAN and match.re is _POINTS[4]:
        return _ROMAN.index(number) + 1
    for row in ("①②③④⑤⑥⑦⑧⑨", "一二三四五六七八九"):
        if number in row:
            return row.index(number) + 1
    return ord(number) - ord("a") + 1


def _stand_apart(part: Part, points: list[Span]) -> bool:
    """Whether each begins a line: then it is a list already."""
    begun = sum(
        1
        for point in points
        if not part.text[part.text.rfind("\n", 0, point.start) + 1 : point.start].strip()
    )
    return begun >= len(points) - 1


def _on_lines(part: Part, points: list[Span]) -> tuple[Edit, ...]:
    edits = []
    for point in points:
        start = point.start
        while start > 0 and part.text[start - 1] in " \t":
            start -= 1
        if start and part.text[start - 1] != "\n":
            edits.append(Edit(part, Span(start, point.start), "\n"))
    return tuple(edits)


# characters of a paragraph that are looked at
_LONGEST = 4_000

RULE = Rule(
    id="list-buried-in-prose",
    code="LAY006",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Từ bốn ý trở lên thì viết thành danh sách.",
        en="Four points and more make a list.",
        zh="四个以上的要点应列成清单。",
    ),
    why=Words(
        vi="Mắt lướt trên danh sách nhanh hơn trong đoạn văn; ý nào cũng được thấy.",
        en="The eye runs down a list faster than through a paragraph, and misses none of its points.",
        zh="清单比段落看得更快，每一点都不会漏掉。",
    ),
    source="Course notes on e-mail marketing: dashes and asterisks for what matters.",
    bad=(
        Example(
            "vi",
            text="Bộ quà gồm: 1) hộp trà sen 100 gam, 2) ấm Bát Tràng, 3) hai chén nhỏ, 4) thiệp viết tay.",
        ),
        Example(
            "en", text="You get (1) a tin of tea, (2) a small pot, (3) two cups and (4) a card in our hand."
        ),
        Example("zh", text="礼盒包括：①春茶一罐，②紫砂壶一把，③茶杯两只，④手写贺卡一张。"),
    ),
    good=(
        Example(
            "vi", text="Bộ quà gồm:\n1) hộp trà sen\n2) ấm Bát Tràng\n3) hai chén nhỏ\n4) thiệp viết tay"
        ),
        Example("en", text="You get a tin of tea, a small pot and two cups (3 items in all)."),
        Example("zh", text="礼盒包括：\n① 春茶一罐\n② 紫砂壶一把\n③ 茶杯两只\n④ 贺卡一张"),
    ),
    check=each_part(check_part),
)
