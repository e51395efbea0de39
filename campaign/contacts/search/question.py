"""What a clerk typed, as a question: all of its words, in any order, and which finds are the better ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from campaign.contacts.addresses import phone_key
from campaign.contacts.names import clean
from campaign.contacts.search.logic import Asked, But, Word, all_of, any_of
from campaign.contacts.search.words import (
    BACKWARDS,
    DOMAIN,
    EMAIL,
    LONGEST,
    ORGANISATION,
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
# so many may be the beginning of a number that is written without its zero, or with 84 and no plus
OPEN_DIGITS = 5
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
    """A part between blanks in all that it may be: words of a name or code, an address, a domain, a number."""
    address = "".join(folded(chunk).split())
    domain = address.removeprefix("@")
    words = pieces(chunk)
    whole: list[Asked] = []
    begins: list[Asked] = []
    exact: list[Asked] = []
    exact_begins: list[Asked] = []
    if words:
        plain = [part for word, _ in words for part in _windows(word)]
        marked = [part for _, word in words for part in _windows(word)]
        whole.append(_every(plain, begins=False))
        begins.append(all_of([any_of([Word(one, True), Word(ORGANISATION + one, True)]) for one in plain]))
        if marked != plain:
            exact.append(_every(marked, begins=False))
            exact_begins.append(_every(marked, begins=True))
    else:
        signs = symbols(chunk)
        whole += [Word(one, False) for one in signs]
        begins += [any_of([Word(one, True), Word(ORGANISATION + one, True)]) for one in signs]
    if address and not address.startswith("@"):
        whole.append(Word((EMAIL + address)[:LONGEST], False))
        begins.append(Word((EMAIL + address)[:LONGEST], True))
    if domain and "@" not in domain:
        whole.append(Word((DOMAIN + domain)[:LONGEST], False))
        begins.append(Word((DOMAIN + domain)[:LONGEST], True))
    if _NUMBER.fullmatch(address):
        whole_number, parts = _phone(address)
        whole += whole_number
        begins += parts
    if not begins:
        return []
    found, best = any_of(begins), any_of(whole)
    return [Term(any_of(exact) if exact else best, best, found, any_of(exact_begins) if exact else found)]


def _or_a_phone(terms: list[Term], number: str) -> Term:
    whole, parts = _phone(folded(number))
    best = any_of([*whole, all_of([one.whole for one in terms])])
    found = any_of([*parts, all_of([one.beginning for one in terms])])
    return Term(best, best, found, found)


def _phone(text: str) -> tuple[list[Asked], list[Asked]]:
    """The number in whatever writing: as a whole, and as the beginning or the end of one."""
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) < LAST_DIGITS:
        return [], []
    key = phone_key(text).removeprefix("+")
    starts = [key, digits]
    if len(digits) >= OPEN_DIGITS:
        starts += [f"0{digits}"] if digits[0] in "35789" else []
        starts += [f"0{digits[2:]}"] if digits.startswith("84") else []
    ends = [digits] if len(key) <= len(digits) else [digits, key]
    parts = [Word(start[:LONGEST], True) for start in starts]
    parts += [Word((BACKWARDS + end[::-1])[:LONGEST], True) for end in ends]
    return [Word(key[:LONGEST], False)], list(dict.fromkeys(parts))


def _every(words: list[str], *, begins: bool) -> Asked:
    return all_of([Word(word, begins) for word in words])


def _windows(word: str) -> list[str]:
    """A long word without blanks is asked for by windows that overlap, for it is kept in such."""
    every = windows(word)
    if len(every) == 1 or len(word) <= WINDOW:
        return [word]
    last = len(word) - WINDOW
    return [every[at] for at in (*range(0, last, _HALF_WINDOW), last)]
