"""Headers of many mails at once: the very bytes of `headers`, by columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice

from campaign.errors import IntegrityError
from campaign.render import headers
from campaign.render.headers import Envelope
from campaign.render.mime import LINE_LIMIT, check_bytes
from campaign.render.segments import pack, rows, unpack

# a value that leaves room for the longest name of a header
SHORT_VALUE = LINE_LIMIT - 100


@dataclass(slots=True)
class Envelopes:
    """`Envelope` of many mails: what differs by columns, empty ones where it stands in none."""

    from_name: str
    from_email: str
    to_names: Sequence[str]
    to_emails: Sequence[str]
    dates: Sequence[datetime]
    message_ids: Sequence[str]
    reply_tos: Sequence[str] = ()
    unsubscribe_urls: Sequence[str] = ()
    unsubscribe_mails: Sequence[str] = ()
    feedback_id: str = ""
    auto_submitted: str = ""
    in_reply_to: str = ""

    @classmethod
    def of(cls, one: Envelope) -> Envelopes:
        """A single one."""
        return cls(
            from_name=one.from_name,
            from_email=one.from_email,
            to_names=[one.to_name],
            to_emails=[one.to_email],
            dates=[one.date],
            message_ids=[one.message_id],
            reply_tos=[one.reply_to] if one.reply_to else (),
            unsubscribe_urls=[one.unsubscribe_url] if one.unsubscribe_url else (),
            unsubscribe_mails=[one.unsubscribe_mail] if one.unsubscribe_mail else (),
            feedback_id=one.feedback_id,
            auto_submitted=one.auto_submitted,
            in_reply_to=one.in_reply_to,
        )


def head_columns(
    subjects: Sequence[str], those: Envelopes, boundaries: Sequence[str]
) -> list[bytes | list[bytes]]:
    """The headers and the blank line after them, literals and columns.

    Raises TemplateError when an address, id or token cannot stand in a header, IntegrityError when what a
    server would read is not these headers.
    """
    pieces: list[str | Sequence[str]] = []
    names: list[str] = []
    for name, *value in _fields(subjects, those, boundaries):
        names.append(str(name))
        pieces += [f"{name}: ", *value, "\r\n"]
    pieces.append("\r\n")
    differing = [piece for piece in pieces if not isinstance(piece, str)]
    packed = pack(differing).encode()
    folds = packed.count(b"\r\n ")
    if packed.count(b"\n") != folds or packed.count(b"\r") != folds:
        raise IntegrityError("The message holds a bare CR, LF or NUL.")
    columns = unpack(packed, len(differing), len(subjects))
    left = iter(columns)
    found = [piece.encode("ascii") if isinstance(piece, str) else next(left) for piece in pieces]
    # values hold no line end but folds: what is true of one head is true of all, as long as lines are short
    all_short = max(max(map(len, column)) for column in columns) <= SHORT_VALUE
    for head in islice(rows(found), 1 if all_short else None):
        check_bytes(head, names)
    return found


def _fields(
    subjects: Sequence[str], those: Envelopes, boundaries: Sequence[str]
) -> Iterator[tuple[str | Sequence[str], ...]]:
    """The name of each header, then pieces of its value."""
    yield "From", headers.mailbox(those.from_name, those.from_email)
    yield "To", list(map(headers.named_address, those.to_names, those.to_emails))
    if those.reply_tos:
        yield "Reply-To", _matching(headers.ADDRESS, those.reply_tos)
    yield "Subject", [headers.words("Subject", subject) for subject in subjects]
    yield "Date", list(map(headers.date_line, those.dates))
    yield "Message-ID", "<", _matching(headers.MESSAGE_ID, those.message_ids), ">"
    if those.in_reply_to:
        answered = f"<{headers.matching(headers.MESSAGE_ID, those.in_reply_to)}>"
        yield "In-Reply-To", answered
        yield "References", answered
    if those.unsubscribe_urls:
        url = ("<", _matching(headers.TOKEN, those.unsubscribe_urls), ">")
        mails = _matching(headers.ADDRESS, those.unsubscribe_mails)
        mail = (",\r\n <mailto:", mails, "?subject=unsubscribe>") if mails else ()
        yield "List-Unsubscribe", *url, *mail
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    for name, token in (("Feedback-ID", those.feedback_id), ("Auto-Submitted", those.auto_submitted)):
        if token:
            yield name, headers.matching(headers.TOKEN, token)
    yield "MIME-Version", "1.0"
    yield "Content-Type", 'multipart/alternative;\r\n boundary="', boundaries, '"'


def _matching(pattern: re.Pattern[str], values: Sequence[str]) -> Sequence[str]:
    """The values, when each matches; looked at together, for a call a value would cost more."""
    joined = "\n".join([*values, ""])
    if not _many(pattern).fullmatch(joined) or joined.count("\n") != len(values):
        for value in values:
            headers.matching(pattern, value)
    return values


@lru_cache(maxsize=8)
def _many(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Matches values that do, a line each."""
    return re.compile(f"(?:{pattern.pattern}\n)*")
