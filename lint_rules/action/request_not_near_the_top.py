"""A request stands at the top."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.calls import Call, is_formula
from lint_rules.parsing.opening import opening_sentences
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Điều nhờ người đọc chỉ xuất hiện ở câu thứ {number}. Hãy đưa lên ba câu đầu.",
    en="What you ask for comes only in sentence {number}. Put it into the first three.",
    zh="请求到第 {number} 句才出现。请放到前三句。",
)
MISSING = Words(
    vi="Ba câu đầu không nói nhờ người đọc làm gì.",
    en="The first three sentences do not say what you ask of the reader.",
    zh="前三句没有说明请读者做什么。",
)
SENTENCES = 3


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The first real request; closing formulas such as “please contact us” ask for nothing."""
    opening = opening_sentences(draft, SENTENCES)
    if not opening:
        return
    real = [call for call in draft.calls if not is_formula(draft, call)]
    part, last = opening[-1]
    for call in real:
        if any(
            call.part is one and span.holds(Span(call.span.start, call.span.start)) for one, span in opening
        ):
            return
    if len(opening) < SENTENCES and not real:
        yield Hit(part, Span(opening[0][1].start if opening[0][0] is part else last.start, last.end), MISSING)
        return
    later = [call for call in real if call.part is not part or call.span.start > last.end]
    if later:
        first = later[0]
        yield Hit(first.part, first.span, MESSAGE, {"number": _number(draft, first)})
    elif len(opening) >= SENTENCES:
        yield Hit(part, last, MISSING)


def _number(draft: Draft, call: Call) -> int:
    """Which sentence of the prose it stands in, counted from 1."""
    sentences = opening_sentences(draft, _MOST)
    before = [span for part, span in sentences if part is call.part and span.start <= call.span.start]
    others = [span for part, span in sentences if part is not call.part]
    return len(before) + (len(others) if draft.blocks else 0)


# sentences that are counted; a request further down is far enough
_MOST = 60


RULE = Rule(
    id="request-not-near-the-top",
    code="CTA003",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.REQUEST}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Điều cần nhờ nằm ngay đầu thư.",
        en="The request stands at the top.",
        zh="请求放在开头。",
    ),
    why=Words(
        vi="Người bận chỉ đọc vài câu; để lời nhờ ở cuối là để nó bị bỏ qua.",
        en="Busy people read a few sentences; a request at the end is a request unread.",
        zh="忙碌的人只看几句；把请求放在最后，就等于没说。",
    ),
    source="Course notes on e-mail: the request at the top.",
    bad=(
        Example(
            "vi",
            kind=Kind.REQUEST,
            text="Kính gửi chị Lan,\n\nTuần trước trời mưa nhiều. Xưởng nghỉ hai ngày. Hàng về muộn một chút. Máy đã sửa xong. Nhờ chị gửi bản vẽ trước thứ Sáu.\n\nTrân trọng",
        ),
        Example(
            "en",
            kind=Kind.REQUEST,
            text="Dear Anna,\n\nIt rained a lot last week. The workshop was closed. The wood came late. The saw is mended. Please send us the drawing by Friday.\n\nRegards",
        ),
        Example(
            "zh",
            kind=Kind.REQUEST,
            text="尊敬的王女士：\n\n上周雨水很多。车间停工两天。木料到得晚。机器已经修好。请您在周五前把图纸发来。\n\n此致敬礼",
        ),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REQUEST,
            text="Kính gửi chị Lan,\n\nNhờ chị gửi bản vẽ trước thứ Sáu. Xưởng sẽ cắt gỗ ngay hôm sau.\n\nTrân trọng",
        ),
        Example(
            "en",
            kind=Kind.REQUEST,
            text="Dear Anna,\n\nPlease send us the drawing by Friday. We cut the wood on Monday.\n\nRegards",
        ),
        Example(
            "zh",
            kind=Kind.REQUEST,
            text="尊敬的王女士：\n\n请您在周五前把图纸发来。我们周一开工。\n\n此致敬礼",
        ),
    ),
    check=check,
)
