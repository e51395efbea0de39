"""What a message says is attached is attached."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.attachments import says_attached, sentences_of
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Channel, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư nói “{shown}” nhưng chưa có tệp hay tài liệu nào kèm theo.",
    en="The message says “{shown}”, but nothing is attached or enclosed.",
    zh="信中写着“{shown}”，但没有任何附件或随信材料。",
)
LEXICON = "attachments"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Once, at the first mention; silent while it is not known what is attached."""
    if draft.context.attachments is None or any(name.strip() for name in draft.context.attachments):
        return
    for part in [draft.subject, *draft.body]:
        span = _mention(draft, part)
        if span is not None:
            yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})
            return


# mentions in a part; what is not attached a thousand times is no attachment
_MOST = 1_000


def _mention(draft: Draft, part: Part) -> Span | None:
    found = draft.phrases(LEXICON, part)
    if not found:
        return None
    ours = list(outside(found, [*draft.aside(part), *quotations(part)]))
    for sentence, span in sentences_of(draft.sentences(part), ours[:_MOST]):
        if says_attached(part, draft.lang, sentence, span):
            return span
    return None


RULE = Rule(
    id="attachment-mentioned-but-not-attached",
    code="STR004",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Nói đính kèm thì phải có đính kèm.",
        en="What is said to be attached is attached.",
        zh="说有附件，就要有附件。",
    ),
    why=Words(
        vi="Người nhận tìm tệp không thấy sẽ phải viết lại hỏi, và nghĩ chúng ta cẩu thả.",
        en="Who looks for it in vain has to write back, and thinks us careless.",
        zh="收信人找不到附件，只好再来信询问，并觉得我们粗心。",
    ),
    source="Course notes on letters: are all details correct?",
    bad=(
        Example("vi", text="Bảng giá đính kèm có hiệu lực đến 31/3.", context={"attachments": []}),
        Example("en", text="Please find attached our price list.", context={"attachments": []}),
        Example("zh", text="价目表请见附件。", context={"attachments": []}),
        Example("en", channel=Channel.LETTER, text="I enclose a reply card.", context={"attachments": []}),
    ),
    good=(
        Example("vi", text="Bảng giá đính kèm.", context={"attachments": ["bang-gia.pdf"]}),
        Example("vi", text="Thư này không đính kèm tệp nào.", context={"attachments": []}),
        Example("en", text="We attach great importance to your advice.", context={"attachments": []}),
        Example("en", text="Please find attached our price list."),
        Example("zh", text="本邮件没有附件。", context={"attachments": []}),
        Example("zh", text="附近的门店都有新茶。", context={"attachments": []}),
    ),
    check=check,
)
