"""A letter says what can be done more often than what cannot."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Đây là lần từ chối thứ {count} trong thư (“{shown}”). Hãy nói điều làm được thay cho điều không.",
    en="This is refusal number {count} in the message (“{shown}”). Say what can be done instead.",
    zh="这是信中第 {count} 处否定表达（“{shown}”）。请多说能做到什么。",
)
LEXICON = "refusals"
# two refusals may be facts; with the third they set the tone
FEWEST = 3


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Refusals over the whole body; `no deposit` and its like are good news and stand as near misses."""
    found = [(part, span) for part in draft.body for span in _refusals(draft, part)]
    if len(found) >= FEWEST:
        part, span = found[FEWEST - 1]
        yield Hit(part, span, MESSAGE, {"count": len(found), "shown": part.text[span.start : span.end]})


def _refusals(draft: Draft, part: Part) -> list[Span]:
    found = draft.phrases(LEXICON, part)
    if not found:
        return []
    left_out = [*draft.aside(part), *quotations(part)]
    return list(outside(found, left_out))


RULE = Rule(
    id="negative-wording",
    code="TONE006",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Ít nói không, nói điều làm được.",
        en="Positive language: few refusals.",
        zh="少用否定，多说能做到的事。",
    ),
    why=Words(
        vi="Ba lần từ chối trở lên làm cả lá thư nặng nề. “Không cần đặt cọc” là tin vui, không tính.",
        en="Three refusals and more make the whole letter heavy. “No deposit needed” is good news and does not count.",
        zh="三处以上的否定会让整封信显得沉重。“免押金”这类好消息不算。",
    ),
    source="Course notes on e-mail marketing: positive language.",
    bad=(
        Example(
            "vi",
            text="Chúng tôi không thể giao sớm. Hàng không được đổi. Rất tiếc, phiếu này không áp dụng cho anh chị.",
        ),
        Example(
            "en",
            text="We cannot ship earlier. You may not exchange it. Unfortunately, the voucher is not valid for tea.",
        ),
        Example("zh", text="我们无法提前发货。商品不能退换。很遗憾，本券不适用于茶叶。"),
    ),
    good=(
        Example(
            "vi",
            text="Không cần đặt cọc, không mất phí giao hàng, không lo đổi trả. Chúng tôi giao ngày mai.",
        ),
        Example("en", text="No deposit, no delivery fee, no obligation: order today and we ship tomorrow."),
        Example("zh", text="免押金，不收运费，无需预约，无条件退换，明天就发货。"),
    ),
    check=check,
)
