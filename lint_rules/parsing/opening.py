"""Where the body's own prose begins: behind the salutation, whatever stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.width import columns

if TYPE_CHECKING:
    from lint_rules.document import Draft

# columns; an address, a date, a name or a salutation is narrower
_SHORT = 52
_ENDS = (",", "，", ":", "：", "!", "！")
_SENTENCE_ENDS = (".", "?", "。", "？", "…")
_GREETING = re.compile(
    r"^\W*(?:kính|thân|xin chào|chào|gửi|thưa|quý khách|hello|hi|hey|dear|good (?:morning|afternoon|evening)|尊敬|亲爱|您好|你好|各位|致)(?!\w{2,}ly)"
)
_VIEW_ONLINE = re.compile(r"browser|trình duyệt|浏览器|view online|xem bản web")


def opening_sentences(draft: Draft, most: int) -> list[tuple[Part, Span]]:
    """The first sentences of prose."""
    found: list[tuple[Part, Span]] = []
    for part, span in _sentences(draft):
        text = part.text[span.start : span.end]
        if not found and _is_head(part, span, text):
            continue
        found.append((part, span))
        if len(found) == most:
            break
    return found


def _sentences(draft: Draft) -> Iterator[tuple[Part, Span]]:
    for part in draft.body:
        footer = draft.footer(part)
        for span in draft.sentences(part):
            if footer and footer.holds(span):
                break
            yield part, span


def _is_head(part: Part, span: Span, text: str) -> bool:
    """A salutation, a line of an address, a date, a heading: what stands before prose."""
    folded = part.folded[span.start : span.end]
    if _VIEW_ONLINE.search(folded):
        return True
    wide = columns(text[: _SHORT * 2]) > _SHORT
    if wide:
        return False
    if text.rstrip().endswith(_ENDS) or _GREETING.match(folded):
        return not text.rstrip().endswith((".", "。")) or bool(_GREETING.match(folded))
    return not text.rstrip().endswith(_SENTENCE_ENDS)
