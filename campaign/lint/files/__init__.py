"""Message files read into the linter's input format, and written back with what was mended.

`.eml`, `.html`, `.json` and `.jsonl` (the input format itself), `.txt` and `.md`, which may begin with
front matter between two lines of `---`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from campaign.lint.files.file import Defaults, Message, MessageFile
from campaign.lint.files.mail import MailFile
from campaign.lint.files.page import PageFile
from campaign.lint.files.plain import PlainFile
from campaign.lint.files.structured import StructuredFile
from campaign.lint.language import guess

__all__ = ["Defaults", "Message", "MessageFile", "open_file", "read_messages"]


def open_file(name: str, raw: bytes, defaults: Defaults) -> MessageFile:
    """The file of that name; its suffix says what it is, and for standard input its first character."""
    found = _kind_of(name, raw)(name, raw)
    for message in found.messages:
        message.given = _completed(message.given, defaults)
    return found


def read_messages(name: str, raw: bytes, defaults: Defaults) -> list[dict[str, Any]]:
    """The messages of a file in the input format; raises ValueError for one that cannot be read."""
    return [dict(message.given) for message in open_file(name, raw, defaults).messages]


def _kind_of(name: str, raw: bytes) -> type[MessageFile]:
    suffix = PurePath(name).suffix.lower()
    start = raw.lstrip()[:1] if not suffix else b""
    if suffix == ".eml":
        return MailFile
    if suffix in (".json", ".jsonl") or start in (b"{", b"["):
        return StructuredFile
    if suffix in (".html", ".htm") or start == b"<":
        return PageFile
    return PlainFile


def _completed(given: Mapping[str, Any], defaults: Defaults) -> dict[str, Any]:
    """With language, channel and kind: those of the command line, else the file's, else the likeliest."""
    words = f"{given.get('subject') or ''} {given.get('text') or given.get('html') or ''}"
    made = {
        **given,
        "lang": defaults.lang or given.get("lang") or guess(words),
        "channel": defaults.channel or given.get("channel") or "email",
        "kind": defaults.kind or given.get("kind") or "marketing",
    }
    if defaults.packs:
        made["context"] = {**(given.get("context") or {}), "pack": list(defaults.packs)}
    return made
