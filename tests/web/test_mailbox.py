"""The development mailbox's pages show hostile mail without running any of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.accounts import sessions
from campaign.clock import utc_now
from campaign.config import Settings
from campaign.db import Database
from campaign.devmail.store import Mailbox
from campaign.models import Role
from campaign.queue import Queues, connect
from campaign.web import create_app
from campaign.web.unit import SESSION_COOKIE
from tests.conftest import NOW
from tests.people import make_account
from tests.web.conftest import SignedIn

HOSTILE = (
    "From: =?utf-8?q?Tr=C3=A0?= <h@house.example.com>\r\nTo: an@example.com\r\n"
    "Subject: <script>alert(1)</script>\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nplain words\r\n'
    "--b\r\nContent-Type: text/html\r\n\r\n<script>alert(2)</script><p>Chào</p>"
    '<img src="http://127.0.0.1:8080/o/token.gif"><a href="https://shop.example.com/a?b=1&amp;c=2">x</a>\r\n'
    '--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename="x.html"\r\n\r\n'
    "<script>alert(3)</script>\r\n--b--\r\n"
).encode()


@pytest.fixture
def mail_id(settings: Settings) -> str:
    return Mailbox(settings.mailbox_dir).add("b+x@reply.example.com", ["an@example.com"], HOSTILE, NOW).id


def test_list_search_and_nothing_found(signed_in: SignedIn, settings: Settings, mail_id: str) -> None:
    for number in range(60):
        at = NOW + timedelta(seconds=number)
        Mailbox(settings.mailbox_dir).add("", [f"b{number}@example.com"], b"Subject: thu\r\n\r\n", at)
    browser = signed_in(Role.MARKETER)
    first = browser.get("/mailbox").text
    assert "b59@example.com" in first
    assert "b9@example.com" not in first
    assert "b9@example.com" in browser.get("/mailbox?page=2").text
    found = browser.get("/mailbox?q=an@example.com").text
    assert "&lt;script&gt;" in found
    assert "<script>alert" not in found
    assert "Không thấy thư nào khớp" in browser.get("/mailbox?q=zzz").text


def test_an_empty_mailbox_says_what_to_do(signed_in: SignedIn) -> None:
    assert "Chưa có thư nào" in signed_in(Role.CARE).get("/mailbox").text


def test_a_mail_in_its_frame(signed_in: SignedIn, mail_id: str) -> None:
    browser = signed_in(Role.CARE)
    page = browser.get(f"/mailbox/{mail_id}")
    assert f"/mailbox/{mail_id}/html" in page.text
    assert "https://shop.example.com/a?b=1&amp;c=2" in page.text
    assert "<script>alert" not in page.text
    frame = browser.get(f"/mailbox/{mail_id}/html")
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "Chào" in frame.text
    assert "/o/token" not in frame.text, "looking here is not the recipient's opening"


def test_text_source_and_files(signed_in: SignedIn, mail_id: str) -> None:
    browser = signed_in(Role.CARE)
    assert "plain words" in browser.get(f"/mailbox/{mail_id}?view=text").text
    assert "boundary=&#34;b&#34;" in browser.get(f"/mailbox/{mail_id}?view=source").text
    file = browser.get(f"/mailbox/{mail_id}/files/0")
    assert file.mimetype == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert browser.get(f"/mailbox/{mail_id}/files/7").status_code == 404
    assert browser.get("/mailbox/00000000000000000000-abcdef").status_code == 404


def test_strangers_see_nothing(client: object, mail_id: str) -> None:
    assert client.get("/mailbox").status_code == 303  # type: ignore[attr-defined]


def test_no_mailbox_when_mail_goes_out_for_real(settings: Settings, database: Database) -> None:
    real = replace(settings, mailbox_port=0)
    app = create_app(real, database, Queues(connect(real)))
    with database.write() as db:
        token = sessions.start(db, make_account(db, Role.CARE), utc_now())
    browser = app.test_client()
    browser.set_cookie(SESSION_COOKIE, token)
    assert browser.get("/mailbox").status_code == 404
    assert 'href="/mailbox"' not in browser.get("/replies").text
