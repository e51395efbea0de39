"""A sentence can be read in one breath."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import words
from lint_rules.parsing.merge_fields import MASK
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Câu này dài {count} chữ; quá {limit} chữ thì nên tách đôi.",
    en="This sentence has {count} words; above {limit} it is better split.",
    zh="这句话有 {count} 个字，超过 {limit} 字最好拆开。",
)


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """Counted as the word limit counts, outside the footer and what is quoted."""
    limit = config.limit(f"sentence_words_{draft.lang}")
    printed = sum(words.weight(tag, draft.lang) for tag in part.tags)
    long = [span for span in draft.sentences(part) if _may_be_long(draft, part, span, limit, printed)]
    if not long:
        return
    starts = [word.start for word in draft.words(part)]
    for span in outside(long, draft.aside(part)):
        count = bisect_left(starts, span.end) - bisect_left(starts, span.start)
        if count > limit:
            yield Hit(part, Span(span.start, span.end), MESSAGE, {"count": count, "limit": limit})


def _may_be_long(draft: Draft, part: Part, span: Span, limit: int, printed: int) -> bool:
    """A quick look: words have blanks between them; the fields of the part print that many."""
    if span.end - span.start + printed <= limit:
        return False
    text = part.masked[span.start : span.end]
    most = limit - printed if MASK in text else limit
    return draft.lang == "zh" or most <= 0 or len(text.split(None, most)) > most


RULE = Rule(
    id="sentence-too-long",
    code="LAY007",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Câu ngắn: tối đa 40 chữ.",
        en="Short sentences: at most 30 words.",
        zh="句子要短：最多六十字。",
    ),
    why=Words(
        vi="Câu dài buộc người đọc giữ nhiều ý cùng lúc; tách ra, ý nào cũng rõ.",
        en="A long sentence makes the reader carry several thoughts at once; split, each of them is clear.",
        zh="长句让读者同时记住好几个意思；拆开以后，每个意思都清楚。",
    ),
    source="Course notes on letters: clear and to the point; no rambling.",
    bad=(
        Example(
            "vi",
            text="Nếu anh chị đặt trước hộp trà sen trong tháng này thì chúng tôi sẽ gửi kèm một tấm thiệp viết tay và một gói trà thử mười gam để anh chị nếm trước khi mở hộp lớn cùng với một cuốn sách nhỏ chỉ cách pha.",
        ),
        Example(
            "en",
            text="If you order a tin of our new tea before the end of this month we will add a card that is written by hand and a small sample so that you can taste it before you open the tin.",
        ),
        Example(
            "zh",
            text="如果您在本月底之前提前订购我们的新茶那么我们将随罐附上一张手写的贺卡和一小包十克的试饮装让您在打开大罐之前先尝一口同时还会附上一本介绍冲泡方法的小册子供您参考使用。",
        ),
    ),
    good=(
        Example(
            "vi",
            text="Đặt trước trong tháng này, anh chị được một tấm thiệp viết tay. Kèm theo là gói trà thử mười gam.",
        ),
        Example(
            "en", text="Order before March 31 and we add a card. A small sample lets you taste it first."
        ),
        Example("zh", text="本月底之前订购，随罐附上手写贺卡。另有十克试饮装，您可以先尝一口。"),
    ),
    check=each_part(check_part),
)
