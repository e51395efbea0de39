"""The first sentence is no empty phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.gains import promises_figure
from lint_rules.parsing.opening import opening_sentences
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Edit, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="“{shown}” là lời mở đầu quen miệng, không nói gì. Hãy bắt đầu bằng điều người đọc được.",
    en="“{shown}” is an empty opening. Begin with what the reader gains.",
    zh="“{shown}”是套话。请直接从读者的好处写起。",
)
# formulas whatever follows; and words that are one only where the sentence offers nothing
FORMULAS, BEGINNINGS = "empty_openings", "empty_beginnings"
# characters into the sentence at which the phrase may begin
_NEAR = 14
# characters of the first sentence that are read
_LONGEST = 300
_GAP = r"[^.!?\n]{0,48}?"
# formulas with words of the writer's own between
_WITH_GAPS = {
    "vi": re.compile(
        rf"{_GAP}(?<!\w)(?:gửi|dành|kính chúc){_GAP}lời (?:chào|chúc|tri ân|thăm hỏi)(?!\w)"
        rf"|(?:chúng tôi |tôi |em |rất )?(?:hy vọng|hi vọng|mong|mong rằng|hy vọng rằng) (?:là )?(?:bạn|anh|chị|quý khách|ông|bà|cô|chú|mọi người|mọi việc|gia đình){_GAP}(?:khoẻ|khoẻ mạnh|bình an|tốt lành|tốt đẹp|ổn|suôn sẻ)(?!\w)"
        rf"|(?:xin |kính )?chúc (?:bạn|anh|chị|quý khách|ông|bà|cô|chú|mọi người|cả nhà){_GAP}(?:ngày|tuần|tháng|cuối tuần|buổi sáng|sức khoẻ|bình an)(?!\w)"
        rf"|(?:chúng tôi |công ty )?(?:xin )?(?:chân thành )?cảm ơn{_GAP}(?:tin tưởng|ủng hộ|đồng hành|quan tâm)(?!\w)"
        rf"|(?:chúng tôi|công ty){_GAP}(?:vui|hân hạnh|vinh dự|tự hào){_GAP}(?:giới thiệu|thông báo|gửi đến|gửi tới)(?!\w)"
    ),
    "en": re.compile(
        rf"(?:(?:i|we) )?(?:really |truly |do |sincerely )?(?:hope|trust)(?: that)? (?:this|my|our|your|you|you're|all|everything|things|life|the){_GAP}(?:(?<!\w)well(?!\w)|good health|good spirits|(?:great|good|lovely|wonderful|nice|fantastic|pleasant|productive|restful) (?:start|week|day|weekend|summer|holiday|month|morning|break)|the weekend|your weekend|the holidays)"
        r"|(?:we |i )?(?:would like to )?thank(?:s| you)(?: so much| very much)? for (?:being|your (?:continued |ongoing |kind |loyal |valued )?(?:support|loyalty|trust|patronage|custom|business|interest))(?!\w)"
        r"|it(?:'s| is) that time of (?:the )?year|(?:i|we) know (?:how busy|that you(?:'re| are) busy|you(?:'re| are) busy)"
        r"|(?:i am|i'm|we are|we're) (?:writing|reaching out|contacting you) to (?:introduce|tell you|share|let you|inform)(?!\w)"
    ),
    "zh": re.compile(
        r"[^。！？\n]{0,20}?(?:致以|送上|献上|奉上|表示)[^。！？\n]{0,12}?(?:问候|祝福|谢意|敬意|感谢)"
        r"|(?:首先)?(?:衷心|非常|十分|由衷)?感谢(?:您|各位|大家|贵公司)?[^。！？\n]{0,14}?(?:支持|信任|厚爱|关注|陪伴|惠顾|信赖)"
        r"|(?:衷心)?(?:希望|愿|祝愿?)(?:您|大家|你|各位)[^。！？\n]{0,10}?(?:安好|顺利|都好|健康|愉快|如意)"
        r"|(?:我们|本公司|我司)?(?:很|非常|十分)?(?:荣幸|高兴|欣喜)(?:地)?(?:向您|为您|能|通知|宣布|告知)|春暖花开|秋高气爽|金秋时节|岁末年初|时光飞逝|光阴似箭"
    ),
}


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The first sentence of prose begins with a formula; the proposal leaves it out."""
    sentences = opening_sentences(draft, 2)
    if not sentences:
        return
    part, span = sentences[0]
    phrase = _formula(draft, part, Span(span.start, min(span.end, span.start + _LONGEST)))
    if phrase is None:
        return
    edits: tuple[Edit, ...] = ()
    if len(sentences) > 1 and sentences[1][0] is part:
        edits = (Edit(part, Span(span.start, sentences[1][1].start), ""),)
    yield Hit(part, phrase, MESSAGE, {"shown": part.text[phrase.start : phrase.end]}, edits=edits)


def _formula(draft: Draft, part: Part, span: Span) -> Span | None:
    for phrase in draft.phrases_within(FORMULAS, part, span)[:1]:
        if phrase.start - span.start <= _NEAR:
            return phrase
    text = part.folded[span.start : span.end]
    if promises_figure(text):
        return None
    # Vietnamese words of gain, such as "được", serve in every formula too
    offers = draft.lang != "vi" and bool(draft.phrases_within("benefits", part, span))
    for phrase in draft.phrases_within(BEGINNINGS, part, span)[:1]:
        if phrase.start == span.start and not offers:
            return phrase
    match = _WITH_GAPS[draft.lang].match(text)
    return Span(span.start, span.start + match.end()) if match else None


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
