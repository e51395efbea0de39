"""An empty line stands between paragraphs, and HTML gives its lines air."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import LIST_MARK
from lint_rules.parsing.width import columns
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thiếu một dòng trống trước đoạn này.",
    en="An empty line is missing before this paragraph.",
    zh="这一段前面缺一个空行。",
)
TIGHT = Words(
    vi="Dòng trong bản HTML quá sít (line-height {height}); ít nhất {least}.",
    en="The lines of the HTML stand too close (line-height {height}); {least} at least.",
    zh="HTML 行距过密（line-height {height}），至少应为 {least}。",
)
# "double spacing" of the course notes on a screen: below this, stacked Vietnamese marks touch
LEAST_HEIGHT = 1.4
_LINE_HEIGHT = re.compile(
    r"(?<![\w-])(?:line-height\s*:\s*|font\s*:[^;:\"'{}]{0,60}?\d(?:px|pt|em|%)\s*/\s*)"
    r"(?P<value>\d{0,3}(?:\.\d{1,4})?)(?P<unit>%|em|px|pt)?(?=[\s;\"'}!]|$)",
    re.IGNORECASE,
)
_ENDS = tuple('.!?。！？…:：”"»)')
_SALUTATION_END = (",", "，", ":", "：", "!", "！")
# a salutation without its comma: a short line that greets and ends without a full stop
_GREETS = re.compile(
    r"(?:dear|kính gửi|kính thưa|thân gửi|尊敬的|亲爱的)[^.!?。！？,，]{1,40}$", re.IGNORECASE
)
# columns; a line that is shorter did not end because it was full
_FULL = 52
_LONGEST_SALUTATION = 60


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Text: around the salutation, between paragraphs, before the closing. HTML: the line height."""
    if not draft.blocks and not draft.text.blank():
        yield from _check_text(draft, draft.text)
    if draft.has_html:
        yield from _check_html(draft)


def _check_text(draft: Draft, part: Part) -> Iterator[Hit]:
    footer = draft.footer(part)
    lines = part.lines
    first = next((line for line in lines if part.text[line.start : line.end].strip()), None)
    for above, below in itertools.pairwise(lines):
        if footer and footer.holds(below):
            return
        one, other = part.text[above.start : above.end].strip(), part.text[below.start : below.end].strip()
        if not one or not other or LIST_MARK.match(other) or one.startswith(">") or other.startswith(">"):
            continue
        is_salutation = above == first and _is_salutation(one)
        if (is_salutation and _is_prose(other)) or _begins_paragraph(draft, part, above, below):
            edit = Edit(part, Span(below.start, below.start), "\n")
            yield Hit(part, below, MESSAGE, edits=(edit,), safe=True)


def _is_salutation(text: str) -> bool:
    return columns(text[: _LONGEST_SALUTATION * 2]) <= _LONGEST_SALUTATION and (
        text.endswith(_SALUTATION_END) or bool(_GREETS.match(text))
    )


def _is_prose(text: str) -> bool:
    """A sentence, not a second line of an address."""
    return columns(text[:120]) > _FULL or text.endswith(_ENDS)


def _begins_paragraph(draft: Draft, part: Part, above: Span, below: Span) -> bool:
    """The line above ended a sentence before it was full; or a closing follows prose at once."""
    one, other = part.text[above.start : above.end].rstrip(), part.text[below.start : below.end]
    if not one.endswith(tuple('.!?。！？…”"')) or LIST_MARK.match(one):
        return False
    if _is_closing(draft, part, below):
        return not _is_closing(draft, part, above)
    # a line that stops early by the author's will, twice in a row, is verse or an address
    room = config_width - columns(one[:200])
    word = other.split(" ", 1)[0] if draft.lang != "zh" else other[:2]
    return (
        room > columns(word[:40]) + 1
        and columns(one[:200]) > _SHORT_SENTENCE
        and columns(other[:120]) > _FULL
    )


# the width that lines are wrapped at; a shorter last line is the end of a paragraph
config_width = 60
_SHORT_SENTENCE = 16


def _is_closing(draft: Draft, part: Part, line: Span) -> bool:
    """A short line that begins with a closing phrase."""
    tokens = draft.tokens(part)
    first = bisect_left(tokens, line.start, key=lambda token: token.start)
    within = [token for token in tokens[first : first + _MOST_WORDS + 1] if token.start < line.end]
    if not 0 < len(within) <= _MOST_WORDS:
        return False
    found = draft.phrases_within("closings", part, line)
    return bool(found) and found[0].start == within[0].start


_MOST_WORDS = 5


def _check_html(draft: Draft) -> Iterator[Hit]:
    """The first place that is too tight; rows that only keep distance have no words to read."""
    part = draft.html_source_part
    source = part.original
    for start, end, is_sheet in _styled(draft):
        for match in _LINE_HEIGHT.finditer(source, start, end):
            height = _height(match["value"], (match["unit"] or "").lower(), source, match.start(), end)
            if height is None or not _LEAST_OF_A_LINE <= height < LEAST_HEIGHT:
                continue
            if is_sheet and _has_one_line_each(source, match.start()):
                continue
            values = {"height": f"{height:.2f}".rstrip("0").rstrip("."), "least": LEAST_HEIGHT}
            yield Hit(part, part.span_of_original(Span(*match.span())), TIGHT, values)
            return


