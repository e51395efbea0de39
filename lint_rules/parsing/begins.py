"""Patterns that are looked for only where one can begin.

A pattern of many words, tried at every place of a text, spends its time on places where none of them can
begin. Naming the first characters passes those by: some three times as quick.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def begins(first: str, pattern: str) -> re.Pattern[str]:
    """The pattern compiled, tried only at characters of the class `first` (as within brackets)."""
    return re.compile(f"(?=[{first}])(?:{pattern})")


def heads(words: Iterable[str]) -> str:
    """A pattern of what the words begin with, two letters each: for a look ahead before any of them is tried."""
    following: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        following[word[0]].add(word[1:2])
    return "|".join(_head(first, seconds) for first, seconds in sorted(following.items()))


def _head(first: str, seconds: set[str]) -> str:
    # behind a word of one letter anything may stand
    return re.escape(first) + ("" if "" in seconds else f"[{''.join(map(re.escape, sorted(seconds)))}]")
