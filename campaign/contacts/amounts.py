"""Amounts as people write them in either convention, read exactly; knows no currency and no database."""

from __future__ import annotations

import re
from decimal import Decimal

from campaign.errors import InvalidInput

LIMIT = 10**15  # far above any turnover; sums of it still fit 64 bits
DIGITS_LIMIT = 16  # of a whole number up to that
DECIMALS_LIMIT = 9  # more is a slip of the spreadsheet, not money
_MARK = r"(?:[₫đĐ$€£¥]|VN[DĐ]|vn[dđ]|[A-Z]{3})?"
_SHAPE = re.compile(rf"(-?){_MARK}(-?)([\d.,]+){_MARK}", re.ASCII)
# 1.990.000 and 1,990,000; 0.125 begins with no thousands
_GROUPED = re.compile(r"([1-9]\d{0,2})((?:\.\d{3})+|(?:,\d{3})+)(?:(?!\2)([.,])(\d+))?", re.ASCII)
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?", re.ASCII)


def exact(text: str) -> int | Decimal:
    """`1.990.000 ₫`, `-1,250,000`, `12.50`, `1.234,5`: an int when whole. InvalidInput for anything else.

    A point or a comma before exactly three digits parts thousands, as Vietnamese prices are written.
    """
    found = _SHAPE.fullmatch("".join(text.split()).replace("−", "-").removeprefix("'"))
    parts = _parts(found[3]) if found and not (found[1] and found[2]) else None
    if parts is None or len(parts[0].lstrip("0")) > DIGITS_LIMIT or len(parts[1]) > DECIMALS_LIMIT:
        raise _wrong(text)
    assert found is not None  # parts were taken from it
    value = Decimal(f"{found[1] or found[2]}{parts[0]}.{parts[1] or 0}")
    if abs(value) > LIMIT:
        raise _wrong(text)
    return int(value) if value == value.to_integral_value() else value


def _parts(number: str) -> tuple[str, str] | None:
    """The digits before and behind the decimal mark."""
    if found := _GROUPED.fullmatch(number):
        return re.sub(r"[.,]", "", found[1] + found[2]), found[4] or ""
    if found := _PLAIN.fullmatch(number):
        return found[1], found[2] or ""
    return None


def _wrong(text: str) -> InvalidInput:
    return InvalidInput("contacts-error-amount", field="amount", value=" ".join(text.split())[:30])
