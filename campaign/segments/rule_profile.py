"""Conditions on a profile: its columns, own fields, tags, birthday, dates, and the file it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.comparing import NUMBER_LIMIT, OPS, TEXT_OPS, Op, numbers, texts
from campaign.segments.parts import number, only, text, word, wrong
from campaign.segments.period import PERIOD, QUIET, Timed, period

BIRTHDAY_DAYS_LIMIT = 60
CUSTOM_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Attribute:
    """A column of the allow-list compared with values."""

    field: str
    op: Op
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Custom:
    """A field of the house's own compared with texts."""

    key: str
    op: Op
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tag:
    """Bears this tag."""

    tag: str


@dataclass(frozen=True)
class Birthday:
    """Has a birthday, in the calendar they keep it by, today or within so many days."""

    days: int


class DatedField(StrEnum):
    """A day that a profile has."""

    CREATED = "created"  # since when they are in the book
    CHANGED = "changed"  # the profile was last changed
    FOUNDED = "founded"  # the organisation
    LEFT = "left"  # stopped buying, as far as somebody knows
    ASKED = "asked"  # said how satisfied they are


@dataclass(frozen=True, kw_only=True)
class Dated(Timed):
    """The day lies in the period; a profile without that day does not fit."""

    field: DatedField


@dataclass(frozen=True)
class Imported:
    """A file was about them (0: any file); with `created`, it brought them in."""

    import_id: int
    created: bool = field(default=False, metadata=QUIET)


def _attribute(given: Mapping[str, Any]) -> Attribute:
    only(given, "field", "op", "values")
    name = text(given, "field")
    if name not in COLUMNS:
        raise wrong("field")
    column = COLUMNS[name]
    op = word(given, "op", Op)
    if op not in OPS[column.kind]:
        raise wrong("op")
    if column.kind is Kind.NUMBER:
        return Attribute(name, op, numbers(given, op))
    values = texts(given, op)
    if column.kind is Kind.CHOICE and not set(values) <= set(column.choices):
        raise wrong("values")
    return Attribute(name, op, values)


def _custom(given: Mapping[str, Any]) -> Custom:
    only(given, "key", "op", "values")
    key = text(given, "key")
    op = word(given, "op", Op)
    if not CUSTOM_KEY.fullmatch(key) or op not in TEXT_OPS:
        raise wrong("key")
    return Custom(key, op, texts(given, op))


def _tag(given: Mapping[str, Any]) -> Tag:
    only(given, "tag")
    tag = text(given, "tag")
    if not tag:
        raise wrong("tag")
    return Tag(tag)


def _birthday(given: Mapping[str, Any]) -> Birthday:
    only(given, "days")
    return Birthday(number(given, "days", 0, BIRTHDAY_DAYS_LIMIT))


def _dated(given: Mapping[str, Any]) -> Dated:
    only(given, "field", *PERIOD)
    made = Dated(field=word(given, "field", DatedField), **period(given))
    if not made.is_bounded:
        raise wrong("days")
    return made


def _imported(given: Mapping[str, Any]) -> Imported:
    only(given, "import_id", "created")
    created = given.get("created", False)
    if not isinstance(created, bool):
        raise wrong("created")
    return Imported(number(given, "import_id", 0, NUMBER_LIMIT), created)


NODES = {
    "attribute": (Attribute, _attribute), "custom": (Custom, _custom), "tag": (Tag, _tag),
    "birthday": (Birthday, _birthday), "dated": (Dated, _dated), "imported": (Imported, _imported),
}  # fmt: skip
Profile = Attribute | Custom | Tag | Birthday | Dated | Imported
