"""One thing to do, perhaps two."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.targets import target_of
from lint_rules.rule import EMAIL_ONLY, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư dẫn tới {count} nơi khác nhau; nhiều nhất {limit}. Hãy giữ đường dẫn chính.",
    en="The message links to {count} different places; {limit} are the most. Keep the main one.",
    zh="信中有 {count} 个不同的链接去向，最多 {limit} 个。请保留主要的一个。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Targets are compared without tracking parameters; text and HTML together."""
    most = config.limit("calls_to_action")
    seen: dict[str, None] = {}
    extra = None
    for link in draft.main_links:
        target = target_of(link.href)
        if target not in seen:
            seen[target] = None
            if len(seen) == most + 1:
                extra = link
    if extra is not None:
        yield Hit(extra.part, extra.span, MESSAGE, {"count": len(seen), "limit": most})


RULE = Rule(
    id="too-many-different-calls-to-action",
    code="CTA002",
    channels=EMAIL_ONLY,
    kinds=frozenset({Kind.MARKETING, Kind.REQUEST}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Nhiều nhất hai nơi để bấm tới.",
        en="At most two places to go.",
        zh="最多两个链接去向。",
    ),
    why=Words(
        vi="Càng nhiều lựa chọn, càng ít người chọn; mỗi lá thư một việc.",
        en="The more there is to choose, the fewer choose; a letter is for one thing.",
        zh="选择越多，行动的人越少；一封信只做一件事。",
    ),
    source="Course notes on e-mail marketing: one subject, one offer only; tell the reader exactly what to do next.",
    bad=(
        Example(
            "vi",
            text="Đặt: https://tra.example/dat\nXem: https://tra.example/hop\nĐọc: https://tra.example/chuyen",
        ),
        Example(
            "en",
            html='<a href="https://t.example/order">Order</a> <a href="https://t.example/tins">Tins</a> <a href="https://t.example/story">Story</a>',
        ),
        Example(
            "zh",
            text="订购：https://cha.example/ding\n门店：https://cha.example/dian\n故事：https://cha.example/gushi",
        ),
    ),
    good=(
        Example(
            "vi",
            text="Đặt: https://tra.example/dat?utm_source=a\nĐặt: https://tra.example/dat?utm_source=b#x\nHỏi: mailto:a@tra.example",
        ),
        Example(
            "en",
            html='<a href="https://t.example/order">Order</a> <a href="https://t.example/order/?utm_medium=x">Again</a> <a href="https://facebook.com/t">Us</a>',
        ),
        Example("zh", text="订购：https://cha.example/ding\n门店：https://cha.example/dian"),
    ),
    check=check,
)
