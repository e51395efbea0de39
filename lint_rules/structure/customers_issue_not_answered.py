"""An answer deals with every point that the customer raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

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
_HAN = "\u3400-\u9fff"
_IS_HAN = re.compile(f"[{_HAN}]")
# a letter or digit of a script that writes its words apart
_LETTER = rf"[^\W_{_HAN}]"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """One finding for each point of which no keyword occurs; what is quoted of the customer answers nothing."""
    if not draft.context.issues:
        return
    texts = [_without(part.folded, draft.aside(part)) for part in draft.body]
    place = draft.body[0]
    end = len(place.text.rstrip())
    for issue in draft.context.issues:
        keywords = [keyword.strip() for keyword in issue.keywords if keyword.strip()]
        patterns = [_pattern(keyword) for keyword in keywords]
        if patterns and not any(pattern.search(text) for pattern in patterns for text in texts):
            values = {"issue": issue.id, "keywords": ", ".join(keywords)}
            yield Hit(place, Span(0, end), MESSAGE, values)


def _without(text: str, spans: list[Span]) -> str:
    """The text without what others said, and without the footer."""
    kept, done = [], 0
    for span in sorted(spans):
        kept.append(text[done : span.start])
        done = max(done, span.end)
    return "\n".join([*kept, text[done:]])


@lru_cache(maxsize=1024)
def _pattern(keyword: str) -> re.Pattern[str]:
    """Whole words, with any blank between them, English ones in their plural too; Chinese anywhere."""
    words = folded(normalised(keyword)[0]).split()
    if _IS_HAN.search(keyword):
        # a line may end within a Chinese word
        return re.compile(r"\s*".join(re.escape(char) for word in words for char in word))
    joined = r"\s+".join(re.escape(word) for word in words)
    plural = "(?:e?s|ed|ing)?" if joined.isascii() and words[-1].isalpha() else ""
    return re.compile(rf"(?<!{_LETTER}){joined}{plural}(?!{_LETTER})")


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
