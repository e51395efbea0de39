"""An HTML file: the HTML part of a mail, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaign.lint.files.file import Message, MessageFile, Place, decoded, encoded_like


class PageFile(MessageFile):
    """One message, whose text part is not known."""

    def __init__(self, name: str, raw: bytes) -> None:
        super().__init__(name, raw)
        self.messages = [Message({"html": decoded(raw)}, {"html": Place()})]

    def rewritten(self, mended: Sequence[Mapping[str, str]]) -> bytes:
        """The page with its words mended."""
        return encoded_like(self.raw, mended[0].get("html", decoded(self.raw)))
