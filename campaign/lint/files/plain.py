"""Plain text: perhaps front matter or a line with the subject, then the message.

Front matter stands between two lines of `---`: `subject`, `lang`, `channel`, `kind`; lists divided by
commas for `fields`, `system_fields`, `pack`, `attachments` and the like; other keys go to the context.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from campaign.lint.files.file import Message, MessageFile, Place, decoded, encoded_like

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SUBJECT_LINE = re.compile(
    r"\A(?:subject|tiêu đề|主题)[ \t]*[:：][ \t]*(?P<subject>[^\n]*)(?:\n|\Z)", re.IGNORECASE
)
_SUBJECT_KEY = re.compile(r"^subject[ \t]*:[ \t]*(?P<subject>[^\n]*?)[ \t]*$", re.MULTILINE)
_LISTS = frozenset({"fields", "system_fields", "pack", "attachments", "parts", "clients", "cc"})
_WORDS = frozenset({"today", "from", "reply_to", "offer_type", "scheduled_at"})
_TOP = frozenset({"subject", "lang", "channel", "kind"})


class PlainFile(MessageFile):
    """One message."""

    def __init__(self, name: str, raw: bytes) -> None:
        super().__init__(name, raw)
        self.text = decoded(raw).replace("\r\n", "\n")
        made: dict[str, Any] = {}
        self.subject_span = (0, 0)
        self.body_start = 0
        if match := _FRONT_MATTER.match(self.text):
            made = _front_matter(match.group(1))
            found = _SUBJECT_KEY.search(self.text, match.start(1), match.end(1))
            self.subject_span = _unquoted(self.text, *found.span("subject")) if found else (0, 0)
            self.body_start = match.end()
        elif match := _SUBJECT_LINE.match(self.text):
            self.subject_span = match.span("subject")
            made = {"subject": match["subject"].strip()}
            self.body_start = match.end()
        if made:
            rest = self.text[self.body_start :]
            self.body_start += len(rest) - len(rest.lstrip("\n"))
        places = {"text": self._place(self.body_start)}
        if self.subject_span[1]:
            places["subject"] = self._place(self.subject_span[0])
        self.messages = [Message({**made, "text": self.text[self.body_start :]}, places)]

    def _place(self, offset: int) -> Place:
        return Place(self.text.count("\n", 0, offset), offset - (self.text.rfind("\n", 0, offset) + 1))

    def rewritten(self, mended: Sequence[Mapping[str, str]]) -> bytes:
        """In place: everything else stays as it was, line ends too."""
        start, end = self.subject_span
        head = self.text[: self.body_start]
        if "subject" in mended[0] and end:
            head = head[:start] + mended[0]["subject"] + head[end:]
        text = head + mended[0].get("text", self.text[self.body_start :])
        if b"\r\n" in self.raw:
            text = text.replace("\n", "\r\n")
        return encoded_like(self.raw, text)


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    quoted = end - start > 1 and text[start] == text[end - 1] and text[start] in "\"'"
    return (start + 1, end - 1) if quoted else (start, end)


def _front_matter(text: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    context: dict[str, Any] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if not colon or line.lstrip().startswith("#"):
            continue
        if key in _TOP:
            made[key] = value[slice(*_unquoted(value, 0, len(value)))]
        elif key in _LISTS:
            items = (item.strip().strip("\"'") for item in value.strip("[]").split(","))
            context[key] = [item for item in items if item]
        else:
            context[key] = _value(key, value)
    return {**made, "context": context} if context else made


def _value(key: str, value: str) -> Any:
    """Numbers, yes or no, and objects as JSON writes them; anything else is text."""
    if key in _WORDS:
        return value.strip("\"'")
    try:
        return json.loads(value)
    except ValueError:
        return value.strip("\"'")
