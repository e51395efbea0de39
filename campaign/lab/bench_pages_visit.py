"""One person's browser for `campaign bench pages`: signs in by the form, follows every link it is shown."""

from __future__ import annotations

import html
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FIELD = re.compile(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"')
AREA = re.compile(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
# what leads on: links, pictures and frames, parts of a page that it fetches by itself
PLACE = re.compile(r'(?:href|src|hx-get|data-src)="(/[^"]*)"')
# addresses of one kind that a person opens, where a list leads to very many
OF_A_KIND = 8
# what is read of an answer at once; a download is thrown away as it comes
PIECE = 1 << 16
TIMEOUT_SECONDS = 600
SEE_OTHER = 303
SUCCESS = range(200, 300)
# what is no page of ours, or signs the person out
NOT_FOLLOWED = frozenset({"static", "style_sheet", "mailbox.index", "mailbox.show"})


@dataclass(frozen=True)
class Visit:
    """One request, told when it was answered to the end."""

    who: str
    method: str
    address: str
    endpoint: str
    status: int
    seconds: float
    bytes: int


Told = Callable[[Visit], None]


class Browser:
    """One connection at a time, with its cookies."""

    def __init__(self, who: str, port: int, routes: MapAdapter, told: Told) -> None:
        self.who = who
        self._port = port
        self._routes = routes
        self._told = told
        self._cookies: dict[str, str] = {}
        self.kinds: Counter[str] = Counter()
        """Answered with success, by endpoint."""

    def sign_in(self, email: str, password: str) -> None:
        """Through the form, as people do."""
        self.post("/sign-in", {"email": email, "password": password}, at="/sign-in")

    def get(self, address: str, **headers: str) -> str:
        """The page; empty when the person may not see it or it is no text."""
        return self._ask("GET", address, None, headers)

    def post(self, address: str, form: dict[str, str] | str, at: str) -> str:
        """The answer to a form of the page `at`."""
        token = TOKEN.search(self.get(at))
        if token is None:
            return ""
        body = form if isinstance(form, str) else urlencode(form)
        body += "&" + urlencode({"csrf_token": html.unescape(token[1])})
        return self._ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def form(self, at: str) -> dict[str, str]:
        """The fields of a page as they stand in it."""
        page = self.get(at)
        found = {name: html.unescape(value) for name, value in FIELD.findall(page)}
        return found | {name: html.unescape(text) for name, text in AREA.findall(page)}

    def walk(self, begin: Iterable[str]) -> None:
        """Every place that these and all that follow lead to, some of each kind; GET only."""
        waiting, known = deque(begin), set()
        opened: Counter[str] = Counter()
        while waiting:
            address = waiting.popleft()
            endpoint = self.endpoint(address)
            if address in known or endpoint in NOT_FOLLOWED or opened[endpoint] >= OF_A_KIND:
                continue
            known.add(address)
            opened[endpoint] += 1
            waiting.extend(_places(self.get(address)))

    def endpoint(self, address: str, method: str = "GET") -> str:
        """The name of the page; empty for what is none."""
        try:
            return self._routes.match(urlsplit(address).path, method=method)[0]
        except HTTPException:
            return ""

    def _ask(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> str:
        endpoint = self.endpoint(address, method)
        connection = HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        began = time.monotonic()
        connection.request(method, address, body, headers | {"Cookie": cookies})
        answer = connection.getresponse()
        for line in answer.msg.get_all("Set-Cookie", []):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        is_text = answer.getheader("Content-Type", "").startswith("text/html")
        text, size = _read(answer, is_text)
        connection.close()
        seconds = time.monotonic() - began
        self._told(Visit(self.who, method, address, endpoint, answer.status, seconds, size))
        if answer.status in SUCCESS:
            self.kinds[endpoint] += 1
        onward = answer.getheader("Location") if answer.status in (302, SEE_OTHER) else None
        return self._ask("GET", _path(onward), None, {}) if onward else text


def _read(answer: HTTPResponse, is_text: bool) -> tuple[str, int]:
    kept, size = [], 0
    while piece := answer.read(PIECE):
        size += len(piece)
        if is_text:
            kept.append(piece)
    return b"".join(kept).decode(errors="replace"), size


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _places(page: str) -> Iterator[str]:
    for place in PLACE.findall(page):
        yield _path(html.unescape(place))
