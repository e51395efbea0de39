"""The intake over a real socket: stored before 250, 451 while the database is away, nothing twice."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from campaign.db import Database
from campaign.models import InboundMail, InboundState
from tests.inbound.letters import answer, bounce
from tests.sockets import free_port, wait_for_port


def start(tmp_path: Path, database_url: str) -> tuple[subprocess.Popen[bytes], int]:
    port = free_port()
    environ = os.environ | {
        "CAMPAIGN_STATE_DIR": str(tmp_path),
        "CAMPAIGN_LMTP_PORT": str(port),
        "DATABASE_URL": database_url,
        # nobody listens there: a lost ring must not lose the mail
        "REDIS_URL": f"unix://{tmp_path}/nobody.sock",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "campaign.inbound.lmtp"], env=environ, stdout=subprocess.DEVNULL
    )
    wait_for_port(port)
    return process, port


@pytest.fixture
def port(tmp_path: Path, database: Database) -> Iterator[int]:
    process, port = start(tmp_path, database.url.render_as_string(hide_password=False))
    yield port
    process.send_signal(signal.SIGTERM)
    assert process.wait(300) == 0


def deliver(port: int, raw: bytes, *recipients: str) -> list[bytes]:
    """One LMTP transaction; the answer for each recipient."""
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo("mx.example.net")
        client.mail("an@example.com", ["SMTPUTF8"])
        for recipient in recipients:
            assert client.rcpt(recipient)[0] == 250
        assert client.docmd("DATA")[0] == 354
        client.send(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b".\r\n")
        return [b"%d %s" % client.getreply() for _ in recipients]


def test_what_was_acknowledged_is_stored(port: int, database: Database) -> None:
    raw = answer("Tôi lấy 2 hộp").replace(b"\n", b"\r\n")
    assert deliver(port, raw, "reply+x@reply.example.com") == [b"250 2.0.0 Stored"]
    with database.read() as db:
        mail = db.scalars(select(InboundMail)).one()
    assert mail.raw == raw
    assert (mail.envelope_from, mail.envelope_to) == ("an@example.com", "reply+x@reply.example.com")
    assert mail.state is InboundState.NEW


def test_the_null_sender_of_a_bounce_is_empty(port: int, database: Database) -> None:
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.sendmail("", ["bounce+x@reply.example.com"], bounce())
    with database.read() as db:
        assert db.scalars(select(InboundMail.envelope_from)).one() == ""


def test_each_recipient_has_an_answer_and_a_row(port: int, database: Database) -> None:
    assert len(deliver(port, answer("x"), "a@reply.example.com", "b@reply.example.com")) == 2
    with database.read() as db:
        assert sorted(db.scalars(select(InboundMail.envelope_to))) == [
            "a@reply.example.com",
            "b@reply.example.com",
        ]


def test_a_mail_that_is_handed_over_again_is_stored_once(port: int, database: Database) -> None:
    for _ in range(3):
        deliver(port, answer("x"), "a@reply.example.com")
    deliver(port, answer("x", Message_ID="<other@example.com>"), "a@reply.example.com")
    with database.read() as db:
        assert db.scalar(select(func.count(InboundMail.id))) == 2


def test_while_the_database_is_away_the_server_keeps_the_mail(tmp_path: Path) -> None:
    process, port = start(tmp_path, f"sqlite:///{tmp_path}/empty.db")  # no table in it
    try:
        (reply,) = deliver(port, answer("x"), "a@reply.example.com")
        assert reply.startswith(b"451 4.3.0")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(300)


def test_what_is_too_large_is_refused(port: int) -> None:
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.ehlo("mx.example.net")
        assert client.docmd("MAIL", f"FROM:<a@example.com> SIZE={30 * 1024 * 1024}")[0] == 552
