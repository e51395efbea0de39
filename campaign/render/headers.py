"""The header of a mail: names, subjects and addresses as lines that say what was meant and nothing else.

Written out by hand, for the standard library's EmailMessage costs 3 ms a message and can be talked into a
header of the recipient's choosing (CVE-2024-6923).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from campaign.errors import TemplateError

# RFC 5322 §2.1.1: a line should have at most 78 bytes
LINE_GOOD = 78
# RFC 2047 §2: an encoded word has at most 75 characters, a line with one at most 76
WORD_LIMIT = 75
LINE_WITH_WORD = 76
_WORD_HEAD, _WORD_END = "=?utf-8?b?", "?="
_WORD_FRAME = len(_WORD_HEAD) + len(_WORD_END)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]')
# the addresses that exist in practice (RFC 5321 Mailbox without quoted strings and address literals)
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
# those that are not ASCII before the @ (RFC 6532 §3.2)
_INTERNATIONAL = re.compile(r"[^\x00-\x20\x7f-\x9f()<>\[\]:;@\\,\"]{1,64}@[A-Za-z0-9.-]{1,255}")
MESSAGE_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,250}@[A-Za-z0-9.-]{1,255}")
TOKEN = re.compile(r"[\x21-\x7e]{1,900}")


@dataclass(slots=True)
class Envelope:
    """What stands in the header. Names are texts; addresses, ids and URLs are ASCII, but for `to_email`."""

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
    unsubscribe_mail: str = ""
    """The address to which an empty mail unsubscribes (RFC 2369)."""
    feedback_id: str = ""
    auto_submitted: str = ""
    """`auto-generated` for what no person sends (RFC 3834)."""
    in_reply_to: str = ""
    """Message-ID that this answers, without angle brackets."""


def headers(subject: str, envelope: Envelope, boundary: str) -> Iterator[tuple[str, str]]:
    """Names and values in order; TemplateError when an address, id or token cannot stand in a header."""
    yield "From", mailbox(envelope.from_name, envelope.from_email)
    yield "To", named_address(envelope.to_name, envelope.to_email)
    if envelope.reply_to:
        yield "Reply-To", matching(ADDRESS, envelope.reply_to)
    yield "Subject", words("Subject", subject)
    yield "Date", date_line(envelope.date)
    yield "Message-ID", f"<{matching(MESSAGE_ID, envelope.message_id)}>"
    if envelope.in_reply_to:
        yield "In-Reply-To", f"<{matching(MESSAGE_ID, envelope.in_reply_to)}>"
        yield "References", f"<{matching(MESSAGE_ID, envelope.in_reply_to)}>"
    if envelope.unsubscribe_url:
        yield from unsubscribe_headers(envelope.unsubscribe_url, envelope.unsubscribe_mail)
    if envelope.feedback_id:
        yield "Feedback-ID", matching(TOKEN, envelope.feedback_id)
    if envelope.auto_submitted:
        yield "Auto-Submitted", matching(TOKEN, envelope.auto_submitted)
    yield "MIME-Version", "1.0"
    yield "Content-Type", f'multipart/alternative;\r\n boundary="{boundary}"'


def unsubscribe_headers(url: str, mail: str = "") -> tuple[tuple[str, str], tuple[str, str]]:
    """What lets a mail program unsubscribe with one click, or by mail (RFC 2369, RFC 8058)."""
    by_mail = f",\r\n <mailto:{matching(ADDRESS, mail)}?subject=unsubscribe>" if mail else ""
    return (
        ("List-Unsubscribe", f"<{matching(TOKEN, url)}>{by_mail}"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


@lru_cache(maxsize=64)  # the From of a mailing is the same ten thousand times
def mailbox(name: str, address: str) -> str:
    """`named_address` in ASCII for every server, remembered."""
    return named_address(name, matching(ADDRESS, ascii_address(address)))


@lru_cache(maxsize=64)  # messages of one second have the same
def date_line(moment: datetime) -> str:
    """`Mon, 09 Mar 2026 02:00:00 +0000`."""
    return format_datetime(moment)


def named_address(name: str, address: str) -> str:
    """`"Trà Mộc An" <thu@example.com>` as it stands in a header; an address that is not ASCII before its @ in
    UTF-8, for servers that speak SMTPUTF8."""
    address = ascii_address(address)
    if address.isascii() or not address.isprintable():
        matching(ADDRESS, address)
    else:
        matching(_INTERNATIONAL, address)
    name = one_line(name)
    if not name:
        return address
    if name.isascii() and "=?" not in name and len(name) <= LINE_GOOD - len("Reply-To: "):
        shown = _quoted(name)
    else:
        shown = encoded_words(name, len("Reply-To: "))
    last = len(shown) - shown.rfind("\n") - 1
    fold = last + len(address) > LINE_GOOD - len("Reply-To:  <>")
    return f"{shown}\r\n <{address}>" if fold else f"{shown} <{address}>"


@lru_cache(maxsize=1024)  # most subjects are the same for all
def words(header: str, text: str) -> str:
    """A header's text; encoded words (RFC 2047) for what is not short plain ASCII."""
    text = one_line(text)
    # what looks like an encoded word would be decoded by the reader into something that we never wrote
    if text.isascii() and "=?" not in text and len(header) + 2 + len(text) <= LINE_GOOD:
        return text
    return encoded_words(text, len(header) + 2)


def encoded_words(text: str, used: int) -> str:
    """The text as encoded words in base64, a line each; `used` columns of the first line are taken.

    No word ends within a character (RFC 2047 §5).
    """
    data, lines, start = text.encode(), [], 0
    room = min(WORD_LIMIT, LINE_WITH_WORD - used)
    while start < len(data):
        end = start + (room - _WORD_FRAME) // 4 * 3
        if end < len(data):
            while data[end] & 0xC0 == 0x80:  # inside a character of UTF-8
                end -= 1
        word = binascii.b2a_base64(data[start:end], newline=False).decode()
        lines.append(f"{_WORD_HEAD}{word}{_WORD_END}")
        start, room = end, WORD_LIMIT
    return "\r\n ".join(lines)


def ascii_address(address: str) -> str:
    """The address with an international domain in its ASCII spelling (IDNA)."""
    if address.isascii():
        return address
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise TemplateError(f"{address!r} has a domain that cannot be written in a header.") from error


def is_message_id(text: str) -> bool:
    """Whether a Message-ID (without angle brackets) can stand in a header of ours; others write anything."""
    return bool(MESSAGE_ID.fullmatch(text))


def one_line(text: str) -> str:
    """The text without line breaks, control characters and blanks at the ends."""
    if not text.isprintable():
        # half of a surrogate pair cannot be written in UTF-8
        text = _CONTROL.sub(" ", text).encode("utf-8", "replace").decode()
    return " ".join(text.split())


def _quoted(name: str) -> str:
    if not _SPECIAL.search(name):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def matching(pattern: re.Pattern[str], value: str) -> str:
    """The value; TemplateError unless it is one of these patterns."""
    if not pattern.fullmatch(value):
        raise TemplateError(f"{value!r} cannot stand in a mail header.")
    return value
