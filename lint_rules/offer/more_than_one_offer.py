"""One message makes one offer."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.rule import (
    BLOCKS_MARKETING,
    EMAIL_AND_LETTER,
    MARKETING_ONLY,
    Example,
    Hit,
    Kind,
    Rule,
    Severity,
    Words,
)

MESSAGE = Words(
    vi="Đây là ưu đãi thứ {number} trong cùng một thư (trước đó: “{first}”). Mỗi thư chỉ nên có một ưu đãi.",
    en="This is offer number {number} in one message (before it: “{first}”). Make one offer a message.",
    zh="这是同一封信中的第 {number} 个优惠（前面已有“{first}”）。一封信只应有一个优惠。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """One finding for each offer after the first, at its first mention."""
    if not draft.offers:
        return
    opening = draft.offers[0].mentions[0]
    shown = opening.part.text[opening.span.start : opening.span.end]
    for number, offer in enumerate(draft.offers[1:], start=2):
        mention = offer.mentions[0]
        yield Hit(mention.part, mention.span, MESSAGE, {"number": number, "first": shown})


RULE = Rule(
    id="more-than-one-offer",
    code="OFR001",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY | {Kind.REQUEST},
    severity=Severity.WARNING,
    severity_by_kind=BLOCKS_MARKETING,
    summary=Words(
        vi="Mỗi thư chỉ có một ưu đãi.",
        en="A message makes one offer only.",
        zh="一封信只有一个优惠。",
    ),
    why=Words(
        vi=(
            "Nhiều ưu đãi cùng lúc làm người đọc rối và loãng thông điệp. Giá cũ cạnh giá mới, nhiều mức giảm của"
            " cùng một món, quà kèm khi mua và miễn phí giao hàng vẫn là một ưu đãi."
        ),
        en=(
            "Several offers at once confuse the reader and dilute the message. An old price beside a new one, tiers of"
            " one discount, a gift with the purchase and free delivery are still one offer."
        ),
        zh="同时推多个优惠会让读者困惑、冲淡信息。原价与现价、同一商品的阶梯优惠、随购赠品和包邮仍算一个优惠。",
    ),
    source="Course notes on e-mail marketing: one subject, one offer only.",
    bad=(
        Example(
            "vi", text="Máy lọc nước RO giảm 20% đến hết 31/3.\n\nNgoài ra, nồi chiên không dầu giảm 35%."
        ),
        Example("en", text="Take 20% off winter coats until Sunday. We also have 40% off garden furniture."),
        Example("zh", text="空气净化器立减300元。\n\n另外，羽绒服八折。"),
    ),
    good=(
        Example(
            "vi",
            subject="Giảm 20% máy lọc nước RO",
            text="Máy lọc nước RO giảm 20%: giá cũ 4.990.000đ, nay còn 3.990.000đ. Tặng kèm lõi lọc, miễn phí giao"
            " hàng.",
        ),
        Example(
            "en", text="Coats: 10% off one, 20% off two. Was $120, now from $96. Free delivery. 100% wool."
        ),
        Example("zh", text="龙井茶买二件九折，买三件八折，原价199元。包邮，100%春茶。"),
    ),
    check=check,
)
