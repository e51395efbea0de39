"""Beside the HTML there is a plain text."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.parsing.wrap import wrap
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư chỉ có HTML, thiếu phần chữ thường. Có thể tạo từ HTML.",
    en="The mail is HTML only, without a plain text part. One can be made from the HTML.",
    zh="邮件只有 HTML，没有纯文本部分。可以由 HTML 生成。",
)
# characters of HTML above which making the text is no work for a pause in typing
_LONGEST = 200_000


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """By the parts really sent when they are known, else by the text itself."""
    if not draft.has_html or draft.blocks:
        return
    parts = draft.context.parts
    missing = "text/plain" not in parts if parts is not None else draft.text.blank()
    if missing or (parts is not None and "text/html" in parts and draft.text.blank()):
        edits = (Edit(draft.text, Span(0, len(draft.text.text)), _made(draft)),) if draft.text.blank() else ()
        yield Hit(draft.text, Span(0, 0), MESSAGE, edits=edits, safe=bool(edits))


def _made(draft: Draft) -> str:
    """The visible text, each link's address behind its words."""
    if len(draft.html_source_part.text) > _LONGEST:
        return ""
    part = draft.html_part
    pieces, done = [], 0
    for link in draft.html_links:
        words = part.text[done : link.span.end]
        shown = link.href in link.words or not link.href.startswith(("http", "{{"))
        pieces.append(words if shown else f"{words} ({link.href})")
        done = link.span.end
    return wrap("".join([*pieces, part.text[done:]]).strip()) + "\n"


RULE = Rule(
    id="no-plain-text-part",
    code="HTML004",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Thư HTML có kèm phần chữ thường.",
        en="HTML mail has a plain text part.",
        zh="HTML 邮件附有纯文本部分。",
    ),
    why=Words(
        vi="Đồng hồ, trình đọc màn hình và người tắt HTML chỉ đọc phần chữ; thiếu nó, bộ lọc cũng nghi ngờ.",
        en="Watches, screen readers and people who switch HTML off read the text; without it filters grow suspicious.",
        zh="手表、读屏软件和关闭 HTML 的人只读纯文本；没有它，过滤器也会起疑。",
    ),
    source="RFC 2046, section 5.1.4; SpamAssassin, test MIME_HTML_ONLY.",
    bad=(
        Example("vi", html="<p>Trà sen giảm 20%.</p>"),
        Example("en", html="<p>Tea is 20% off.</p>", context={"parts": ["text/html"]}),
        Example("zh", html="<p>春茶八折。</p>", context={"parts": ["text/html"]}),
    ),
    good=(
        Example("vi", text="Trà sen giảm 20%.", html="<p>Trà sen giảm 20%.</p>"),
        Example("en", text="Tea is 20% off.", context={"parts": ["text/plain"]}),
        Example(
            "zh", text="春茶八折。", html="<p>春茶八折。</p>", context={"parts": ["text/plain", "text/html"]}
        ),
    ),
    check=check,
)
