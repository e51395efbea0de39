"""What a clerk typed, as a question: all of its words, in any order, and which finds are the better ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from campaign.contacts.addresses import phone_key
from campaign.contacts.names import clean
from campaign.contacts.search.logic import Asked, But, Word, all_of, any_of
from campaign.contacts.search.words import (
    BACKWARDS,
    CODE,
    DOMAIN,
    EMAIL,
    LONGEST,
    ORGANISATION,
    PHONE,
    WINDOW,
    folded,
    pieces,
    symbols,
    windows,
)
from campaign.errors import InvalidInput

# longer than any name that a profile takes
TEXT_LIMIT = 250
WORD_LIMIT = 40
# of a telephone: fewer are a house's number rather than the last digits
LAST_DIGITS = 3
# so many may be the beginning of a number, which may be written without its zero, or with 84 and no plus
OPEN_DIGITS = 4
# what is shorter asks for codes by their beginning with two digits only, for all begin with `KH0`
OPEN_CODE = 4
# letters without digit or dot that may be the beginning of an address; no Vietnamese syllable is so long
OPEN_LETTERS = 8
# parts of a text that are one number: `0912 345 678`, `(+84) 912-345-678`
_NUMBER = re.compile(r"[+(]*\d[\d().\-/]*")
_HALF_WINDOW = WINDOW // 2


@dataclass(frozen=True)
class Term:
    """A part of what was typed: fits with marks as typed, fits but for marks, begins so."""

    exact: Asked
    whole: Asked
    beginning: Asked
    exact_beginning: Asked


@dataclass(frozen=True)
class Question:
    """`everything` is who is found. `tiers` divide them, the better first: nobody is in two, everybody is in
    one. `ranks` say the same as a ladder: who fits the first has rank 0, and so on, who fits none the last.
    """

    text: str
    everything: Asked
    tiers: tuple[Asked, ...]
    ranks: tuple[Asked, ...]


def read(text: str) -> Question | None:
    """None when nothing is asked; InvalidInput, in words, when it is too long to be a name or an address."""
    if len(text) > TEXT_LIMIT:
        raise InvalidInput("search-too-long", field="q", limit=TEXT_LIMIT, length=len(text))
    text = clean(text)
    terms = _terms(text)
    if not terms:
        return None
    exact, whole = all_of([one.exact for one in terms]), all_of([one.whole for one in terms])
    everything = all_of([one.beginning for one in terms])
    tiers: list[Asked] = [whole, But(everything, whole)]
    ranks: list[Asked] = [whole]
    if exact != whole:  # somebody took the trouble to type marks
        nearly = all_of([one.exact_beginning for one in terms])
        least = any_of([whole, nearly])
        tiers = [exact, But(whole, exact), But(nearly, whole), But(everything, least)]
        ranks = [exact, whole, nearly]
    return Question(text, everything, tuple(tiers), tuple(ranks))


def _terms(text: str) -> list[Term]:
    chunks = text.split()
    # signs are asked for only by who asks for nothing else: a quotation mark that was begun finds nobody
    chunks = [chunk for chunk in chunks if pieces(chunk)] or chunks
    terms: list[Term] = []
    at = 0
    while at < len(chunks):
        number = _number_at(chunks, at)
        if len(number) > 1:
            alone = [one for chunk in number for one in _term(chunk)]
            terms.append(_or_a_phone(alone, " ".join(number)))
            at += len(number)
        else:
            terms += _term(chunks[at])
            at += 1
    if len(terms) > WORD_LIMIT:
        raise InvalidInput("search-too-many-words", field="q", limit=WORD_LIMIT)
    return terms


def _number_at(chunks: list[str], at: int) -> list[str]:
    end = at
    while end < len(chunks) and _NUMBER.fullmatch(folded(chunks[end])):
        end += 1
    return chunks[at:end]


def _term(chunk: str) -> list[Term]:
    """What stands between blanks as all that it may be: a name, a code, an address, a domain, a number."""
    address = "".join(folded(chunk).split())
    words = pieces(chunk) or [(sign, sign) for sign in symbols(chunk)]
    if not words:
        return []
    plain = [part for word, _ in words for part in _windows(word)]
    marked = [part for _, word in words for part in _windows(word)]
    is_code = sum(char.isdigit() for char in address) > (len(address) < OPEN_CODE)
    ways = [_as_address(address), _as_domain(address), _as_number(address)]
    whole = any_of([all_of([_whole(one) for one in plain]), *(one for way, _ in ways for one in way)])
    begins = any_of(
        [all_of([_beginning(one, is_code) for one in plain]), *(one for _, way in ways for one in way)]
    )
    if marked == plain:
        return [Term(whole, whole, begins, begins)]
    return [Term(_every(marked, begins=False), whole, begins, _every(marked, begins=True))]


def _whole(word: str) -> Asked:
    return any_of([Word(word, False), Word((CODE + word)[:LONGEST], False)])


def _beginning(word: str, is_code: bool) -> Asked:
    """Of a name, of the organisation's name; of a code once it says which of them all."""
    return any_of(
        [
            Word(word, True),
            Word((ORGANISATION + word)[:LONGEST], True),
            Word((CODE + word)[:LONGEST], is_code),
        ]
    )


