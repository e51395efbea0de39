"""A message tells its reader exactly what to do next, and how."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

NONE = Words(
    vi="Thư không mời người đọc làm gì. Hãy thêm một lời mời cụ thể kèm đường dẫn, số điện thoại hoặc phiếu.",
    en="The message asks its reader to do nothing. Add one clear request with a link, a number or a card.",
    zh="信中没有请读者做任何事。请加一句明确的邀请，并附链接、电话或回执。",
)
NO_WAY = Words(
    vi="Có lời mời nhưng không có cách làm theo: hãy thêm đường dẫn, số điện thoại, phiếu hoặc địa chỉ.",
    en="There is a request but no way to follow it: add a link, a number, a card or an address.",
    zh="有邀请却没有办法照做：请加上链接、电话、回执或地址。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """A request with a way to follow it near by; the words of a link may be the request itself."""
    parts = [part for part in draft.body if not part.blank()]
    if not parts or any(call.answered for call in draft.calls) or _linked(draft):
        return
    last = parts[-1]
    end = len(last.text.rstrip())
    if draft.calls:
        call = draft.calls[-1]
        yield Hit(call.part, call.span, NO_WAY)
    else:
        yield Hit(last, Span(end, end), NONE)


def _linked(draft: Draft) -> bool:
    """An anchor whose words ask: `<a href=…>Order your tin</a>`, whatever the text part says.

    Of a button that is an image the words are its alternative text.
    """
    html = draft.html_part
    for link, anchor in zip(draft.html_links, draft.html.anchors, strict=True):
        if link.in_footer or not link.href:
            continue
        if draft.phrases_within("requests", html, link.span) or _asks(draft, anchor.alt):
            return True
    return False


def _asks(draft: Draft, alt: str) -> bool:
    """A request anywhere, or a verb at the beginning: a logo's name, a picture's description is neither."""
    if not alt:
        return False
    part = Part.plain("alt", alt)
    begins = draft.phrases("imperatives", part)[:1]
    return bool(draft.phrases("requests", part) or (begins and not alt[: begins[0].start].strip()))


RULE = Rule(
    id="no-call-to-action",
    code="CTA001",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.MARKETING, Kind.REQUEST}),
    severity=Severity.ERROR,
    summary=Words(
        vi="Nói rõ người đọc làm gì tiếp, và làm bằng cách nào.",
        en="Tell the reader what to do next, and how.",
        zh="告诉读者下一步做什么、怎么做。",
    ),
    why=Words(
        vi="Thư hay mà không mời làm gì thì người đọc gật đầu rồi đóng lại.",
        en="A fine letter that asks for nothing is nodded at and closed.",
        zh="写得再好却没有请读者做什么，读者点点头就关掉了。",
    ),
    source="Course notes on e-mail marketing: tell the reader exactly what to do next, with links to do it.",
    bad=(
        Example("vi", text="Trà sen giảm 20% đến hết 31/3. Hộp mới thơm và đẹp.\n\nTrân trọng,\nTrà Sen"),
        Example("en", text="Our tea is 20% off until March 31. The new tin is pretty.\n\nRegards,\nTom"),
        Example("zh", text="春茶八折，截至3月31日。新茶香气清雅。\n\n此致敬礼"),
    ),
    good=(
        Example("vi", text="Trà sen giảm 20%. Đặt ngay tại https://tra.example/dat\n\nTrân trọng"),
        Example("vi", text="Trà sen giảm 20%. Mời chị gọi 024 3828 0000.\n\nTrân trọng"),
        Example("en", text="Tea is 20% off.\n\nOrder your tin here:\nhttps://tea.example/order\n\nRegards"),
        Example("zh", text="春茶八折，请致电 0571-8800 0000 订购。\n\n此致敬礼"),
        Example(
            "en",
            html='<p>Tea is 20% off.</p><a href="https://tea.example/order"><img src="b.png" alt="Order your tin"></a>',
        ),
    ),
    check=check,
)
