"""Message files read into the linter's input format.

`.eml`, `.html`, `.json` and `.jsonl` (the input format itself), `.txt` and `.md`, which may begin with
front matter between two lines of `---`: `subject`, `lang`, `channel`, `kind`, and lists divided by commas
for `fields`, `system_fields`, `pack`, `attachments`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePath
from typing import Any

from campaign.lint.language import guess

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SUBJECT_LINE = re.compile(r"\A(?:subject|tiêu đề|主题)[ \t]*[:：][ \t]*(.*)\n", re.IGNORECASE)
_LISTS = frozenset({"fields", "system_fields", "pack", "attachments", "parts", "clients", "cc"})
_TOP = frozenset({"subject", "lang", "channel", "kind"})
# headers that every message has; the rest is what rules want to know
_PLAIN_HEADERS = frozenset({"subject", "from", "to", "reply-to", "cc", "date", "mime-version", "message-id"})


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the command line says for files that do not say it; empty: guess or assume."""

    lang: str = ""
    channel: str = ""
    kind: str = ""


def read_messages(name: str, raw: bytes, defaults: Defaults) -> list[dict[str, Any]]:
    """The messages of a file in the input format; raises ValueError for one that cannot be read."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".eml":
        return [_completed(_from_mail(raw), defaults)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start}") from None
    if suffix in (".json", ".jsonl") or (suffix == "" and text.lstrip().startswith(("{", "["))):
        return [_completed(given, defaults) for given in _from_json(text, suffix)]
    if suffix in (".html", ".htm") or (suffix == "" and text.lstrip().startswith("<")):
        return [_completed({"html": text, "context": {"parts": ["text/html"]}}, defaults)]
    return [_completed(_from_text(text), defaults)]


def _completed(given: Mapping[str, Any], defaults: Defaults) -> dict[str, Any]:
    """With language, channel and kind: those of the command line, else the file's, else the likeliest."""
    words = f"{given.get('subject') or ''} {given.get('text') or given.get('html') or ''}"
    chosen = {
        "lang": defaults.lang or given.get("lang") or guess(words),
        "channel": defaults.channel or given.get("channel") or "email",
        "kind": defaults.kind or given.get("kind") or "marketing",
    }
    return {**given, **chosen}


def _from_json(text: str, suffix: str) -> list[Mapping[str, Any]]:
    if suffix == ".jsonl":
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        given = json.loads(text)
        found = given if isinstance(given, list) else [given]
    if not all(isinstance(item, Mapping) for item in found):
        raise ValueError("each message is an object")
    return found


def _from_text(text: str) -> dict[str, Any]:
    text = text.replace("\r\n", "\n")
    made: dict[str, Any] = {}
    if match := _FRONT_MATTER.match(text):
        made = _front_matter(match.group(1))
        text = text[match.end() :]
    elif match := _SUBJECT_LINE.match(text):
        made = {"subject": match.group(1).strip()}
        text = text[match.end() :]
    return {**made, "text": text.lstrip("\n") if made else text}


def _front_matter(text: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    context: dict[str, Any] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        key, value = key.strip(), value.strip().strip("\"'")
        if not colon or line.lstrip().startswith("#"):
            continue
        if key in _TOP:
            made[key] = value
        elif key in _LISTS:
            context[key] = [item.strip() for item in value.strip("[]").split(",") if item.strip()]
        else:
            context[key] = value
    return {**made, "context": context} if context else made


def _from_mail(raw: bytes) -> dict[str, Any]:
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(mail, EmailMessage)
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
