"""A postscript says once more what the reader gains."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lint_rules.config import Config
from lint_rules.document import Draft
from lint_rules.parsing.part import Part, Span
from lint_rules.parsing.phrases import entries
from lint_rules.rule import EMAIL_AND_LETTER, MARKETING_ONLY, Example, Hit, Kind, Rule, Severity, Words

MESSAGE = Words(
    vi="Tái bút chưa nhắc lại lời mời: hãy nói lại con số hoặc món quà ở đầu thư.",
    en="The postscript does not repeat the hook: name its figure or its product again.",
    zh="附言没有重复卖点：请再次写出开头的数字或产品。",
)
LEXICON = "letter_words"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*|[一二两三四五六七八九十百千]+(?=折|元|块|件|份|天)")
_WORD = re.compile(r"[^\W\d_]+")
# letters; shorter English words are articles and pronouns
_SHORTEST = 4
# characters of a body that are compared; the hook stands at its top
_LONGEST = 20_000


def check(draft: Draft, config: Config) -> Iterator[Hit]:
    """A figure, or a noun in common with the body above it or the subject."""
    for index, part in enumerate(draft.body):
        spans = draft.postscripts(part)
        if not spans:
            continue
        span = Span(spans[0].start, spans[-1].end)
        said = _content(draft, _written(draft, part, span))
        if said.isdisjoint(_content_of(draft, draft.subject)) and said.isdisjoint(
            _content(draft, _written(draft, part, Span(0, min(span.start, _LONGEST))))
        ):
            above = (_content_of(draft, other) for other in draft.body[:index])
            if all(map(said.isdisjoint, above)):
                yield Hit(part, span, MESSAGE)
        return


def _content_of(draft: Draft, part: Part) -> set[str]:
    """Of the whole part; kept with it, for many messages may share it."""
    key = ("content-words", draft.lang)
    if key not in part.readings:
        part.readings[key] = _content(draft, _written(draft, part, Span(0, _LONGEST)))
    content: set[str] = part.readings[key]
    return content


def _written(draft: Draft, part: Part, span: Span) -> str:
    """The words of a stretch without its web addresses, which name the house and no product."""
    pieces, done = [], span.start
    for url in draft.urls(part):
        if span.start <= url.start < span.end:
            pieces.append(part.folded[done : url.start])
            done = url.end
    return " ".join([*pieces, part.folded[done : span.end]])


def _content(draft: Draft, text: str) -> set[str]:
    """Figures and what may be nouns: long words in English, two syllables or characters elsewhere."""
    empty = entries(draft.lang, LEXICON)
    figures = {match.replace(".", "").replace(",", "") for match in _FIGURE.findall(text)}
    if draft.lang == "zh":
        runs = re.findall(r"[\u3400-\u9fff]{2,}", text)
        pairs = {run[start : start + 2] for run in runs for start in range(len(run) - 1)}
        return figures | (pairs - empty)
    words = _WORD.findall(text)
    if draft.lang == "en":
        kept = {_stem(word) for word in words if len(word) >= _SHORTEST}
        return figures | (kept - empty)
    pairs = {f"{one} {other}" for one, other in itertools.pairwise(words)}
    return figures | (pairs - empty)


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


RULE = Rule(
    id="postscript-does-not-repeat-the-hook",
    code="PS002",
    channels=EMAIL_AND_LETTER,
    kinds=MARKETING_ONLY | {Kind.REQUEST},
    severity=Severity.INFORMATION,
    summary=Words(
        vi="Tái bút nhắc lại lời mời.",
        en="A postscript repeats the hook.",
        zh="附言重复卖点。",
    ),
    why=Words(
        vi="Ai lướt qua thân thư vẫn đọc tái bút: phải thấy ngay điều mình được.",
        en="Who skims the body still reads the postscript, and must find there what they gain.",
        zh="略过正文的人也会看附言，应当在那里看到自己能得到什么。",
    ),
    source="Course notes on e-mail marketing: repeat the hook in the P.S.",
    bad=(
        Example("vi", text="Trà sen giảm 20% đến hết 31/3.\n\nT.B.: Dạo này trời trở lạnh, nhớ giữ ấm nhé."),
        Example("en", text="Winter coats are 20% off.\n\nP.S. We wish you a peaceful weekend."),
        Example("zh", text="春茶八折，每罐199元。\n\n附言：最近天气转凉，请多保重。"),
    ),
    good=(
        Example("vi", text="Trà sen giảm 20% đến hết 31/3.\n\nT.B.: Nhớ là 20% chỉ đến hết tháng."),
        Example("en", text="Winter coats are 20% off.\n\nP.S. Your coat waits until Sunday."),
        Example("zh", text="春茶八折，每罐199元。\n\n附言：春茶数量不多。"),
    ),
    check=check,
)
