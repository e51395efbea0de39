"""A subject is more than a greeting or a bait."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.parsing.phrases import entries
from lint_rules.parsing.subjects import own_words_start
from lint_rules.parsing.tiling import consists_of, shapes, units
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Tiêu đề chỉ là lời chào hoặc câu gây tò mò; dễ bị coi là thư rác. Hãy nói thẳng khách hàng được gì.",
    en="The subject is only a greeting or a bait and will be taken for spam. Say what the reader gains.",
    zh="主题只是问候或吊胃口，容易被当作垃圾邮件。请直接写明客户能得到什么。",
)

# characters; with more there is something else in it
LONGEST_GREETING = 300
EMPTY = ("subject_greetings", "subject_mysteries", "addressees")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Flags a subject made of greetings, baits and names alone; an answer bears the customer's own."""
    subject = draft.subject
    start = own_words_start(subject.folded)
    if len(subject.text) - start > LONGEST_GREETING or (start and draft.declared_kind is Kind.REPLY):
        return
    words = units(subject.folded[start:])
    # good wishes are what a greeting is about
    names = EMPTY if draft.kind is Kind.GREETING else (*EMPTY, "occasion_greetings")
    # nothing but emoji or marks is a riddle as well
    only_marks = not words and bool(subject.text[start:].strip())
    if only_marks or consists_of(words, shapes(draft.lang, names), entries(draft.lang, "given_names")):
        yield Hit(subject, Span(start, len(subject.text.rstrip())), MESSAGE)


RULE = Rule(
    id="greeting-or-mystery-subject",
    code="SUBJ002",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Tiêu đề không chỉ là lời chào hay câu úp mở.",
        en="The subject is more than a greeting or a riddle.",
        zh="主题不能只是问候或悬念。",
    ),
    why=Words(
        vi=(
            "Người nhận quyết định mở thư chỉ qua tiêu đề. “Xin chào” hay “Bạn có khoẻ không” không nói gì về"
            " nội dung, trông giống thư rác và làm mất lòng tin."
        ),
        en=(
            "Readers decide by the subject alone. “Hello” or “How are you” says nothing of the content, looks"
            " like spam and costs trust."
        ),
        zh="收件人只看主题就决定是否打开。“您好”“近来可好”没有说明任何内容，看起来像垃圾邮件，也会失去信任。",
    ),
    source="Course notes on e-mail marketing: a subject is reasonable, honest, neither misleading nor mysterious.",
    bad=(
        Example("vi", subject="Bạn có khoẻ không?"),
        Example("vi", subject="[QC] Xin chào {{ contact.given_name }} 👋"),
        Example("vi", subject="Đừng bỏ lỡ!"),
        Example("en", subject="Hello {{ contact.given_name }}, how are you?"),
        Example("en", subject="You won't believe this…"),
        Example("zh", subject="您好！"),
        Example("zh", subject="有件事想告诉您"),
    ),
    good=(
        Example("vi", subject="Xin chào mùa hè: giảm 30% máy lạnh đến 31/5"),
        Example("vi", subject="Bạn có khoẻ không? Gói khám tổng quát 990.000đ trong tháng 4"),
        Example("en", subject="Hello summer: 30% off garden chairs until Sunday"),
        Example("en", subject="Hello Kitty notebooks are back in stock"),
        Example("zh", subject="您好，夏季空调立减300元，5月31日止"),
    ),
    check=check,
)
