"""Which hits are no person's: scanners of mail gateways, prefetchers, previews.

A false "person" flatters the numbers, a false "machine" hides a reader; what is known by name, by method
or by header is labelled, and so is what comes faster than anybody reads.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

# a gateway opens a mail while it still decides whether to deliver it; a person needs longer to see it
TOO_SOON = timedelta(seconds=3)

# names that the vendors' own pages or their requests give; GoogleImageProxy and YahooMailProxy are not
# here, for they fetch when a person opens
_SCANNERS = re.compile(
    r"bot\b|crawler|spider|slurp|scanner|barracuda|mimecast|proofpoint|symantec|messagelabs|forcepoint|trendmicro"
    r"|sophos|fireeye|trellix|cloudmark|zscaler|safelinks|ms-office|msoffice|microsoft office|bingpreview"
    r"|facebookexternalhit|whatsapp|telegrambot|slackbot|twitterbot|skypeuripreview|zalo(?:bot|preview)"
    r"|curl/|wget/|python-|go-http-client|java/|okhttp|libwww|headlesschrome|phantomjs|axios/|node-fetch",
    re.IGNORECASE,
)
# Apple Mail Privacy Protection fetches every image when the mail arrives, under this bare name
_APPLE_PREFETCH = "Mozilla/5.0"
_PREFETCH_HEADERS = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


def looks_like_machine(environ: dict[str, str]) -> bool:
    """By the request alone: method, name, prefetch headers. Takes a WSGI environ."""
    if environ.get("REQUEST_METHOD") == "HEAD":
        return True
    agent = environ.get("HTTP_USER_AGENT", "").strip()
    if not agent or agent == _APPLE_PREFETCH or _SCANNERS.search(agent[:400]):
        return True
    return any(
        word in environ.get(name, "").lower()
        for name in _PREFETCH_HEADERS
        for word in ("prefetch", "preview")
    )


def too_soon(at: datetime, sent_at: datetime | None) -> bool:
    """Whether the hit came within seconds of sending, or before its outcome was even noted."""
    return sent_at is None or at - sent_at < TOO_SOON
