"""Text part and HTML part say the same."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.dates import DAY
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.targets import main_links, target_of
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

ONLY_HTML = Words(
    vi="“{shown}” có trong bản HTML mà không có trong bản chữ thường.",
    en="“{shown}” stands in the HTML and not in the plain text.",
    zh="“{shown}”出现在 HTML 中，纯文本里却没有。",
)
ONLY_TEXT = Words(
    vi="“{shown}” có trong bản chữ thường mà không có trong bản HTML.",
    en="“{shown}” stands in the plain text and not in the HTML.",
    zh="“{shown}”出现在纯文本中，HTML 里却没有。",
)
Fact = tuple[str, object]
# a mail with one thing wrong often has many; the first few say it
_MOST = 5


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Prices, dates and link targets, each in one spelling. Only where both parts are there."""
    if draft.blocks or not draft.has_html or draft.text.blank():
        return
    text, html = _facts(draft, draft.text), _facts(draft, draft.html_part)
    found = [(fact, html[fact], draft.html_part, ONLY_HTML) for fact in html if fact not in text]
    found += [(fact, text[fact], draft.text, ONLY_TEXT) for fact in text if fact not in html]
    for _, span, part, message in found[:_MOST]:
        yield Hit(part, span, message, {"shown": " ".join(part.text[span.start : span.end].split())[:80]})


def _facts(draft: Draft, part: Part) -> dict[Fact, Span]:
    found: dict[Fact, Span] = {}
    for price in draft.prices(part):
        found.setdefault(("price", price.amount), price.span)
    for mention in draft.dates(part):
        if mention.kind == DAY and mention.month:
            found.setdefault(("day", (mention.day, mention.month)), mention.span)
    for link in main_links(draft):
        if link.part is part:
            found.setdefault(("link", target_of(link.href)), link.span)
    return found


RULE = Rule(
    id="text-and-html-disagree",
    code="HTML005",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Bản chữ và bản HTML nói cùng một điều.",
        en="Text and HTML say the same.",
        zh="纯文本与 HTML 内容一致。",
    ),
    why=Words(
        vi="Hai bản lệch nhau là hai lời hứa khác nhau; người ký cũng chỉ đọc một bản.",
        en="Two parts that differ are two promises, and whoever signs reads only one of them.",
        zh="两个版本不一致就是两份承诺，签发的人也只会看到其中一份。",
    ),
    source="RFC 2046, section 5.1.4: alternatives carry the same information.",
    bad=(
        Example("vi", text="Trà sen 390.000đ.", html="<p>Trà sen 380.000đ.</p>"),
        Example("en", text="Order by March 30.", html="<p>Order by March 31.</p>"),
        Example(
            "zh",
            text="订购：https://cha.example/a",
            html='<p>订购：<a href="https://cha.example/b">春茶</a></p>',
        ),
    ),
    good=(
        Example("vi", text="Trà sen 390k, đến 31/3.", html="<p>Trà sen 390.000đ, đến ngày 31 tháng 3.</p>"),
        Example(
            "en",
            text="Order: https://t.example/o",
            html='<a href="https://t.example/o?utm_source=x">Order</a>',
        ),
        Example("zh", text="春茶199元。"),
    ),
    check=check,
)
