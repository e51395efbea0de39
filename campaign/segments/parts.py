"""The parts of a node of a rule, read strictly: what is not as it must be is an InvalidInput."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from campaign.contacts.names import clean
from campaign.errors import InvalidInput

VALUE_LIMIT = 200  # characters of one value
W = TypeVar("W", bound=StrEnum)


def only(given: Mapping[str, Any], *names: str) -> None:
    """Nothing but these names, and `type`."""
    if unknown := set(given) - {"type", *names}:
        raise wrong(str(sorted(map(str, unknown))[0])[:40])


def text(given: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text, cleaned as names are stored."""
    return clean_text(given.get(name, default), name)


def clean_text(value: object, name: str) -> str:
    """NFC as stored; without NUL, which PostgreSQL refuses."""
    if not isinstance(value, str) or len(value) > VALUE_LIMIT:
        raise wrong(name)
    return clean(value)


def number(given: Mapping[str, Any], name: str, low: int, high: int, default: int | None = None) -> int:
    """A whole number within limits."""
    return check_number(given.get(name, default), name, low, high)


def check_number(value: object, name: str, low: int, high: int) -> int:
    """The same of a value."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise wrong(name)
    return value


def word(given: Mapping[str, Any], name: str, words: type[W]) -> W:
    """One of the words."""
    value = given.get(name)
    if not isinstance(value, str) or value not in set(words):
        raise wrong(name)
    return words(value)


class WrongRule(InvalidInput):
    """A rule that does not fit: `name` is the part that is wrong, `place` where its node stands."""

    def __init__(self, name: str, place: str = "") -> None:
        self.name = name
        self.place = place
        super().__init__("segments-error-rule", field=name, name=name)

    def inside(self, step: str) -> WrongRule:
        """The same, seen from the node above."""
        return WrongRule(self.name, f"{step}.{self.place}" if self.place else step)


def wrong(name: str) -> WrongRule:
    """What is said of a rule that does not fit: where."""
    return WrongRule(name)


def currency(given: Mapping[str, Any]) -> str:
    """A currency's three letters; VND when none is named."""
    currency = text(given, "currency", "VND")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise wrong("currency")
    return currency
