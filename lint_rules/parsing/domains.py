"""Host names: the part that somebody registered (`co.uk` is nobody's, `tea.co.uk` is)."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache, lru_cache

from publicsuffixlist import PublicSuffixList

_PORT = re.compile(r":\d{0,5}$")
_FIGURES = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.]{2,45}\]")
# hosts remembered; a mail names a few, a service that runs for weeks meets very many
_REMEMBERED = 4096


@cache
def _list() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(_REMEMBERED)
def registrable(host: str) -> str | None:
    """The registered domain of a host in lower case; an address of figures is its own; None for a suffix."""
    name = _PORT.sub("", host.strip()).rstrip(".").lower()
    if _FIGURES.fullmatch(name):
        return name
    with suppress(UnicodeError):
        name = name.encode("idna").decode("ascii")
    found = _list().privatesuffix(name) if name else None
    return str(found) if found else None
