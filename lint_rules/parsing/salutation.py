"""Where a message greets its reader: "Kính gửi chị Lan,", "Dear Anna,", "王女士：".

A letter may have an address, a date, a heading or a line for the browser above it; prose may not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.width import columns

if TYPE_CHECKING:
    from lint_rules.document import Draft

# an address, a date, a heading or a line for the browser may stand above the salutation
LINES_LOOKED_AT = 14
# columns; a name, a date or a line of an address is narrower
_PROSE = 26
# characters of a line that are looked at
_LONGEST = 200
_READER = "quý|các|anh|chị|bạn|em|cô|chú|bác|ông|bà|thầy|mẹ|mọi|toàn thể|toàn|những|người|đến|tới|cả nhà|gia đình|bé|ba|bố|con|cháu|lớp|đội|nhóm|hội|ban|phòng|công ty|tập thể|\ufffc"
_SALUTATION = {
    "vi": re.compile(
        r"^\W*(?:(?:trân trọng |xin |thân |mến )*kính (?:gửi|thưa|chào|mến|trình|bạch)|(?:thân|mến|thân mến|thân ái|trân trọng|thương) (?:gửi|chào|mến|tặng)"
        rf"|xin (?:thân |mến )?(?:chào|thưa|gửi lời chào)|gửi(?= (?:{_READER}))|thưa(?! thớt)"
        # greeting a season is a headline, greeting a reader is none
        rf"|chào mừng(?= (?:{_READER}))|chào(?! (?:hè|xuân|thu|đông|mừng|đón|bán|hàng|giá|tháng|năm|mùa|thua|sân|lễ|tết)(?!\w))"
        r"|hello|hi|hey|alo|dear)(?![\w-])"
        r"|^\W*(?:quý (?:khách|vị|anh|chị|ông|bà|cô|thầy|bạn|phụ huynh|công ty|đối tác|thành viên|hội viên|độc giả|cư dân)|(?:các |quý )?(?:bạn|anh|chị|cô|chú|bác|ông|bà|em|anh chị|anh/chị|mọi người|cả nhà))"
        r"(?:\s[\w\ufffc/]+){0,4}\s*[,!:]\s*$"
        r"|(?<!\w)(?:thân mến|thân yêu|kính mến|quý mến|yêu quý|thương mến|kính yêu|ơi)\W*$"
        # a wish is a greeting when it names its reader
        r"|^\W*(?:chúc|chúc mừng|mừng|kính chúc|kính mừng|thân chúc)(?: [\w\ufffc]+){0,5}? (?:quý|các|anh|chị|bạn|em|cô|chú|bác|ông|bà|thầy|cả nhà|gia đình|\ufffc+)(?: [\w\ufffc]+){0,4}\s*[,!]\s*$"
        r"|(?<!\w)(?:chào|thân mến|kính gửi|kính mến|yêu quý|quý mến|ơi)\s*[,!:]"
    ),
    "en": re.compile(
        r"^\W*(?:dear|hello|hi|hiya|hey|greetings|good (?:morning|afternoon|evening|day)|to whom it may concern|ladies and gentlemen|ahoy|howdy|g'day|salutations"
        r"|merry christmas|happy (?:birthday|new year|anniversary|holidays))(?![\w-])"
        r"|^\W*to (?:our|all|the|everyone|every)(?!\w)[^.!?]{0,60}[,:]\s*$"
        r"|^\W*welcome(?: back| aboard| home)?(?:[,!]|,? [^.!?]{0,60}[,!]\s*$)"
    ),
    "zh": re.compile(
        r"^\W*(?:尊敬|敬爱|亲爱|您好|你好|大家好|各位|敬启者|敬启|致(?![力于使富歉谢电敬命辞函胜病癌])|早上好|上午好|中午好|下午好|晚上好|早安|新年好|嗨|哈喽|hi|hello|dear)"
        r"|^\W*[^，。！？；\s]{0,16}(?:先生|女士|小姐|老师|朋友|客户|顾客|会员|用户|读者|家长|同学|同事|业主|经理|主任|总监|总|阿姨|叔叔|大哥|大姐)(?:们)?(?:/女士)?(?:，?[您你]好|大家好)?\s*[：:，,！!]"
        r"|^.{0,40}[您你]好[！!，,：:。]|^\W*\ufffc+\s*[：:，,！!]"
        # 陈美玲，生日快乐！
        r"|^[^，。！？；：,\s]{1,8}\s*[，,]\s*(?:祝[您你])?(?:生日|新年|春节|中秋|元旦|圣诞|节日|周年|新婚)(?:快乐|愉快|好|安康|吉祥)[！!。]?$|^祝[您你]?[^。！？]{0,12}(?:快乐|愉快|安康|吉祥|如意)[！!。]$"
    ),
}
_SHORT_ADDRESS = re.compile(r"^[^.!?。！？\n]{1,40}[,，:：]$")
_MOST_WORDS = 5


def salutation(draft: Draft) -> tuple[Part, Span] | None:
    """The line that greets, from the top past short lines as far as the second line of prose; None without."""
    lines = (
        (part, line) for part in draft.body for line in part.lines if part.text[line.start : line.end].strip()
    )
    prose = 0
    for part, line in islice(lines, LINES_LOOKED_AT):
        text = part.folded[line.start : line.end].strip()[:_LONGEST]
        if prose and _is_closing(draft, part, line):
            return None
        if _SALUTATION[draft.lang].search(text) or (not prose and _is_address(part, line, draft.lang)):
            return part, line
        prose += columns(text) >= _PROSE
        if prose > 1:
            return None
    return None


def _is_closing(draft: Draft, part: Part, line: Span) -> bool:
    """A short line that begins with a closing phrase; `Chị Lan thân mến,` only ends like one."""
    found_tokens = draft.tokens(part)
    first = bisect_left(found_tokens, line.start, key=lambda token: token.start)
    tokens = [token for token in found_tokens[first : first + _MOST_WORDS + 1] if token.start < line.end]
    if not tokens or len(tokens) > _MOST_WORDS:
        return False
    found = draft.phrases_within("closings", part, line)
    return bool(found) and found[0].start == tokens[0].start


def _is_address(part: Part, line: Span, lang: str) -> bool:
    """`Anna,` or `{{ name }}:` alone on its line; before a colon a name, not a heading."""
    text = part.masked[line.start : line.end].strip()
    if not _SHORT_ADDRESS.match(text) or len(text.split()) > _MOST_WORDS:
        return False
    return (
        text[-1] in ",，"
        or lang == "zh"
        or all(word[0].isupper() or word[0] == "\ufffc" for word in text.split())
    )
