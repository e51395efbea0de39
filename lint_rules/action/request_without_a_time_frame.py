"""A request says by when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.calls import Call, is_formula
from lint_rules.parsing.dates import DURATION, DateMention
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Lời nhờ chưa có thời hạn. Hãy nói cần trước ngày nào hoặc trong bao lâu.",
    en="The request has no time frame. Say by which day, or within how long.",
    zh="请求没有时限。请写明日期或期限。",
)
URGENT = "urgency"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """A date, an hour or a duration in the sentences of the requests or beside them."""
    real = [call for call in draft.calls if not is_formula(draft, call)]
    if not real or any(_has_time(draft, call) for call in real):
        return
    yield Hit(real[0].part, real[0].span, MESSAGE)


def _has_time(draft: Draft, call: Call) -> bool:
    """The sentence after it counts as well, the one before it within the paragraph."""
    part = call.part
    spans = draft.sentences(part)
    index = bisect_right(spans, call.span.start, key=lambda span: span.start) - 1
    if index < 0 or call.span.start >= spans[index].end:
        return True
    first, last = spans[max(0, index - 1)], spans[min(len(spans) - 1, index + 1)]
    if "\n\n" in part.text[first.end : spans[index].start]:
        first = spans[index]
    dates = draft.dates(part)
    begin = bisect_left(dates, first.start, key=lambda mention: mention.span.start)
    near = list(takewhile(lambda mention: mention.span.start < last.end, islice(dates, begin, None)))
    if any(not _only_takes(part, mention) for mention in near):
        return True
    return bool(draft.phrases_within(URGENT, part, Span(first.start, last.end)))


def _only_takes(part: Part, mention: DateMention) -> bool:
    """`it takes two minutes` tells how long, not by when."""
    start = mention.span.start
    return mention.kind == DURATION and bool(_TAKES.search(part.folded, max(0, start - _NEAR), start))


_TAKES = re.compile(r"(?:(?<!\w)(?:mất|cần|tốn|takes?|only|needs?)(?:\s\w+){0,2}|花|只需|仅需|只要|用)\s*$")
_NEAR = 24

RULE = Rule(
    id="request-without-a-time-frame",
    code="CTA004",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.REQUEST}),
    severity=Severity.WARNING,
    summary=Words(
        vi="Nhờ việc gì thì nói cần khi nào.",
        en="A request has a time frame.",
        zh="请求要有时限。",
    ),
    why=Words(
        vi="Không có hạn thì việc của người khác luôn đi trước.",
        en="Without a date, everybody else's work comes first.",
        zh="没有期限，别人的事总是排在前面。",
    ),
    source="Course notes on e-mail: the requested action specific; a time frame for it.",
    bad=(
        Example(
            "vi",
            kind=Kind.REQUEST,
            text="Kính gửi chị Lan,\n\nNhờ chị gửi bản vẽ chiếc tủ cho xưởng.\n\nTrân trọng",
        ),
        Example(
            "en",
            kind=Kind.REQUEST,
            text="Dear Anna,\n\nPlease send us the drawing of the cupboard.\n\nRegards",
        ),
        Example("zh", kind=Kind.REQUEST, text="尊敬的王女士：\n\n请您把柜子的图纸发给我们。\n\n此致敬礼"),
    ),
    good=(
        Example(
            "vi",
            kind=Kind.REQUEST,
            text="Kính gửi chị Lan,\n\nNhờ chị gửi bản vẽ trước thứ Sáu.\n\nTrân trọng",
        ),
        Example(
            "en",
            kind=Kind.REQUEST,
            text="Dear Anna,\n\nPlease send us the drawing within three days.\n\nRegards",
        ),
        Example("zh", kind=Kind.REQUEST, text="尊敬的王女士：\n\n请您在三天内把图纸发给我们。\n\n此致敬礼"),
    ),
    check=check,
)
