"""Every link leads somewhere, and nowhere dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

DEAD = Words(
    vi="Đường dẫn “{words}” không đi đâu cả ({href}).",
    en="The link “{words}” leads nowhere ({href}).",
    zh="链接“{words}”没有指向任何地方（{href}）。",
)
UNSAFE = Words(
    vi="Đường dẫn “{words}” chạy mã ({href}); chương trình thư sẽ chặn.",
    en="The link “{words}” runs code ({href}); mail programs block it.",
    zh="链接“{words}”会运行代码（{href}），邮件程序会拦截。",
)
# browsers drop control characters and blanks before they read the scheme
_NOISE = re.compile(r"[\x00-\x20\x7f\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff\ufffd]+")
_UNSAFE = ("javascript:", "data:", "vbscript:", "file:", "blob:", "about:")
_DEAD = re.compile(
    r"[#!]*$|https?:/{0,2}$|(?:mailto|tel|sms):$|https?://(?:#|\?|link$|url$|xxx+$)|\(\)|none$|null$|undefined$|todo$"
)
_SHOWN = 60


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Anchors of the HTML part; one that only names a place (`<a name=…>`) has no href and is no link."""
    if not draft.has_html:
        return
    for link in draft.html_links:
        href = _NOISE.sub("", link.href).lower()
        if not href.startswith(_UNSAFE) and not _DEAD.match(href):
            continue
        values = {
            "words": " ".join(link.words.split())[:_SHOWN] or "…",
            "href": link.href.strip()[:_SHOWN] or 'href=""',
        }
        message = UNSAFE if href.startswith(_UNSAFE) else DEAD
        yield Hit(link.part, link.span, message, values)


RULE = Rule(
    id="dead-or-unsafe-link",
    code="LINK004",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Không có đường dẫn trống hay chạy mã.",
        en="No link that is empty or runs code.",
        zh="没有空链接或会运行代码的链接。",
    ),
    why=Words(
        vi="Bấm mà không tới đâu là mất khách; javascript: và data: bị mọi chương trình thư chặn.",
        en="A click that leads nowhere loses the reader; javascript: and data: are blocked by every mail program.",
        zh="点了没反应就会失去读者；javascript: 和 data: 会被所有邮件程序拦截。",
    ),
    source="Course notes on e-mail marketing: links that do what the text asks; WHATWG URL standard on schemes.",
    bad=(
        Example("vi", html='<p><a href="#">Đặt trà sen</a></p>'),
        Example("en", html='<p><a href=" java&#10;script:alert(1)">Order your tea</a></p>'),
        Example("zh", html='<p><a href="">订购春茶</a></p>'),
    ),
    good=(
        Example(
            "vi", html='<a name="dau-trang"></a><p><a href="https://tra.example/dat#gia">Đặt trà sen</a></p>'
        ),
        Example(
            "en", html='<a href="mailto:tea@tea.example">Write to us</a> <a href="#prices">To the prices</a>'
        ),
        Example("zh", html='<a href="tel:057188000000">致电茶舍</a>'),
    ),
    check=check,
)
