"""JSON and JSON Lines: the input format itself, one message or many."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from campaign.lint.files.file import Message, MessageFile, decoded


class StructuredFile(MessageFile):
    """Messages as objects: an array, one object, or one a line."""

    def __init__(self, name: str, raw: bytes) -> None:
        super().__init__(name, raw)
        text = decoded(raw)
        self.by_line = PurePath(name).suffix.lower() == ".jsonl"
        self.is_list = False
        if self.by_line:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            given = json.loads(text)
            self.is_list = isinstance(given, list)
            found = given if self.is_list else [given]
        if not all(isinstance(item, Mapping) for item in found):
            raise ValueError("each message is an object")
        self.originals: list[Mapping[str, Any]] = found
        self.messages = [Message(item) for item in found]

    def rewritten(self, mended: Sequence[Mapping[str, str]]) -> bytes:
        """The same objects with new words; their other keys stay."""
        made = [{**item, **words} for item, words in zip(self.originals, mended, strict=True)]
        if self.by_line:
            lines = [json.dumps(item, ensure_ascii=False) + "\n" for item in made]
            return "".join(lines).encode()
        whole = made if self.is_list else made[0]
        return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
