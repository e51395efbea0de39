"""ZIP archives from strangers: opened within limits, and every way of being broken is a sentence."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

from campaign.errors import InvalidInput

START = b"PK\x03\x04"
# bytes of the table of contents, which is read as a whole: some ten thousand entries. A file of 256 MB could
# hold five million, and listing them would take a minute
CONTENTS_LIMIT = 1024 * 1024
# a sheet or a table shrinks to a tenth or a thirtieth; what shrinks to less is not what people wrote
SHRINKS_TO = 200
SMALL_PART = 4 * 1024 * 1024  # bytes; a part so small may be as empty as it likes


# what the standard library says of archives that lie: places before the beginning, names that are no UTF-8,
# methods nobody knows, a password
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError,
    RuntimeError,
)  # fmt: skip


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """The archive; what is wrong with it, now or while it is read, is InvalidInput."""
    try:
        with zipfile.ZipFile(cast("IO[bytes]", _Bounded(file))) as archive:
            yield archive
    except _BROKEN as error:
        raise InvalidInput("contacts-import-workbook") from error


def is_bomb(entry: zipfile.ZipInfo, limit: int) -> bool:
    """Whether it says that it unpacks to more than `limit` bytes, or to far more than people write."""
    size = entry.file_size
    return size > limit or (size > SMALL_PART and size > entry.compress_size * SHRINKS_TO)


class _Bounded:
    """A file of which nobody reads much at once: the standard library reads the table of contents whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > CONTENTS_LIMIT:
            raise zipfile.BadZipFile
        content = self._file.read(size if size >= 0 else CONTENTS_LIMIT + 1)
        if len(content) > CONTENTS_LIMIT:
            raise zipfile.BadZipFile
        return content

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
