"""A letter speaks for the house, not for what its writer happens to think."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Channel, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="“{shown}” là ý riêng của người viết. Hãy nói điều công ty biết hoặc sẽ làm.",
    en="“{shown}” is the writer's own opinion. Say what the house knows or will do.",
    zh="“{shown}”是写信人的个人看法。请写明公司了解的情况或将采取的做法。",
)
LEXICON = "own_opinion"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Every letter, and of the e-mails those that answer somebody; quotations are other people's."""
    if draft.channel is Channel.EMAIL and draft.declared_kind is not Kind.REPLY:
        return
    for part in draft.body:
        found = draft.phrases(LEXICON, part)
        left_out = [*draft.aside(part), *quotations(part)] if found else []
        for span in outside(found, left_out):
            yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


RULE = Rule(
    id="writers-own-opinion",
    code="TONE008",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Không đưa ý kiến riêng của người viết.",
        en="No judgements of the writer's own.",
        zh="不写个人主观判断。",
    ),
    why=Words(
        vi="Khách viết cho công ty; ý riêng của nhân viên không ràng buộc ai và dễ thành lời hứa hay lời chê.",
        en="Customers write to the house; what a clerk thinks binds nobody, and soon sounds like a promise or a reproach.",
        zh="顾客写信给公司；员工的个人看法不代表公司，容易变成承诺或指责。",
    ),
    source="Course notes on letters: no arguing and no subjective judgements by the writer.",
    bad=(
        Example("vi", kind=Kind.REPLY, text="Theo ý kiến cá nhân tôi, sản phẩm này vẫn dùng được."),
        Example("en", kind=Kind.REPLY, text="Personally, I think the parcel was packed well enough."),
        Example("zh", kind=Kind.REPLY, text="我个人认为这个杯子没有质量问题。"),
        Example("vi", channel=Channel.LETTER, text="Cá nhân tôi thấy mẫu này đẹp hơn mẫu cũ."),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REPLY,
            text="Chúng tôi đã kiểm tra: ấm bị nứt từ lúc đóng gói. Theo ý kiến của anh, chúng tôi đổi cách gói.",
        ),
        Example(
            "en",
            kind=Kind.REPLY,
            text="We have looked at your photographs and will replace the cup by Friday.",
        ),
        Example("zh", kind=Kind.REPLY, text="我们检查过照片，周五之前为您换新。您认为合适吗？"),
        Example("en", text="Personally, I think you will love it."),
    ),
    check=check,
)
