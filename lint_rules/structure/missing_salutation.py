"""A message greets its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.width import columns
from lint_rules.rule import EMAIL_AND_LETTER, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Thư mở đầu không có lời chào người nhận.",
    en="The message begins without a salutation.",
    zh="信的开头没有称呼。",
)
# an address, a date, a heading or a line for the browser may stand above the salutation
LINES_LOOKED_AT = 14
_SALUTATION = {
    "vi": re.compile(
        r"^\W*(?:kính|thân|xin|quý|gửi|thưa|chào|hello|hi|hey|alo|dear)(?!\w)|(?<!\w)(?:thân mến|thân yêu|kính mến|quý mến|yêu quý|thương mến|ơi)\W*$|(?<!\w)(?:chào|thân mến|kính gửi|ơi)\s*[,!:]"
        r"|^\W*(?:các |quý )?(?:bạn|anh|chị|cô|chú|bác|ông|bà|em|anh chị|anh/chị|mọi người|cả nhà)(?:\s[\w\ufffc]+){0,4}\s*[,!:]\s*$"
    ),
    "en": re.compile(
        r"^\W*(?:dear|hello|hi|hiya|hey|greetings|welcome|good (?:morning|afternoon|evening|day)|to whom it may concern|ladies and gentlemen|to (?:our|all|everyone)|ahoy|howdy)(?!\w)"
    ),
    "zh": re.compile(
        r"尊敬的|亲爱的|敬爱的|您好|你好|大家好|各位|敬启者|(?:先生|女士|小姐|老师|朋友|客户|会员|用户|经理|总)(?:们)?\s*[：:，,！!]|^\s*致|早上好|晚上好|^\W*(?:hi|hello|dear)"
    ),
}
_SHORT_ADDRESS = re.compile(r"^[^.!?。！？\n]{1,40}[,，:：]$")


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """Looks from the top, past short lines, as far as the second line of prose."""
    lines = [
        (part, line) for part in draft.body for line in part.lines if part.text[line.start : line.end].strip()
    ]
    if not lines:
        return
    prose = 0
    for part, line in lines[:LINES_LOOKED_AT]:
        text = part.folded[line.start : line.end].strip()
        if prose and _is_closing(draft, part, line):
            break
        if _SALUTATION[draft.lang].search(text[:200]) or (not prose and _is_address(text)):
            return
        prose += columns(text[:200]) >= _PROSE
        if prose > 1:
            break
    part, first = lines[0]
    yield Hit(part, first, MESSAGE)


# columns; a name, a date or a line of an address is narrower
_PROSE = 26


def _is_closing(draft: Draft, part: Part, line: Span) -> bool:
    """A short line that begins with a closing phrase; `Chị Lan thân mến,` only ends like one."""
    tokens = [token for token in draft.tokens(part) if line.start <= token.start < line.end]
    if not tokens or len(tokens) > _MOST_WORDS:
        return False
    found = draft.phrases_within("closings", part, line)
    return bool(found) and found[0].start == tokens[0].start


def _is_address(text: str) -> bool:
    """`Anna,` or `{{ name }}:` alone on its line."""
    return bool(_SHORT_ADDRESS.match(text)) and len(text.split()) <= _MOST_WORDS


_MOST_WORDS = 5

RULE = Rule(
    id="missing-salutation",
    code="STR001",
    channels=EMAIL_AND_LETTER,
    kinds=frozenset({Kind.MARKETING, Kind.REQUEST, Kind.REPLY}),
    severity=Severity.WARNING,
    summary=Words(vi="Thư có lời chào mở đầu.", en="A message has a salutation.", zh="信件有开头称呼。"),
    why=Words(
        vi="Không chào mà nói ngay là thiếu lịch sự; người đọc thấy mình bị gửi hàng loạt.",
        en="To begin without a greeting is discourteous and reads like a circular.",
        zh="没有称呼显得失礼，读起来像群发。",
    ),
    source="Course notes on e-mail: a proper opening and closing.",
    bad=(
        Example("vi", text="Máy lọc nước RO giảm 20% đến hết 31/3.\n\nTrân trọng,\nLan"),
        Example("en", text="Our boilers are 20% off until Sunday.\n\nKind regards,\nAnna"),
        Example("zh", text="净水器八折，3月31日止。\n\n此致\n敬礼"),
    ),
    good=(
        Example(
            "vi", text="Chị {{ contact.given_name|default('Lan') }} thân mến,\n\nMáy lọc nước RO giảm 20%."
        ),
        Example("en", text="Anna,\n\nOur boilers are 20% off until Sunday."),
        Example("zh", text="王女士：\n\n净水器八折，3月31日止。"),
    ),
    check=check,
)
