"""Raw bytes in; the few facts of a mail that we act on out.

Uses the lenient compat32 policy: the newer header parsers of the standard library raise on some real
mails and are quadratic on hostile ones.
"""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from campaign.inbound import html_text, limits

MAX_TEXT = 200_000  # characters of a reply that we keep; the raw mail is kept whole
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,998})>")


@dataclass(frozen=True)
class Parsed:
    """One mail. Header names are lower case; values are decoded, on one line and free of controls."""

    headers: dict[str, str]
    content_type: str
    report_type: str
    text: str
    """The words: the plain part, or the HTML part turned into text."""
    reports: dict[str, str] = field(default_factory=dict)
    """Text of machine-readable parts by content type: `message/delivery-status`, `message/feedback-report`,
    and the header of the mail that they speak of under `original`."""
    attachments: tuple[str, ...] = ()

    @property
    def from_address(self) -> str:
        """Lower case; empty when there is none that could be one."""
        addresses = email.utils.getaddresses([self.headers.get("from", "")])
        if len(addresses) != 1 or addresses[0][1].count("@") != 1:
            return ""
        return addresses[0][1].lower()[:320]

    @property
    def subject(self) -> str:
        return self.headers.get("subject", "")

    @property
    def references(self) -> list[str]:
        """Message-IDs that it answers, the nearest first, without angle brackets."""
        near = _MESSAGE_ID.findall(self.headers.get("in-reply-to", ""))
        far = _MESSAGE_ID.findall(self.headers.get("references", ""))
        return list(dict.fromkeys([*near, *reversed(far)]))[:50]


def parse(raw: bytes) -> Parsed:
    """Raises limits.TooMuch before parsing, and whatever the parser raises on what is not a mail."""
    limits.check(raw)
    message = email.message_from_bytes(raw)
    plain: list[str] = []
    html: list[str] = []
    reports: dict[str, str] = {}
    attachments: list[str] = []
    for part in _walk(message):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/feedback-report"):
            reports.setdefault(kind, _report_text(part))
        elif kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            reports.setdefault("original", _original_header(part))
        elif part.get_filename() or part.get_content_disposition() == "attachment":
            attachments.append(clean(decode(part.get_filename() or kind)))
        elif kind == "text/plain":
            plain.append(_text(part))
        elif kind == "text/html":
            html.append(_text(part))
    words = "\n".join(plain).strip() or html_text.to_text("\n".join(html))
    return Parsed(
        headers=headers_of(message),
        content_type=message.get_content_type(),
        report_type=str(message.get_param("report-type") or "").lower(),
        text=_CONTROL.sub("", words)[:MAX_TEXT],
        reports=reports,
        attachments=tuple(attachments),
    )


def decode(value: str) -> str:
    """A header with its encoded words read; what cannot be read is replaced, never raised."""
    pieces = []
    try:
        for piece, charset in email.header.decode_header(value):
            pieces.append(_decode_bytes(piece, charset) if isinstance(piece, bytes) else piece)
    except (email.errors.HeaderParseError, ValueError):
        return value
    return "".join(pieces)


def clean(text: str) -> str:
    """One line without control characters, for names and subjects."""
    return _CONTROL.sub("", " ".join(text.split()))[:2000]


def _walk(message: Message) -> Iterator[Message]:
    """Parts in order, not going into forwarded mails. With a stack of our own: depth is the sender's."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(reversed([child for child in payload if isinstance(child, Message)]))
        else:
            yield part


def headers_of(message: Message) -> dict[str, str]:
    """Names in lower case; values decoded and cleaned. The first of a name counts: more are a trick."""
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), clean(decode(_as_text(value))))
    return headers


def _as_text(value: object) -> str:
    """Raw 8-bit headers carry their bytes as surrogates; today they are UTF-8 (RFC 6532)."""
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_param("charset")
    return _decode_bytes(payload, charset if isinstance(charset, str) else None).replace("\r\n", "\n")


def _decode_bytes(data: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            return data.decode(name or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _report_text(part: Message) -> str:
    """The fields of a report as text; the parser has split a delivery-status into header blocks."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n\n".join(
            "\n".join(f"{name}: {clean(_as_text(value))}" for name, value in block.raw_items())
            for block in payload
            if isinstance(block, Message)
        )
    return _text(part)


def _original_header(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return "\n".join(f"{name}: {clean(_as_text(value))}" for name, value in payload[0].raw_items())
    return _text(part).partition("\n\n")[0]
