"""Targets of click tokens, remembered: a link row never changes."""

from __future__ import annotations

from functools import lru_cache

from campaign.db import Database
from campaign.errors import TokenError
from campaign.links import Purpose, Signer
from campaign.models import Link

# distinct links of all campaigns that are being read at one time
REMEMBERED = 10_000
SAFE_SCHEMES = ("http://", "https://")


class Targets:
    """From a click token to where it leads; nothing that a visitor sends becomes a part of the address."""

    def __init__(self, database: Database, signer: Signer) -> None:
        self._database = database
        self._signer = signer
        self._url = lru_cache(maxsize=REMEMBERED)(self._load)

    def find(self, token: str) -> tuple[int, int, str] | None:
        """Delivery id, link id, URL; None unless we signed exactly this token and know the link."""
        try:
            ids = self._signer.read_link(Purpose.CLICK, token)
        except TokenError:
            return None
        if len(ids) != 2:
            return None
        try:
            return ids[0], ids[1], self._url(ids[1])
        except KeyError:
            return None

    def _load(self, link_id: int) -> str:
        with self._database.read() as db:
            link = db.get(Link, link_id)
        # a header cannot hold controls, and a redirect to another scheme runs what it names
        if link is None or not link.url.startswith(SAFE_SCHEMES) or not link.url.isprintable():
            raise KeyError(link_id)
        return link.url
