"""A subject shows what the reader gains and how it belongs to the offer."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import Token
from lint_rules.parsing.subjects import own_words_start
from lint_rules.rule import (
    BLOCKS_MARKETING,
    EMAIL_ONLY,
    MARKETING_ONLY,
    Example,
    Hit,
    Rule,
    Severity,
    Words,
)

MESSAGE = Words(
    vi="Tiêu đề chưa cho thấy lợi ích: nêu con số, khoản tiết kiệm hoặc chính món được mời.",
    en="The subject shows no benefit: name a figure, a saving or the very thing you offer.",
    zh="主题没有体现好处：请写出数字、优惠或所提供的具体东西。",
)

# dates, years and issue numbers are figures that promise nothing
_NO_PROMISE = re.compile(
    r"(?<!\w)(?:tháng|năm|số|kỳ|quý|tuần|no\.?|issue|vol\.?|volume|edition|week|month|q)\s?#?\d{1,4}(?:\s?[/.-]\s?\d{2,4})?(?![\d%])"
    r"|#\d+|第[\d一二三四五六七八九十]+[期季周]|\d{4}年(?:\d{1,2}月)?|\d{1,2}月(?:份|刊|号)?(?!\d)|(?<![\d.,])(?:19|20)\d\d(?![\d.,]*[%đk₫$€£元])"
)
_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百千万两]+(?:折|元|块|件|份|天|分钟|小时)|[二三四五六七八九十百]分之"
)
_SHORTEST_WORD = 4
# characters; no list of mails shows half as many
LONGEST_SUBJECT = 500
# characters; a body beyond this is no message, and other rules say so
LONGEST_BODY = 200_000


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Passes a figure, a word of saving or gain, or a noun that an offer in the body names as well."""
    subject = draft.subject
    if subject.blank():
        return
    start = own_words_start(subject.folded)
    words = subject.folded[start : start + LONGEST_SUBJECT]
    if _FIGURE.search(_NO_PROMISE.sub(" ", words)):
        return
    tokens = [token for token in draft.tokens(subject) if start <= token.start < start + LONGEST_SUBJECT]
    if draft.lexicon("benefits").any_in(tokens, words) or _shares_offer(draft, tokens, words):
        return
    yield Hit(subject, Span(start, len(subject.text.rstrip())), MESSAGE)


def _shares_offer(draft: Draft, tokens: list[Token], words: str) -> bool:
    nouns = _nouns(draft, tokens, words)
    return bool(nouns) and any(
        nouns & _nouns_of_sentence(draft, part, span) for part, span in _offering_sentences(draft)
    )


def _offering_sentences(draft: Draft) -> Iterator[tuple[Part, Span]]:
    """Sentences of the body that name a price, a discount or a gift, or ask to buy, book or join."""
    offering = {(id(mention.part), mention.span.start) for mention in draft.mentions}
    for part in draft.body:
        if len(part.text) > LONGEST_BODY:
            continue
        starts = [start for owner, start in offering if owner == id(part)]
        starts = sorted([*starts, *(span.start for span in draft.phrases("offer_verbs", part))])
        footer = draft.footer(part)
        for span in draft.sentences(part):
            if footer is not None and footer.holds(span):
                break
            first = bisect_left(starts, span.start)
            if first < len(starts) and starts[first] < span.end:
                yield part, span


def _nouns_of_sentence(draft: Draft, part: Part, span: Span) -> set[tuple[str, ...]]:
    tokens = draft.tokens(part)
    first = bisect_left(tokens, span.start, key=lambda token: token.start)
    last = bisect_left(tokens, span.end, lo=first, key=lambda token: token.start)
    tokens = tokens[first:last]
    return _nouns(draft, tokens, part.folded[span.start : span.end])


def _nouns(draft: Draft, tokens: list[Token], words: str) -> set[tuple[str, ...]]:
    """What may name an offer: an English word, two syllables together, two Chinese characters together."""
    if draft.lang == "zh":
        empty = draft.lexicon("empty_nouns").pattern
        text = empty.sub(" ", words) if empty else words
        return {(pair,) for pair in re.findall(r"(?=([\u4e00-\u9fff]{2}))", text)} | {
            (run,) for run in re.findall(r"[a-z0-9]{4,}", text)
        }
    empty_at = {
        offset
        for span in draft.lexicon("empty_nouns").find(tokens, "")
        for offset in range(span.start, span.end)
    }
    kept = [token for token in tokens if token.start not in empty_at and token.word[0].isalpha()]
    if draft.lang == "en":
        return {(token.word.removesuffix("s"),) for token in kept if len(token.word) >= _SHORTEST_WORD}
    return {(one.word, other.word) for one, other in itertools.pairwise(kept) if other.start - one.end == 1}


RULE = Rule(
    id="subject-shows-no-benefit",
    code="SUBJ003",
    channels=EMAIL_ONLY,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    severity_by_kind=BLOCKS_MARKETING,
    summary=Words(
        vi="Tiêu đề cho thấy lợi ích và gắn với lời mời.",
        en="The subject shows the benefit and belongs to the offer.",
        zh="主题体现好处，并与所推内容直接相关。",
    ),
    why=Words(
        vi=(
            "“Hãy tiết kiệm 60% tiền mua đĩa CD” được mở; “Bản tin tháng Ba” thì không. Tiêu đề cần một con số, một"
            " từ chỉ khoản được lợi, hoặc tên món hàng mà thư chào mời."
        ),
        en=(
            "“Save 60% on CDs” is opened, “March newsletter” is not. A subject needs a figure, a word of saving or"
            " gain, or the name of what the message offers."
        ),
        zh="“买CD省60%”有人打开，“三月通讯”没有。主题应有数字、体现优惠或收获的词，或所推商品的名称。",
    ),
    source="Course notes on e-mail marketing: the subject shows the benefit and its direct link to the offer.",
    bad=(
        Example("vi", subject="Bản tin tháng 3 của Trà Xanh", text="Chúng tôi vừa mở cửa hàng mới tại Huế."),
        Example("en", subject="Our March newsletter", text="We have opened a new shop in Leeds."),
        Example("zh", subject="本店3月最新动态", text="我们在广州开了新店。"),
    ),
    good=(
        Example("vi", subject="Hãy tiết kiệm 60% tiền mua đĩa CD"),
        Example("vi", subject="Trà sen Tây Hồ đã về", text="Trà sen Tây Hồ giá 290.000đ một hộp."),
        Example("en", subject="Save 60% on CDs"),
        Example("en", subject="Your old piano in tune again", text="We tune your piano for €75."),
        Example("zh", subject="龙井新茶到店", text="龙井新茶每盒199元。"),
    ),
    check=check,
)
