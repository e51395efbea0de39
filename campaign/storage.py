"""Files that belong to rows: print runs, uploads, raw mail. A local folder behind a small interface."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from campaign.errors import NotFound

BLOCK = 1024 * 1024  # bytes copied at a time


@dataclass(frozen=True)
class StoredFile:
    """Where a file lies: `key` relative to the store, its size in bytes and SHA-256 in hex."""

    key: str
    size: int
    sha256: str


class FileStore:
    """Keeps files under one folder; a write is whole or not there at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, content: bytes) -> StoredFile:
        """Write durably: temporary file, fsync, rename."""
        return self.put_file(key, io.BytesIO(content))

    def put_file(self, key: str, source: IO[bytes]) -> StoredFile:
        """The same for a file that need not fit into memory."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
        size, digest = 0, hashlib.sha256()
        with os.fdopen(descriptor, "wb") as file:
            while block := source.read(BLOCK):
                size += len(block)
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
        return StoredFile(key, size, digest.hexdigest())

    def get(self, key: str) -> bytes:
        """The content; NotFound when there is none."""
        path = self.path(key)
        if not path.is_file():
            raise NotFound(f"The file {key} is not in the store.")
        return path.read_bytes()

    def path(self, key: str) -> Path:
        """The file's place; refuses keys that would leave the store."""
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root.resolve()):
            raise NotFound(f"The file {key} is not in the store.")
        return path
