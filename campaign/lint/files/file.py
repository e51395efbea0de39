"""What every kind of message file has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the command line says for files that do not say it; empty: guess or assume."""

    lang: str = ""
    channel: str = ""
    kind: str = ""
    packs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part begins in its file: the lines above it, and what stands before it in its first line."""

    lines: int = 0
    columns: int = 0


@dataclass(slots=True)
class Message:
    """One message in the input format. `places` names the parts that stand in the file as they are read."""

    given: Mapping[str, Any]
    places: Mapping[str, Place] = field(default_factory=dict)


class MessageFile:
    """A file of one message or more; raises ValueError when it cannot be read."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self.raw = raw
        self.messages: list[Message] = []

    def rewritten(self, mended: Sequence[Mapping[str, str]]) -> bytes:
        """The file with new words: for each message those of its parts that changed."""
        raise NotImplementedError


def decoded(raw: bytes) -> str:
    """UTF-8 with or without a byte order mark."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error.reason} at byte {error.start}") from None


def encoded_like(raw: bytes, text: str) -> bytes:
    """With the byte order mark of before."""
    return text.encode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8")
