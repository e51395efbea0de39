"""One recipient's mail as bytes: multipart/alternative, CRLF, safe headers.

The plain road, and the reference for the fast one (`campaign.render.quick`): what is built is read again,
for exactly the intended headers, no bare CR or LF, no line too long.
"""

from __future__ import annotations

import binascii
import hashlib
import struct
from enum import StrEnum
from itertools import chain

from campaign.errors import IntegrityError
from campaign.render.email import EmailParts
from campaign.render.headers import Envelope, headers

# RFC 5322 §2.1.1: a line has at most 998 bytes
LINE_LIMIT = 998
# RFC 2045 §6.8: a line of base64 has at most 76 characters
BASE64_LINE = 76
# cuts so many lines off in one call, which takes a tenth of what slices do
_BLOCK = struct.Struct(f"{BASE64_LINE}s" * 16)


class Encoding(StrEnum):
    """How body parts travel."""

    BASE64 = "base64"  # through every server
    EIGHT_BIT = "8bit"  # a third smaller; only to servers that announce 8BITMIME


def build(parts: EmailParts, envelope: Envelope, encoding: Encoding = Encoding.BASE64) -> bytes:
    """The message, ready for DATA (dots are not stuffed).

    Raises TemplateError when an address or id cannot stand in a header, IntegrityError when the bytes do
    not read back as intended.
    """
    boundary = boundary_of(envelope.message_id)
    if any(f"--{boundary}" in part for part in (parts.text, parts.html)):
        raise IntegrityError("The message holds its own boundary.")
    fields = list(headers(parts.subject, envelope, boundary))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields).encode()
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
    check_bytes(head + body, [name for name, _ in fields])
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


def boundary_of(message_id: str) -> str:
    """What separates the parts; the same in every attempt."""
    return "=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32]


def base64_lines(data: bytes) -> bytes:
    """The bytes in base64, CRLF after each line."""
    packed = binascii.b2a_base64(data, newline=False)
    whole = len(packed) - len(packed) % _BLOCK.size
    lines = list(chain.from_iterable(_BLOCK.iter_unpack(packed[:whole])))
    lines += [packed[at : at + BASE64_LINE] for at in range(whole, len(packed), BASE64_LINE)]
    return b"\r\n".join([*lines, b""])


def part_head(subtype: str, encoding: Encoding) -> bytes:
    """What stands above a part's body."""
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode()


def has_long_line(data: bytes) -> bool:
    """Whether a line is too long to travel as it is: a long paragraph is one line of HTML."""
    return max(map(len, data.split(b"\r\n"))) > LINE_LIMIT


def _part(subtype: str, text: str, encoding: Encoding) -> bytes:
    data = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()
    if encoding is Encoding.EIGHT_BIT and has_long_line(data):
        encoding = Encoding.BASE64
    if encoding is Encoding.BASE64:
        return part_head(subtype, encoding) + base64_lines(data)
    # the line end before a boundary belongs to the boundary (RFC 2046 §5.1.1)
    return part_head(subtype, encoding) + data + b"\r\n"
