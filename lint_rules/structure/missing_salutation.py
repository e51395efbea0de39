"""A message greets its reader."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư mở đầu không có lời chào người nhận.",
    en="The message begins without a salutation.",
    zh="信的开头没有称呼。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """At the first line; a message without words greets nobody, and that is another rule's affair."""
    if draft.salutation is not None:
        return
    for part in draft.body:
        if not part.blank():
            start = len(part.text) - len(part.text.lstrip())
            end = part.text.find("\n", start)
            yield Hit(part, Span(start, end if end >= 0 else len(part.text)), MESSAGE)
            return


RULE = Rule(
    id="missing-salutation",
    code="STR001",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS - {Kind.TRANSACTIONAL},
    severity=Severity.WARNING,
    summary=Words(vi="Thư có lời chào mở đầu.", en="A message has a salutation.", zh="信件有开头称呼。"),
    why=Words(
        vi="Không chào mà nói ngay là thiếu lịch sự; người đọc thấy mình bị gửi hàng loạt.",
        en="To begin without a greeting is discourteous and reads like a circular.",
        zh="没有称呼显得失礼，读起来像群发。",
    ),
    source="Course notes on e-mail: a proper opening and closing.",
    bad=(
        Example("vi", text="Máy lọc nước RO giảm 20% đến hết 31/3.\n\nTrân trọng,\nLan"),
        Example("en", text="Our boilers are 20% off until Sunday.\n\nKind regards,\nAnna"),
        Example("zh", text="净水器八折，3月31日止。\n\n此致\n敬礼"),
    ),
    good=(
        Example(
            "vi", text="Chị {{ contact.given_name|default('Lan') }} thân mến,\n\nMáy lọc nước RO giảm 20%."
        ),
        Example("en", text="Anna,\n\nOur boilers are 20% off until Sunday."),
        Example("zh", text="王女士：\n\n净水器八折，3月31日止。"),
    ),
    check=check,
)
