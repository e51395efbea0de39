"""Links written out in text, and the stretch each takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lint_rules.parsing.part import Part, Span

# ends of host names that people write without a scheme
TLDS = "vn|com|net|org|edu|gov|cn|info|biz|io|co|shop|store|online|asia|eu|uk|us|ca|de|fr|au|jp|hk|tw|sg|example|test|app|me|link|site"
_STOP = r"\s<>\"'`{}|\\^（）【】「」『』《》，。；：！？、”“’‘"
# letters with marks: `bücher.example` does not begin at its `cher`
_LATIN = "\u00c0-\u024f\u1e00-\u1eff"
_URL = re.compile(
    rf"(?:https?://|www\.)[^{_STOP}]+"
    rf"|(?<![\w@.\-/{_LATIN}])(?:[a-z0-9][a-z0-9-]*+\.)+(?:{TLDS})(?![\w-])(?::\d+)?(?:/[^{_STOP}]*)?(?!@)",
    re.IGNORECASE | re.ASCII,
)
_TRAILING = ".,;:!?)]}*_~…"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the reader meets it. `words` are an anchor's; for an address written out, the address."""

    part: Part
    span: Span
    href: str
    words: str
    in_footer: bool


_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}:)?(?://)?(?:[^/@?#\s]{0,200}@)?(?P<host>[^/:?#\s@]{1,255})", re.IGNORECASE
)


_CONTROL = re.compile(r"[\x00-\x1f]")
_NO_WEB = re.compile(r"(?:mailto|tel|sms|javascript|data|vbscript|cid):", re.IGNORECASE)


@lru_cache(maxsize=512)
def host_of(href: str) -> str:
    """The host of a web address in lower case, `www.` and a last full stop left out; empty for any other."""
    text = href.strip()
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if (_NO_WEB.match(text) or text[:1] in "#/?{\ufffc") and not text.startswith("//"):
        return ""
    match = _HOST.match(text)
    host = match["host"].lower().rstrip(".") if match else ""
    return host.removeprefix("www.") if "." in host else ""


def find_urls(text: str) -> list[Span]:
    """Web addresses in order; a full stop or bracket that closes the sentence is not theirs."""
    if "." not in text:
        return []
    found = []
    for match in _matches(text):
        start, end = match.span()
        if text[end - 1] in _TRAILING:
            end = _without_marks(text, start, end)
        if end - start > 4:
            found.append(Span(start, end))
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The pattern's, looked for in the words that have a full stop or colon within."""
    if len(text) > _LONGEST_BY_WORD:
        yield from _URL.finditer(text)
        return
    end = 0
    for mark in _MARK_WITHIN.finditer(text):
        place = mark.start()
        if place >= end:
            start = max(text.rfind(" ", end, place), text.rfind("\n", end, place), end - 1) + 1
            ends = (text.find(" ", place), text.find("\n", place))
            end = min((found for found in ends if found >= 0), default=len(text))
            yield from _URL.finditer(text, start, end)


# characters; a longer text is read from end to end, for it may be made of addresses
_LONGEST_BY_WORD = 50_000
_MARK_WITHIN = re.compile(r"[.:](?=[^ \n])")


def _without_marks(text: str, start: int, end: int) -> int:
    """Its end, with a closing bracket whose opening one is within the address, as in /wiki/Tea_(drink)."""
    brackets = text.count(")", start, end)
    is_opened = text.find("(", start, end) >= 0
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] == ")":
            if brackets == 1 and is_opened:
                break
            brackets -= 1
        end -= 1
    return end


def is_url(token: str) -> bool:
    """Whether a token is a web address and nothing else."""
    match = _URL.match(token)
    return match is not None and match.end() == len(token)
