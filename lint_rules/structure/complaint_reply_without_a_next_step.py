"""Who complains is told what happens next, and when."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư trả lời phàn nàn chưa nói chúng ta sẽ làm gì, vào lúc nào.",
    en="The answer to a complaint does not say what we will do, and when.",
    zh="对投诉的答复没有说明我们下一步做什么、什么时候做。",
)
LEXICON = "own_actions"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """An action of ours with a date or a duration in its sentence or the one after it."""
    if not draft.context.complaint:
        return
    parts = [part for part in draft.body if not part.blank()]
    if not parts or any(_has_step(draft, part) for part in draft.body):
        return
    yield Hit(parts[0], Span(0, len(parts[0].text.rstrip())), MESSAGE)


def _has_step(draft: Draft, part: Part) -> bool:
    actions = draft.phrases(LEXICON, part)
    if not actions:
        return False
    aside = draft.aside(part)
    spans = [span for span in draft.sentences(part) if not any(left.holds(span) for left in aside)]
    times = [mention.span.start for mention in draft.dates(part)]
    for index, span in enumerate(spans):
        end = spans[index + 1].end if index + 1 < len(spans) else span.end
        acts = any(span.start <= action.start < span.end for action in actions)
        if acts and any(span.start <= time < end for time in times):
            return True
    return False


RULE = Rule(
    id="complaint-reply-without-a-next-step",
    code="STR009",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.REPLY}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Trả lời phàn nàn thì nói bước tiếp theo và thời hạn.",
        en="An answer to a complaint names the next step and its date.",
        zh="答复投诉要写明下一步和时间。",
    ),
    why=Words(
        vi="“Chúng tôi ghi nhận” không giải quyết gì; khách cần biết ai làm gì, bao giờ xong.",
        en="“We have noted it” mends nothing; the customer wants to know who does what, and by when.",
        zh="“我们已经记录”解决不了问题；顾客要知道谁来做、何时完成。",
    ),
    source="Course notes on complaints: state the next steps; keep the customer informed of progress.",
    bad=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi xin lỗi chị và xin ghi nhận ý kiến của chị.",
            context={"complaint": True},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="We are sorry and have noted your complaint.",
            context={"complaint": True},
        ),
        Example("zh", kind=Kind.REPLY, text="非常抱歉，我们已经记录您的意见。", context={"complaint": True}),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi xin lỗi chị. Chúng tôi sẽ gửi ấm mới trong 2 ngày.",
            context={"complaint": True},
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="We are sorry. We will send a new pot by Friday.",
            context={"complaint": True},
        ),
        Example(
            "zh", kind=Kind.REPLY, text="非常抱歉，我们会在三天内寄出新壶。", context={"complaint": True}
        ),
        Example("en", kind=Kind.REPLY, text="Thank you for your kind words.", context={"complaint": False}),
    ),
    check=check,
)
