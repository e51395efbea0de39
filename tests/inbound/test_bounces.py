"""RFC 3464 reports of several servers, and what each says about the address."""

from __future__ import annotations

import pytest

from campaign.inbound.automatic import is_automatic
from campaign.inbound.bounces import Bounce, Weight, read
from campaign.inbound.parse import parse


def dsn(fields: str, words: str = "Your mail could not be delivered.") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\n{words}\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example.net\r\n\r\n{fields}\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: x\r\n\r\n--b--\r\n"
    ).encode()


def of(raw: bytes) -> Bounce:
    found = read(parse(raw), "")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("action", "status", "diagnostic", "weight"),
    [
        ("failed", "5.1.1", "smtp; 550 5.1.1 <a@x>: Recipient address rejected", Weight.HARD),
        ("failed", "5.1.2", "dns; Host not found", Weight.HARD),
        ("failed", "5.0.0", "smtp; 550 No such user here", Weight.HARD),
        ("failed", "5.0.0", "smtp; 550 we do not like you", Weight.SOFT),
        ("failed", "5.2.2", "smtp; 552 mailbox full", Weight.SOFT),
        ("failed", "5.7.1", "smtp; 550 message looks like spam, user unknown to us", Weight.SOFT),
        ("failed", "4.4.7", "delivery time expired", Weight.SOFT),
        ("delayed", "4.4.1", "connection timed out", Weight.NONE),
        ("delivered", "2.0.0", "", Weight.NONE),
        ("relayed", "2.0.0", "", Weight.NONE),
    ],
)
def test_weight(action: str, status: str, diagnostic: str, weight: Weight) -> None:
    fields = f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {diagnostic}"
    found = of(dsn(fields))
    assert found.weight is weight
    assert found.status == status


def test_the_worst_recipient_counts() -> None:
    fields = "Action: delayed\r\nStatus: 4.4.1\r\n\r\nAction: failed\r\nStatus: 5.1.1"
    assert of(dsn(fields)).weight is Weight.HARD


def test_a_report_without_fields_is_soft() -> None:
    assert of(dsn("nothing that has a name")).weight is Weight.SOFT


def test_free_words_of_an_old_server() -> None:
    raw = (
        b"From: MAILER-DAEMON@old.example.net\r\nSubject: failure notice\r\n\r\n"
        b"Hi. This is the qmail-send program.\r\n<a@x>:\r\nSorry, no such user here. (#5.1.1)\r\n"
    )
    assert of(raw).weight is Weight.HARD
    # the same words with an envelope sender are a person's
    assert read(parse(raw), "someone@example.com") is None


def test_a_persons_mail_is_no_bounce() -> None:
    raw = b"From: an@example.com\r\nSubject: 550 user unknown\r\n\r\n5.1.1 user unknown, it says. Why?"
    assert read(parse(raw), "") is None


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=a@x",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Subject: Automatic reply: x",
        "Subject: Trả lời tự động: Ưu đãi",
        "Subject: 自动回复：您好",
        "Subject: Out of Office",
    ],
)
def test_a_machines_answer(header: str) -> None:
    assert is_automatic(parse(f"From: a@example.com\r\n{header}\r\n\r\nI am away".encode()))


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Subject: Re: Automatic reply: x",
        "Subject: Về việc vắng mặt hôm qua",
        "Precedence: list",
    ],
)
def test_a_person_is_not_hidden(header: str) -> None:
    assert not is_automatic(parse(f"From: a@example.com\r\n{header}\r\n\r\nhello".encode()))
