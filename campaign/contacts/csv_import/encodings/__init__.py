"""Encodings that customers' files come in: found from the bytes where that is possible, else offered by name.

TCVN3 and VNI have no code page: they are ISO 8859-1 whose accented letters mean Vietnamese ones. They are
never guessed, for every such file is also a valid Windows-1258 file.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from campaign.errors import InvalidInput

SAMPLE = 64 * 1024  # bytes looked at to guess
BLOCK = 1024 * 1024  # bytes decoded at a time


@dataclass(frozen=True)
class Encoding:
    """`codec` is Python's name; `mend` turns what it yields into letters, line by line."""

    name: str
    codec: str
    mend: Callable[[str], str] | None = None


def named(name: str) -> Encoding:
    """One of those we offer; InvalidInput when there is none of that name."""
    try:
        return _all()[name]
    except KeyError:
        raise InvalidInput("contacts-import-no-encoding", field="encoding", name=name[:40]) from None


def names() -> tuple[str, ...]:
    """Those we offer, in the order of the form."""
    return tuple(_all())


@cache
def _all() -> dict[str, Encoding]:
    tcvn3, vni = _table("tcvn3"), _table("vni")
    letters = str.maketrans({chr(int(byte, 16)): letter for byte, letter in tcvn3})
    pairs = {pair: letter for written, letter in vni for pair, letter in _capitals(written, letter)}
    pattern = re.compile("|".join(sorted(pairs, key=len, reverse=True)))
    known = (
        Encoding("utf-8", "utf-8-sig"),
        Encoding("utf-16", "utf-16"),
        Encoding("utf-16-le", "utf-16-le"),
        Encoding("utf-16-be", "utf-16-be"),
        Encoding("windows-1258", "cp1258"),
        Encoding("gb18030", "gb18030"),
        Encoding("tcvn3", "latin-1", lambda line: line.translate(letters)),
        Encoding("vni", "latin-1", lambda line: pattern.sub(lambda found: pairs[found[0]], line)),
    )
    return {encoding.name: encoding for encoding in known}


def _table(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _capitals(written: str, letter: str) -> Iterator[tuple[str, str]]:
    """The small letter, the capital, and the capital with the small letter's mark, as some type it."""
    yield written, letter
    yield written.upper(), letter.upper()
    yield written[0].upper() + written[1:], letter.upper()


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect(file: BinaryIO) -> str:
    """The name of the most likely encoding. Reads the whole file once when it might be UTF-8."""
    start = file.read(SAMPLE)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None) or _zeros(start)
    if marked:
        return marked
    wrong = _first_not_utf8(file)
    if wrong is None:
        return "utf-8"
    file.seek(max(0, wrong - 1024))
    return _legacy(file.read(SAMPLE))


def _zeros(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the beginning is zero, for headings are mostly ASCII."""
    start = start[:200]
    if len(start) >= 8 and start[1::2].count(0) * 10 >= len(start) * 4:
        return "utf-16-le"
    if len(start) >= 8 and start[::2].count(0) * 10 >= len(start) * 4:
        return "utf-16-be"
    return None


def _first_not_utf8(file: BinaryIO) -> int | None:
    """The place of the first byte that is not UTF-8; None when all are."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    place = 0
    while block := file.read(BLOCK):
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return max(0, place + error.start - 4)
        place += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return max(0, place - 4)
    return None


def _legacy(sample: bytes) -> str:
    """Chinese or Vietnamese: whichever explains more of the bytes beyond ASCII."""
    return "gb18030" if _chinese(sample) > _vietnamese(sample) else "windows-1258"


def _chinese(sample: bytes) -> float:
    """The share of bytes beyond ASCII that stand in pairs of GB 2312, which nearly all Chinese text is in."""
    high = sum(byte >= 0x80 for byte in sample)
    in_pairs = sum(len(run) & ~1 for run in re.findall(rb"(?:[\xa1-\xf7][\xa1-\xfe])+", sample))
    return in_pairs / high if high else 0.0


# letters of Windows-1258 that Vietnamese has, and its five tones, which follow their vowel
_OWN = frozenset("ăâđêôơưĂÂĐÊÔƠƯàáèéêìíòóùúýãõÀÁÈÉÌÍÒÓÙÚÝÃÕ")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS = frozenset("aeiouy")


def _vietnamese(sample: bytes) -> float:
    """The share of bytes beyond ASCII that are Vietnamese letters, or tones behind a vowel."""
    text = sample.decode("cp1258", "replace")
    high = [at for at, char in enumerate(text) if ord(char) >= 0x80]
    return sum(_is_vietnamese(text, at) for at in high) / len(high) if high else 0.0


def _is_vietnamese(text: str, at: int) -> bool:
    if text[at] not in _TONES:
        return text[at] in _OWN
    before = unicodedata.normalize("NFD", text[at - 1].lower().replace("ơ", "o").replace("ư", "u"))
    return at > 0 and before[0] in _VOWELS
