"""How a condition compares: the words, and the values that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from campaign.segments.columns import Kind
from campaign.segments.parts import check_number, clean_text, wrong

LIST_LIMIT = 50  # values of one condition
NUMBER_LIMIT = 10**15  # đồng; far above any turnover, far below what a 64-bit column holds
ATTRIBUTE_LIMIT = 2**31 - 1  # an INTEGER column; PostgreSQL refuses to compare it with more


class Op(StrEnum):
    """How an attribute is compared."""

    IS = "is"  # one of the values
    IS_NOT = "is_not"  # none of them; also true when there is no value
    CONTAINS = "contains"
    EMPTY = "empty"
    FILLED = "filled"
    AT_LEAST = "at_least"  # numbers and days: this or more, this day or later
    AT_MOST = "at_most"


TEXT_OPS = frozenset({Op.IS, Op.IS_NOT, Op.CONTAINS, Op.EMPTY, Op.FILLED})
NUMBER_OPS = frozenset({Op.IS, Op.IS_NOT, Op.AT_LEAST, Op.AT_MOST, Op.EMPTY, Op.FILLED})
CHOICE_OPS = frozenset({Op.IS, Op.IS_NOT})
WITHOUT_VALUE = frozenset({Op.EMPTY, Op.FILLED})
OPS = {
    Kind.TEXT: TEXT_OPS, Kind.NAME: TEXT_OPS, Kind.NUMBER: NUMBER_OPS, Kind.CHOICE: CHOICE_OPS,
    Kind.PRESENCE: WITHOUT_VALUE, Kind.PHONE: TEXT_OPS,
}  # fmt: skip


def texts(given: Mapping[str, Any], op: Op) -> tuple[str, ...]:
    """The `values` of a comparison of texts."""
    cleaned = tuple(clean_text(value, "values") for value in _list(given, op))
    if "" in cleaned:
        raise wrong("values")
    return cleaned


def numbers(given: Mapping[str, Any], op: Op) -> tuple[int, ...]:
    """The same of numbers."""
    values = _list(given, op)
    if op in (Op.AT_LEAST, Op.AT_MOST) and len(values) != 1:
        raise wrong("values")
    return tuple(check_number(value, "values", 0, ATTRIBUTE_LIMIT) for value in values)


def _list(given: Mapping[str, Any], op: Op) -> list[Any] | tuple[Any, ...]:
    values = given.get("values", ())
    if not isinstance(values, list | tuple) or len(values) > LIST_LIMIT:
        raise wrong("values")
    if bool(values) == (op in WITHOUT_VALUE):
        raise wrong("values")
    return values
