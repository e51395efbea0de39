"""Simulated people against real sockets: what they do arrives as what it is, and once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP

from campaign import config
from campaign.config import Settings
from campaign.devmail.store import Mailbox
from campaign.lab.people import habit_of
from campaign.lab.recipients import PATIENCE, Recipients
from tests.conftest import NOW
from tests.sockets import free_port, stop


class Web:
    """Takes every request and remembers it."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str, bytes]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                web.seen.append(
                    (self.command, self.path, self.headers["User-Agent"], self.rfile.read(length))
                )
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/must-not-be-followed")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_GET  # noqa: N815 (the server's name)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


class Post(Controller):
    """An LMTP server that remembers what it was handed."""

    def __init__(self, port: int) -> None:
        self.seen: list[tuple[str, str, bytes]] = []
        super().__init__(self, hostname="127.0.0.1", port=port)

    def factory(self) -> LMTP:
        return LMTP(self.handler, enable_SMTPUTF8=True)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        self.seen.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.content))  # type: ignore[attr-defined]
        return "250 Ok"


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def post() -> Iterator[Post]:
    made = Post(free_port())
    made.start()
    yield made
    stop(made)


@pytest.fixture
def settings(tmp_path: Path, web: Web, post: Post) -> Settings:
    base = config.load({"CAMPAIGN_STATE_DIR": str(tmp_path)})
    return replace(base, base_url=web.url, lmtp_port=post.port, demo=True)


def address_with(**traits: object) -> str:
    """An address whose owner has exactly these habits beside opening."""
    wanted = {
        "opens": True,
        "bounces": "",
        "scanned": False,
        "clicks": False,
        "replies": False,
        "away": False,
    }
    wanted |= {"unsubscribes": False, "complains": False} | traits
    for number in range(200_000):
        habit = habit_of(f"nguoi{number}@example.com")
        if all(getattr(habit, name) == value for name, value in wanted.items()):
            return f"nguoi{number}@example.com"
    raise AssertionError(wanted)


def mail_to(settings: Settings, address: str, more: str = "") -> None:
    base = settings.base_url
    raw = (
        "From: =?utf-8?q?Tr=C3=A0_Vi=E1=BB=87t?= <hello@house.example.com>\r\n"
        f"To: {address}\r\nSubject: Tra xuan\r\nMessage-ID: <1@house.example.com>\r\n"
        "Reply-To: Tra Viet <reply+token@reply.example.com>\r\n"
        f"List-Unsubscribe: <{base}/u/out>, <mailto:unsubscribe+x@reply.example.com>\r\n{more}"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKính chào, ưu đãi tháng Ba\r\n"
        f'--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<img src="{base}/o/pixel.gif">'
        f'<a href="{base}/c/click">x</a><a href="https://elsewhere.example/c/x">y</a>'
        f'<a href="{base}/u/out">out</a>\r\n--b--\r\n'
    ).encode()
    Mailbox(settings.mailbox_dir).add("bounce+token@reply.example.com", [address], raw, NOW)


def act(settings: Settings, later: timedelta = PATIENCE) -> dict[str, int]:
    return Recipients(settings).act(NOW + later).done


def test_somebody_opens_and_clicks(settings: Settings, web: Web) -> None:
    mail_to(settings, address_with(clicks=True))
    assert act(settings) == {"open": 1, "click": 1}
    assert [(method, path) for method, path, _, _ in web.seen] == [
        ("GET", "/o/pixel.gif"),
        ("GET", "/c/click"),
    ]
    assert "Mozilla" in web.seen[0][2]
    assert act(settings) == {}, "a mail is dealt with once"


def test_nobody_acts_before_a_person_could(settings: Settings, web: Web) -> None:
    mail_to(settings, address_with())
    assert act(settings, timedelta(seconds=1)) == {}
    assert web.seen == []
    assert act(settings) == {"open": 1}


def test_somebody_answers_in_their_language(settings: Settings, post: Post) -> None:
    address = address_with(replies=True)
    mail_to(settings, address)
    assert act(settings) == {"open": 1, "reply": 1}
    ((sender, to, raw),) = post.seen
    assert (sender, to) == (address, "reply+token@reply.example.com")
    text = raw.decode()
    assert "In-Reply-To: <1@house.example.com>" in text
    assert "đã viết:" in text
    assert "> Kính chào" in text


def test_a_clerks_answer_is_not_answered(settings: Settings, post: Post) -> None:
    mail_to(settings, address_with(replies=True), "In-Reply-To: <x@example.com>\r\n")
    assert act(settings) == {"open": 1}
    assert post.seen == []


def test_a_dead_address_bounces_and_does_nothing_else(settings: Settings, web: Web, post: Post) -> None:
    mail_to(settings, address_with(opens=False, bounces="5.1.1"))
    assert act(settings) == {"bounce": 1}
    ((sender, to, raw),) = post.seen
    assert (sender, to) == ("<>", "bounce+token@reply.example.com")
    assert b"Status: 5.1.1" in raw
    assert web.seen == []


def test_one_click(settings: Settings, web: Web) -> None:
    mail_to(settings, address_with(unsubscribes=True))
    act(settings)
    assert web.seen[-1][:2] == ("POST", "/u/out")
    assert web.seen[-1][3] == b"List-Unsubscribe=One-Click"


def test_a_gateway_looks_at_every_link_of_ours(settings: Settings, web: Web) -> None:
    mail_to(settings, address_with(opens=False, scanned=True))
    act(settings)
    assert [path for _, path, _, _ in web.seen] == ["/o/pixel.gif", "/c/click", "/u/out"]


def test_while_a_server_is_away_nothing_is_skipped(settings: Settings) -> None:
    away = replace(settings, base_url="http://127.0.0.1:1")
    mail_to(away, address_with())
    for _ in range(2):
        with pytest.raises(OSError, match="refused"):
            act(away)


def test_a_mail_without_our_picture_is_left_alone(settings: Settings, web: Web) -> None:
    raw = b"Subject: test\r\nContent-Type: text/html\r\n\r\n<a href='http://elsewhere.example/'>x</a>"
    Mailbox(settings.mailbox_dir).add("", [address_with(clicks=True)], raw, NOW)
    assert act(settings) == {}
    assert web.seen == []
