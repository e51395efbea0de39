"""The words that a contact is found by, as one text: `Contact.search_words`.

A word never holds a blank, so that both databases index the text by splitting it at blanks. What kind of
word it is its first character says; a word of a name has none of these:

    :kh000123                a word of the code
    <an.nguyen@example.com   e-mail address, also from each part of what is before the @: `<nguyen@...`
    @example.com             its domain, also without the labels in front
    #0912345678              telephone
    ~8765432190              the same backwards, for its last digits
    /moc                     a word of the organisation they are the contact person of
    =***                     what has neither letter nor digit

Nearly everybody has a code, an address and a number of their own: were these plain words, whoever types `kh`
or `ngu` would have a million of them gone through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from campaign.contacts.names import clean, search_key

CODE, EMAIL, DOMAIN, PHONE, BACKWARDS, ORGANISATION, SYMBOLS = ":<@#~/="
# an index takes no word of any length; nobody types a hundred letters and means the rest
LONGEST = 100
# names in Chinese have no blanks: they are found from each character on, by as many as this
WINDOW = 8
# parts of `a.b.c.d@...` and labels of a domain that one is found by
MOST_PARTS = 4
# grave, acute, tilde, hook above, dot below
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_LOCAL_PART = re.compile(r"[._+-]+")
# Han with its extensions, kana
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def words_of(
    full_name: str, code: str = "", email_key: str = "", phone_key: str = "", organisation: str = ""
) -> str:
    """The text of a contact; `organisation` is the name of the one they belong to."""
    words: list[str] = []
    for chunk in full_name.split():
        words += _of_chunk(chunk)
    if code.isascii() and code.isalnum():
        words.append((CODE + code.lower())[:LONGEST])
    elif code:
        words += _kept(CODE, code)
    if email_key:
        words += _of_email(email_key)
    if phone_key:
        digits = folded(phone_key).removeprefix("+")
        words += (PHONE + digits, BACKWARDS + digits[::-1])
    if organisation:
        words += _of_organisation(organisation)
    return " ".join(dict.fromkeys(words))


@lru_cache(maxsize=16_384)
def _of_chunk(chunk: str) -> tuple[str, ...]:
    """Of a part of a name between blanks: each word without marks, and as it is where it has any."""
    words: list[str] = []
    for plain, marked in pieces(chunk):
        for word in (plain, marked) if marked != plain else (plain,):
            words += windows(word)
    return tuple(dict.fromkeys(words)) or symbols(chunk)


@lru_cache(maxsize=4096)
def _of_organisation(name: str) -> tuple[str, ...]:
    return tuple(_kept(ORGANISATION, name))


def _kept(kind: str, text: str) -> Iterator[str]:
    """Words of a kind of their own, without marks."""
    for chunk in text.split():
        plain = [part for word, _ in pieces(chunk) for part in windows(word)]
        yield from ((kind + word)[:LONGEST] for word in plain or symbols(chunk))


def _of_email(address: str) -> Iterable[str]:
    address = "".join(folded(address).split())
    local, _, domain = address.rpartition("@")
    starts = [0, *(found.end() for found in _LOCAL_PART.finditer(local))][:MOST_PARTS]
    for start in starts:
        if start < len(local):
            yield (EMAIL + address[start:])[:LONGEST]
    for suffix in domains(domain):
        yield (DOMAIN + suffix)[:LONGEST]


@lru_cache(maxsize=4096)
def domains(domain: str) -> tuple[str, ...]:
    """`shop.example.com` and `example.com`: what a domain is found by."""
    labels = domain.split(".")
    return tuple(".".join(labels[at:]) for at in range(min(MOST_PARTS, max(len(labels) - 1, 1))))


def folded(text: str) -> str:
    """Lower case without marks, wide letters as narrow ones, without what nobody sees (joiners, hyphens)."""
    return " ".join(text.lower().split()) if text.isascii() else search_key(_seen(text))


def pieces(chunk: str) -> list[tuple[str, str]]:
    """The words of a text without blanks: each without marks, and with them (`with_tone_first`)."""
    if chunk.isascii():
        return [(word[:LONGEST], word[:LONGEST]) for word in _ASCII_WORD.findall(chunk.lower())]
    found = []
    for word in _letters(_seen(chunk)):
        plain = "".join(search_key(word).split())[:LONGEST]
        if plain:
            marked = with_tone_first(word)
            found.append((plain, marked if len(marked) <= LONGEST else plain))
    return found


def symbols(chunk: str) -> tuple[str, ...]:
    """The word for what has no letter or digit; none for what nobody sees."""
    seen = "".join(_seen(clean(chunk)).split())
    return ((SYMBOLS + seen)[:LONGEST],) if seen else ()


def windows(word: str) -> list[str]:
    """A word; one that is written without blanks from each of its characters on."""
    if word.isascii() or not _UNSPACED.match(word):
        return [word]
    return [word[at : at + WINDOW] for at in range(len(word))]


def with_tone_first(word: str) -> str:
    """`hoà` and `hòa` become one: the tone is said before the letters, so that it counts in a beginning too
    (`hoà` begins `hoàng`, and not `hoáng`)."""
    apart = unicodedata.normalize("NFD", word)
    tones = sorted(char for char in apart if char in _TONES)
    letters = "".join(char for char in apart if char not in _TONES)
    return "".join(tones) + unicodedata.normalize("NFC", letters)


def _seen(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", clean(text)).casefold()
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", text)


def _letters(text: str) -> Iterator[str]:
    """Runs of letters and digits with their marks; what needs blanks and what needs none are two runs."""
    run, unspaced = "", False
    for char in text:
        is_mark = unicodedata.category(char).startswith("M")
        if not (is_mark or char.isalnum()):
            if run:
                yield run
            run = ""
            continue
        changes = not is_mark and bool(_UNSPACED.match(char)) != unspaced
        if run and changes:
            yield run
            run = ""
        run += char
        if changes:
            unspaced = not unspaced
    if run:
        yield run
