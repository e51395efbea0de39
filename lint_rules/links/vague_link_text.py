"""A link's own words say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.normalise import folded
from lint_rules.parsing.phrases import entries
from lint_rules.parsing.targets import target_of
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Chữ “{words}” không cho biết đường dẫn đi đâu. Hãy viết điều người đọc sẽ thấy.",
    en="“{words}” does not say where the link leads. Name what the reader will find.",
    zh="“{words}”没有说明链接通往哪里。请写明读者将看到什么。",
)
LEXICON = "vague_links"
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The whole text of the anchor, marks and arrows aside; the footer's own links are not the reader's next step."""
    if not draft.has_html:
        return
    known = entries(draft.lang, LEXICON) | entries("en", LEXICON)
    asked = {target_of(link.href) for link in draft.main_links}
    for link in draft.html_links:
        words = " ".join(_EDGES.sub("", folded(link.words)).split())
        if words in known and (not link.in_footer or target_of(link.href) in asked):
            yield Hit(link.part, link.span, MESSAGE, {"words": link.words.strip()})


RULE = Rule(
    id="vague-link-text",
    code="LINK005",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Chữ của đường dẫn nói rõ nơi đến.",
        en="A link's words say where it leads.",
        zh="链接文字说明去向。",
    ),
    why=Words(
        vi="Người lướt thư và người dùng trình đọc màn hình chỉ nghe chữ của đường dẫn; “tại đây” không nói gì.",
        en="Who skims, or listens to a screen reader, meets the links alone; “here” says nothing.",
        zh="快速浏览的人和使用读屏软件的人只接触链接文字，“这里”什么也没说。",
    ),
    source="WCAG 2.2, success criteria 2.4.4 and 2.4.9: the purpose of a link from its text.",
    bad=(
        Example("vi", html='<p>Đặt trà <a href="https://tra.example/dat">tại đây</a>.</p>'),
        Example("en", html='<p><a href="https://tea.example/order">Click here »</a></p>'),
        Example("zh", html='<p>订购请<a href="https://cha.example/ding">点击这里</a></p>'),
    ),
    good=(
        Example("vi", html='<p><a href="https://tra.example/dat">Đặt trà sen tại đây</a></p>'),
        Example("en", html='<p><a href="https://tea.example/order">Order your tea here</a></p>'),
        Example("zh", html='<p><a href="https://cha.example/ding">点击这里订购春茶</a></p>'),
    ),
    check=check,
)
