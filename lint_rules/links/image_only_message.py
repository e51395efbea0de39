"""A message is words, not a picture of words."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.html_parts import is_pixel
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Bản HTML chỉ có hình với {count} chữ. Hãy viết nội dung bằng chữ, ít nhất {least} chữ.",
    en="The HTML is made of images with {count} words. Write the message in words, {least} at least.",
    zh="HTML 部分只有图片和 {count} 个字。请用文字写出内容，至少 {least} 字。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Images beside fewer than twenty words, footer left out."""
    if not draft.has_html or all(map(is_pixel, draft.html.named("img"))):
        return
    part = draft.html_part
    count = draft.word_count(part)
    least = config.limit("words_beside_images")
    if count < least:
        yield Hit(part, Span(0, len(part.text.rstrip())), MESSAGE, {"count": count, "least": least})


RULE = Rule(
    id="image-only-message",
    code="IMG002",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Thư viết bằng chữ, không phải một tấm hình.",
        en="A message is not just an image.",
        zh="邮件不能只有图片。",
    ),
    why=Words(
        vi="Bộ lọc coi thư toàn hình là thư rác; hộp thư chặn hình thì người nhận chỉ thấy trang trắng.",
        en="Filters take it for spam, and where images are blocked the reader sees an empty page.",
        zh="过滤器会视为垃圾邮件；图片被屏蔽时，读者只看到一片空白。",
    ),
    source="SpamAssassin, tests HTML_IMAGE_ONLY_04 to HTML_IMAGE_ONLY_32.",
    bad=(
        Example("vi", html='<a href="https://tra.example"><img src="to-roi.jpg" alt="Trà sen giảm 20%"></a>'),
        Example("en", html='<img src="flyer.png" alt="Spring sale"><p>See you soon.</p>'),
        Example("zh", html='<img src="haibao.jpg" alt="春茶八折"><p>欢迎光临。</p>'),
    ),
    good=(
        Example(
            "vi",
            html='<img src="hop.jpg" alt="Hộp trà"><p>Mùa sen năm nay về sớm hơn mọi năm, và mẻ trà ướp đầu tiên đã sẵn sàng cho anh chị nếm thử tại nhà.</p>',
        ),
        Example("en", html='<img src="o.gif" width="1" height="1"><p>See you soon.</p>'),
        Example(
            "zh",
            html='<img src="guan.jpg" alt="茶罐"><p>今年的春茶比往年早到了十天，第一批新茶已经封罐，等您品尝，欢迎来店。</p>',
        ),
    ),
    check=check,
)
