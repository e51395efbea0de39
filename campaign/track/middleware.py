"""Opens and clicks are answered before the application sees them.

They are most of the traffic of a mailing's first hour, come in bursts and need neither session nor page;
past Flask's routing a machine answers several times as many (measured; docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from campaign.clock import utc_now
from campaign.db import Database
from campaign.errors import TokenError
from campaign.links import Purpose, Signer
from campaign.models import EventKind
from campaign.track.links import Targets
from campaign.track.machines import looks_like_machine
from campaign.track.recorder import Hit, Recorder

# one transparent pixel, GIF89a
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
OPEN_PATH, OPEN_SUFFIX = "/o/", ".gif"
CLICK_PATH = "/c/"
# tokens are some thirty characters long; nothing longer is worth a hash
MAX_TOKEN = 100
# what may stand in a Location as it is (RFC 3986), the percent sign included: the rest is encoded
_URL_SAFE = ":/?#[]@!$&'()*+,;=%~"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_NOT_KEPT = [
    ("Cache-Control", "no-store, max-age=0"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex, nofollow"),
]


class Tracking:
    """WSGI middleware. A click whose token is not ours falls through to the page that says so."""

    def __init__(
        self,
        application: Application,
        database: Database,
        signer: Signer,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._application = application
        self._signer = signer
        self._targets = Targets(database, signer)
        self._now = now
        self.recorder = Recorder(database)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ.get("REQUEST_METHOD") in ("GET", "HEAD") and len(path) <= MAX_TOKEN:
            if path.startswith(OPEN_PATH):
                return self._open(environ, start_response, path[len(OPEN_PATH) :].removesuffix(OPEN_SUFFIX))
            if path.startswith(CLICK_PATH):
                found = self._targets.find(path[len(CLICK_PATH) :])
                if found is not None:
                    return self._click(environ, start_response, *found)
        return self._application(environ, start_response)

    def close(self) -> None:
        """Write what waits; call it when the server ends."""
        self.recorder.close()

    def _open(self, environ: Environ, start_response: StartResponse, token: str) -> Iterable[bytes]:
        """Always the picture: a broken one in a mail helps nobody, and says to a guesser what is right."""
        try:
            ids = self._signer.read_link(Purpose.OPEN, token)
        except TokenError:
            ids = ()
        if len(ids) == 1:
            self.recorder.add(Hit(EventKind.OPEN, ids[0], self._now(), looks_like_machine(environ)))
        start_response(
            "200 OK",
            [("Content-Type", "image/gif"), ("Content-Length", str(len(PIXEL))), *_NOT_KEPT],
        )
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [PIXEL]

    def _click(
        self, environ: Environ, start_response: StartResponse, delivery_id: int, link_id: int, url: str
    ) -> Iterable[bytes]:
        self.recorder.add(
            Hit(EventKind.CLICK, delivery_id, self._now(), looks_like_machine(environ), link_id)
        )
        start_response(
            "302 Found",
            [("Location", quote(url, safe=_URL_SAFE)), ("Content-Length", "0"), *_NOT_KEPT],
        )
        return []
