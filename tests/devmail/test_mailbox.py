"""The development mailbox over a real socket: what was said to be kept is in a file."""

from __future__ import annotations

import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.devmail.store import Mailbox
from campaign.errors import NotFound
from tests.sockets import free_port, wait_for_port

RAW = "From: Trà Việt <hello@house.example.com>\r\nSubject: Trà mới\r\n\r\nChào\r\n.một chấm\r\n".encode()


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    return Mailbox(tmp_path / "mailbox")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A mailbox process on a port of its own."""
    port = free_port()
    environ = os.environ | {"CAMPAIGN_STATE_DIR": str(tmp_path), "CAMPAIGN_MAILBOX_PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "campaign.devmail"], env=environ)
    wait_for_port(port)
    yield port
    process.send_signal(signal.SIGTERM)
    assert process.wait(300) == 0


def test_a_mail_is_kept_with_its_envelope(port: int, mailbox: Mailbox) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        assert client.has_extn("smtputf8")
        assert client.has_extn("8bitmime")
        client.sendmail(
            "bounce+x@reply.example.com",
            ["an@example.com", "thư@example.com"],
            RAW,
            mail_options=["SMTPUTF8", "BODY=8BITMIME"],
        )
    (summary,) = mailbox.summaries()
    assert summary.subject == "Trà mới"
    mail = mailbox.get(summary.id)
    assert mail.envelope_from == "bounce+x@reply.example.com"
    assert mail.recipients == ("an@example.com", "thư@example.com")
    assert mail.raw == RAW


def test_what_is_too_large_is_refused(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo()
        code, _ = client.docmd("MAIL", f"FROM:<a@example.com> SIZE={30 * 1024 * 1024}")
        assert code == 552


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        environ = os.environ | {
            "CAMPAIGN_STATE_DIR": str(tmp_path),
            "CAMPAIGN_MAILBOX_PORT": str(taken.getsockname()[1]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "campaign.devmail"],
            env=environ,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert done.returncode == 2
    assert "is taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_newest_first_and_found_by_words(mailbox: Mailbox) -> None:
    for number in range(3):
        at = datetime(2026, 3, 9, 2, number, tzinfo=UTC)
        mailbox.add("b@x", [f"an{number}@example.com"], f"Subject: thu {number}\r\n\r\n".encode(), at)
    assert [one.subject for one in mailbox.summaries()] == ["thu 2", "thu 1", "thu 0"]
    assert [one.subject for one in mailbox.summaries() if one.has("AN1 thu")] == ["thu 1"]


def test_reading_goes_on_where_it_stopped(mailbox: Mailbox, now: datetime) -> None:
    assert mailbox.after(0) == ([], 0)
    mailbox.add("", ["a@example.com"], RAW, now)
    found, place = mailbox.after(0)
    assert len(found) == 1
    assert mailbox.after(place) == ([], place)
    mailbox.add("", ["b@example.com"], RAW, now)
    assert [one.recipients for one in mailbox.after(place)[0]] == [("b@example.com",)]


@pytest.mark.parametrize("mail_id", ["../../secret_key", "", "00000000000000000000-ffffff", "x/../y"])
def test_no_file_outside_is_read(mailbox: Mailbox, mail_id: str) -> None:
    with pytest.raises(NotFound):
        mailbox.get(mail_id)
