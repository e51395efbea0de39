"""The first two sentences say what the reader gains."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.gains import promises_figure
from lint_rules.parsing.opening import opening_sentences, opening_stretch
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Hai câu đầu chưa nói người đọc được gì. Hãy đặt “lưỡi câu” lên trước: con số, khoản tiết kiệm, món quà.",
    en="The first two sentences do not say what the reader gains. Put the hook first: a figure, a saving, a gift.",
    zh="前两句没有说明读者能得到什么。请先给出“鱼钩”：数字、优惠或礼物。",
)
SENTENCES = 2
# characters of a sentence; the rest of a longer one is no hook
LONGEST = 1_000


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """A figure, or a word of saving or gain."""
    sentences = opening_sentences(draft, SENTENCES)
    if not sentences or any(_shows(draft, part, span) for part, span in opening_stretch(draft, SENTENCES)):
        return
    part, first = sentences[0]
    last = sentences[-1][1] if sentences[-1][0] is part else first
    yield Hit(part, Span(first.start, last.end), MESSAGE)


def _shows(draft: Draft, part: Part, span: Span) -> bool:
    return (
        promises_figure(part.folded[span.start : min(span.end, span.start + LONGEST)])
        or bool(draft.phrases_within("benefits", part, span))
        or bool(draft.phrases_within("gains", part, span))
    )


RULE = Rule(
    id="no-benefit-in-the-first-two-sentences",
    code="HOOK001",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(
        vi="Hai câu đầu nói ngay người đọc được gì.",
        en="The first two sentences hold the benefit.",
        zh="前两句说明读者的好处。",
    ),
    why=Words(
        vi="Nửa số người đọc quyết định sau vài câu. Câu đầu phải trả lời: tôi được gì?",
        en="Half of all readers decide after a few sentences. The first must answer: what is in it for me?",
        zh="一半读者看几句就决定去留。第一句要回答：我能得到什么？",
    ),
    source="Course notes on e-mail marketing: the hook in the first one or two sentences.",
    bad=(
        Example(
            "vi",
            text="Kính gửi chị Lan,\n\nCông ty chúng tôi thành lập năm 1995. Chúng tôi có mặt ở nhiều tỉnh thành.\n\nTrà sen giảm 20%.",
        ),
        Example(
            "en",
            text="Dear Anna,\n\nOur company was founded in 1995. We have shops in many towns.\n\nTea is 20% off.",
        ),
        Example("zh", text="尊敬的王女士：\n\n本公司成立于1995年。我们在许多城市设有门店。\n\n春茶八折。"),
    ),
    good=(
        Example(
            "vi",
            text="Kính gửi chị Lan,\n\nChị tiết kiệm 98.000đ cho mỗi hộp trà sen. Hộp mới đã về.\n\nTrân trọng",
        ),
        Example(
            "en",
            text="Dear Anna,\n\nYou save $8 on every tin this month. The new picking is here.\n\nRegards",
        ),
        Example("zh", text="尊敬的王女士：\n\n每罐立省六十元。新茶已经到店。\n\n此致敬礼"),
    ),
    check=check,
)
