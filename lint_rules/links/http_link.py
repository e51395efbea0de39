"""Links are encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.html_tags import Tag
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_ONLY, Edit, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Đường dẫn {shown} không mã hoá. Hãy dùng https://.",
    en="The link {shown} is not encrypted. Use https://.",
    zh="链接 {shown} 未加密，请使用 https://。",
)
_HTTP = re.compile(r"http://", re.IGNORECASE)
# this machine and its like have no certificate, and no reader ever meets them
_LOCAL = re.compile(
    r"http://(?:localhost|[\w-]+\.localhost|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\])(?=[:/?#]|$)",
    re.IGNORECASE,
)
# what leads somewhere; an image or a namespace does not
_LEADING = {"a": "href", "area": "href", "form": "action"}
# characters of an address that a message shows
_SHOWN = 60


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Addresses written out, and those that anchors lead to; a DTD or a namespace is no link."""
    in_html = _in_html(draft) if draft.has_html else {}
    for part in draft.body:
        if part is draft.html_part or "http://" not in part.folded:
            continue
        for span in draft.urls(part):
            address = part.text[span.start : span.end]
            if _is_open(address):
                # the same address in the HTML is mended with it
                places = [(part, span), *in_html.pop(address, [])]
                yield _hit(address, places)
    for address, places in in_html.items():
        yield _hit(address, places)


def _in_html(draft: Draft) -> dict[str, list[tuple[Part, Span]]]:
    """The places of each address in the HTML: where tags lead, and what is written out."""
    found: dict[str, list[tuple[Part, Span]]] = {}
    for tag in draft.html.of_kinds({tag.kind for tag in draft.html.first_tags if _is_open(_address_of(tag))}):
        source = draft.html_source_part
        place = source.span_of_original(tag.place_of(_LEADING[tag.name]) or tag.source)
        found.setdefault(_address_of(tag), []).append((source, place))
    if "http://" in draft.html_part.folded:
        part = draft.html_part
        for span in draft.urls(part):
            if _is_open(address := part.text[span.start : span.end]):
                found.setdefault(address, []).append((part, span))
    return found


def _address_of(tag: Tag) -> str:
    """Where it leads; empty when nowhere."""
    return tag.attributes.get(_LEADING[tag.name], "").strip() if tag.name in _LEADING else ""


def _is_open(address: str) -> bool:
    return bool(_HTTP.match(address)) and not _LOCAL.match(address)


def _hit(address: str, places: list[tuple[Part, Span]]) -> Hit:
    edits = [edit for part, span in places if (edit := _edit(part, span))]
    part, span = places[0]
    return Hit(part, span, MESSAGE, {"shown": address[:_SHOWN]}, edits=tuple(edits), safe=bool(edits))


def _edit(part: Part, span: Span) -> Edit | None:
    """The letter that is missing; none where the scheme is written in entities."""
    match = _HTTP.search(part.text, span.start, min(span.end, span.start + _SHOWN))
    return Edit(part, Span(match.start(), match.start() + len("http")), "https") if match else None


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
        Example("en", html="<p>Opening hours: http://tea.example/hours</p>"),
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
