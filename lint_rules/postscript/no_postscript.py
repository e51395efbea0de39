"""A postscript draws the eye."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư chưa có tái bút. Một câu “T.B.:” nhắc lại điều người đọc được thường được đọc trước cả thân thư.",
    en="There is no postscript. A line with “P.S.” that repeats what the reader gains is often read first.",
    zh="信中没有附言。用“附言：”重复读者能得到的好处，往往最先被看到。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """At the end of the body; an empty body is nothing that a postscript could help."""
    parts = [part for part in draft.body if not part.blank()]
    if draft.has_postscript or not parts or any(draft.postscripts(part) for part in parts):
        return
    if not draft.blocks and draft.has_html and draft.postscripts(draft.html_part):
        return
    last = parts[-1]
    end = len(last.text.rstrip())
    yield Hit(last, Span(end, end), MESSAGE)


RULE = Rule(
    id="no-postscript",
    code="PS001",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Nên có tái bút.",
        en="A postscript is worth its line.",
        zh="最好有一句附言。",
    ),
    why=Words(
        vi="Không bắt buộc, nhưng mắt người đọc luôn tìm đến tái bút; đó là chỗ tốt nhất để nhắc lại lời mời.",
        en="Not compulsory, but it draws the eye; there is no better place to repeat the hook.",
        zh="并非必须，但附言最吸引目光，是重复卖点的最佳位置。",
    ),
    source="Course notes on e-mail marketing: a P.S. draws the eye; repeat the hook there.",
    bad=(
        Example("vi", text="Chào chị Lan,\n\nTrà sen giảm 20% đến hết 31/3.\n\nTrân trọng,\nTrà Sen"),
        Example("en", text="Dear Anna,\n\nThe new PS5 is 20% off.\n\nRegards,\nTom"),
        Example("zh", text="尊敬的王女士：\n\n春茶八折。\n\n此致敬礼\n茶舍"),
    ),
    good=(
        Example(
            "vi", text="Chào chị Lan,\n\nTrà sen giảm 20%.\n\nTrân trọng,\nTrà Sen\n\nT.B.: Chỉ đến hết 31/3."
        ),
        Example("vi", text="Chào chị,\n\nTrà sen giảm 20%.\n\nP/S: giá này chỉ đến hết 31/3."),
        Example("en", text="Dear Anna,\n\nTea is 20% off.\n\nRegards,\nTom\n\nP.S. Only until March 31."),
        Example("zh", text="尊敬的王女士：\n\n春茶八折。\n\n附言：截至3月31日。"),
    ),
    check=check,
)
