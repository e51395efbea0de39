"""Which characters a font has, read from its `cmap` table (OpenType specification, "cmap").

Formats 4 and 12, which hold all of Unicode; that is all that we want of a font, and a library that reads the
whole of it takes 8 MB of every process that shows a letter.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

# tables whose characters are Unicode: any of platform 0, and Windows' BMP and full repertoire
_UNICODE, _WINDOWS, _WINDOWS_UNICODE = 0, 3, (1, 10)
_NO_GLYPH = 0


def characters(font: bytes) -> frozenset[str]:
    """Every character that has a glyph; ValueError when the font has no table that we read."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    found: set[int] = set()
    read = 0
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if platform == _UNICODE or (platform == _WINDOWS and encoding in _WINDOWS_UNICODE):
            (format_,) = struct.unpack_from(">H", cmap, offset)
            if format_ in _READERS:
                found.update(_READERS[format_](cmap[offset:]))
                read += 1
    if not read:
        raise ValueError("The font has no cmap table of format 4 or 12.")
    return frozenset(map(chr, found))


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        name, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"The font has no table {tag.decode()}.")


def _segments(table: bytes) -> Iterator[int]:
    """Format 4: segments of the Basic Multilingual Plane, their glyphs by a difference or in a list."""
    (double,) = struct.unpack_from(">H", table, 6)
    size = double // 2
    ends = struct.unpack_from(f">{size}H", table, 14)
    # two bytes of padding stand between ends and starts
    starts = struct.unpack_from(f">{size}H", table, 16 + double)
    deltas = struct.unpack_from(f">{size}H", table, 16 + 2 * double)
    at = 16 + 3 * double
    offsets = struct.unpack_from(f">{size}H", table, at)
    for number, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, end + 1):
            if code == 0xFFFF:  # the last segment, which is there to end the table
                continue
            glyph = code
            if offset:
                place = at + 2 * number + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, place)
            if (glyph + delta) % 0x10000 != _NO_GLYPH and (glyph or not offset):
                yield code


def _groups(table: bytes) -> Iterator[int]:
    """Format 12: groups of characters whose glyphs follow each other."""
    (count,) = struct.unpack_from(">I", table, 12)
    for number in range(count):
        start, end, glyph = struct.unpack_from(">III", table, 16 + 12 * number)
        yield from range(start + (glyph == _NO_GLYPH), end + 1)


_READERS = {4: _segments, 12: _groups}
