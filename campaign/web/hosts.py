"""The host names we answer to. A forged Host header must not find its way into a page or a link."""

from __future__ import annotations

from urllib.parse import urlsplit

from campaign.config import Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def trusted(settings: Settings) -> list[str]:
    """The base URL's host, the address we listen on, and this machine itself."""
    base = urlsplit(settings.base_url).hostname or ""
    return sorted({base, settings.web_host, *LOOPBACK} - {"", "0.0.0.0", "::"})  # noqa: S104 (left out here)
