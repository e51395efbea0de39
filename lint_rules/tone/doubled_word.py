"""No word stands twice by mistake."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.outside import outside
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import Token, entries
from lint_rules.parsing.sentences import FULL_LINE
from lint_rules.parsing.width import columns
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
_ZH_DOUBLED = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,4}|[的了是在和把被就也都与及或但而您我你请])"
    r"(?P<gap>(?:[ \t]{0,4}\n[ \t>]{0,4})?)(?P=word)"
)


def check_part(draft: Draft, part: Part, config: Config) -> Iterator[Hit]:
    """The same word with nothing but a blank between; names, figures, addresses and reduplications are none."""
    found = _doubled_in_chinese(part) if draft.lang == "zh" else _doubled(draft, part)
    aside, urls = (draft.aside(part), draft.urls(part)) if found else ([], [])
    own = set(outside((second for _, second in found), aside))
    for first, second in found:
        if second not in own or _touches(urls, Span(first.start, second.end)):
            continue
        edit = Edit(part, Span(first.end, second.end), "")
        shown = part.text[first.start : first.end]
        yield Hit(part, Span(first.start, second.end), MESSAGE, {"shown": shown}, edits=(edit,), safe=True)


def _touches(urls: list[Span], pair: Span) -> bool:
    """Whether an address reaches into the two words."""
    index = bisect_left(urls, pair.end, key=lambda url: url.start)
    return index > 0 and urls[index - 1].end > pair.start


def _doubled(draft: Draft, part: Part) -> list[tuple[Span, Span]]:
    known = entries(draft.lang, LEXICON)
    tokens = draft.tokens(part)
    found = []
    for index, (one, other) in enumerate(itertools.pairwise(tokens)):
        if one.word != other.word or not _is_mistake(part, one, other, known):
            continue
        if not _meets(tokens, index, known):
            found.append((Span(one.start, one.end), Span(other.start, other.end)))
            if len(found) == _MOST_HITS:
                break
    return found


def _meets(tokens: list[Token], index: int, known: frozenset[str]) -> bool:
    """Whether two words meet here that only share a syllable: `thiết bị bị hỏng`, `log in in time`."""
    pair = f"{tokens[index].word} {tokens[index].word}"
    before = tokens[index - 1].word if index else ""
    behind = tokens[index + 2].word if index + 2 < len(tokens) else ""
    return f"{before} {pair}" in known or f"{pair} {behind}" in known


def _is_mistake(part: Part, one: Token, other: Token, known: frozenset[str]) -> bool:
    word = one.word
    if not word[0].isalpha() or word in known or other.start - one.end > _WIDEST_GAP:
        return False
    gap = _GAP.fullmatch(part.text, one.end, other.start)
    if gap is None:
        return False
    first, second = part.text[one.start : one.end], part.text[other.start : other.end]
    if second[0].isupper():
        # a name (Lê Lê), a code, or a line of its own that begins with the last word of the one above
        return False
    return not (len(first) == 1 and first.isupper())


def _doubled_in_chinese(part: Part) -> list[tuple[Span, Span]]:
    known = entries("zh", LEXICON)
    found = []
    for match in _ZH_DOUBLED.finditer(part.masked):
        word = match["word"]
        near = part.folded[max(0, match.start() - _NEAR_ZH) : match.end() + _NEAR_ZH]
        if (len(set(word)) == 1 and len(word) > 1) or any(entry in near for entry in known):
            continue
        middle = match.start() + len(word)
        if match["gap"] and not _is_full(part, middle):
            continue
        found.append((Span(match.start(), middle), Span(middle, match.end())))
        if len(found) == _MOST_HITS:
            break
    return found


def _is_full(part: Part, end: int) -> bool:
    """Whether the line that ends here was wrapped; lines of a list may well repeat a word."""
    return columns(part.text[part.text.rfind("\n", 0, end) + 1 : end][-FULL_LINE:]) >= _NEARLY_FULL


# columns; where Chinese is wrapped by hand lines are not all of one width, and those of a list are shorter
_NEARLY_FULL = 36
# findings of one part; nobody reads on
_MOST_HITS = 200
# a line end, an indent and the mark of a quotation
_WIDEST_GAP = 12
# characters around a doubled one that tell two words which only meet: 为了了解
_NEAR_ZH = 3

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
