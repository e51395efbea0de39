"""An address that a link shows is the address it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.domains import registrable
from lint_rules.parsing.links import TLDS, find_urls, host_of
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Chữ hiện “{shown}” nhưng đường dẫn đi tới {target}.",
    en="The link shows “{shown}” but leads to {target}.",
    zh="链接文字显示“{shown}”，实际却指向 {target}。",
)
# names of products and places that look like hosts
_NO_HOST = re.compile(
    r"^(?:asp|node|vue|next|nuxt|react|three|d3|socket|express|tp|p|q|st|mr|ms|dr|v?\d)\.", re.IGNORECASE
)
# VB.NET, ADO.NET: a platform's name is written so
_PLATFORM = re.compile(r"^[\w-]+\.NET$")
_WITH_SCHEME = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
# the whole of the words is a host with marks of its own: bücher.example
_MARKED_HOST = re.compile(rf"(?:[^\W_][\w-]{{0,62}}\.){{1,4}}(?:{TLDS})")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Registrable domains are compared; what a field fills in, or our own redirect, is not known yet."""
    if not draft.has_html:
        return
    for link in draft.html_links:
        words = link.words.strip()
        if "." not in words or len(words) > _LONGEST or "{{" in link.href or "{%" in link.href:
            continue
        target = host_of(link.href)
        shown = _host_shown(words) if target else ""
        if shown and (registrable(shown) or shown) != (registrable(target) or target):
            yield Hit(link.part, link.span, MESSAGE, {"shown": words, "target": target})


def _host_shown(words: str) -> str:
    """The host that the words name, when they are an address; empty when they are prose."""
    spans = find_urls(words)
    if not spans:
        return words.lower() if not words.isascii() and _MARKED_HOST.fullmatch(words.lower()) else ""
    address = words[spans[0].start : spans[0].end]
    if not _WITH_SCHEME.match(address) and (
        _NO_HOST.match(address) or _PLATFORM.match(address) or _is_part_of_name(words, spans[0].end)
    ):
        return ""
    return host_of(address)


def _is_part_of_name(words: str, end: int) -> bool:
    """`Vatgia.com JSC` is a firm, not an address."""
    return bool(words[end:].strip(" .,;:!?)»”\"'>→"))


# characters; an address that somebody is to read is shorter
_LONGEST = 300

RULE = Rule(
    id="link-text-does-not-match-target",
    code="LINK003",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Địa chỉ hiện ra là địa chỉ được mở.",
        en="The address shown is the address opened.",
        zh="显示的网址就是打开的网址。",
    ),
    why=Words(
        vi="Hiện một trang mà mở trang khác là dấu hiệu lừa đảo; hộp thư lớn cảnh báo hoặc chặn.",
        en="To show one address and open another is the mark of phishing; mailbox providers warn of it or block it.",
        zh="显示一个网址却打开另一个，是钓鱼邮件的特征，邮箱会警告或拦截。",
    ),
    source="Google's rules for senders: link targets are understandable; publicsuffix.org for domains.",
    bad=(
        Example("vi", html='<a href="https://quangcao.example.net/x">https://tra.example.com/dat</a>'),
        Example("en", html='<a href="https://y.co.uk/tea">www.x.co.uk</a>'),
        Example("zh", html='<a href="https://guanggao.com/x">www.chashe.com.cn</a>'),
    ),
    good=(
        Example("vi", html='<a href="https://shop.tra.com.vn/asp">Học ASP.NET tại TP.HCM</a>'),
        Example("en", html='<a href="https://shop.x.co.uk/tea?utm=1">www.x.co.uk</a>'),
        Example("zh", html='<a href="https://m.chashe.com.cn/">chashe.com.cn</a>'),
    ),
    check=check,
)
