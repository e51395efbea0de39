"""An answer deals with every point that the customer raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.normalise import folded, normalised
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Khách nêu “{issue}” nhưng thư chưa trả lời (không thấy: {keywords}).",
    en="The customer raised “{issue}”, and the message does not answer it (none of: {keywords}).",
    zh="顾客提出了“{issue}”，信中没有答复（未出现：{keywords}）。",
)
_HAN = re.compile("[\u3400-\u9fff]")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """One finding for each point of which no keyword occurs in the customer's language or ours."""
    if not draft.context.issues:
        return
    quoted = [(part, draft.aside(part)) for part in draft.body]
    texts = [_without(part.folded, spans) for part, spans in quoted]
    texts.append(draft.subject.folded)
    place = draft.body[0]
    end = len(place.text.rstrip())
    for issue in draft.context.issues:
        patterns = [_pattern(keyword) for keyword in issue.keywords if keyword.strip()]
        if patterns and not any(pattern.search(text) for pattern in patterns for text in texts):
            values = {"issue": issue.id, "keywords": ", ".join(issue.keywords)}
            yield Hit(place, Span(0, end), MESSAGE, values)


def _without(text: str, spans: list[Span]) -> str:
    """The text with what others said, and the footer, blotted out."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


@cache
def _pattern(keyword: str) -> re.Pattern[str]:
    """Whole words, with any blank between them; Chinese anywhere; an English word in its plural too."""
    words = folded(normalised(keyword.strip())[0]).split()
    joined = r"\s+".join(re.escape(word) for word in words)
    if _HAN.search(joined):
        return re.compile(joined)
    plural = "(?:e?s|ed|ing)?" if joined.isascii() and words[-1].isalpha() else ""
    return re.compile(rf"(?<!\w){joined}{plural}(?!\w)")


RULE = Rule(
    id="customers-issue-not-answered",
    code="STR006",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.REPLY}),
    severity=Severity.ERROR,
    summary=Words(
        vi="Trả lời đủ mọi điều khách nêu.",
        en="An answer deals with every point raised.",
        zh="逐点答复顾客提出的问题。",
    ),
    why=Words(
        vi="Bỏ sót một điều là khách phải viết thư thứ hai, và thấy mình không được nghe.",
        en="One point left out costs the customer a second letter, and the feeling of not being heard.",
        zh="漏答一点，顾客就得再写一封信，还会觉得没人听他说话。",
    ),
    source="Course notes on letters: an answer deals with every point that the customer raised.",
    bad=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi đã đổi ấm mới cho chị.",
            context={"issues": [{"id": "giao trễ", "keywords": ["giao hàng", "giao trễ"]}]},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="We have sent you a new pot.",
            context={"issues": [{"id": "refund", "keywords": ["refund", "money back"]}]},
        ),
        Example(
            "zh",
            kind=Kind.REPLY,
            text="我们已经为您换了新壶。",
            context={"issues": [{"id": "发货", "keywords": ["发货", "物流"]}]},
        ),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Về việc giao hàng chậm, chúng tôi xin lỗi chị.",
            context={"issues": [{"id": "giao trễ", "keywords": ["giao hàng"]}]},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="Your Refund left us today.",
            context={"issues": [{"id": "refund", "keywords": ["refund"]}]},
        ),
        Example(
            "zh",
            kind=Kind.REPLY,
            text="您的包裹今天发货。",
            context={"issues": [{"id": "发货", "keywords": ["发货"]}]},
        ),
    ),
    check=check,
)
