"""One recipient's mail as bytes: multipart/alternative, CRLF, safe headers.

Written out by hand, for the standard library's EmailMessage costs 3 ms a message and can be talked into a
header of the recipient's choosing (CVE-2024-6923); encoded words still come from `email.header`. What is
built is read again before it leaves: exactly the intended headers, no bare CR or LF, no line too long.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from enum import StrEnum
from functools import lru_cache

from campaign.errors import IntegrityError, TemplateError
from campaign.render.email import EmailParts

# RFC 5322 §2.1.1: a line has at most 998 bytes, and should have at most 78
LINE_LIMIT = 998
LINE_GOOD = 78

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SPECIAL = '()<>[]:;@\\,."'
# the addresses that exist in practice (RFC 5321 Mailbox without quoted strings and address literals)
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,250}@[A-Za-z0-9.-]{1,255}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,900}")


class Encoding(StrEnum):
    """How body parts travel."""

    BASE64 = "base64"  # through every server
    EIGHT_BIT = "8bit"  # a third smaller; only to servers that announce 8BITMIME


@dataclass(frozen=True)
class Envelope:
    """What stands in the header. Names are texts; addresses, ids and URLs are ASCII."""

    from_name: str
    from_email: str
    to_name: str
    to_email: str
    date: datetime
    message_id: str
    """Without angle brackets; the same in every attempt."""
    reply_to: str = ""
    unsubscribe_url: str = ""
    """Where a POST unsubscribes (RFC 8058); empty when nothing can be unsubscribed from."""
    feedback_id: str = ""
    auto_submitted: str = ""
    """`auto-generated` for what no person sends (RFC 3834)."""
    in_reply_to: str = ""
    """Message-ID that this answers, without angle brackets."""


def build(parts: EmailParts, envelope: Envelope, encoding: Encoding = Encoding.BASE64) -> bytes:
    """The message, ready for DATA (dots are not stuffed).

    Raises TemplateError when an address or id cannot stand in a header, IntegrityError when the bytes do
    not read back as intended.
    """
    boundary = "=_" + hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]
    headers = list(_headers(parts.subject, envelope, boundary))
    head = "".join(f"{name}: {value}\r\n" for name, value in headers).encode("ascii")
    middle = f"--{boundary}\r\n".encode()
    body = b"".join(
        (
            b"\r\n",
            middle,
            _part("plain", parts.text, encoding),
            middle,
            _part("html", parts.html, encoding),
            f"--{boundary}--\r\n".encode(),
        )
    )
    check_bytes(head + body, [name for name, _ in headers])
    return head + body


def check_bytes(message: bytes, names: list[str]) -> None:
    """The guard: what a server will read has these headers and no others, and only whole CRLF lines."""
    line_ends = message.count(b"\r\n")
    if message.count(b"\n") != line_ends or message.count(b"\r") != line_ends or b"\0" in message:
        raise IntegrityError("The message holds a bare CR, LF or NUL.")
    lines = message.split(b"\r\n")
    if max(map(len, lines)) > LINE_LIMIT:
        raise IntegrityError(f"The message holds a line of more than {LINE_LIMIT} bytes.")
    found = [
        line.partition(b":")[0].decode("ascii", "replace")
        for line in lines[: lines.index(b"")]
        if not line.startswith((b" ", b"\t"))
    ]
    if found != names:
        raise IntegrityError(f"The message's headers are {found}, not {names}.")


def _headers(subject: str, envelope: Envelope, boundary: str) -> Iterator[tuple[str, str]]:
    yield "From", mailbox(envelope.from_name, envelope.from_email)
    yield "To", mailbox(envelope.to_name, envelope.to_email)
    if envelope.reply_to:
        yield "Reply-To", _matching(_ADDRESS, envelope.reply_to)
    yield "Subject", words("Subject", subject)
    yield "Date", format_datetime(envelope.date)
    yield "Message-ID", f"<{_matching(_ID, envelope.message_id)}>"
    if envelope.in_reply_to:
        yield "In-Reply-To", f"<{_matching(_ID, envelope.in_reply_to)}>"
        yield "References", f"<{_matching(_ID, envelope.in_reply_to)}>"
    if envelope.unsubscribe_url:
        yield from unsubscribe_headers(envelope.unsubscribe_url)
    if envelope.feedback_id:
        yield "Feedback-ID", _matching(_TOKEN, envelope.feedback_id)
    if envelope.auto_submitted:
        yield "Auto-Submitted", _matching(_TOKEN, envelope.auto_submitted)
    yield "MIME-Version", "1.0"
    yield "Content-Type", f'multipart/alternative; boundary="{boundary}"'


def unsubscribe_headers(url: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What lets a mail program unsubscribe with one click (RFC 2369, RFC 8058)."""
    return (
        ("List-Unsubscribe", f"<{_matching(_TOKEN, url)}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


@lru_cache(maxsize=64)  # the From of a mailing is the same ten thousand times
def mailbox(name: str, address: str) -> str:
    """`"Trà Mộc An" <thu@example.com>` as it stands in a header."""
    address = _matching(_ADDRESS, ascii_address(address))
    name = one_line(name)
    if not name:
        return address
    if name.isascii() and "=?" not in name and len(name) <= LINE_GOOD - len("Reply-To: "):
        shown = _quoted(name)
    else:
        shown = words("From", name)
    return (
        f"{shown}\r\n <{address}>" if len(shown) + len(address) > LINE_GOOD - 10 else f"{shown} <{address}>"
    )


@lru_cache(maxsize=1024)  # most subjects are the same for all
def words(header: str, text: str) -> str:
    """A header's text; encoded words (RFC 2047) for what is not short plain ASCII."""
    text = one_line(text)
    # what looks like an encoded word would be decoded by the reader into something that we never wrote
    if text.isascii() and "=?" not in text and len(header) + 2 + len(text) <= LINE_GOOD:
        return text
    return Header(text, "utf-8", maxlinelen=LINE_GOOD - 2, header_name=header).encode(linesep="\r\n")


def ascii_address(address: str) -> str:
    """The address with an international domain in its ASCII spelling (IDNA)."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise TemplateError(f"{address!r} has a domain that cannot be written in a header.") from error


def is_message_id(text: str) -> bool:
    """Whether a Message-ID (without angle brackets) can stand in a header of ours; others write anything."""
    return bool(_ID.fullmatch(text))


def one_line(text: str) -> str:
    """The text without line breaks, control characters and blanks at the ends."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _quoted(name: str) -> str:
    if not any(mark in _SPECIAL for mark in name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _matching(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise TemplateError(f"{value!r} cannot stand in a mail header.")
    return value


def _part(subtype: str, text: str, encoding: Encoding) -> bytes:
    data = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()
    if encoding is Encoding.EIGHT_BIT and max(map(len, data.split(b"\r\n"))) > LINE_LIMIT:
        encoding = Encoding.BASE64  # a long paragraph is one line of HTML
    if encoding is Encoding.BASE64:
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    else:
        data += b"\r\n"  # the line end before a boundary belongs to the boundary (RFC 2046 §5.1.1)
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + data
