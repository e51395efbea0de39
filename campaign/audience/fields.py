"""Merge fields: what copy may say of a contact, and where the value comes from.

A field without a value is left out, so that `{{ contact.given_name|default('bạn') }}` takes its default
and `{{ contact.given_name }}` alone is an error that is found before approval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.models import Contact

Reader = Callable[[Contact], str]


@dataclass(frozen=True)
class MergeField:
    """`name` as written in copy; `certain` when every contact has a value; `read` takes it."""

    name: str
    certain: bool
    read: Reader


def _organisation(contact: Contact) -> str:
    return contact.organisation.full_name if contact.organisation else ""


CONTACT_FIELDS: dict[str, MergeField] = {
    field.name: field
    for field in (
        MergeField("contact.full_name", True, lambda contact: contact.full_name),
        MergeField("contact.given_name", False, lambda contact: contact.given_name),
        MergeField("contact.form_of_address", False, lambda contact: contact.form_of_address),
        MergeField("contact.code", True, lambda contact: contact.code),
        MergeField("contact.email", False, lambda contact: contact.email),
        MergeField("contact.phone", False, lambda contact: contact.phone),
        MergeField("contact.position", False, lambda contact: contact.position),
        MergeField("contact.organisation", False, _organisation),
        MergeField("contact.province", False, lambda contact: contact.province),
        MergeField("contact.birth_year", False, lambda contact: str(contact.birth_year or "")),
    )
}

# what the system fills for every delivery, whoever it goes to
SYSTEM_FIELDS = frozenset({"system.unsubscribe_url", "system.view_url", "system.reply_code", "system.today"})


def known_fields(custom_keys: Iterable[str]) -> dict[str, MergeField]:
    """The contact's fields and the house's own, `contact.custom.KEY`."""
    own = {
        f"contact.custom.{key}": MergeField(f"contact.custom.{key}", False, _custom_reader(key))
        for key in custom_keys
    }
    return CONTACT_FIELDS | own


def values_for(contact: Contact, names: Iterable[str]) -> dict[str, Any]:
    """The nested values a template is filled from: `{"contact": {"given_name": "Lan"}}`."""
    return reader(names)(contact)


def reader(names: Iterable[str]) -> Callable[[Contact], dict[str, Any]]:
    """`values_for` of many contacts: the names are looked up once."""
    ordered = sorted(name.removeprefix("contact.") for name in names)
    own = [name.removeprefix("custom.") for name in ordered if name.startswith("custom.")]
    plain = [
        (name, CONTACT_FIELDS[f"contact.{name}"].read) for name in ordered if not name.startswith("custom.")
    ]

    def read(contact: Contact) -> dict[str, Any]:
        values: dict[str, Any] = {name: text for name, take in plain if (text := take(contact))}
        custom = {key: text for key in own if (text := str(contact.custom.get(key) or ""))}
        if custom:
            values["custom"] = custom
        return {"contact": values}

    return read


def missing(values: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """Those of the names that `values_for` found nothing for."""
    contact = values["contact"]
    custom = contact.get("custom", {})
    if len(contact) - bool(custom) + len(custom) == len(names):  # nearly always
        return []
    found = {f"contact.{name}" for name in contact} | {f"contact.custom.{key}" for key in custom}
    return [name for name in names if name not in found]


def _custom_reader(key: str) -> Reader:
    return lambda contact: str(contact.custom.get(key) or "")
