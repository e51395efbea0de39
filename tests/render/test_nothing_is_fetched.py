"""A layout that names another server brings nothing from there: no socket is opened, whatever it names."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.request import urlopen

import pytest

from campaign.models import Channel
from campaign.render import layouts
from campaign.render.content import MessageContent
from campaign.render.email import compile_email
from campaign.render.quick import QuickEmail
from tests.render.letters import content

SYSTEM = {
    "unsubscribe_url": "https://example.com/u",
    "view_url": "https://example.com/v",
    "reply_code": "ABC",
    "today": "2026-03-09",
}
# each is put into the head or the body of the layout; @ is the canary's address
HEADS = [
    '<link rel="stylesheet" href="@/a.css">',
    '<link rel="stylesheet" type="text/css" href="@/a.css" media="screen">',
    '<link rel="alternate stylesheet" href="@/a.css">',
    '<link rel="stylesheet" href="//HOST/a.css">',
    '<link rel="attachment" href="@/a">',
    '<link rel="preload" as="style" href="@/a.css">',
    '<style>@import "@/a.css";</style>',
    "<style>@import url(@/a.css);</style>",
    "<style>@import url(@/a.css) screen; p { color: red }</style>",
    "<style>p { background: url(@/a.png) }</style>",
    "<style>@font-face { font-family: x; src: url(@/a.woff) }</style>",
    "<style>@namespace svg url(@/ns);</style>",
    '<style>@charset "utf-8"; @import "@/a.css";</style>',
    '<base href="@/"><link rel="stylesheet" href="a.css">',
    '<script src="@/a.js"></script>',
    '<meta http-equiv="refresh" content="0;url=@/">',
]
BODIES = [
    '<img src="@/a.png">',
    '<p style="background:url(@/a.png)">x</p>',
    '<table background="@/a.png"><tr><td>x</td></tr></table>',
    '<iframe src="@/a.html"></iframe>',
    '<object data="@/a"></object>',
    '<svg><image href="@/a.png"/></svg>',
    '<xmp><link rel="stylesheet" href="@/a.css"></xmp>',
]


class Canary:
    """Listens on this machine, and notes who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError):  # closed at the end
            while True:
                caller, _ = self._socket.accept()
                self.visits += 1
                with caller:
                    caller.recv(4096)
                    caller.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/css\r\n\r\np { color: blue }")

    def close(self) -> None:
        # closing alone does not wake who waits in accept
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that are looked up and addresses that are called, wherever they lie."""
    found: list[str] = []
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connects(self: socket.socket, address: object) -> None:
        found.append(f"connect {address}")
        connect(self, address)  # type: ignore[arg-type]

    def looks_up(*args: object, **more: object) -> object:
        found.append(f"look up {args[0]}")
        return look_up(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connects)
    monkeypatch.setattr(socket, "getaddrinfo", looks_up)
    return found


def with_layout(head: str, body: str) -> MessageContent:
    """A message whose layout says that."""
    shipped = layouts.load(Channel.EMAIL, "letterhead")
    page = shipped.files["body.html"]
    page = page.replace("</head>", f"{head}</head>").replace("</body>", f"{body}</body>")
    assert head in page
    assert body in page
    layout = replace(shipped, files={**shipped.files, "body.html": page})
    return replace(content(), layouts={Channel.EMAIL: layout})


def test_a_visit_would_be_noticed(canary: Canary, attempts: list[str]) -> None:
    with urlopen(canary.url) as answer:
        assert b"blue" in answer.read()
    assert canary.visits == 1
    assert attempts


@pytest.mark.parametrize("head", HEADS)
def test_heads_fetch_nothing(canary: Canary, attempts: list[str], head: str) -> None:
    look_at(canary, attempts, head, "")


@pytest.mark.parametrize("body", BODIES)
def test_bodies_fetch_nothing(canary: Canary, attempts: list[str], body: str) -> None:
    look_at(canary, attempts, "", body)


def look_at(canary: Canary, attempts: list[str], head: str, body: str) -> None:
    """Compiled, filled, and written as it is sent."""
    named = [
        text.replace("HOST", canary.url.split("//")[1]).replace("@/", f"{canary.url}/")
        for text in (head, body)
    ]
    compiled = compile_email(with_layout(*named), 1)
    values = {"contact": {"given_name": "Oanh", "full_name": "Oanh"}}
    mail = compiled.fill(values, SYSTEM)
    QuickEmail(compiled)
    assert "color: blue" not in mail.html
    assert "color:blue" not in mail.html
    assert canary.visits == 0
    assert attempts == []
