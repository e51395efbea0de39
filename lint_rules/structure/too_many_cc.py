"""Few people in copy, and nobody when mail goes to many."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Kind, Rule, Severity, Words

MANY = Words(
    vi="Có {count} người trong mục Cc; nhiều nhất {limit}.",
    en="There are {count} people in Cc; {limit} are the most.",
    zh="抄送了 {count} 人，最多 {limit} 人。",
)
BULK = Words(
    vi="Thư gửi cho nhiều người không có Cc: ai cũng thấy địa chỉ của nhau.",
    en="Mail to many has no Cc: everybody would see the others' addresses.",
    zh="群发邮件不应抄送，否则所有人都会看到彼此的地址。",
)
# what goes to a whole audience, whatever its size
_TO_MANY = (Kind.MARKETING, Kind.GREETING)
_TO_ONE = (Kind.REPLY, Kind.TRANSACTIONAL)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Any Cc in bulk blocks; elsewhere more than three are too many."""
    copies = [name for name in draft.context.cc or () if name.strip()]
    if not copies:
        return
    place = Span(0, len(draft.subject.text))
    if _is_bulk(draft):
        yield Hit(draft.subject, place, BULK, severity=Severity.ERROR)
    elif len(copies) > (most := config.limit("copies")):
        yield Hit(draft.subject, place, MANY, {"count": len(copies), "limit": most})


def _is_bulk(draft: Draft) -> bool:
    """By the number of its readers; while that is unknown, by what the sender sends, and by its kind."""
    context = draft.context
    if context.recipients is not None:
        return context.recipients > 1
    if context.bulk_per_day is not None:
        # who sends thousands a day still answers one person
        return context.bulk_per_day > 0 and draft.declared_kind not in _TO_ONE
    return draft.declared_kind in _TO_MANY


RULE = Rule(
    id="too-many-cc",
    code="STR007",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Ít Cc; gửi nhiều người thì không Cc.",
        en="Few in Cc; none when mail goes to many.",
        zh="抄送要少；群发不抄送。",
    ),
    why=Words(
        vi="Ai cũng được Cc thì không ai thấy mình phải trả lời; gửi hàng loạt mà Cc là lộ địa chỉ khách.",
        en="When everybody is copied, nobody feels asked; in bulk a Cc gives customers' addresses away.",
        zh="人人都被抄送，就没有人觉得该回复；群发时抄送会泄露顾客地址。",
    ),
    source="Course notes on e-mail: few cc.",
    bad=(
        Example(
            "vi",
            kind=Kind.REPLY,
            subject="Về đơn hàng 12",
            context={"cc": ["a@a.vn", "b@a.vn", "c@a.vn", "d@a.vn"]},
        ),
        Example("en", subject="20% off tea", context={"cc": ["boss@tea.example"], "recipients": 500}),
        Example("zh", subject="春茶八折", context={"cc": ["a@a.cn"], "bulk_per_day": 3000}),
    ),
    good=(
        Example(
            "vi", kind=Kind.REPLY, subject="Về đơn hàng 12", context={"cc": ["a@a.vn", "b@a.vn", "c@a.vn"]}
        ),
        Example("en", subject="20% off tea", context={"cc": [], "recipients": 500}),
        Example("zh", subject="春茶八折", context={"recipients": 500}),
    ),
    check=check,
)
