"""A message addresses its reader in one way from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
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
# `Kính gửi anh Nam,` greets by title, and the letter may then speak to its `quý khách`
_TITLED, _SHOWN_TO_ALL = "anh/chị", "quý khách"


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """One finding, at the first word of the second way; quotations and the footer are other people's words."""
    first: tuple[str, str] | None = None
    titled = False
    for part in draft.body:
        for name, span in _forms(draft, part):
            shown = part.text[span.start : span.end]
            if first is None:
                first = name, shown
                titled = name == _TITLED and _in_salutation(draft, part, span)
            elif titled and name == _SHOWN_TO_ALL:
                first, titled = (name, shown), False
            elif name != first[0]:
                yield Hit(part, span, MESSAGE, {"first": first[1], "shown": shown})
                return


def _forms(draft: Draft, part: Part) -> list[tuple[str, Span]]:
    """The ways of address in the author's own words, in order."""
    by_name = {name: draft.phrases(lexicon, part) for name, lexicon in FORMS[draft.lang].items()}
    if not any(by_name.values()):
        return []
    left_out = [*draft.aside(part), *quotations(part), *_signature(draft, part)]
    left_out += [Span(*match.span()) for match in _TITLE.finditer(part.masked)]
    found = [
        (span, name)
        for name, spans in by_name.items()
        for span in outside(spans, left_out)
        if not _is_somebody_else(draft, part, span)
    ]
    return [(name, span) for span, name in sorted(found)]


def _signature(draft: Draft, part: Part) -> list[Span]:
    """The few lines under the closing: `Thuỳ và các bạn ở tiệm hoa` sign, and are not spoken to."""
    if draft.closing is None or draft.closing[0] is not part:
        return []
    under = [line for line in part.lines if line.start >= draft.closing[1].end and line.end > line.start]
    return [line for line in under[:_SIGNED] if part.text[line.end - 1] not in _ENDS]


# lines of name, office and house; a sentence among them speaks to the reader again
_SIGNED = 3
_ENDS = ".!?…。！？"
# 《你好，春天》 is a book
_TITLE = re.compile("《[^《》]{1,80}》")
_NAME = re.compile(r"[ \t]+(?:\ufffc|[^\W\d_])")
_WORD_BEFORE = re.compile(r"(?:^|[^\w])([^\W\d_]+)[ \t]+$")
# characters in which the word before stands
_REACH = 24
# after these words "Anh" is England
_TO_ENGLAND = re.compile(
    "nước|tiếng|người|hàng|từ|ở|tại|sang|đến|qua|về|vương|du|giọng|chuẩn|nhập|thị|trường|miền|đảo|gốc"
)
# a capital stands at the start of a sentence, and in these words it begins no name
_NO_NAME = re.compile(
    "chào|mời|thưa|gửi|kính|xin|cảm|cám|ơn|nếu|khi|để|với|của|cho|cùng|và|mà|giúp|biết|quý|các|hai|hoặc|hay|báo|tặng|nhờ|chúc|như"
    "|vì|thì|nên|được|bởi|nhân|dành|hẹn|hỏi"
)


def _is_somebody_else(draft: Draft, part: Part, span: Span) -> bool:
    """A person named in the text, the country Anh, Lan Anh; in the salutation a name follows the reader's title."""
    if draft.lang != "vi":
        return False
    word = part.masked[span.start : span.end]
    following = _NAME.match(part.masked, span.end)
    if following and (following.group()[-1].isupper() or following.group()[-1] == "\ufffc"):
        return not _in_salutation(draft, part, span) and not word.lower().startswith("quý")
    if word != "Anh":
        return False
    before = _WORD_BEFORE.search(part.masked, max(0, span.start - _REACH), span.start)
    if before is None:
        return False
    is_name = before[1][0].isupper() and not _NO_NAME.fullmatch(before[1].lower())
    return is_name or bool(_TO_ENGLAND.fullmatch(before[1]))


def _in_salutation(draft: Draft, part: Part, span: Span) -> bool:
    return draft.salutation is not None and draft.salutation[0] is part and draft.salutation[1].holds(span)


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
        Example("vi", text="Kính gửi anh Nam,\n\nQuý khách được giảm 20% khi ghé trước 31/3."),
        Example("vi", text="Chào anh chị,\n\nMời anh hoặc chị ghé cửa hàng; chị em phụ nữ được tặng hoa."),
        Example("en", text="Dear Ms Smith,\n\nYour tea is here, and you are welcome any day."),
        Example("zh", text="感谢您的支持。\n\n歌名叫《你好，春天》，欢迎您来店。"),
    ),
    check=check,
)
