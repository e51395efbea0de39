"""Adding and changing a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.contacts import erased, finding, profile, traits
from campaign.contacts.facts import PARSERS
from campaign.contacts.traits import PREFIX
from campaign.errors import InvalidInput
from campaign.models import Account, Contact, ContactKind, CustomField
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import CHANGE, blueprint, organisation
from campaign.web.contacts.profile import changeable, found
from campaign.web.language import t


@blueprint.get("/new")
@roles(*CHANGE)
def new() -> ResponseReturnValue:
    """An empty form; `?kind=organisation` and `?organisation_id=` fill in what is known."""
    values = {"kind": request.args.get("kind", ContactKind.PERSON.value), "country": "VN", "language": "vi"}
    values |= {"time_zone": "Asia/Ho_Chi_Minh", "organisation_id": request.args.get("organisation_id", "")}
    return _form(None, values)


@blueprint.post("/new")
@roles(*CHANGE)
def create() -> ResponseReturnValue:
    try:
        contact = profile.create(unit.db(), _given(request.form), **_by())
    except InvalidInput as error:
        return _form(None, request.form, error), 422
    flash(t("contacts-created", name=contact.full_name), "done")
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


@blueprint.get("/<int:contact_id>/edit")
@roles(*CHANGE)
def edit(contact_id: int) -> ResponseReturnValue:
    contact = changeable(unit.db(), contact_id)
    return _form(contact, _values(contact))


@blueprint.post("/<int:contact_id>/edit")
@roles(*CHANGE)
def save(contact_id: int) -> ResponseReturnValue:
    contact = found(unit.db(), contact_id)
    try:
        changed = profile.change(unit.db(), contact, _given(request.form), **_by())
    except InvalidInput as error:
        return _form(contact, request.form, error), 422
    flash(t("contacts-changed", fields=len(changed)), "done")
    return redirect(url_for("contacts.show", contact_id=contact.id), code=303)


def _by() -> dict[str, Any]:
    """Who says it. A tick by which somebody is told from an erased person is offered after a refusal."""
    by: dict[str, Any] = {"source": "form", "now": unit.now(), "account": unit.account()}
    return by | {"somebody_else": "somebody_else" in request.form}


def _given(form: Mapping[str, str]) -> dict[str, Any]:
    """The form's texts as `profile` takes them. An unchecked code stays away, so that ours is made."""
    given: dict[str, Any] = {name: form[name] for name in PARSERS if name in form}
    if not given.get("code", "").strip():
        given.pop("code", None)
    if organisation.FIELD in form or "organisation" in form:
        given[organisation.FIELD] = organisation.read(unit.db(), form)
    if "owner_id" in form:
        given["owner_id"] = int(form["owner_id"]) if form["owner_id"].isdecimal() else None
    if "tags" in form:
        given["tags"] = form["tags"].replace(";", ",").split(",")
    custom = {
        name.removeprefix("custom."): value for name, value in form.items() if name.startswith("custom.")
    }
    if custom:
        given["custom"] = custom
    if kept := {name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX)}:
        given["traits"] = kept
    return given


def _values(contact: Contact) -> dict[str, str]:
    """The profile as the form's texts."""
    values = {
        name: profile.as_text(getattr(contact, name)) for name in (*PARSERS, "organisation_id", "owner_id")
    }
    values["tags"] = ", ".join(contact.tags)
    values |= {f"{PREFIX}{name}": str(value) for name, value in contact.traits.items()}
    return values | {f"custom.{key}": str(value) for key, value in contact.custom.items()}


def _form(contact: Contact | None, values: Mapping[str, str], error: InvalidInput | None = None) -> str:
    db = unit.db()
    if error is not None:
        db.rollback()  # the page reads what is kept, not what was refused
    people = select(Account).where(Account.active).order_by(Account.name)
    return render_template(
        "contacts/form.html",
        contact=contact,
        values=values,
        doubted=error is not None and error.key == erased.MAYBE,
        errors={error.field or "": t(error.key, **error.values)} if error else {},
        house=organisation.shown(db, values),
        people_options=[(person.id, person.name) for person in db.scalars(people)],
        custom=list(db.scalars(select(CustomField).order_by(CustomField.label))),
        long_traits=traits.LONG,
        trait_groups=_trait_groups(contact),
        known={name: finding.values_of(db, name, 100) for name in ("province", "form_of_address")},
    )


def _trait_groups(contact: Contact | None) -> list[tuple[ContactKind, tuple[str, ...]]]:
    """The traits that are asked for: of somebody new those of both kinds."""
    kinds = [contact.kind] if contact else list(ContactKind)
    asked: set[str] = set()
    groups = []
    for kind in kinds:
        names = tuple(name for name in traits.of_kind(kind) if name not in asked)
        asked.update(names)
        groups.append((kind, names))
    return groups