# below it lines would lie upon each other: such a row keeps distance and has no words
_LEAST_OF_A_LINE = 0.9
# headings, buttons and pictures have one line each: nothing stands below it to be too close
_ONE_LINE = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "img", "sup", "sub"])
_NAME = re.compile("[a-z][a-z0-9]*")


def _styled(draft: Draft) -> list[tuple[int, int, bool]]:
    """Where styles are written: tags, and the sheets of `<style>`, in order; words and comments are none."""
    telling = {
        tag.kind
        for tag in draft.html.first_tags
        if tag.name not in _ONE_LINE and any(map(tag.mentions, ("eight", "EIGHT", "ont")))
    }
    places = [(tag.start, tag.end, False) for tag in draft.html.first_seen(telling)]
    places += [(start, end, True) for start, end in draft.html.sheets]
    return sorted(places)


def _has_one_line_each(sheet: str, position: int) -> bool:
    """Whether the rule at that place is for headings, buttons or pictures only."""
    brace = sheet.rfind("{", max(0, position - _LONGEST_RULE), position)
    start = (
        max(sheet.rfind(mark, max(0, brace - _LONGEST_RULE), brace) for mark in "};>") if brace > 0 else -1
    )
    if brace < 0:
        return False
    return all(_last_name(one) in _ONE_LINE for one in sheet[start + 1 : brace].split(","))


def _last_name(selector: str) -> str:
    """The name of the element that a selector ends with; empty when it gives none."""
    last = selector.replace(">", " ").rsplit(None, 1)
    match = _NAME.match(last[-1].lower()) if last else None
    return match.group() if match else ""


# characters of a rule of a style sheet
_LONGEST_RULE = 400


_FONT_SIZE = re.compile(r"font(?:-size)?\s*:[^;:\"'{}]{0,60}?(\d{1,3}(?:\.\d{1,2})?)(px|pt)", re.IGNORECASE)


def _height(value: str, unit: str, text: str, position: int, end: int) -> float | None:
    """As a multiple of the type's size; None when it cannot be known."""
    if not value or value == ".":
        return None
    number = float(value)
    if unit == "%":
        return number / 100
    if unit not in ("px", "pt"):
        return number
    start = max(text.rfind(mark, max(0, position - _NEAR), position) for mark in "<{") + 1
    size = _FONT_SIZE.search(text, start, _end_of_rule(text, position, end))
    if size is None or size[2].lower() != unit or float(size[1]) <= _LEAST_TYPE[unit]:
        return None
    return number / float(size[1])


def _end_of_rule(text: str, position: int, end: int) -> int:
    last = text.find("}", position, min(end, position + _NEAR))
    return last if last >= 0 else min(end, position + _NEAR)


# characters around the declaration in which the same style may name its type size
_NEAR = 300
# what is smaller is a row that keeps distance
_LEAST_TYPE = {"px": 9, "pt": 7}

RULE = Rule(
    id="no-blank-line-between-paragraphs",
    code="LAY005",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Giữa hai đoạn có một dòng trống.",
        en="An empty line stands between paragraphs.",
        zh="段与段之间空一行。",
    ),
    why=Words(
        vi="Dòng trống cho mắt chỗ nghỉ và cho thấy đâu là ý mới; lời chào và lời kết cũng cần đứng riêng.",
        en="The empty line rests the eye and shows where a thought begins; salutation and closing stand apart as well.",
        zh="空行让眼睛休息，也让人看出新的意思从哪里开始；称呼和结尾也应独立成段。",
    ),
    source="Course notes on e-mail marketing: double spacing between paragraphs.",
    bad=(
        Example(
            "vi",
            text="Kính gửi chị Lan,\nTrà sen mùa này đã về, mời chị ghé nếm trước ngày 31/3.\n\nTrân trọng,\nTrà Sen",
        ),
        Example(
            "en",
            text="Dear Anna,\nYour tea has arrived, and the first tin waits for you at the shop.\n\nKind regards,\nTom",
        ),
        Example(
            "zh",
            text="尊敬的王女士：\n新茶已经到店，欢迎您在三月三十一日之前来店品尝，我们为您留了一罐。\n\n此致敬礼\n茶舍",
        ),
    ),
    good=(
        Example(
            "vi",
            text="Kính gửi chị Lan,\n\nTrà sen mùa này đã về, mời chị ghé nếm trước ngày 31/3.\n\nTrân trọng,\nTrà Sen",
        ),
        Example(
            "en", text="Anna Smith\n12 Mill Lane\n\nDear Anna,\n\nYour tea has arrived.\n\nKind regards,\nTom"
        ),
        Example("zh", text="尊敬的王女士：\n\n新茶已经到店，欢迎您来店品尝。\n\n此致敬礼\n茶舍"),
    ),
    check=check,
)
