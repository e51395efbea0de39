"""A picture says in words what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.html_parts import Tag
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MISSING = Words(
    vi='Hình thiếu chữ thay thế (alt). Hãy tả hình bằng vài chữ, hoặc alt="" nếu chỉ để trang trí.',
    en='The image has no alt text. Say in a few words what it shows, or alt="" when it is decoration.',
    zh='图片缺少替代文字（alt）。请用几个字说明内容，纯装饰则写 alt=""。',
)
SOLE = Words(
    vi="Hình này là nội dung duy nhất của đường dẫn, nên alt phải nói đường dẫn đi đâu.",
    en="This image is all that its link holds, so its alt text must say where the link leads.",
    zh="该图片是链接的唯一内容，alt 必须说明链接去向。",
)
_TRACKING = re.compile(r"^[01](?:px)?$")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Every `img` and `area`; pixels that only count are nobody's to see."""
    if not draft.has_html or "<img" not in draft.html_source_part.folded:
        return
    source = draft.html_source_part
    empty_links = {
        anchor.source.start: anchor for anchor in draft.html.anchors if not _words_in(draft, anchor.span)
    }
    opened = None
    for tag in draft.html.tags:
        if tag.name == "a":
            opened = empty_links.get(tag.start)
        elif tag.name == "img" and not _is_pixel(tag):
            alt = tag.attributes.get("alt")
            span = source.span_of_original(tag.source)
            if alt is None:
                yield Hit(source, span, MISSING)
            elif opened is not None and tag.start < opened.source_end and not alt.strip():
                yield Hit(source, span, SOLE)


def _words_in(draft: Draft, span: Span) -> bool:
    part = draft.html_part
    place = part.span_of_visible(span)
    return bool(part.text[place.start : place.end].strip())


def _is_pixel(tag: Tag) -> bool:
    attributes = tag.attributes
    sizes = (attributes.get("width", ""), attributes.get("height", ""))
    return any(_TRACKING.match(size.strip()) for size in sizes)


RULE = Rule(
    id="image-without-alt-text",
    code="IMG001",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(vi="Hình nào cũng có alt.", en="Every image has alt text.", zh="每张图片都有 alt。"),
    why=Words(
        vi="Nhiều hộp thư chặn hình; người dùng trình đọc màn hình không thấy hình. Chữ thay thế nói thay cho nó.",
        en="Many inboxes block images, and screen readers cannot see them. The alt text speaks in their place.",
        zh="许多邮箱会屏蔽图片，读屏软件也看不到图片，替代文字替它说话。",
    ),
    source="WCAG 2.2, success criterion 1.1.1.",
    bad=(
        Example("vi", html='<p>Trà sen mới.</p><img src="https://tra.example/hop.jpg">'),
        Example("en", html='<a href="https://tea.example/order"><img src="tin.jpg" alt=""></a>'),
        Example("zh", html='<p>新茶到店。</p><img src="https://cha.example/guan.jpg" width="300">'),
    ),
    good=(
        Example(
            "vi",
            html='<img src="https://tra.example/hop.jpg" alt="Hộp trà sen 100 gam"><img src="vien.png" alt="">',
        ),
        Example(
            "en",
            html='<a href="https://tea.example/order"><img src="tin.jpg" alt="Order a tin"></a><img src="https://t.example/o.gif" width="1" height="1">',
        ),
        Example("zh", html='<a href="https://cha.example/ding"><img src="guan.jpg" alt="">订购春茶</a>'),
    ),
    check=check,
)
