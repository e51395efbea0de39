"""A message addresses its reader in one way from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.quotations import quotations
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Example, Hit, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư xưng hô lẫn lộn: trước là “{first}”, đây là “{shown}”. Hãy chọn một cách gọi.",
    en="The message changes its form of address: “{first}” before, “{shown}” here. Choose one.",
    zh="称呼前后不一：前面用“{first}”，这里用“{shown}”。请统一。",
)
# names of the ways to address somebody, and the lexicon of each
FORMS = {
    "vi": {"bạn": "address_ban", "quý khách": "address_quy", "anh/chị": "address_anh_chi"},
    "en": {"you": "address_plain", "sir or madam": "address_formal"},
    "zh": {"您": "address_nin", "你": "address_ni"},
}


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """One finding, at the first word of the second way; quotations and the footer are other people's words."""
    found: list[tuple[int, int, str, Part, Span]] = []
    for index, part in enumerate(draft.body):
        found += [(index, span.start, name, part, span) for name, span in _forms(draft, part)]
    found.sort(key=lambda item: item[:2])
    if not found:
        return
    first = found[0]
    for item in found[1:]:
        if item[2] != first[2]:
            part, span = item[3], item[4]
            values = {"first": _shown(first[3], first[4]), "shown": _shown(part, span)}
            yield Hit(part, span, MESSAGE, values)
            return


def _shown(part: Part, span: Span) -> str:
    return part.text[span.start : span.end]


def _forms(draft: Draft, part: Part) -> list[tuple[str, Span]]:
    found = [
        (name, span) for name, lexicon in FORMS[draft.lang].items() for span in draft.phrases(lexicon, part)
    ]
    if not found:
        return []
    left_out = [*draft.aside(part), *quotations(part)]
    return [
        (name, span)
        for name, span in found
        if not any(left.holds(span) for left in left_out) and not _is_title(part, span)
    ]


_NAME = re.compile(r"[ \t]+(?:\ufffc|[^\W\d_])")


def _is_title(part: Part, span: Span) -> bool:
    """`Kính gửi chị Lan`: before a name the word is a title, and a letter may go on with “quý khách”."""
    match = _NAME.match(part.masked, span.end)
    return match is not None and (match.group()[-1].isupper() or match.group()[-1] == "\ufffc")


RULE = Rule(
    id="mixed-forms-of-address",
    code="STR008",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Gọi người đọc một cách, từ đầu đến cuối.",
        en="One form of address from beginning to end.",
        zh="称呼始终如一。",
    ),
    why=Words(
        vi="Đang “quý khách” bỗng thành “bạn” làm người đọc thấy thư chép ghép, không viết cho mình.",
        en="A letter that begins with “Dear Sir” and ends with “guys” was pieced together, and readers notice.",
        zh="前面称“您”，后面变成“你”，读者会觉得这封信是拼凑的，不是写给自己的。",
    ),
    source="Course notes on letters: courteous and attentive tone; consistent layout.",
    bad=(
        Example("vi", text="Kính gửi quý khách,\n\nTrà mới đã về. Bạn hãy ghé nếm thử trước 31/3."),
        Example("vi", text="Chào bạn,\n\nMời anh chị ghé cửa hàng trong tuần này."),
        Example("en", text="Dear Sir or Madam,\n\nHey guys, our new tea is here."),
        Example("zh", text="感谢您的支持。\n\n欢迎你来店品尝新茶。"),
    ),
    good=(
        Example(
            "vi",
            text="Kính gửi quý khách,\n\nTrà mới đã về. Quý khách có thể mời bạn bè, bạn hàng cùng nếm; vườn có hoa anh đào.",
        ),
        Example("vi", text="Chào anh chị,\n\nMời anh hoặc chị ghé cửa hàng; chị em phụ nữ được tặng hoa."),
        Example("en", text="Dear Ms Smith,\n\nYour tea is here, and you are welcome any day."),
        Example("zh", text="感谢您的支持。\n\n歌名叫《你好，春天》，欢迎您来店。"),
    ),
    check=check,
)
