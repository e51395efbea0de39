"""An offer says until when."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing import selling
from lint_rules.parsing.dates import DURATION, HOUR
from lint_rules.parsing.part import Part
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Ưu đãi chưa có hạn. Hãy nói đến hết ngày nào; “số lượng có hạn” không phải là hạn.",
    en="The offer has no deadline. Say until which day; “while stocks last” is none.",
    zh="优惠没有截止日期。请写明到哪一天；“数量有限”不算期限。",
)
# characters between a cue and its date, either way
_NEAR = 40


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """A date or weekday beside a cue such as until, before, ends."""
    if not selling.offers_something(draft) or any(
        _has_deadline(draft, part) for part in [draft.subject, *draft.body]
    ):
        return
    part, span = selling.place(draft)
    yield Hit(part, span, MESSAGE)


def _has_deadline(draft: Draft, part: Part) -> bool:
    mentions = [mention for mention in draft.dates(part) if mention.kind != HOUR]
    if not mentions:
        return False
    text = part.folded
    cues = draft.phrases("deadline_cues", part)
    for mention in mentions:
        if mention.kind == DURATION and mention.span.end - mention.span.start < _SHORTEST:
            continue
        start, end = mention.span.start - _NEAR, mention.span.end + _NEAR
        for cue in cues:
            near = start <= cue.start and cue.end <= end
            first, last = min(cue.end, mention.span.end), max(cue.start, mention.span.start)
            overlap = cue.start >= mention.span.start and cue.end <= mention.span.end
            # a sentence's end between them parts them
            if near and (overlap or not any(mark in text[first:last] for mark in ".!?。！？\n\n")):
                return True
    return False


_SHORTEST = 3

RULE = Rule(
    id="deadline-missing",
    code="OFR004",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY,
    severity=Severity.WARNING,
    summary=Words(vi="Ưu đãi phải có hạn.", en="An offer has a deadline.", zh="优惠要有期限。"),
    why=Words(
        vi="Không có hạn thì để mai; có hạn rõ thì hôm nay quyết.",
        en="Without a date it waits until tomorrow; with one it is decided today.",
        zh="没有期限就拖到明天，有了期限今天就能决定。",
    ),
    source="Course notes on e-mail marketing: key facts complete: price, delivery, deadlines.",
    bad=(
        Example("vi", text="Trà sen 390.000đ một hộp, giao tận nhà. Còn ít hàng, đặt ngay!"),
        Example("en", text="Tea at $24 a tin, delivered free. We opened on May 3, 1998. While stocks last."),
        Example("zh", text="春茶每罐199元，包邮。数量有限，欢迎订购。"),
    ),
    good=(
        Example("vi", text="Trà sen 390.000đ một hộp, đến hết 31/3."),
        Example("en", text="Tea at $24 a tin until March 31."),
        Example("zh", text="春茶每罐199元，截至3月31日。"),
    ),
    check=check,
)
