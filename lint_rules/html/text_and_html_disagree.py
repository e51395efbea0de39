"""Text part and HTML part say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.beside import Own
from lint_rules.parsing.facts import Facts, facts, same_day
from lint_rules.parsing.links import Link
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.targets import ASIDE_FIELD, is_aside, target_of
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
# a mail with one thing wrong often has many; the first few say it
_MOST = 5
_IN_BROWSER = re.compile(r"browser|online|trình duyệt|trực tuyến|web|浏览器|在线|网页")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Percentages, prices, dates and link targets, each in one spelling. Only where both parts are there."""
    if draft.blocks or not draft.has_html or draft.text.blank():
        return
    text, html = _Side(draft.text, draft.text_beside), _Side(draft.html_part, draft.html_beside)
    if html.part.blank():
        return
    yield from islice(_differences(draft, html, text, ONLY_HTML), _MOST)
    yield from islice(_differences(draft, text, html, ONLY_TEXT), _MOST)


@dataclass(frozen=True, slots=True)
class _Side:
    """A part, and what it says beside the other."""

    part: Part
    own: Own


def _differences(draft: Draft, side: _Side, against: _Side, message: Words) -> Iterator[Hit]:
    """What stands in the part and not in the other, whose footer counts as well."""
    part, other = side.part, against.part
    own, footer = side.own, draft.footer(part)
    here = facts(draft, own.part, own.of_whole(footer) if footer else None)
    # what both say word for word cannot differ: the whole of the other is read only when something is missed
    spans = _missed(here, facts(draft, against.own.part))
    if spans:
        spans = list(map(own.in_whole, _missed(here, facts(draft, other))))
    targets = {
        *_targets(draft, other),
        *(_bare(target_of(link.href)) for link in draft.links if link.part is other),
    }
    spans += [span for target, span in _targets(draft, part).items() if target not in targets]
    for span in sorted(spans):
        yield Hit(part, span, message, {"shown": " ".join(part.text[span.start : span.end].split())[:80]})


def _missed(here: Facts, there: Facts) -> list[Span]:
    return [*_figures(here, there), *_days(here, there)]


def _figures(here: Facts, there: Facts) -> list[Span]:
    found: set[Span] = set()
    for mine, theirs in ((here.percents, there.percents), (here.prices, there.prices)):
        kept = {span for value, span in mine.items() if value in theirs}
        found |= {span for value, span in mine.items() if value not in theirs} - kept
    return list(found)


def _days(here: Facts, there: Facts) -> list[Span]:
    return [day.span for day in here.days if not any(same_day(day, other) for other in there.days)]


def _targets(draft: Draft, part: Part) -> dict[str, Span]:
    """Where the part leads, by anchors, addresses written out and fields that hold one."""
    found: dict[str, Span] = {}
    for link in draft.main_links:
        if link.part is part and not _is_own(link):
            found.setdefault(_bare(target_of(link.href)), link.span)
    footer = draft.footer(part)
    for span in draft.urls(part) if part is draft.html_part else ():
        address = part.text[span.start : span.end]
        if not (footer and footer.holds(span)) and not is_aside(address):
            found.setdefault(_bare(target_of(address)), span)
    for tag in part.tags:
        is_address = any(used.name.endswith(("url", "link")) for used in tag.names)
        if is_address and not ASIDE_FIELD.search(part.text, tag.start, tag.end):
            found.setdefault(_bare(part.text[tag.start : tag.end]), Span(tag.start, tag.end))
    found.pop("", None)
    return found


def _bare(target: str) -> str:
    return target.replace(" ", "")


def _is_own(link: Link) -> bool:
    """The page of the mail itself, and a logo that leads home."""
    if _IN_BROWSER.search(link.words.lower()) and not link.words.lower().startswith(("http", "www")):
        return True
    return target_of(link.href).endswith("/") and link.span.start == link.span.end


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
