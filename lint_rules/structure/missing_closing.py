"""A message takes leave of its reader."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Span
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư kết thúc không có lời chào (Trân trọng, …).",
    en="The message ends without a closing (Kind regards, …).",
    zh="信的结尾没有敬语（此致敬礼等）。",
)


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """At the last line of the author's own words."""
    if draft.closing is not None:
        return
    for part in reversed(draft.body):
        footer = draft.footer(part)
        end = len(part.text[: footer.start if footer else None].rstrip())
        if end:
            yield Hit(part, Span(part.text.rfind("\n", 0, end) + 1, end), MESSAGE)
            return


RULE = Rule(
    id="missing-closing",
    code="STR002",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS - {Kind.TRANSACTIONAL},
    severity=Severity.WARNING,
    summary=Words(vi="Thư có lời chào kết.", en="A message has a closing.", zh="信件有结尾敬语。"),
    why=Words(
        vi="Thư không lời kết đọc như bị cắt ngang, và người nhận không biết ai viết cho mình.",
        en="Without a closing a letter reads as if cut off, and nobody seems to have written it.",
        zh="没有结尾敬语的信像被截断，也看不出是谁写的。",
    ),
    source="Course notes on e-mail: a proper opening and closing.",
    bad=(
        Example("vi", text="Chào anh Nam,\n\nMáy lọc nước RO giảm 20%.\n\nĐặt hàng: https://a.example/ro"),
        Example("en", text="Dear Anna,\n\nBoilers are 20% off.\n\nBook: https://a.example/b"),
        Example("zh", text="王女士：\n\n净水器八折。\n\n订购：https://a.example/b"),
    ),
    good=(
        Example(
            "vi",
            text="Chào anh Nam,\n\nMáy lọc nước RO giảm 20%.\n\nTrân trọng,\nNguyễn Lan\n\nT.B.: Chỉ đến 31/3.",
        ),
        Example("en", text="Dear Anna,\n\nBoilers are 20% off.\n\nYours sincerely,\nTom"),
        Example("zh", text="王女士：\n\n净水器八折。\n\n此致\n敬礼"),
    ),
    check=check,
)
