"""Limits that hold before the parser sees a mail.

The standard library's parser is quadratic in the length of one structured header and recursive in the
depth of parts, so these are counted with linear scans over the raw bytes first.
"""

from __future__ import annotations

import re

MAX_BYTES = 25 * 1024 * 1024  # what large mailbox providers accept
MAX_HEADER_BYTES = 64 * 1024  # of the mail's own header
MAX_PART_HEADER_BYTES = 8 * 1024  # one Content-* header with its continuation lines
MAX_PARTS = 500
MAX_DEPTH = 50

_CONTENT_HEADER = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_CONTENT_TYPE = re.compile(rb"content-type:", re.IGNORECASE)
_CONTAINER = re.compile(rb"content-type:\s{0,20}(?:multipart|message)/", re.IGNORECASE)


class TooMuch(ValueError):
    """A mail that goes beyond a limit; trying again will not help. The text says which."""


def check(raw: bytes) -> None:
    """Raise TooMuch when the mail is larger, deeper or longer in its headers than any honest one."""
    if len(raw) > MAX_BYTES:
        raise TooMuch(f"{len(raw)} bytes; at most {MAX_BYTES} are read")
    header = _header_size(raw)
    if header > MAX_HEADER_BYTES:
        raise TooMuch(f"a header of {header} bytes; at most {MAX_HEADER_BYTES} are read")
    parts = containers = 0
    for found in _CONTENT_HEADER.finditer(raw):
        line = found[0]
        if len(line) > MAX_PART_HEADER_BYTES:
            raise TooMuch(f"one header of {len(line)} bytes; at most {MAX_PART_HEADER_BYTES} are read")
        parts += bool(_CONTENT_TYPE.match(line))
        containers += bool(_CONTAINER.match(line))
        if parts > MAX_PARTS:
            raise TooMuch(f"more than {MAX_PARTS} parts")
        if containers > MAX_DEPTH:
            raise TooMuch(f"more than {MAX_DEPTH} parts that hold parts")


def _header_size(raw: bytes) -> int:
    ends = [place for place in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if place >= 0]
    return min(ends, default=len(raw))
