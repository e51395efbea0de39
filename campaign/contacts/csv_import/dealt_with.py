"""Whom somebody has dealt with since a file brought them: an undo leaves them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, select

from campaign.contacts.opt_in import importing
from campaign.models import Base, Consent, Contact, ContactFact, ImportTouch, OptIn

# rows that go with a person, or say nothing about whether anybody has dealt with them
_OWN = frozenset({"contact_fact", "contact_tag", "import_touch", "consent"})

Ids = Collection[int] | Select[int]


def source_of(import_id: int) -> str:
    """What the sources of everything that the import wrote begin with."""
    return f"import:{import_id} "


def queries(import_id: int, ids: Ids) -> Iterator[Select[Any]]:
    """Each gives those of `ids` to whom something of others refers."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == "contact" and table.name not in (*_OWN, "contact"):
                about = select(key.parent).where(key.parent.in_(ids))
                # a question that was not sent yet is called off with the import
                yield about.where(~importing.unasked(import_id)) if table is OptIn.__table__ else about
    yield select(ImportTouch.contact_id).where(
        ImportTouch.contact_id.in_(ids), ImportTouch.import_id != import_id
    )
    ours = f"{source_of(import_id).strip()}%"
    yield select(ContactFact.contact_id).where(
        ContactFact.contact_id.in_(ids), ContactFact.source.not_like(ours)
    )
    yield select(Consent.contact_id).where(Consent.contact_id.in_(ids), Consent.source.not_like(ours))
    # who was erased since is an empty row that no file may bring back
    yield select(Contact.id).where(Contact.id.in_(ids), Contact.erased_at.is_not(None))
