"""Paper has no links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.rule import ALL_KINDS, Channel, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Thư giấy không bấm được (“{shown}”). Hãy cho số điện thoại, mã QR, phiếu trả lời hoặc địa chỉ web để gõ.",
    en="Nobody can click on paper (“{shown}”). Give a telephone number, a QR code, a card or an address to type.",
    zh="纸上无法点击（“{shown}”）。请提供电话、二维码、回执卡或可以输入的网址。",
)
LEXICON = "clicking"


# the name of a button in quotation marks: bấm “Đặt ngay”, 点“立即预订”
_BUTTON = re.compile(
    r"(?:(?<!\w)(?:nhấp|nhấn|bấm|ấn|press|hit|tap)(?: nút| the| on)?|(?<![一二两三四五六七八九十\d早餐茶重地几难特优观])点按?|轻触) ?(?=[“\"‘「【\[])"
)


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """Every place that speaks of clicking or tapping; bells, pens and emphasis are near misses."""
    buttons = [Span(match.start(), match.end()) for match in _BUTTON.finditer(part.folded)]
    for span in sorted([*draft.phrases(LEXICON, part), *buttons]):
        yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


RULE = Rule(
    id="paper-letter-tells-the-reader-to-click",
    code="STR005",
    channels=frozenset({Channel.LETTER}),
    kinds=ALL_KINDS,
    severity=Severity.ERROR,
    summary=Words(
        vi="Thư giấy không bảo người đọc bấm chuột.",
        en="A paper letter does not tell its reader to click.",
        zh="纸质信不叫人点击。",
    ),
    why=Words(
        vi="Câu chép từ e-mail sang làm thư giấy vô lý, và người đọc không biết phải làm gì.",
        en="A sentence left over from the e-mail makes the letter absurd, and its reader does not know what to do.",
        zh="从邮件照搬过来的话放在纸上毫无意义，读者也不知道该怎么做。",
    ),
    source="Course notes on letters by post: a letter goes out with a reply card.",
    bad=(
        Example("vi", channel=Channel.LETTER, text="Hãy nhấn vào đây để đặt chỗ."),
        Example("en", channel=Channel.LETTER, text="Click here to book your table."),
        Example("zh", channel=Channel.LETTER, text="请点击这里预订座位。"),
    ),
    good=(
        Example(
            "vi", channel=Channel.LETTER, text="Xin nhấn mạnh: chỉ cần bấm chuông, hoặc gọi 024 3828 0000."
        ),
        Example("en", channel=Channel.LETTER, text="With one click of the pen, sign the card and post it."),
        Example("zh", channel=Channel.LETTER, text="请致电，或扫描二维码预订。"),
        Example("vi", text="Hãy nhấn vào đây để đặt chỗ."),
    ),
    check=each_part(check_part),
)
