"""Words as the catalogue counts them.

Vietnamese and English: what stands between blanks and holds a letter or a digit. Chinese: each Han
character (and kana), and each run of other letters and digits. Web addresses do not count; a merge field
counts as the words of its fallback, and as one without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import repeat

from lint_rules.parsing.merge_fields import MASK, MergeTag
from lint_rules.parsing.part import LONGEST_READ, Part, Span
from lint_rules.parsing.runs import runs

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = "\u3040-\u30ff"
_ZH_WORD = re.compile(f"([{HAN}{_KANA}]|(?:(?![{HAN}{_KANA}])[^\\W_])+|{MASK}+)")
_SPACED_WORD = re.compile(r"(\S+)")
_LETTER_OR_DIGIT = re.compile(f"[^\\W_]|{MASK}")


def count_words(part: Part, lang: str, left_out: Iterable[Span] = ()) -> list[Span]:
    """The words that count, one span each; a fallback of three words gives three equal spans.

    `left_out` are web addresses, the footer and what is quoted.
    """
    text = _counted(part, left_out)
    found, starts, ends = runs(_ZH_WORD if lang == "zh" else _SPACED_WORD, text)
    spans = list(map(tuple.__new__, repeat(Span), zip(starts, ends, strict=True)))
    if MASK not in text:
        return [span for word, span in zip(found, spans, strict=True) if word[0].isalnum() or _counts(word)]
    weights = {tag.start: weight(tag, lang) for tag in part.tags}
    counted: list[Span] = []
    for word, span in zip(found, spans, strict=True):
        if MASK in word:
            counted += [span] * _masked_count(word, span.start, weights)
        elif word[0].isalnum() or _counts(word):
            counted.append(span)
    return counted


def word_count(part: Part, lang: str, left_out: Iterable[Span] = ()) -> int:
    """How many words count: the length of `count_words`, and several times as quick."""
    text = _counted(part, left_out)
    if MASK not in text:
        return _plain_count(text, lang)
    weights = {tag.start: weight(tag, lang) for tag in part.tags}
    pieces: list[str] = []
    total = done = 0
    for match in (_MASKED_ZH if lang == "zh" else _MASKED).finditer(text):
        start = match.start()
        if lang != "zh":
            start -= len(_unfinished(text[done:start]))
        pieces.append(text[done:start])
        done = match.end()
        total += _masked_count(text[start:done], start, weights)
    return total + _plain_count(" ".join([*pieces, text[done:]]), lang)


def _plain_count(text: str, lang: str) -> int:
    if lang == "zh":
        return len(_ZH_WORD.findall(text))
    written = text.split()
    return len(written) - sum(not _counts(word) for word in written if not word[0].isalnum())


def _unfinished(text: str) -> str:
    """The word that has not ended where the text does."""
    return "" if not text or text[-1].isspace() else text.rsplit(None, 1)[-1]


def _counts(token: str) -> bool:
    return _LETTER_OR_DIGIT.search(token) is not None


# tokens with merge fields in them, from the first of these on
_MASKED, _MASKED_ZH = re.compile(rf"{MASK}\S*"), re.compile(f"{MASK}+")


def _counted(part: Part, left_out: Iterable[Span]) -> str:
    """What is read: of an endless text the beginning, which has more words than any limit."""
    read = part.masked[:LONGEST_READ]
    return _blotted(read, [span for span in left_out if span.end <= len(read)])


def _blotted(text: str, spans: list[Span]) -> str:
    if not spans:
        return text
    pieces, done = [], 0
    for span in sorted(spans):
        if span.end <= done:
            continue
        start = max(span.start, done)
        pieces.append(text[done:start])
        pieces.append(" " * (span.end - start))
        done = span.end
    pieces.append(text[done:])
    return "".join(pieces)


def weight(tag: MergeTag, lang: str) -> int:
    """How many words a merge field counts as."""
    if not tag.prints:
        return 0
    if not tag.fallback:
        return 1
    pattern = _ZH_WORD if lang == "zh" else _SPACED_WORD
    return max(1, sum(1 for token in pattern.findall(tag.fallback) if _LETTER_OR_DIGIT.search(token)))


def _masked_count(token: str, start: int, weights: dict[int, int]) -> int:
    """Words of a token that holds merge fields: `({{ name }})` is one, `{% if vip %}` none."""
    total, letters = 0, bool(re.search(r"[^\W_]", token))
    for offset, char in enumerate(token):
        if char == MASK:
            total += weights.get(start + offset, 0)
    return total or (1 if letters else 0)
