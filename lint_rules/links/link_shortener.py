"""A link shows where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.links import host_of
from lint_rules.parsing.near import Near
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import entries
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="{host} là dịch vụ rút gọn, giấu nơi đường dẫn đi tới. Hãy ghi địa chỉ thật.",
    en="{host} is a link shortener and hides where the link leads. Write the real address.",
    zh="{host} 是短链接服务，隐藏了真实地址。请写出原网址。",
)
LEXICON = "shorteners"


# `bit.ly/abc` without a scheme; the ends of such hosts are no ends that other addresses have
_BARE = Near(
    re.compile(r"/[\w-]+", re.ASCII),
    re.compile(
        r"(?<![\w@.\-/])(?P<host>[a-z0-9-]{1,20}(?:\.[a-z0-9-]{1,10}){1,2})/[\w-]+", re.IGNORECASE | re.ASCII
    ),
    before=44,
    after=0,
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Equality of the whole host: `not-bit.ly.example` is none. Each host once."""
    known = entries("en", LEXICON)
    seen: set[str] = set()
    for part, span, host in _hosts(draft):
        if host in known and host not in seen:
            seen.add(host)
            yield Hit(part, span, MESSAGE, {"host": host})


def _hosts(draft: Draft) -> Iterator[tuple[Part, Span, str]]:
    for part in draft.body:
        for span, host in _written_hosts(draft, part):
            yield part, span, host
    if draft.has_html:
        for link in draft.html_links:
            yield link.part, link.span, host_of(link.href)
        for span, host in _written_hosts(draft, draft.html_part):
            yield draft.html_part, span, host


def _written_hosts(draft: Draft, part: Part) -> list[tuple[Span, str]]:
    """Hosts of the addresses in a part's words, read once for all who share it."""
    key = ("written-hosts", draft.lang)
    if key not in part.readings:
        part.readings[key] = list(_find_hosts(draft, part))
    found: list[tuple[Span, str]] = part.readings[key]
    return found


def _find_hosts(draft: Draft, part: Part) -> Iterator[tuple[Span, str]]:
    for match in _BARE.finditer(part.masked):
        yield Span(*match.span()), match["host"].lower().removeprefix("www.")
    for span in draft.urls(part):
        yield span, host_of(part.text[span.start : span.end])


RULE = Rule(
    id="link-shortener",
    code="LINK002",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(vi="Không dùng đường dẫn rút gọn.", en="No link shorteners.", zh="不用短链接。"),
    why=Words(
        vi="Kẻ lừa đảo hay dùng đường dẫn rút gọn, nên bộ lọc thư rác trừ điểm và người đọc ngại bấm.",
        en="Fraudsters love shorteners, so filters count them against you and readers do not dare to click.",
        zh="诈骗邮件常用短链接，过滤器会扣分，读者也不敢点。",
    ),
    source="SpamAssassin's tests of shortened links; Google's rules for senders: link targets are understandable.",
    bad=(
        Example("vi", text="Đặt ngay: https://bit.ly/3abcXYZ"),
        Example("en", html='<a href="https://tinyurl.com/tea20">Order your tea</a>'),
        Example("zh", text="立即订购：https://t.cn/A6abcd"),
    ),
    good=(
        Example("vi", text="Đặt ngay: https://bit.ly.tra.example/3abc"),
        Example("en", html='<a href="https://tea.example/tinyurl.com">Order your tea</a>'),
        Example("zh", text="立即订购：https://cat.cn.example/ding"),
    ),
    check=check,
)
