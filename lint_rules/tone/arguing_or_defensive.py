"""A letter does not argue with its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import (
    ALL_KINDS,
    EMAIL_AND_LETTER,
    Example,
    Hit,
    Kind,
    Rule,
    Severity,
    Words,
    each_part,
)

MESSAGE = Words(
    vi="“{shown}” nghe như cãi lại khách. Hãy nhận phần của mình và nói sẽ làm gì.",
    en="“{shown}” argues with the reader. Say what you see and what you will do.",
    zh="“{shown}”听起来像在争辩。请先表示理解，再说明您会怎么做。",
)
LEXICON = "arguing"


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """What is quoted was said by others; `không phải là chúng tôi không có lỗi` admits it."""
    found = draft.phrases(LEXICON, part)
    if draft.lang == "zh":
        found = sorted([*found, *(Span(*match.span()) for match in _HAD_YOU.finditer(part.folded))])
    if not found:
        return
    left_out = [*draft.aside(part), *quotations(part)]
    for span in outside(found, left_out):
        if not _is_admission(draft, part, span):
            yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


def _is_admission(draft: Draft, part: Part, span: Span) -> bool:
    """Blame that is itself denied just before it: `we would never say that it is not our fault`."""
    start = max(0, span.start - _NEAR)
    near = Part.plain("near", part.text[start : span.start])
    return draft.lexicon("blame_denied").any_in(draft.tokens(near), near.folded)


# 如果您仔细看过说明书，就不会这样: had you read it. 如果您提前预订，就不会错过 only invites.
_HAD_YOU = re.compile(
    r"(?:(?:如果|要是|假如|假使|倘若|若是|若)(?:当初|当时|之前|事先)?[您你]|[您你](?:如果|要是|假如|若是|若))(?:自己)?[^,。!?;没未不]{0,16}?"
    r"(?:[看读听][过了清懂]|看一[看眼下]|阅读[过了]|检查[过了]|核对[过了]|确认[过了]|注意到|留意[过了]|咨询[过了]|问[过了]|当初|当时|之前|事先|早点|早些|早一点|早[说来看问]|仔细|认真|好好|小心)"
    r"[^,。!?;没未不]{0,20},[^,。!?;]{0,10}?"
    r"(?:(?:就|也|便|根本|绝|肯定)(?:就|也|根本|绝对|肯定)?不会(?!错过|后悔|失望|迷路|担心|再|影响|收)|不至于|不致于?|能避免|可以避免|可避免|怎么会|哪会|何至于)"
)
# characters before the phrase in which it may be taken back
_NEAR = 30

RULE = Rule(
    id="arguing-or-defensive",
    code="TONE005",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    severity_by_kind={Kind.REPLY: Severity.ERROR},
    summary=Words(
        vi="Không cãi, không đổ lỗi cho khách.",
        en="No arguing, no blame on the customer.",
        zh="不争辩，不把责任推给顾客。",
    ),
    why=Words(
        vi="Khách phàn nàn cần được nghe và được giải quyết; lời cãi, dù đúng, làm mất họ.",
        en="Somebody who complains wants to be heard and helped; an argument that is won loses the customer.",
        zh="投诉的顾客需要被倾听和帮助；争赢了道理，却会失去顾客。",
    ),
    source="Course notes on complaints: admit a fault without defending; do not argue. On letters: no arguing.",
    bad=(
        Example(
            "vi", kind=Kind.REPLY, text="Việc giao chậm không phải lỗi của chúng tôi mà do bên vận chuyển."
        ),
        Example("en", kind=Kind.REPLY, text="You failed to read the instructions before plugging it in."),
        Example("zh", kind=Kind.REPLY, text="包裹破损不是我们的责任，请联系快递公司。"),
    ),
    good=(
        Example(
            "vi", kind=Kind.REPLY, text="Đây là lỗi của chúng tôi, và chúng tôi gửi lại hàng trong hai ngày."
        ),
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chị viết: “Shop nói không phải lỗi của chúng tôi”. Chúng tôi xin lỗi vì câu ấy.",
        ),
        Example(
            "en", kind=Kind.REPLY, text="It was not your fault. We failed to say it clearly in the manual."
        ),
        Example("zh", kind=Kind.REPLY, text="这是我们的责任，我们两天内补发。"),
    ),
    check=each_part(check_part),
)
