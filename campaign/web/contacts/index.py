"""The list of contacts."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.contacts import finding, places
from campaign.contacts.places import AddressKind
from campaign.models import ContactKind
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import SEE, blueprint
from campaign.web.language import t
from campaign.web.paging import page_of


@blueprint.get("")
@roles(*SEE)
def index() -> ResponseReturnValue:
    """Search with or without marks; filters are part of the address, so that a list can be passed on."""
    db = unit.db()
    asked = {name: request.args.get(name, "").strip() for name in ("q", "kind", "tag", "province", "address")}
    kind = ContactKind(asked["kind"]) if asked["kind"] in set(ContactKind) else None
    address = AddressKind(asked["address"]) if asked["address"] in set(AddressKind) else None
    page = page_of(db, finding.query(asked["q"], kind, asked["tag"], asked["province"], address))
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return render_template(
        "contacts/index.html",
        page=page,
        asked=asked,
        kept=kept,
        page_url=lambda number: url_for("contacts.index", **kept, page=number),
        address_of=places.reading,
        address_options=[(kind.value, t(f"places-kind-{kind}")) for kind in AddressKind],
        tag_options=[(tag, tag) for tag in finding.tags(db)],
        province_options=[(province, province) for province in finding.provinces(db)],
    )
