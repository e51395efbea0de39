"""What stands in a rule: its conditions, and the fields that decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, func

from campaign.contacts.traits import PREFIX
from campaign.models import Contact
from campaign.segments.columns import COLUMNS, Kind
from campaign.segments.exam.verdict import Field
from campaign.segments.places import InRegion, ProvinceToday
from campaign.segments.rule import (
    And,
    Attribute,
    Birthday,
    ContactPersonOf,
    Custom,
    InSegment,
    Not,
    Op,
    Or,
    Rule,
)

# every contact has these; their defaults are the house's own doing
ALWAYS_KNOWN = frozenset({"kind", "name", "code", "country", "language"})
# who asks whether something is filled is answered by its absence too
ABOUT_ABSENCE = frozenset({Op.EMPTY, Op.FILLED})
BIRTHDAY = "birthday"
CUSTOM = "custom."
# what a change of the field is called in the contact's history, where that is another word
_HISTORY = {
    "email": ("email",),
    "phone": ("phone",),
    BIRTHDAY: ("birth_day", "birth_month"),
    "birth_calendar": ("birth_calendar",),
}


def conditions(rule: Rule, of_organisation: bool = False) -> Iterator[tuple[Rule, bool]]:
    """Every leaf, those of other segments that are asked included, with whether it is asked of the
    organisation."""
    match rule:
        case And(rules) | Or(rules):
            for part in rules:
                yield from conditions(part, of_organisation)
        case Not(inner):
            yield from conditions(inner, of_organisation)
        case ContactPersonOf(inner):
            yield from conditions(inner, True)
        case InSegment(_, inner) if inner is not None:
            yield from conditions(inner, of_organisation)
        case _:
            yield rule, of_organisation


def deciding(rule: Rule) -> tuple[Field, ...]:
    """Each field that the rule compares, once, in its order. Tags, orders and consents are no fields: who has
    none is known to have none."""
    found: dict[Field, None] = {}
    for leaf, of_organisation in conditions(rule):
        match leaf:
            case Attribute(name, op) if op not in ABOUT_ABSENCE and name not in ALWAYS_KNOWN:
                found[Field(name, of_organisation)] = None
            case Custom(key, op) if op not in ABOUT_ABSENCE:
                found[Field(CUSTOM + key, of_organisation)] = None
            case ProvinceToday() | InRegion():
                found[Field("province", of_organisation)] = None
            case Birthday():
                found[Field(BIRTHDAY, of_organisation)] = None
    return tuple(found)


def filled(field: Field) -> ColumnElement[bool]:
    """The condition that a contact has the field; never NULL."""
    if field.name == BIRTHDAY:
        return and_(Contact.birth_month.is_not(None), Contact.birth_day.is_not(None))
    if field.name.startswith(CUSTOM):
        return func.coalesce(Contact.custom[field.name.removeprefix(CUSTOM)].as_string(), "") != ""
    if field.name == "birth_calendar":  # solar unless somebody says so: known only with a birthday
        return Contact.birth_month.is_not(None)
    column = COLUMNS[field.name]
    value: Any = column.of(Contact)
    is_null = column.kind is Kind.NUMBER and not column.trait
    condition: ColumnElement[bool] = value.is_not(None) if is_null else value != ""
    return condition


def history_names(field: Field) -> tuple[str, ...]:
    """What changes of the field are called in `ContactFact.field`."""
    if field.name in _HISTORY or field.name.startswith(CUSTOM):
        return _HISTORY.get(field.name, (field.name,))
    column = COLUMNS[field.name]
    return (f"{PREFIX}{column.trait}" if column.trait else column.attribute,)
