"""An e-mail has a subject."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.parsing.subjects import own_words_start
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(vi="Thư chưa có tiêu đề.", en="The message has no subject.", zh="邮件没有主题。")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Blanks, wide blanks and invisible characters are no subject, and neither is a label alone."""
    subject = draft.subject
    if subject.blank() or not subject.text[own_words_start(subject.folded) :].strip():
        yield Hit(subject, Span(0, len(subject.text)), MESSAGE)


RULE = Rule(
    id="missing-subject",
    code="SUBJ001",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(vi="E-mail phải có tiêu đề.", en="An e-mail has a subject.", zh="电子邮件必须有主题。"),
    why=Words(
        vi="Thư không tiêu đề bị bỏ qua hoặc bị coi là thư rác.",
        en="A mail without a subject is passed over or taken for spam.",
        zh="没有主题的邮件会被忽略或当作垃圾邮件。",
    ),
    source="Course notes on e-mail: a specific subject line.",
    bad=(
        Example("vi", text="Chào anh,"),
        Example("en", subject=" \u200b ", text="Hello,"),
        Example("zh", subject="【广告】", text="您好"),
    ),
    good=(
        Example("vi", subject="Lịch giao trà tháng 4"),
        Example("en", subject="Your order 4711"),
        Example("zh", subject="四月送货安排"),
    ),
    check=check,
)
