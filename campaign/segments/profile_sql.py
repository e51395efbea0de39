"""Conditions on a profile in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, false, func, literal_column, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from campaign.contacts.addresses import phone_key
from campaign.contacts.names import search_key
from campaign.models import ContactTag, ImportTouch
from campaign.occasions import anniversaries
from campaign.segments.columns import COLUMNS, NUMBERS, Column, Kind
from campaign.segments.comparing import WITHOUT_VALUE, Op
from campaign.segments.moments import day_within, moment_within
from campaign.segments.rule_profile import (
    Attribute,
    Birthday,
    Custom,
    Dated,
    DatedField,
    Imported,
    Profile,
    Tag,
)
from campaign.segments.unindexed import WithoutNumber

# the days of a profile that are no moments, and may be missing
DAYS = {
    DatedField.FOUNDED: "founded_on", DatedField.LEFT: "left_on", DatedField.ASKED: "satisfaction_on",
}  # fmt: skip


class position_of(GenericFunction[int]):  # noqa: N801 (it is written like SQL's own functions)
    """Where the second text begins in the first, from 1; 0 when it does not. Case and marks count."""

    type = Integer()
    inherit_cache = True
    name = "strpos"


@compiles(position_of, "sqlite")
def _instr(element: position_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses.clauses[0], **options)}, " + (
        f"{compiler.process(element.clauses.clauses[1], **options)})"
    )


def condition(rule: Profile, day: date, contact: Any) -> ColumnElement[bool]:
    """The condition on the contact; never NULL."""
    match rule:
        case Attribute():
            return _attribute(rule, contact)
        case Custom(key, op, values):
            return _compare_text(func.coalesce(contact.custom[key].as_string(), ""), op, values)
        case Tag(tag):
            return _tagged(tag, contact)
        case Birthday(days):
            return _birthday(days, day, contact)
        case Dated():
            return _dated(rule, day, contact)
        case Imported(import_id, created):
            return _imported(import_id, created, contact)


def _tagged(tag: str, contact: Any) -> ColumnElement[bool]:
    bear_it = select(ContactTag.contact_id).where(ContactTag.tag == tag)
    if isinstance(contact, WithoutNumber):  # of few each is looked up, rather than all who bear the tag
        return bear_it.where(ContactTag.contact_id == contact.id).exists()
    return _column(contact.id.in_(bear_it))


def _attribute(rule: Attribute, contact: Any) -> ColumnElement[bool]:
    column = COLUMNS[rule.field]
    value = column.of(contact)
    if column.trait:
        return _trait(rule, column, value, contact)
    if column.kind is Kind.NUMBER or rule.field == "organisation":
        return _compare_number(value, rule.op, rule.values)
    if column.kind is Kind.PHONE:
        return _compare_text(value, rule.op, phones(rule))
    if column.kind is Kind.NAME:
        return _compare_text(value, rule.op, tuple(search_key(str(text)) for text in rule.values))
    return _compare_text(value, rule.op, rule.values)


def _trait(rule: Attribute, column: Column, text: Any, contact: Any) -> ColumnElement[bool]:
    if column.kind is Kind.NUMBER and rule.op not in WITHOUT_VALUE:
        fits = _compare_text(text, Op.IS_NOT if rule.op is Op.IS_NOT else Op.IS, _written(rule))
    else:
        fits = _compare_text(text, rule.op, rule.values)
    if rule.op in (Op.IS_NOT, Op.EMPTY):
        return fits
    # written out, as their index has it: of most customers nobody knows any trait
    return and_(contact.traits != literal_column("'{}'"), fits)


def _written(rule: Attribute) -> list[ColumnElement[str]]:
    """The texts of the numbers that are meant: so the database makes a number of nothing that is none.
    Written out, for a hundred values of their own take longer to compile than to compare."""
    low, high = 0, len(NUMBERS)
    if rule.op is Op.AT_LEAST:
        low = min(int(rule.values[0]), high)
    elif rule.op is Op.AT_MOST:
        high = min(int(rule.values[0]) + 1, high)
    meant = NUMBERS[low:high]
    if rule.op in (Op.IS, Op.IS_NOT):
        meant = tuple(text for text in map(str, rule.values) if text in NUMBERS)
    return [literal_column(f"'{text}'") for text in meant]


def phones(rule: Attribute) -> tuple[str, ...]:
    """The numbers of the rule as they are kept. Of a part of one only what is written counts: `+84 912` is
    `0912`, and `912` may stand anywhere. What holds no digit is nobody's number."""
    keys = (phone_key(str(text)) for text in rule.values)
    return tuple(key for key in keys if any(char.isdigit() for char in key))


def _compare_text(value: Any, op: Op, values: Sequence[Any]) -> ColumnElement[bool]:
    match op:
        case Op.EMPTY:
            return _column(value == "")
        case Op.FILLED:
            return _column(value != "")
        case Op.CONTAINS:
            return or_(false(), *(position_of(value, text) > 0 for text in values))
        case Op.IS:
            return _column(value.in_(values))
        case _:
            return _column(value.not_in(values))


def _compare_number(value: Any, op: Op, values: tuple[str | int, ...]) -> ColumnElement[bool]:
    match op:
        case Op.EMPTY:
            return _column(value.is_(None))
        case Op.FILLED:
            return _column(value.is_not(None))
        case Op.AT_LEAST:
            return and_(value.is_not(None), value >= values[0])
        case Op.AT_MOST:
            return and_(value.is_not(None), value <= values[0])
        case Op.IS:
            return and_(value.is_not(None), value.in_(values))
        case _:
            return or_(value.is_(None), value.not_in(values))


def _birthday(days: int, day: date, contact: Any) -> ColumnElement[bool]:
    coming = {key for ahead in range(days + 1) for key in anniversaries.kept_on(day + timedelta(days=ahead))}
    of_month: dict[tuple[str, int], set[int]] = {}
    for key in coming:
        of_month.setdefault((key.calendar, key.month), set()).add(key.day)
    return or_(
        false(),
        *(
            and_(
                contact.birth_calendar == calendar,
                contact.birth_month == month,
                # a run of days, and only then that there is one, or NOT would be NULL: SQLite takes the first
                # that an index may serve
                contact.birth_day.between(first, last),
                contact.birth_month.is_not(None),
                contact.birth_day.is_not(None),
            )
            for (calendar, month), kept in sorted(of_month.items())
            for first, last in _runs(kept)
        ),
    )


def _runs(days: set[int]) -> list[tuple[int, int]]:
    """`{3, 4, 5, 9}` as `(3, 5), (9, 9)`."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _dated(rule: Dated, day: date, contact: Any) -> ColumnElement[bool]:
    bounds = rule.bounds(day)
    if rule.field in DAYS:
        day_of = getattr(contact, DAYS[rule.field])
        return and_(day_of.is_not(None), day_within(day_of, bounds))
    column = contact.created_at if rule.field is DatedField.CREATED else contact.updated_at
    return moment_within(column, bounds)


def _imported(import_id: int, created: bool, contact: Any) -> ColumnElement[bool]:
    touched = select(ImportTouch.contact_id)
    if import_id:
        touched = touched.where(ImportTouch.import_id == import_id)
    if created:
        touched = touched.where(ImportTouch.created)
    return _column(contact.id.in_(touched))


def _column(condition: Any) -> ColumnElement[bool]:
    made: ColumnElement[bool] = condition
    return made
