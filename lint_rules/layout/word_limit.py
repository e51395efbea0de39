"""A message stays under 250 words."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import (
    ALL_KINDS,
    BLOCKS_MARKETING,
    EMAIL_AND_LETTER,
    Example,
    Hit,
    Rule,
    Severity,
    Words,
)

MESSAGE = Words(
    vi="Thư dài {count} từ; hãy viết dưới {limit} từ.",
    en="The message has {count} words; keep it under {limit}.",
    zh="正文共 {count} 个词，应少于 {limit} 个。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Flags from the limit on, once, from the first word too many to the last."""
    limit = config.words_for(draft.lang)
    for parts in _readings(draft):
        # counting is quicker than saying where each word stands, and most messages are short enough
        count, before = sum(map(draft.word_count, parts)), 0
        if count < limit:
            continue
        counted = [draft.words(part) for part in parts]
        for part, words in zip(parts, counted, strict=True):
            if before + len(words) >= limit:
                span = Span(words[limit - 1 - before].start, words[-1].end)
                yield Hit(part, span, MESSAGE, {"count": count, "limit": limit})
                return
            before += len(words)


def _readings(draft: Draft) -> Iterator[list[Part]]:
    """The body; then the HTML part as well, in case it says more than the text beside it."""
    yield draft.body
    if draft.has_html and draft.html_part not in draft.body:
        yield [draft.html_part]


_SHORT = {"config": {"max_words": {"vi": 20, "en": 20, "zh": 20}}}

RULE = Rule(
    id="word-limit",
    code="LAY001",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    severity_by_kind=BLOCKS_MARKETING,
    summary=Words(
        vi="Thư ngắn dưới 250 từ.",
        en="A message has fewer than 250 words.",
        zh="正文少于 250 个词。",
    ),
    why=Words(
        vi=(
            "Một nửa số người đọc quyết định sau vài câu. Thư dài làm chìm lợi ích và lời kêu gọi. Không tính địa chỉ"
            " web và phần chân thư (người gửi, cách từ chối nhận thư)."
        ),
        en=(
            "Half of all readers decide after a few sentences; length buries the benefit and the request. Web"
            " addresses and the footer (sender, opt-out) are not counted."
        ),
        zh="一半读者看几句就做决定，篇幅过长会淹没利益点和行动要求。网址和页脚（发件人、退订方式）不计。每个汉字算一个词。",
    ),
    source="Course notes on e-mail marketing: length under 250 words.",
    bad=(
        Example(
            "vi",
            text="Kính gửi quý khách, nhân dịp khai trương chúng tôi xin trân trọng gửi tới quý khách lời mời tham dự"
            " buổi trải nghiệm trà mới.",
            context=_SHORT,
        ),
        Example(
            "en",
            text="Dear customer, on the occasion of our opening we are delighted to invite you to a tasting of our new"
            " teas this coming Saturday.",
            context=_SHORT,
        ),
        Example("zh", text="尊敬的客户，值此开业之际，诚邀您参加本周六举办的新茶品鉴会。", context=_SHORT),
    ),
    good=(
        Example(
            "vi",
            text="Mời anh chị thử trà mới, thứ Bảy 9 giờ.\n\nhttps://tra.example/dang-ky\n\n"
            "--\nCông ty Trà Xanh, 12 Lê Lợi, Huế. Không muốn nhận thư nữa, mời bấm: https://tra.example/huy",
            context=_SHORT,
        ),
        Example(
            "en", text="Taste our new teas on Saturday at nine.\nhttps://tea.example/join", context=_SHORT
        ),
        Example("zh", text="周六九点，请来品新茶。", context=_SHORT),
    ),
    check=check,
)
