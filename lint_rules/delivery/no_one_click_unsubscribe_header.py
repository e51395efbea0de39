"""Promotional mail can be unsubscribed from with one click in the mail program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_ONLY, MARKETING_ONLY, Edit, Example, Hit, Rule, Severity, Words

NO_URI = Words(
    vi="Thư không có tiêu đề List-Unsubscribe với một địa chỉ https. Hãy thêm: List-Unsubscribe: <https://…>",
    en="The mail has no List-Unsubscribe header with an https address. Add: List-Unsubscribe: <https://…>",
    zh="邮件没有带https地址的List-Unsubscribe标头。请添加：List-Unsubscribe: <https://…>",
)
TOO_MANY = Words(
    vi="List-Unsubscribe có {count} địa chỉ https; phải có đúng một.",
    en="List-Unsubscribe has {count} https addresses; it must have exactly one.",
    zh="List-Unsubscribe中有{count}个https地址，只能有一个。",
)
NO_POST = Words(
    vi="Thiếu tiêu đề “List-Unsubscribe-Post: List-Unsubscribe=One-Click”, nên chưa từ chối được bằng một cú bấm.",
    en="“List-Unsubscribe-Post: List-Unsubscribe=One-Click” is missing, so one click does not unsubscribe.",
    zh="缺少“List-Unsubscribe-Post: List-Unsubscribe=One-Click”标头，无法一键退订。",
)
URI, POST = "List-Unsubscribe", "List-Unsubscribe-Post"
ONE_CLICK = "List-Unsubscribe=One-Click"
HEADERS = "headers"
_HTTPS = re.compile(r"<\s*https://[^<>\s]{1,2000}\s*>", re.IGNORECASE)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Header names in any case; a mailto beside the https address does no harm, and does not count."""
    if draft.context.headers is None:
        return
    headers = {name.lower(): value for name, value in draft.context.headers.items()}
    part = _as_part(draft)
    found = _HTTPS.findall(headers.get(URI.lower(), ""))
    if not found:
        yield Hit(part, Span(0, 0), NO_URI)
    elif len(found) > 1:
        yield Hit(part, _line(part, URI), TOO_MANY, {"count": len(found)})
    elif headers.get(POST.lower(), "").strip() != ONE_CLICK:
        line = _line(part, POST)
        head = "" if line.end > line.start or not part.text else "\n"
        yield Hit(part, line, NO_POST, edits=(Edit(part, line, f"{head}{POST}: {ONE_CLICK}"),), safe=True)


def _as_part(draft: Draft) -> Part:
    headers = draft.context.headers or {}
    return Part.plain(
        HEADERS, "\n".join(f"{name}: {' '.join(value.split())}" for name, value in headers.items())
    )


def _line(part: Part, name: str) -> Span:
    """The header's line, or the end where it would stand."""
    start = f"{name}:".lower()
    for line in part.lines:
        if part.text[line.start : line.end].lower().startswith(start):
            return line
    return Span(len(part.text), len(part.text))


RULE = Rule(
    id="no-one-click-unsubscribe-header",
    code="DLV003",
    channels=EMAIL_ONLY,
    kinds=MARKETING_ONLY,
    severity=Severity.ERROR,
    summary=Words(
        vi="Thư quảng cáo có tiêu đề từ chối bằng một cú bấm.",
        en="Promotional mail has the one-click unsubscribe headers.",
        zh="营销邮件带有一键退订标头。",
    ),
    why=Words(
        vi="Gmail và Yahoo đòi người gửi hàng loạt cho từ chối ngay trong hộp thư; không có thì thư vào thư rác.",
        en="Gmail and Yahoo ask bulk senders for it; without it mail goes to the junk folder.",
        zh="Gmail和Yahoo要求群发邮件支持一键退订，否则会进垃圾箱。",
    ),
    source="RFC 8058; Google's rules for senders: one-click unsubscribe, a mailto does not count.",
    bad=(
        Example("vi", subject="Trà sen giảm 20%", context={"headers": {}}),
        Example("en", subject="20% off tea", context={"headers": {URI: "<mailto:stop@tea.example>"}}),
        Example("zh", subject="新茶八折", context={"headers": {URI: "<https://tea.example/stop>"}}),
    ),
    good=(
        Example(
            "vi",
            subject="Trà sen giảm 20%",
            context={"headers": {URI: "<https://tra.example/huy?m=7>", POST: ONE_CLICK}},
        ),
        Example(
            "en",
            subject="20% off tea",
            context={
                "headers": {
                    "list-unsubscribe": "<mailto:stop@tea.example>, <https://tea.example/stop>",
                    "list-unsubscribe-post": ONE_CLICK,
                }
            },
        ),
        Example("zh", subject="新茶八折"),
    ),
    check=check,
)
