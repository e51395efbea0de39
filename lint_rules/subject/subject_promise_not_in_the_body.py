"""What the subject promises, the body keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.dates import RELATIVE
from lint_rules.parsing.facts import LONGEST, Facts, facts, same_day, saved
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Tiêu đề hứa “{shown}” nhưng trong thư không có.",
    en="The subject promises “{shown}”, and the message does not say it.",
    zh="主题写了“{shown}”，正文里却没有。",
)
# a code stands behind a word that says so, or is made of capitals and figures
_CUED_CODE = re.compile(
    r"(?:(?<!\w)(?i:mã|code|coupon|voucher|nhập|promo|dùng|with|use|using)(?!\w)|(?i:优惠码|折扣码|优惠券码|口令|暗号|输入|使用))(?:\s(?i:giảm giá|ưu đãi|khuyến mãi|mã|code|là))?\s?[:：\"“'「]?\s?(?P<code>[A-Z][A-Z0-9]{2,15})(?![A-Za-z0-9-])"
)
_BARE_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{3,12}\d{1,4}(?![A-Za-z0-9-])")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Percentages, prices, codes and dates, each in one spelling; text or HTML may keep the promise."""
    subject = draft.subject
    bodies = [part for part in draft.body if not part.blank()]
    if draft.has_html and draft.html_part not in bodies:
        bodies.append(draft.html_beside.part)
    if subject.blank() or not bodies:
        return
    promised = facts(draft, subject)
    missing = [*_missing_figures(draft, promised, bodies), *_missing_codes(subject, promised, bodies)]
    for span in sorted(missing):
        yield Hit(subject, span, MESSAGE, {"shown": subject.text[span.start : span.end]})


def _missing_figures(draft: Draft, promised: Facts, bodies: list[Part]) -> Iterator[Span]:
    if not (promised.percents or promised.prices or promised.days or promised.weekdays):
        return
    said = [facts(draft, part) for part in bodies]
    prices = {amount for one in said for amount in one.prices}
    percents = {value for one in said for value in one.percents}
    for one in said:
        amounts, shares = saved(one.prices)
        prices |= amounts
        percents |= shares
    yield from _absent(promised.percents, percents)
    yield from _absent(promised.prices, prices)
    days = [day for one in said for day in one.days]
    yield from (day.span for day in promised.days if not any(same_day(day, other) for other in days))
    weekdays = {day.weekday for one in said for day in one.weekdays}
    told = days or any(item.kind == RELATIVE for part in bodies for item in draft.dates(part))
    if weekdays and not told:
        # another day of the week, and nothing that could be the same day
        yield from (day.span for day in promised.weekdays if day.weekday not in weekdays)


def _absent(promised: dict[float, Span], said: set[float]) -> Iterator[Span]:
    known = {round(value, 2) for value in said}
    taken: set[Span] = set()
    for value, span in promised.items():
        if round(value, 2) not in known and span not in taken:
            taken.add(span)
            yield span


def _missing_codes(subject: Part, promised: Facts, bodies: list[Part]) -> Iterator[Span]:
    spans = {Span(*match.span("code")) for match in _CUED_CODE.finditer(subject.masked[:LONGEST])}
    if promised.percents or promised.prices:
        spans |= {Span(*match.span()) for match in _BARE_CODE.finditer(subject.masked[:LONGEST])}
    if spans:
        said = {code for part in bodies for code in _RUN.findall(part.folded[:LONGEST])}
        yield from (span for span in spans if subject.folded[span.start : span.end] not in said)


_RUN = re.compile("[a-z0-9]+")


RULE = Rule(
    id="subject-promise-not-in-the-body",
    code="SUBJ007",
    channels=EMAIL_ONLY,
    # the subject of an answer is that of the letter answered
    kinds=ALL_KINDS - {Kind.REPLY},
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
