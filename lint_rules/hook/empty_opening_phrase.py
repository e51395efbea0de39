"""The first sentence is no empty phrase."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.opening import opening_sentences
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_AND_LETTER, Edit, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="“{shown}” là lời mở đầu quen miệng, không nói gì. Hãy bắt đầu bằng điều người đọc được.",
    en="“{shown}” is an empty opening. Begin with what the reader gains.",
    zh="“{shown}”是套话。请直接从读者的好处写起。",
)
LEXICON = "empty_openings"
# characters into the sentence at which the phrase may begin
_NEAR = 14


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The first sentence of prose begins with a formula; the proposal leaves it out."""
    sentences = opening_sentences(draft, 2)
    if not sentences:
        return
    part, span = sentences[0]
    found = draft.phrases_within(LEXICON, part, span)
    if not found or found[0].start - span.start > _NEAR:
        return
    phrase = found[0]
    edits: tuple[Edit, ...] = ()
    if len(sentences) > 1 and sentences[1][0] is part:
        edits = (Edit(part, Span(span.start, sentences[1][1].start), ""),)
    yield Hit(part, phrase, MESSAGE, {"shown": part.text[phrase.start : phrase.end]}, edits=edits)


RULE = Rule(
    id="empty-opening-phrase",
    code="HOOK003",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.MARKETING, Kind.REQUEST}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Không mở đầu bằng lời sáo.",
        en="No empty opening phrase.",
        zh="开头不写套话。",
    ),
    why=Words(
        vi="Câu đầu là chỗ đắt nhất của lá thư; lời sáo làm người đọc lướt qua trước khi tới điều hay.",
        en="The first sentence is the best place in a letter; a formula sends readers on before they meet the point.",
        zh="第一句是全信最宝贵的位置；套话会让读者还没看到重点就离开。",
    ),
    source="Course notes on e-mail marketing: straight to the point.",
    bad=(
        Example(
            "vi",
            text="Kính gửi chị Lan,\n\nLời đầu tiên, công ty xin gửi tới chị lời chúc sức khoẻ. Trà sen giảm 20%.",
        ),
        Example("en", text="Dear Anna,\n\nI hope this email finds you well. Tea is 20% off."),
        Example("zh", text="尊敬的王女士：\n\n冒昧打扰，敬请见谅。春茶八折。"),
    ),
    good=(
        Example("vi", text="Kính gửi chị Lan,\n\nTrà sen giảm 20%. Chúng tôi kính chúc chị sức khoẻ."),
        Example("en", text="Dear Anna,\n\nTea is 20% off. We hope you find it well packed."),
        Example("zh", text="尊敬的王女士：\n\n春茶八折，打扰您一分钟。"),
    ),
    check=check,
)
