"""Plain words instead of the trade's jargon."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="“{shown}” là tiếng lóng của nghề. Hãy nói như nói với một khách hàng ngồi trước mặt.",
    en="“{shown}” is jargon. Say it as you would to a customer across the counter.",
    zh="“{shown}”是行业黑话。请用面对面跟顾客说话时的说法。",
)
LEXICON = "jargon"


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """The house's lexicon; the footer and what is quoted are left alone."""
    found = draft.phrases(LEXICON, part)
    if not found:
        return
    for span in outside(found, draft.aside(part)):
        yield Hit(part, span, MESSAGE, {"shown": part.text[span.start : span.end]})


RULE = Rule(
    id="jargon",
    code="TONE004",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Không dùng từ lóng của nghề.",
        en="No commercial jargon.",
        zh="不用行业黑话。",
    ),
    why=Words(
        vi="Người đọc không phải người trong nghề; từ lóng làm họ thấy mình là “đối tượng”, không phải là khách.",
        en="Readers are not of the trade; jargon makes them feel like a target instead of a guest.",
        zh="读者不是业内人士，黑话会让他们觉得自己是“目标”而不是客人。",
    ),
    source="Course notes on letters: no commercial jargon.",
    bad=(
        Example(
            "vi", text="Giải pháp của chúng tôi giúp anh chị tối ưu hoá trải nghiệm và bứt phá doanh số."
        ),
        Example("en", text="Our best-in-class solution lets you leverage synergy and move the needle."),
        Example("zh", text="我们为您赋能，打通全链路，形成闭环。"),
    ),
    good=(
        Example("vi", text="Trà ướp bảy lần nên nước thơm lâu; anh chị pha một hộp được bốn mươi ấm."),
        Example(
            "en",
            text="Pull the lever on the left and the lid opens; the farmers' tea ecosystem is a wet one.",
        ),
        Example("zh", text="客厅有一扇落地窗，旁边摆着落地灯。"),
    ),
    check=each_part(check_part),
)
