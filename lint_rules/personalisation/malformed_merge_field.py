"""A merge field is written so that it can be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Trường trộn viết chưa đúng: “{shown}”. Mẫu đúng: {{{{ contact.given_name|default('bạn') }}}}.",
    en="This merge field is not well formed: “{shown}”. Write it as {{{{ contact.given_name|default('friend') }}}}.",
    zh="合并字段书写有误：“{shown}”。正确写法：{{{{ contact.given_name|default('朋友') }}}}。",
)

# braces left over once every whole tag is blotted out; `20%}` and CSS are none
_LOST = re.compile(r"\{\{+|\}\}+|\{%-?\s*(?:if|for|set|end\w{2,3}|else|elif)(?!\w)|\{ \{ ?\w|\{\s*(?=\ufffc)")
_INSIDE = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|[^\W\d]\w*(?:\.\w+)*|\d+(?:\.\d+)?|\S")
_WORD_OPERATORS = frozenset(["and", "or", "not", "in", "is", "if", "else"])
_SHOWN = 30


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Lost braces in what is read, and tags whose inside cannot be an expression."""
    parts = [draft.subject, *(draft.blocks or [draft.text])]
    if draft.has_html:
        parts.append(draft.html_part)
    for part in parts:
        for match in _LOST.finditer(part.masked):
            yield _hit(part, Span(*match.span()))
        for tag in part.tags:
            if tag.prints and not _well_formed(part.text[tag.start + 2 : tag.end - 2].strip("-")):
                yield _hit(part, Span(tag.start, tag.end))


def _hit(part: Part, span: Span) -> Hit:
    end = part.text.find("\n", span.start)
    stop = min(end if end >= 0 else len(part.text), max(span.end, span.start + _SHOWN))
    return Hit(part, span, MESSAGE, {"shown": part.text[span.start : stop].strip()})


def _well_formed(inside: str) -> bool:
    """Something, with quotes and brackets in pairs and an operator between two names."""
    pieces = _INSIDE.findall(inside)
    if not pieces or "'" in pieces or '"' in pieces:
        return False
    if any(pieces.count(opening) != pieces.count(closing) for opening, closing in ("()", "[]")):
        return False
    for one, other in pairwise(pieces):
        if _is_value(one) and _is_value(other):
            return False
    return pieces[0] not in "|,.)" and pieces[-1] not in "|,.("


def _is_value(piece: str) -> bool:
    return piece not in _WORD_OPERATORS and (piece[0] in "'\"" or piece[0].isalnum() or piece[0] == "_")


RULE = Rule(
    id="malformed-merge-field",
    code="PERS003",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Trường trộn viết đúng mẫu.",
        en="Merge fields are well formed.",
        zh="合并字段书写正确。",
    ),
    why=Words(
        vi="Thiếu một dấu ngoặc là người nhận thấy cả đoạn mã thay vì tên mình.",
        en="With one brace missing the reader sees code instead of their name.",
        zh="少一个括号，收件人看到的就是代码而不是自己的名字。",
    ),
    source="Checklist before sending: are all details correct?",
    bad=(
        Example("vi", text="Chào {{ contact.given_name }, mời anh xem."),
        Example("vi", text="Chào {{ tên khách }},"),
        Example("en", text="Dear { { first_name } },"),
        Example("en", text="Dear {{ first_name|default('friend) }},"),
        Example("zh", text="尊敬的{{ name：您好"),
    ),
    good=(
        Example("vi", text="Chào {{ contact.given_name|default('bạn') }}, giảm 10% hoặc 20%."),
        Example(
            "en", html="<style>@media print{p{color:red}}</style><p>Dear {{ first_name or 'friend' }},</p>"
        ),
        Example("zh", text="尊敬的{{ name|default('客户') }}：您好 :}"),
    ),
    check=check,
)
