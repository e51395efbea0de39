"""Lines of HTML kept short when a message is compiled, so that it can travel as it is.

A line of mail has at most 998 bytes (RFC 5322 §2.1.1); a paragraph is one line of HTML and may be longer.
A line end goes where HTML takes it for a blank: between the attributes of a tag, or for a blank between
words. Never inside quotes, and never where blanks are shown as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# leaves room for what is filled in: names, links of ours
GOOD = 600

# where nothing may change; a tag with its attributes; a blank between words
_PART = re.compile(
    r"(?P<keep><!--.*?-->|<(?P<name>pre|style|script|textarea|title)\b.*?</(?P=name)>)"
    r"|(?P<tag><[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)"
    r"|(?P<blank> )",
    re.S | re.I,
)
_IN_TAG = re.compile(r"(\"[^\"]*\"|'[^']*'| )")


def break_long_lines(html: str) -> str:
    """The page with no line of more than GOOD bytes where blanks allow it."""
    out: list[str] = []
    used, blank = 0, -1  # bytes of this line so far; where in `out` its last blank stands
    for text in _solid_and_blank(html):
        out.append(text)
        if text == " ":
            blank = len(out) - 1
        end = text.rfind("\n")
        if end >= 0:
            used, blank = len(text[end + 1 :].encode()), -1
            continue
        used += len(text.encode())
        if used > GOOD and blank >= 0:
            out[blank] = "\n"
            used, blank = sum(len(later.encode()) for later in out[blank + 1 :]), -1
    return "".join(out)


def _solid_and_blank(html: str) -> Iterator[str]:
    """The page in order: blanks that may become line ends, each by itself, and what is between them."""
    at = 0
    for found in _PART.finditer(html):
        yield html[at : found.start()]
        if found["tag"]:
            yield from _IN_TAG.split(found[0])
        else:
            yield found[0]
        at = found.end()
    yield html[at:]
