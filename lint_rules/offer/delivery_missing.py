"""An offer says how it comes to the customer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import selling
from lint_rules.parsing.part import LONGEST_READ
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

GOODS = Words(
    vi="Thư chưa nói giao hàng thế nào: giao tận nơi, bao lâu, phí bao nhiêu, hay nhận ở đâu.",
    en="The message does not say how it is delivered: to the door, how soon, for how much, or where to collect.",
    zh="信中没有写配送方式：是否送货、多久、费用多少，或到哪里自提。",
)
OTHER = Words(
    vi="Thư chưa nói nhận bằng cách nào: qua e-mail, đường dẫn, hay ở địa điểm nào.",
    en="The message does not say how to get it: by e-mail, by a link, or at which place.",
    zh="信中没有写如何获取：通过邮件、链接，还是在哪个地点。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Goods need a term of delivery; what is digital or an event needs mail, a link or a place."""
    kind = draft.context.offer_type
    if kind not in _LEXICONS or not selling.offers_something(draft):
        return
    if selling.any_phrase(draft, *_LEXICONS[kind]) or (kind != "goods" and _leads_somewhere(draft)):
        return
    if any(_BROUGHT[draft.lang].search(part.flat, 0, LONGEST_READ) for part in draft.body):
        return
    part, span = selling.place(draft)
    yield Hit(part, span, GOODS if kind == "goods" else OTHER)


# brought to the reader, in whatever words: "mang máy tới nhà", "brings it to your gate", 师傅上门
_BROUGHT = {
    "vi": re.compile(
        r"(?<!\w)(?:mang|chở|đưa|đem|giao|chuyển|bưng)(?: \w+){0,4}? (?:tới|đến|về|vào|ra)(?: tận)? (?:nhà|quán|cửa|kho|tiệm|văn phòng|bếp|nơi|xưởng|lớp|trường|ngõ|phòng|cổng|tay|vườn|chỗ)(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:brings?|carry|carries|drops?|takes?|hauls?|wheels?|lands?|comes?|arrives?)(?: \w+){0,5}? (?:to|at|on|into|in) your (?:own )?(?:front )?(?:door|doorstep|gate|home|house|kitchen|office|yard|desk|porch|garden|shop|hall|address|table)(?!\w)"
    ),
    "zh": re.compile(
        r"(?:送|带|拉|搬|运|抬)[^，。！？]{0,8}?(?:到|进|至)[^，。！？]{0,6}?(?:家|门口|府上|店里|公司|楼下|单位|手上|手里)|上门"
    ),
}

# what an offer of that type comes by; of an unknown type nothing is asked
_LEXICONS = {
    "goods": ("delivery",),
    "digital": ("delivery_digital",),
    "event": ("delivery_event",),
}
# 15 Nguyễn Huệ, 12 Mill Lane, 龙坞路8号
_ADDRESS = re.compile(
    r"(?<![\w.,/])\d{1,4}[a-z]?(?:/\d{1,4})?,? [A-ZĐÀ-Ỹ][^\W\d_]+ [A-ZĐÀ-Ỹ][^\W\d_]+|[\u4e00-\u9fff]{2,8}[路街巷道]\d{1,5}[号號]"
)


def _leads_somewhere(draft: Draft) -> bool:
    """A link, an e-mail address, or the address of a place outside the footer."""
    if any(not link.in_footer for link in draft.links):
        return True
    for part in draft.body:
        footer = draft.footer(part)
        end = footer.start if footer else len(part.text)
        if _ADDRESS.search(part.masked, 0, end) or "@" in part.text[:end]:
            return True
        if any(
            used.name.endswith(("url", "link")) for tag in part.tags if tag.end <= end for used in tag.names
        ):
            return True
    return False


RULE = Rule(
    id="delivery-missing",
    code="OFR003",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(
        vi="Ưu đãi nói rõ giao thế nào, nhận ở đâu.",
        en="An offer says how it is delivered.",
        zh="优惠要写明配送或领取方式。",
    ),
    why=Words(
        vi="Phí và thời gian giao quyết định có mua hay không; đừng để khách phải hỏi.",
        en="Cost and time of delivery decide many a purchase; do not make the customer ask.",
        zh="运费和时间往往决定买不买，不要让顾客再来问。",
    ),
    source="Course notes on e-mail marketing: key facts complete: price, delivery, deadlines.",
    bad=(
        Example("vi", text="Hộp trà sen 390.000đ, đến hết 31/3.", context={"offer_type": "goods"}),
        Example("en", text="A tin of tea for $24, until March 31.", context={"offer_type": "goods"}),
        Example("zh", text="春茶每罐199元，截至3月31日。", context={"offer_type": "goods"}),
        Example("en", text="The talk costs $10 and is on March 31.", context={"offer_type": "event"}),
    ),
    good=(
        Example(
            "vi", text="Hộp trà sen 390.000đ, giao tận nhà trong ba ngày.", context={"offer_type": "goods"}
        ),
        Example(
            "en",
            text="A tin of tea for $24, delivered free within two days.",
            context={"offer_type": "goods"},
        ),
        Example("zh", text="春茶每罐199元，全国包邮。", context={"offer_type": "goods"}),
        Example(
            "en", text="The talk costs $10 and is held at 12 Mill Lane.", context={"offer_type": "event"}
        ),
    ),
    check=check,
)
