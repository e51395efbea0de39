"""What the subject promises, the body keeps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.dates import DAY
from lint_rules.parsing.discounts import discounts
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Tiêu đề hứa “{shown}” nhưng trong thư không có.",
    en="The subject promises “{shown}”, and the message does not say it.",
    zh="主题写了“{shown}”，正文里却没有。",
)
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|phần trăm|percent)")
_CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{4,16}(?![\w-])")
# characters; no body is read further
_LONGEST = 60_000
_HALF = re.compile(r"(?<!\w)(?:một nửa|nửa giá|half price|half the price)(?!\w)|半价")


Fact = tuple[str, object]


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Percentages, prices, codes and dates, each in one spelling; text or HTML may keep the promise."""
    subject = draft.subject
    promised = list(_facts(draft, subject))
    if not promised:
        return
    bodies = list(draft.body)
    if draft.has_html and draft.html_part not in bodies:
        bodies.append(draft.html_part)
    if all(part.blank() for part in bodies):
        return
    wanted = {kind for (kind, _), _ in promised}
    said = {fact for part in bodies for fact, _ in _facts(draft, part, wanted)}
    for fact, span in promised:
        if fact not in said:
            yield Hit(subject, span, MESSAGE, {"shown": subject.text[span.start : span.end]})


KINDS = frozenset({"percent", "price", "code", "day"})


def _facts(draft: Draft, part: Part, wanted: Collection[str] = KINDS) -> Iterator[tuple[Fact, Span]]:
    """("percent", 20.0), ("price", 390000.0), ("code", "SEN20"), ("day", (31, 3)); only kinds that are wanted."""
    if "percent" in wanted:
        yield from _percents(draft, part)
    if "price" in wanted:
        for price in draft.prices(part):
            yield ("price", price.amount), price.span
    if "code" in wanted:
        for match in _CODE.finditer(part.masked[:_LONGEST]):
            yield ("code", match.group()), Span(*match.span())
    if "day" in wanted:
        for mention in draft.dates(part):
            if mention.kind == DAY and mention.month:
                yield ("day", (mention.day, mention.month)), mention.span


def _percents(draft: Draft, part: Part) -> Iterator[tuple[Fact, Span]]:
    text = part.folded[:_LONGEST]
    for match in _PERCENT.finditer(text):
        yield ("percent", float(match[1].replace(",", "."))), Span(*match.span())
    for item in discounts(text, Span(0, len(text)), draft.prices(part)):
        if item.kind == "percent":
            yield ("percent", item.value), item.span
    for match in _HALF.finditer(text):
        yield ("percent", 50.0), Span(*match.span())


RULE = Rule(
    id="subject-promise-not-in-the-body",
    code="SUBJ007",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Điều tiêu đề hứa phải có trong thư.",
        en="What the subject promises stands in the body.",
        zh="主题承诺的，正文要有。",
    ),
    why=Words(
        vi="Tiêu đề không khớp nội dung là lừa người mở thư, và luật cấm.",
        en="A subject that does not match the content deceives whoever opens it, and the law forbids it.",
        zh="主题与内容不符是欺骗打开邮件的人，法律也不允许。",
    ),
    source="Decree 91/2020/NĐ-CP, article 17 (Vietnam): the subject matches the content; CAN-SPAM.",
    bad=(
        Example("vi", subject="Giảm 60% trà sen", text="Trà sen giảm 20%, còn 390.000đ."),
        Example("en", subject="Use TEA20 until March 31", text="Use TEA10 until March 31."),
        Example("zh", subject="春茶七折", text="春茶八折，每罐199元。"),
    ),
    good=(
        Example("vi", subject="Trà sen 390k đến 31/3", text="Chỉ 390.000đ đến hết ngày 31 tháng 3."),
        Example("en", subject="20% off with TEA20", text="Take 20% off with the code TEA20."),
        Example("zh", subject="春茶八折", text="春茶立减20%，优惠20%。"),
    ),
    check=check,
)
