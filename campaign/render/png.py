"""Pages of a stored PDF as PNG, for the screen."""

from __future__ import annotations

import struct
import zlib

import pypdfium2

POINTS_PER_INCH = 72
SIGNATURE = b"\x89PNG\r\n\x1a\n"
# colour type 2 of the PNG specification: three bytes a pixel
TRUE_COLOUR = 2


def page_png(pdf: bytes, index: int, ppi: float = 110) -> bytes:
    """Page `index` (from 0) as a picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[index].render(scale=ppi / POINTS_PER_INCH, rev_byteorder=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        # row by row: a page is 4 MB of pixels, and a copy of them and one of the rows are two more
        pixels, channels = memoryview(bitmap.buffer).cast("B"), bitmap.n_channels
        packer = zlib.compressobj(6)
        packed = bytearray()
        for start in range(0, stride * height, stride):
            row = bytes(pixels[start : start + width * channels])
            # each row begins with its filter, 0 for none
            packed += packer.compress(b"\0" + _rgb(row, channels))
        packed += packer.flush()
        pixels.release()
    head = struct.pack(">IIBBBBB", width, height, 8, TRUE_COLOUR, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", bytes(packed)) + _chunk(b"IEND", b"")


def _rgb(row: bytes, channels: int) -> bytes:
    if channels == 3:
        return row
    kept = bytearray(len(row) // channels * 3)
    for colour in range(3):
        kept[colour::3] = row[colour::channels]
    return bytes(kept)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
