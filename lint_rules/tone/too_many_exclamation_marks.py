"""Exclamation marks are few."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Edit, Example, Hit, Rule, Severity, Words

RUN = Words(
    vi="Chỉ dùng một dấu chấm than: “{shown}”.",
    en="One exclamation mark is enough: “{shown}”.",
    zh="感叹号用一个就够了：“{shown}”。",
)
MANY = Words(
    vi="Thư có {count} dấu chấm than; nhiều nhất {limit}.",
    en="The message has {count} exclamation marks; {limit} are the most.",
    zh="全文有 {count} 个感叹号，最多 {limit} 个。",
)
# `?!` is one mark of wonder; `!?!` shouts
# the author's own words about programs, `a !! b`, are passed over whole
_MARKS = re.compile(r"(?P<code>`[^`\n]{1,200}`)|[!！﹗‼](?:[ \t?？]?[!！﹗‼])*")
_DOUBLE = "‼"
# characters before a run that say where it stands
_SHOWN = 12
# marks of one part; nobody counts further
_MOST = 5_000
_BRANDS = re.compile(
    r"(?<!\w)(?:yahoo|joomla|jeopardy|chips ahoy|yum|e|wham|kahoot|oklahoma|mamma mia|wahoo|bingo|panic at the disco)$"
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Runs one by one, with the fix; then, without any run, the mark that is one too many."""
    found = [(part, span) for part in draft.body for span in islice(_marks(draft, part), _MOST)]
    runs = [(part, span) for part, span in found if _is_run(part, span)]
    for part, span in runs:
        shown = _shown(part.text, span)
        edit = Edit(part, span, _calmed(part.text[span.start : span.end]))
        yield Hit(part, span, RUN, {"shown": shown}, edits=(edit,), safe=True)
    most = config.limit("exclamation_marks")
    if not runs and len(found) > most:
        part, span = found[most]
        yield Hit(part, span, MANY, {"count": len(found), "limit": most})


def _shown(text: str, span: Span) -> str:
    """The marks with what stands before them, from the beginning of a word where words are apart."""
    start = max(0, span.start - _SHOWN)
    before = text[start : span.start].split("\n")[-1]
    if start and not text[start - 1].isspace() and len(before) == _SHOWN and " " in before.strip():
        before = before.split(" ", 1)[1]
    return before + text[span.start : span.end]


def _is_run(part: Part, span: Span) -> bool:
    return span.end - span.start > 1 or part.text[span.start] == _DOUBLE


def _calmed(marks: str) -> str:
    """One mark for a run, a wide one if it has any; a question stays a question."""
    first = "！" if "！" in marks else marks[0].replace(_DOUBLE, "!")
    question = next((mark for mark in marks if mark in "?？"), "")
    return question + first


def _marks(draft: Draft, part: Part) -> Iterator[Span]:
    if "!" not in part.folded and "‼" not in part.folded and "﹗" not in part.folded:
        return
    left_out = sorted([*draft.urls(part), *draft.aside(part), *quotations(part)])
    starts = [span.start for span in left_out]
    for match in _MARKS.finditer(part.masked):
        if match["code"]:
            continue
        span = Span(*match.span())
        if _is_brand(part, span) or _is_code(part, span) or _within(left_out, starts, span):
            continue
        if not _ends_address(part, draft.urls(part), span):
            yield span


def _is_brand(part: Part, span: Span) -> bool:
    if span.end - span.start > 1:
        return False
    return bool(_BRANDS.search(part.folded, max(0, span.start - _LONGEST_BRAND), span.start))


def _is_code(part: Part, span: Span) -> bool:
    """`a != b`, `![alt]`, `<!--`, `!important`, `!ready`: a mark that a word follows and none precedes."""
    behind = part.text[span.end : span.end + 1]
    before = part.text[max(0, span.start - 1) : span.start]
    if behind in ("=", "[") or before == "<":
        return True
    return behind.isascii() and (behind.isalnum() or behind == "(") and before in ("", " ", "(", "\n", "&")


_LONGEST_BRAND = 14


def _within(left_out: list[Span], starts: list[int], span: Span) -> bool:
    """Whether it lies in an address, the footer or a line quoted; an address within a footer is both."""
    index = bisect_right(starts, span.start)
    return any(one.holds(span) for one in left_out[max(0, index - 3) : index])


def _ends_address(part: Part, urls: list[Span], span: Span) -> bool:
    """Marks right behind a query, or behind a path that has a line of its own: they may be part of the address."""
    index = bisect_right(urls, span.start, key=lambda url: url.start) - 1
    if index < 0 or urls[index].end != span.start or part.text[span.start] != "!":
        return False
    address = part.text[urls[index].start : urls[index].end]
    if "?" in address:
        return True
    before = part.text[max(0, urls[index].start - _LONGEST_BRAND) : urls[index].start].rpartition("\n")[2]
    behind = part.text[span.end : span.end + _LONGEST_BRAND].partition("\n")[0]
    return not before.strip() and not behind.strip() and "/" in address.partition("://")[2]


RULE = Rule(
    id="too-many-exclamation-marks",
    code="TONE002",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Ít dấu chấm than, không bao giờ liền nhau.",
        en="Few exclamation marks, and never several in a row.",
        zh="少用感叹号，不连用。",
    ),
    why=Words(
        vi="Nhiều dấu chấm than nghe như quát vào người đọc và là dấu hiệu của thư rác.",
        en="Rows of exclamation marks shout at the reader and are a mark of spam.",
        zh="连串感叹号像在对读者喊叫，也是垃圾邮件的特征。",
    ),
    source="Course notes on e-mail marketing: few exclamation marks.",
    bad=(
        Example("vi", text="Giảm 20% cho khách!!!"),
        Example("vi", text="Mới! Rẻ! Đẹp! Bền!"),
        Example("en", text="Buy now!! Only today."),
        Example("zh", text="春茶八折！！！"),
    ),
    good=(
        Example("vi", text="Mời anh chị ghé thử! Hẹn gặp lại!"),
        Example("en", text="Yahoo! Mail and a != b, see https://a.example/!!x"),
        Example("zh", text="欢迎光临！祝您愉快！"),
    ),
    check=check,
)
