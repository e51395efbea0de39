"""A picture says in words what it shows."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.html_parts import is_pixel
from lint_rules.parsing.html_tags import Tag
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
AREA = Words(
    vi="Vùng bấm trong hình thiếu alt. Hãy ghi vùng này dẫn đi đâu.",
    en="This area of the image has no alt text. Say where it leads.",
    zh="图片上的这个可点区域缺少 alt，请写明通往哪里。",
)
# other ways to give a link its name
_NAMES = ("aria-label", "aria-labelledby", "title")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Every `img` and `area`; pixels that only count are nobody's to see."""
    if not draft.has_html:
        return
    if not draft.html.named("img", "area"):
        return
    empty = {
        anchor.source.start: anchor.source_end
        for anchor in draft.html.anchors
        if not anchor.alt and not _words_in(draft, anchor.span)
    }
    link_end = -1
    for tag in draft.html.named("a", "img", "area"):
        if tag.name == "a":
            named = any(tag.attributes.get(name, "").strip() for name in _NAMES)
            link_end = -1 if named else empty.get(tag.start, -1)
        elif message := _complaint(tag, tag.start < link_end):
            source = draft.html_source_part
            yield Hit(source, source.span_of_original(tag.source), message)


def _complaint(tag: Tag, is_sole: bool) -> Words | None:
    alt = tag.attributes.get("alt")
    if tag.name == "area":
        return AREA if "href" in tag.attributes and not (alt or "").strip() else None
    if (alt and alt.strip()) or is_pixel(tag):
        return None
    return MISSING if alt is None else (SOLE if is_sole else None)


def _words_in(draft: Draft, span: Span) -> bool:
    part = draft.html_part
    place = part.span_of_visible(span)
    return bool(part.text[place.start : place.end].strip())


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
