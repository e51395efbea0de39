"""Who complains is first told that they were heard."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư trả lời phàn nàn chưa có lời nhận: xin lỗi, hoặc “anh chị nói hoàn toàn có cơ sở”.",
    en="The answer to a complaint does not acknowledge it: say sorry, or that the customer is right.",
    zh="对投诉的答复没有表示理解：请致歉，或承认顾客说得对。",
)
LEXICON = "acknowledgements"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Only when the message is known to answer a complaint."""
    if not draft.context.complaint:
        return
    parts = [part for part in draft.body if not part.blank()]
    if parts and not any(_acknowledges(draft, part) for part in parts):
        yield Hit(parts[0], Span(0, len(parts[0].text.rstrip())), MESSAGE)


def _acknowledges(draft: Draft, part: Part) -> bool:
    """In our own words: the customer who wrote "I am sorry to complain" acknowledged nothing."""
    return any(True for _ in outside(draft.phrases(LEXICON, part), draft.aside(part)))


RULE = Rule(
    id="complaint-reply-without-acknowledgement",
    code="STR010",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.REPLY}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Trả lời phàn nàn thì nhận trước đã.",
        en="An answer to a complaint acknowledges it.",
        zh="答复投诉先表示理解或歉意。",
    ),
    why=Words(
        vi="Người phàn nàn cần biết mình được nghe; thiếu lời ấy, lời giải thích nào cũng như chối.",
        en="Who complains wants to know that they were heard; without it every explanation sounds like denial.",
        zh="投诉的人首先要知道有人听见了；缺了这一句，再好的解释也像推脱。",
    ),
    source="Course notes on complaints: admit a fault without defending; recognise feelings.",
    bad=(
        Example(
            "vi", kind=Kind.REPLY, text="Chúng tôi sẽ gửi ấm mới trong hai ngày.", context={"complaint": True}
        ),
        Example("en", kind=Kind.REPLY, text="A new pot will leave us tomorrow.", context={"complaint": True}),
        Example("zh", kind=Kind.REPLY, text="新壶明天寄出。", context={"complaint": True}),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi thành thật xin lỗi chị. Ấm mới đi ngày mai.",
            context={"complaint": True},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="You are right, and we are sorry. A new pot leaves tomorrow.",
            context={"complaint": True},
        ),
        Example("zh", kind=Kind.REPLY, text="非常抱歉，新壶明天寄出。", context={"complaint": True}),
        Example(
            "en", kind=Kind.REPLY, text="A new pot will leave us tomorrow.", context={"complaint": False}
        ),
    ),
    check=check,
)
