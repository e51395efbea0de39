"""Names: a key to search them by, and the given name where a language has a rule for it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# letters that do not fall apart into a letter and a mark
_WHOLE = str.maketrans(
    {"đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ß": "ss", "æ": "ae", "Æ": "ae"}
)
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """NFC, one space between words, no control characters (a name with CR/LF would end a mail header)."""
    if text.isprintable():  # then the plain space is its only separator, and nothing in it is unseen
        return " ".join(unicodedata.normalize("NFC", text).split())
    visible = "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", visible)).strip()


# control characters, line and paragraph separators, lone surrogates
_UNSEEN = frozenset({"Cc", "Zl", "Zp", "Cs"})


def search_key(text: str) -> str:
    """Lower case without marks: `Nguyễn Thị Ễn` becomes `nguyen thi en`. Chinese stays as it is."""
    return " ".join([_word_key(word) for word in clean(text).split(" ")])


@lru_cache(maxsize=16_384)
def _word_key(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.translate(_WHOLE))
    return unicodedata.normalize("NFC", "".join(char for char in apart if not _is_mark(char))).casefold()


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) != 0


def given_name_of(full_name: str, language: str) -> str:
    """The last word of a Vietnamese name (`Nguyễn Văn An` is called An); empty in other languages."""
    words = full_name.split()
    return words[-1] if language == "vi" and len(words) > 1 else ""
