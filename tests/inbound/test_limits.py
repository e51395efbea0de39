"""Hostile mail is refused before the parser sees it, quickly; honest mail passes."""

import time

import pytest

from campaign.inbound import limits

HEAD = b"From: a@example.com\r\nSubject: x\r\n"


def nested(depth: int) -> bytes:
    parts = [
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        for level in range(depth)
    ]
    return HEAD + b"".join(parts) + b"Content-Type: text/plain\r\n\r\nend\r\n"


def many_parts(count: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * count + b"--b--\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        nested(1000),
        many_parts(501),
        HEAD + b"X-Long: " + b"a" * 70_000 + b"\r\n\r\nhello",
        HEAD + b"Content-Type: text/plain" + b";\r\n a=b" * 3000 + b"\r\n\r\nhello",
        HEAD + b"\r\n" + b"x" * (limits.MAX_BYTES + 1),
        b"a" * 100_000,
    ],
    ids=["deep", "many", "long header", "long parameters", "large", "no header end"],
)
def test_too_much_is_refused_at_once(raw: bytes) -> None:
    begun = time.thread_time()  # what else the machine does says nothing about it
    with pytest.raises(limits.TooMuch):
        limits.check(raw)
    assert time.thread_time() - begun < 1


@pytest.mark.parametrize("raw", [HEAD + b"\r\nhello", nested(3), many_parts(20), b""])
def test_honest_mail_passes(raw: bytes) -> None:
    limits.check(raw)
