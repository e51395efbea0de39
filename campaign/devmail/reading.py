"""One mail of the mailbox, taken apart for showing."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from html import unescape

from campaign.devmail.store import Mail
from campaign.inbound import limits
from campaign.inbound.parse import clean, decode, headers_of

_HREF = re.compile(
    r"""<a\b[^>]{0,2000}?\bhref=["'](https?://[^"']{1,2000})["'][^>]{0,2000}>(.{0,500}?)</a>""",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^>]{0,2000}>")
_PIXEL = re.compile(
    r"""<img\b[^>]{0,2000}?\bsrc=["'][^"']{0,500}/o/[^"']{0,200}["'][^>]{0,500}>""", re.IGNORECASE
)


@dataclass(frozen=True)
class Attachment:
    """A file in the mail: its name, content type and bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Reading:
    """The mail's headers, its words in both forms, its links and files."""

    headers: dict[str, str]
    html: str
    text: str
    attachments: tuple[Attachment, ...]

    @property
    def links(self) -> dict[str, str]:
        """Where the HTML leads, each target once and in order, with the words that lead there."""
        found: dict[str, str] = {}
        for target, words in _HREF.findall(self.html):
            words = " ".join(unescape(_TAG.sub(" ", words)).split())
            found.setdefault(unescape(target), words or unescape(target))
        return found

    @property
    def html_without_pixel(self) -> str:
        """As shown to staff: looking here is not the recipient's opening."""
        return _PIXEL.sub("", self.html)


def read(mail: Mail) -> Reading:
    """Raises limits.TooMuch for a mail that nobody should parse."""
    limits.check(mail.raw)
    message = email.message_from_bytes(mail.raw)
    html = text = ""
    attachments = []
    for part in _leaves(message):
        kind = part.get_content_type()
        name = part.get_filename()
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            attachments.append(Attachment(clean(decode(name or kind))[:120], kind, _bytes(part)))
        elif kind == "text/html":
            html = html or _words(part)
        else:
            text = text or _words(part)
    return Reading(headers_of(message), html, text, tuple(attachments))


def _leaves(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if not part.is_multipart())


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(part: Message) -> str:
    charset = str(part.get_param("charset") or "utf-8")
    try:
        return _bytes(part).decode(charset, "replace")
    except LookupError:
        return _bytes(part).decode("utf-8", "replace")
