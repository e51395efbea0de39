"""No word stands twice by mistake."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import Token, entries
from lint_rules.rule import ALL_KINDS, EMAIL_AND_LETTER, Edit, Example, Hit, Rule, Severity, Words, each_part

MESSAGE = Words(
    vi="Chữ “{shown}” bị lặp hai lần.",
    en="The word “{shown}” stands twice.",
    zh="“{shown}”重复了。",
)
LEXICON = "reduplications"
# what lies between the two: blanks, and the end of a line
_GAP = re.compile(r"[ \t\u3000]+|[ \t]*\n[ \t>]*")
# two characters and more in a row twice: 我们我们, 的的; a single one is mostly reduplication (看看, 天天)
_ZH_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1|([的了是在和把被就也都与及或但而])\2")


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """The same word with nothing but a blank between; names, figures and reduplications are none."""
    found = _doubled_in_chinese(part) if draft.lang == "zh" else _doubled(draft, part)
    aside = draft.aside(part) if found else []
    for first, second in found:
        if any(left.holds(second) for left in aside):
            continue
        edit = Edit(part, Span(first.end, second.end), "")
        shown = part.text[first.start : first.end]
        yield Hit(part, Span(first.start, second.end), MESSAGE, {"shown": shown}, edits=(edit,), safe=True)


def _doubled(draft: Draft, part: Part) -> list[tuple[Span, Span]]:
    known = entries(draft.lang, LEXICON)
    tokens = draft.tokens(part)
    found = []
    for one, other in itertools.pairwise(tokens):
        if one.word == other.word and _is_mistake(part, one, other, known, draft.lang):
            found.append((Span(one.start, one.end), Span(other.start, other.end)))
    return found


def _is_mistake(part: Part, one: Token, other: Token, known: frozenset[str], lang: str) -> bool:
    word = one.word
    if not word[0].isalpha() or word in known or other.start - one.end > _WIDEST_GAP:
        return False
    if not _GAP.fullmatch(part.text, one.end, other.start):
        return False
    first, second = part.text[one.start : one.end], part.text[other.start : other.end]
    is_name = first[0].isupper() and second[0].isupper() and not _starts_sentence(part.text, one.start)
    if lang == "vi" and len(word) < _SHORT and not first.islower():
        return False
    return not is_name and not (first.isupper() and len(first) <= _SHORT)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \t")
    return not before or before[-1] in ".!?\n:"


def _doubled_in_chinese(part: Part) -> list[tuple[Span, Span]]:
    known = entries("zh", LEXICON)
    found = []
    for match in _ZH_DOUBLED.finditer(part.masked):
        word = match.group(1) or match.group(2)
        near = part.masked[max(0, match.start() - 1) : match.end() + 1]
        if (len(set(word)) == 1 and len(word) > 1) or any(entry in near for entry in known):
            continue
        middle = match.start() + len(word)
        found.append((Span(match.start(), middle), Span(middle, match.end())))
    return found


# a line end, an indent and the mark of a quotation
_WIDEST_GAP = 12
# letters; codes and initials are no longer
_SHORT = 3

RULE = Rule(
    id="doubled-word",
    code="TONE007",
    channels=EMAIL_AND_LETTER,
    kinds=ALL_KINDS,
    severity=Severity.WARNING,
    summary=Words(
        vi="Không có chữ nào bị gõ lặp.",
        en="No word typed twice.",
        zh="没有重复的词。",
    ),
    why=Words(
        vi="Chữ lặp là lỗi gõ dễ lọt nhất, nhất là ở chỗ xuống dòng. Từ láy như “dần dần” không phải là lỗi.",
        en="A doubled word is the slip that is easiest to overlook, above all across a line. “Had had” may stand.",
        zh="重复的词最容易漏看，尤其在换行处。“看看”“天天”这样的叠词不算。",
    ),
    source="Course notes on letters: is the spelling right?",
    bad=(
        Example("vi", text="Mời anh chị ghé cửa hàng của\ncủa chúng tôi để nếm trà."),
        Example("en", text="Please send us the the card before Friday."),
        Example("zh", text="请把我们我们的卡片寄回来。"),
    ),
    good=(
        Example("vi", text="Hương trà dần dần dậy lên, ai ai cũng thích, luôn luôn mới."),
        Example("en", text="I know that that tea had had time to open. Bye bye, and see you in Baden Baden."),
        Example("zh", text="谢谢爸爸妈妈，欢迎常来看看，天天都有新茶，干干净净，高高兴兴。"),
    ),
    check=each_part(check_part),
)
