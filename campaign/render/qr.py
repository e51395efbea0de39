"""QR codes as plain modules: one grey byte each, quiet zone included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import zxingcpp


@dataclass(frozen=True)
class QrCode:
    """`side` modules a side; `modules` has side times side bytes, 0 dark and 255 light."""

    side: int
    modules: bytes


def make(content: str) -> QrCode:
    """Error correction M (15 %): paper gets folded, the code is small."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True)
    return QrCode(image.shape[0], memoryview(image).tobytes())
