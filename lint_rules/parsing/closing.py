"""Where a message takes leave: "Trân trọng,", "Kind regards,", "此致".

The lexicon `closings` holds what closes wherever a sentence or line begins with it; `closings_brief` what
closes only when it is all of its line, or a mark follows: "Best," but not "Best tea in town".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span

if TYPE_CHECKING:
    from lint_rules.document import Draft

# of so short a message every line may be the closing
_FEW = 4
# words before a phrase that belong to it: "with kind regards", "xin một lần nữa cảm ơn", "再次感谢"
_LEAD = re.compile(
    r"(?:^|[.!?…。！？;；])[\s\W]*(?:(?:with|and|my|our|your|very|kind|kindest|best|warm|warmest|sincere|many|yours|all|once|again|most"
    r"|một|lần|nữa|lời|xin|rất|và|cảm|cám|ơn|kính|trân|trọng|chân|thành|cuối|cùng|em|chúng|tôi|mình|bên|shop)[\s,]+){0,5}$"
    r"|(?:^|[.!?…。！？;；，])[\s\W]*(?:再次|最后|谨|特|恭|敬|并|在此|衷心|诚挚|预)*$"
)
# 茶舍敬上: below a Chinese letter the name comes first
_SIGNED = re.compile(r"^.{1,20}(?:敬上|谨上|谨启|敬启|谨呈|拜上|敬贺|敬礼)\W*$")
# characters of the line before a phrase that are looked at
_REACH = 48
_ENDS = re.compile(r"\s*(?:[,.!，。！~–—-]|$)")
# words of a line that is nothing but a brief closing: "Thanks again", "Thân, Lan"
_BRIEF_WORDS = 3
_BRIEF_HAN = 14


def closing(draft: Draft) -> tuple[Part, Span] | None:
    """The phrase, in the second half of the lines; signature and postscript come after it. None without."""
    lines = [(part, line) for part in draft.body for line in _lines(draft, part)]
    start = len(lines) // 2 - 1 if len(lines) > _FEW else 0
    for part, line in reversed(lines[start:]):
        for span in draft.phrases_within("closings", part, line):
            if _begins(part, line, span) or _SIGNED.match(part.folded[line.start : line.end]):
                return part, span
        for span in draft.phrases_within("closings_brief", part, line):
            if _begins(part, line, span) and _is_brief(draft, part, line, span):
                return part, span
    return None


def _lines(draft: Draft, part: Part) -> Iterator[Span]:
    """What is written on; long small print below would push the closing out of the second half."""
    written = (line for line in part.lines if part.text[line.start : line.end].strip())
    yield from outside(written, [*draft.aside(part), *draft.postscripts(part)])


def _begins(part: Part, line: Span, span: Span) -> bool:
    """Whether its line or a sentence begins with the phrase."""
    return bool(_LEAD.search(part.folded[max(line.start, span.start - _REACH) : span.start]))


def _is_brief(draft: Draft, part: Part, line: Span, span: Span) -> bool:
    rest = part.folded[span.end : line.end]
    if _ENDS.match(rest):
        return True
    if draft.lang == "zh":
        return len(rest) <= _BRIEF_HAN
    return len(rest.split()) < _BRIEF_WORDS
