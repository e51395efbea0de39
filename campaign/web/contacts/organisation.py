"""The organisation of a person, in the form: searched by name or code while one types, or when it is saved.

Text and choice travel together: `organisation_id` holds for the text `organisation_for`. Who types another
text means another organisation, which is looked up; where the text fits several, the page asks which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from campaign.contacts import finding
from campaign.contacts.names import clean, search_key
from campaign.contacts.search.pages import Filters
from campaign.errors import InvalidInput
from campaign.models import Contact, ContactKind
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import CHANGE, blueprint

# of more than these nobody reads the list: they type another word
SHOWN = 8
FIELD = "organisation_id"


@dataclass(frozen=True)
class Shown:
    """What the field shows: its text, the one chosen for it, or those to choose from."""

    text: str = ""
    chosen: int | None = None
    found: list[Contact] = field(default_factory=list)


@blueprint.get("/organisations")
@roles(*CHANGE)
def organisations() -> ResponseReturnValue:
    """Those to choose from, for htmx."""
    text = clean(request.args.get("organisation", ""))
    return render_template("contacts/_organisation_found.html", house=_searched(unit.db(), text))


def shown(db: Session, values: Mapping[str, str]) -> Shown:
    """Of a profile, or of a form that comes back."""
    text = clean(values.get("organisation", ""))
    try:
        house = _picked(db, values)
        return Shown(house.full_name or house.code, house.id) if house else _searched(db, text)
    except InvalidInput:  # said beside the field already
        return Shown(text)


def read(db: Session, values: Mapping[str, str]) -> int | None:
    """The id that the form means; InvalidInput when its text fits none or several."""
    if house := _picked(db, values):
        return house.id
    text = clean(values.get("organisation", ""))
    if not text:
        return None
    found = _searched(db, text).found
    same = [one for one in found if search_key(one.full_name) == search_key(text) or one.code == text]
    if len(same) == 1:
        return same[0].id
    raise InvalidInput("organisation-which" if found else "organisation-none", field=FIELD, name=text[:80])


def _picked(db: Session, values: Mapping[str, str]) -> Contact | None:
    """The organisation whose id is given for this very text, or without any text."""
    id_, text = values.get(FIELD, ""), values.get("organisation")
    holds = text is None or (clean(text) and clean(text) == clean(values.get("organisation_for", "")))
    if not (id_.isdecimal() and holds):
        return None
    house = db.get(Contact, int(id_))
    if house is None or house.kind is not ContactKind.ORGANISATION:
        raise InvalidInput("contacts-error-organisation", field=FIELD)
    return house


def _searched(db: Session, text: str) -> Shown:
    if not text:
        return Shown()
    houses = finding.find(db, text, Filters(ContactKind.ORGANISATION), SHOWN)
    return Shown(text, None, finding.load(db, houses.ids))
