"""The "relaxed" spelling of header and body (RFC 6376 §3.4): what survives servers that tidy blanks."""

from __future__ import annotations

import re

_BLANKS = re.compile(rb"[ \t]+")
_UNTIDY = re.compile(rb" (?: |\r\n)")
_EMPTY_LINES = re.compile(rb"(?:\r\n)+\Z")


def field(name: str, value: bytes) -> bytes:
    """A header field without its line end: name in lower case, unfolded, blanks single."""
    unfolded = value.replace(b"\r\n", b"")
    if b"\t" in unfolded or b"  " in unfolded:
        unfolded = _BLANKS.sub(b" ", unfolded)
    return name.lower().encode("ascii") + b":" + unfolded.strip(b" ")


def body(data: bytes) -> bytes:
    """The body: no blanks at line ends, single ones within, no empty lines at the end.

    Looked for by a pattern, for most bodies hold none; then replaced without one, which is many times faster.
    """
    if b"\t" in data or _UNTIDY.search(data):
        data = data.replace(b"\t", b" ")
        while b"  " in data:
            data = data.replace(b"  ", b" ")
        data = data.replace(b" \r\n", b"\r\n")
    if data.endswith(b"\r\n\r\n"):
        data = _EMPTY_LINES.sub(b"\r\n", data)
    return b"" if data == b"\r\n" else data


def fields(head: bytes) -> list[tuple[str, bytes]]:
    """Names and values, folds in them, of a header that ends with its last field's line end."""
    found: list[tuple[str, bytes]] = []
    for line in head.split(b"\r\n"):
        if line.startswith((b" ", b"\t")):
            name, value = found[-1]
            found[-1] = (name, value + b"\r\n" + line)
        elif line:
            name_bytes, _, value = line.partition(b":")
            found.append((name_bytes.decode("ascii"), value))
    return found
