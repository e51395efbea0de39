"""A letter says at its start why it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.sentences import paragraphs
from lint_rules.rule import Channel, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Đoạn đầu chưa nói thư viết để làm gì. Hãy nêu việc ngay, hoặc nhắc đến lá thư mình trả lời.",
    en="The first paragraph does not say why you write. Name the matter, or the letter you answer.",
    zh="第一段没有说明来信目的。请直接说明事由，或提及所回复的来信。",
)
# a purpose, an answer, an offer, or what is given for nothing
LEXICONS = ("purpose", "selling", "free_of_charge")
_SENTENCE_ENDS = (".", "。", "!", "？", "?", "！")
_SALUTATION_END = re.compile(r"[,，:：!！]\s*$")
_FIELD = re.compile("\ufffc+")
_USUAL_VALUE = 10
# columns; a salutation, a date or a line of an address is shorter
_SHORT = 60


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """The first paragraph of prose after the salutation holds a cue: a purpose, an answer, an offer."""
    found = _first_paragraph(draft)
    if found is None:
        return
    part, block = found
    if any(draft.phrases_within(lexicon, part, block) for lexicon in LEXICONS):
        return
    # what is sold or reduced is a matter; the heat that got lost for £40 is none
    if any(
        mention.part is part and block.holds(mention.span) and (mention.sells or not mention.is_price)
        for mention in draft.mentions
    ):
        return
    yield Hit(part, block, MESSAGE)


def _first_paragraph(draft: Draft) -> tuple[Part, Span] | None:
    for part in draft.body:
        for block in paragraphs(part):
            # a field is as long as the name it prints, not as its code
            text = _FIELD.sub("x" * _USUAL_VALUE, part.masked[block.start : block.end])
            # an address, a date, the salutation: none of them ends like a sentence
            is_sentence = text.rstrip().endswith(_SENTENCE_ENDS)
            is_address = "\n" in text and not is_sentence
            is_head = len(text) <= _SHORT and (_SALUTATION_END.search(text) or is_address)
            if not is_head and (len(text) > _SHORT or is_sentence):
                return part, block
    return None


RULE = Rule(
    id="purpose-not-stated-at-the-start",
    code="STR003",
    channels=frozenset({Channel.LETTER}),
    kinds=frozenset({Kind.MARKETING, Kind.REQUEST, Kind.REPLY, Kind.TRANSACTIONAL}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Đoạn đầu nói rõ thư viết để làm gì.",
        en="The first paragraph says why you write.",
        zh="第一段说明来信目的。",
    ),
    why=Words(
        vi="Người đọc cần biết ngay thư nói chuyện gì, vì sao gửi cho mình; rồi mới đọc tiếp.",
        en="Readers want to know what a letter is about and why it came to them, before they read on.",
        zh="读者首先想知道这封信说什么、为什么寄给自己，然后才会往下读。",
    ),
    source="Course notes on letters: lead the reader to the subject, give the reason for writing.",
    bad=(
        Example(
            "vi",
            channel=Channel.LETTER,
            text="Kính gửi chị Lan,\n\nMùa thu Hà Nội năm nay thật đẹp, lá vàng rơi đầy trên những con phố quen.\n\nTrân trọng,\nTrà Sen",
        ),
        Example(
            "en",
            channel=Channel.LETTER,
            text="Dear Anna,\n\nAutumn has come to our valley, and the leaves are turning gold on every hill.\n\nYours sincerely,\nTom",
        ),
        Example(
            "zh",
            channel=Channel.LETTER,
            text="尊敬的王女士：\n\n秋天的江南格外美丽，金黄的树叶铺满了每一条熟悉的小路。\n\n此致敬礼",
        ),
    ),
    good=(
        Example(
            "vi",
            channel=Channel.LETTER,
            text="Kính gửi chị Lan,\n\nChúng tôi viết thư này để mời chị dự buổi nếm trà sen.\n\nTrân trọng,\nTrà Sen",
        ),
        Example(
            "vi",
            channel=Channel.LETTER,
            kind=Kind.REPLY,
            text="Kính gửi chị Lan,\n\nCảm ơn chị đã viết cho chúng tôi về chiếc ấm bị nứt.\n\nTrân trọng",
        ),
        Example(
            "en",
            channel=Channel.LETTER,
            text="Dear Anna,\n\nThank you for your letter about the broken cup.\n\nYours sincerely,\nTom",
        ),
        Example(
            "zh",
            channel=Channel.LETTER,
            text="尊敬的王女士：\n\n特此致函，邀请您参加新茶品鉴会。\n\n此致敬礼",
        ),
    ),
    check=check,
)