Ways = tuple[list[Asked], list[Asked]]
"""What the text is as a whole, and as a beginning of."""


def _as_address(text: str) -> Ways:
    """With an @ the whole or its beginning; without one all that is before the @, or its beginning when it
    looks like an address: `an` begins too many."""
    if not text or text.startswith("@"):
        return [], []
    if "@" in text:
        word = (EMAIL + text)[:LONGEST]
        return [Word(word, False)], [Word(word, True)]
    local = [Word(f"{EMAIL}{text}@"[:LONGEST], True)]
    if text.isalpha() and len(text) < OPEN_LETTERS:
        return list(local), list(local)
    return list(local), [*local, Word((EMAIL + text)[:LONGEST], True)]


def _as_domain(text: str) -> Ways:
    domain = text.removeprefix("@")
    if not domain or "@" in domain:
        return [], []
    word = (DOMAIN + domain)[:LONGEST]
    return [Word(word, False)], [Word(word, True)]


def _as_number(text: str) -> Ways:
    return _phone(text) if _NUMBER.fullmatch(text) else ([], [])


def _or_a_phone(terms: list[Term], number: str) -> Term:
    whole, parts = _phone(folded(number))
    best = any_of([*whole, all_of([one.whole for one in terms])])
    found = any_of([*parts, all_of([one.beginning for one in terms])])
    return Term(best, best, found, found)


def _phone(text: str) -> Ways:
    """The number in whatever writing: as a whole, and as the beginning or the end of one."""
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) < LAST_DIGITS:
        return [], []
    key = phone_key(text).removeprefix("+")
    starts = [key]
    if len(digits) >= OPEN_DIGITS:
        starts += [digits]
        starts += [f"0{digits}"] if digits[0] in "35789" else []
        starts += [f"0{digits[2:]}"] if digits.startswith("84") else []
    ends = [digits] if len(key) <= len(digits) else [digits, key]
    parts: list[Asked] = [Word((PHONE + start)[:LONGEST], len(digits) >= OPEN_DIGITS) for start in starts]
    parts += [Word((BACKWARDS + end[::-1])[:LONGEST], True) for end in ends]
    return [Word((PHONE + key)[:LONGEST], False)], parts


def _every(words: list[str], *, begins: bool) -> Asked:
    return all_of([Word(word, begins) for word in words])


def _windows(word: str) -> list[str]:
    """A long word without blanks is asked for by windows that overlap, for it is kept in such."""
    every = windows(word)
    if len(every) == 1 or len(word) <= WINDOW:
        return [word]
    last = len(word) - WINDOW
    return [every[at] for at in (*range(0, last, _HALF_WINDOW), last)]
