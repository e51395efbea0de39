"""Host names: the part that somebody registered (`co.uk` is nobody's, `tea.co.uk` is)."""

from __future__ import annotations

from functools import cache

from publicsuffixlist import PublicSuffixList


@cache
def _list() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def registrable(host: str) -> str | None:
    """The registered domain of a host in lower case; None for a suffix, an address of figures, nothing."""
    try:
        name = host.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        name = host.strip().rstrip(".").lower()
    found = _list().privatesuffix(name) if name else None
    return str(found) if found else None
