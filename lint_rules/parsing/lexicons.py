"""The phrases of a lexicon: those of its file, with what the house adds and leaves out.

The house's words hold for as long as a message is checked (`using`). Whoever keeps something that was made
of a lexicon keeps it under `changes(...)`, so that two houses' words never mix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from lint_rules.parsing.normalise import folded, normalised

LEXICONS = Path(__file__).parent.parent / "lexicons"


@dataclass(frozen=True, slots=True)
class Change:
    """Lines added to a lexicon, and phrases of it that no longer count."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


Changes = Mapping[tuple[str, str], Change]
"""By language and name of the lexicon."""

_house: ContextVar[Changes] = ContextVar("house_lexicons", default={})  # noqa: B039 (nobody writes into it)
_NONE = Change()


@contextmanager
def using(changes: Changes) -> Iterator[None]:
    """Within, lexicons are read with these changes."""
    token = _house.set(changes)
    try:
        yield
    finally:
        _house.reset(token)


def change_of(lang: str, name: str) -> Change:
    """What the house changes in that lexicon."""
    return _house.get().get((lang, name), _NONE)


def changes_in(lang: str) -> tuple[tuple[str, Change], ...]:
    """All lexicons of a language that the house changes, as a key."""
    changed = _house.get()
    return tuple((name, changed[its, name]) for its, name in sorted(changed) if its == lang)


def phrases_of(lang: str, name: str, change: Change) -> list[str]:
    """The phrases that count; none when the language has no such lexicon and the house adds none."""
    gone = {_plain(phrase) for phrase in change.remove}
    kept = [phrase for phrase in _file(lang, name) if not gone or _plain(phrase) not in gone]
    return [*kept, *(phrase for line in change.add for phrase in spelled_out(line))]


_CHOICE = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")


def spelled_out(line: str) -> list[str]:
    """The phrases that a line stands for, `!` kept: one, or one for each choice; none for a remark."""
    entry = line.split("#", 1)[0].strip()
    match = _CHOICE.search(entry)
    if match is None:
        return [" ".join(entry.split())] if entry else []
    before, after = entry[: match.start()], entry[match.end() :]
    return [phrase for choice in match[1].split("|") for phrase in spelled_out(before + choice + after)]


def names(lang: str) -> list[str]:
    """The lexicons that a language has."""
    return sorted(path.stem for path in (LEXICONS / lang).glob("*.txt"))


def _file(lang: str, name: str) -> tuple[str, ...]:
    path = LEXICONS / lang / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(phrase for line in lines for phrase in spelled_out(line))


def _plain(phrase: str) -> str:
    return folded(normalised(phrase.strip())[0])
