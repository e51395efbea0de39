"""The intake over a real socket: stored before 250, 451 while the database is away, nothing twice."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

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


# what a server that reads carelessly takes for the end of a mail, and what follows it for the next one
FALSE_ENDS = [
    b"\n.\n",
    b"\n.\r\n",
    b"\r\n.\n",
    b"\r.\r",
    b"\r.\r\n",
    b"\r\n.\r",
    b"\n.\r",
    b"\r\n\x00.\r\n",
    b"\r\n.\x00\r\n",
    b"\r\n..\r\n",
    b"\r\n. \r\n",
    b"\r\r\n.\r\r\n",
    b"\n\r.\n\r",
    b"\x0b.\x0b",
    b"\x85.\x85",
]
SECOND = (
    b"MAIL FROM:<boss@example.com>\r\nRCPT TO:<bounce+x@reply.example.com>\r\nDATA\r\n"
    b"From: boss@example.com\r\nSubject: smuggled\r\n\r\nsmuggled\r\n"
)


def conversation(port: int, body: bytes) -> bytes:
    """One mail of which `body` is a part, all at once; what the server says until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        said = line.makefile("rb")
        said.readline()
        for command in (
            b"LHLO mx.example.net",
            b"MAIL FROM:<a@example.com>",
            b"RCPT TO:<r@reply.example.com>",
        ):
            line.sendall(command + b"\r\n")
            while said.readline()[3:4] == b"-":
                pass
        line.sendall(b"DATA\r\n")
        assert said.readline().startswith(b"354")
        line.sendall(b"From: a@example.com\r\nSubject: first\r\n\r\nfirst" + body + b"\r\n.\r\nQUIT\r\n")
        return said.read()


def test_a_mail_hides_no_second_one(port: int, database: Database) -> None:
    """SMTP smuggling: only CR LF dot CR LF ends a mail; what looks like it is refused, or part of the one."""
    for end in FALSE_ENDS:
        told = conversation(port, end + SECOND)
        with database.write() as db:
            kept = [(mail.envelope_to, mail.raw) for mail in db.scalars(select(InboundMail))]
            db.execute(delete(InboundMail))
        assert len(kept) == told.count(b"250 2.0.0 Stored") <= 1, end
        for to, raw in kept:
            assert to == "r@reply.example.com", end
            assert raw.startswith(b"From: a@example.com\r\nSubject: first"), end
            assert b"smuggled" in raw, end


def test_two_mails_are_two(port: int, database: Database) -> None:
    """The true end ends one: what is counted above could have been two."""
    conversation(port, b"\r\n.\r\n" + SECOND)
    with database.read() as db:
        assert len(list(db.scalars(select(InboundMail)))) == 2
