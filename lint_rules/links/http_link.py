"""Links are encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Đường dẫn {shown} không mã hoá. Hãy dùng https://.",
    en="The link {shown} is not encrypted. Use https://.",
    zh="链接 {shown} 未加密，请使用 https://。",
)
_HTTP = re.compile(r"http://", re.IGNORECASE)
# this machine and its like have no certificate, and no reader ever meets them
_LOCAL = re.compile(r"http://(?:localhost|127\.|\[::1\]|10\.|192\.168\.)", re.IGNORECASE)
_HREF = re.compile(
    r"(?<![\w-])(?:href|action)\s*=\s*[\"']?\s*(?P<url>http://[^\s\"'<>]{1,400})", re.IGNORECASE
)
# characters of an address that a message shows
_SHOWN = 60


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Addresses written out, and those that anchors lead to; a DTD or a namespace is no link."""
    seen: set[str] = set()
    for part in [] if draft.body == [draft.html_part] else draft.body:
        if "http://" in part.folded:
            for span in draft.urls(part):
                if _HTTP.match(part.text, span.start):
                    yield from _hit(part, span, seen, by_place=True)
    if draft.has_html and "http://" in draft.html_source_part.folded:
        source = draft.html_source_part
        for match in _HREF.finditer(source.text):
            yield from _hit(source, Span(*match.span("url")), seen, by_place=False)


def _hit(part: Part, span: Span, seen: set[str], *, by_place: bool) -> Iterator[Hit]:
    address = part.text[span.start : span.end]
    if _LOCAL.match(address) or (not by_place and address in seen):
        return
    seen.add(address)
    edit = Edit(part, Span(span.start, span.start + len("http")), "https")
    yield Hit(part, span, MESSAGE, {"shown": address[:_SHOWN]}, edits=(edit,), safe=True)


RULE = Rule(
    id="http-link",
    code="LINK001",
    channels=EMAIL_ONLY,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(vi="Đường dẫn dùng https.", en="Links use https.", zh="链接使用 https。"),
    why=Words(
        vi="Trình duyệt cảnh báo “không an toàn” ở trang http, và khách sẽ quay ra.",
        en="Browsers warn of http pages as “not secure”, and readers turn back.",
        zh="浏览器会把 http 页面标为“不安全”，读者会退出。",
    ),
    source="Google's rules for senders: link targets that readers can trust; RFC 9110 on https.",
    bad=(
        Example("vi", text="Đặt trà tại http://tra.example/dat"),
        Example("en", html='<p><a href="http://tea.example/order">Order your tea</a></p>'),
        Example("zh", text="订购：http://cha.example/ding"),
    ),
    good=(
        Example("vi", text="Đặt trà tại https://tra.example/dat"),
        Example(
            "en",
            html='<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">'
            '<html xmlns="http://www.w3.org/1999/xhtml"><a href="https://tea.example/order">Order</a></html>',
        ),
        Example("zh", text="订购：https://cha.example/ding"),
    ),
    check=check,
)
