"""A mail as it travels: headers, text part, HTML part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from campaign.lint.files.file import Message, MessageFile

# headers that every message has; the rest is what rules want to know
_PLAIN_HEADERS = frozenset({"subject", "from", "to", "reply-to", "cc", "date", "mime-version", "message-id"})
_PART_TYPES = {"text": "plain", "html": "html"}


class MailFile(MessageFile):
    """One mail."""

    def __init__(self, name: str, raw: bytes) -> None:
        super().__init__(name, raw)
        self.messages = [Message(_read(_parsed(raw)))]

    def rewritten(self, mended: Sequence[Mapping[str, str]]) -> bytes:
        """The mail with new words in its parts; the parts that did not change keep their bytes' meaning."""
        mail = _parsed(self.raw)
        if "subject" in mended[0]:
            del mail["Subject"]
            mail["Subject"] = mended[0]["subject"]
        for name, subtype in _PART_TYPES.items():
            part = mail.get_body((subtype,))
            if name in mended[0] and part is not None:
                part.set_content(mended[0][name], subtype=subtype, charset="utf-8")
        ends = "\r\n" if b"\r\n" in self.raw else "\n"
        return mail.as_bytes(policy=policy.default.clone(linesep=ends))


def _parsed(raw: bytes) -> EmailMessage:
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(mail, EmailMessage)
    return mail


def _read(mail: EmailMessage) -> dict[str, Any]:
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    context: dict[str, Any] = {
        "headers": {name: str(value) for name, value in mail.items() if name.lower() not in _PLAIN_HEADERS},
        "parts": [part.get_content_type() for part in (text, page) if part is not None],
        "attachments": [part.get_filename() or "" for part in mail.iter_attachments()],
        "cc": [str(item) for item in mail["cc"].addresses] if mail["cc"] else [],
    }
    for key in ("from", "reply-to"):
        if mail[key]:
            context[key.replace("-", "_")] = str(mail[key])
    return {
        "subject": str(mail["subject"] or ""),
        "text": text.get_content() if text is not None else "",
        "html": page.get_content() if page is not None else "",
        "context": context,
    }
