"""The list of contacts, and the search in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.contacts import finding, places
from campaign.contacts.places import AddressKind
from campaign.contacts.search.pages import COUNT_LIMIT, Filters, Found, Place
from campaign.contacts.search.question import TEXT_LIMIT
from campaign.errors import InvalidInput
from campaign.models import Contact, ContactKind
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.contacts import SEE, blueprint
from campaign.web.language import t
from campaign.web.paging import PAGE_SIZE

Kind = TypeVar("Kind", bound=StrEnum)
# digits of a number in the address: ids have fewer
MOST_DIGITS = 18


@dataclass(frozen=True)
class Listing:
    """A page of the list: the `first` of its people is that many from the start. Addresses of its neighbours
    are None where there are none."""

    people: list[Contact]
    first: int
    count: int | None
    previous: str | None
    next: str | None

    @property
    def last(self) -> int:
        return self.first + len(self.people) - 1


@blueprint.get("")
@roles(*SEE)
def index() -> ResponseReturnValue:
    """Search with or without marks; text and filters are part of the address: a list can be passed on.

    While somebody types, htmx asks for the same page and takes the list out of it.
    """
    db = unit.db()
    asked = {name: request.args.get(name, "").strip() for name in ("q", "kind", "tag", "province", "address")}
    kept = {name: value for name, value in asked.items() if value}
    filters = Filters(
        _of(ContactKind, asked["kind"]), asked["tag"], asked["province"], _of(AddressKind, asked["address"])
    )
    refused = ""
    try:
        listing = _listing(finding.find(db, asked["q"], filters, PAGE_SIZE, _place()), kept)
    except InvalidInput as error:
        refused = t(error.key, **error.values)
        listing = _listing(Found([], 0, False, False), {})
    page = make_response(
        render_template(
            "contacts/index.html",
            listing=listing,
            refused=refused,
            asked=asked | {"q": asked["q"][:TEXT_LIMIT]},
            kept=kept,
            count_limit=COUNT_LIMIT,
            text_limit=TEXT_LIMIT,
            address_of=places.reading,
            address_options=[(kind.value, t(f"places-kind-{kind}")) for kind in AddressKind],
            tag_options=[(tag, tag) for tag in finding.tags(db)],
            province_options=[(province, province) for province in finding.provinces(db)],
        ),
        422 if refused else 200,
    )
    if not refused:  # the address without the fields that are empty
        page.headers["HX-Replace-Url"] = _address(**kept, **_turned())
    return page


def _listing(found: Found, kept: dict[str, str]) -> Listing:
    first = (_number("at") or 1) if found.has_previous else 1
    people = finding.load(unit.db(), found.ids)

    def url(**place: Any) -> str:
        return _address(**kept, **place)

    return Listing(
        people,
        first if people else 0,
        found.count,
        url(before=found.ids[0], at=max(first - PAGE_SIZE, 1)) if found.has_previous and found.ids else None,
        url(after=found.ids[-1], at=first + len(found.ids)) if found.has_next and found.ids else None,
    )


def _address(**fields: Any) -> str:
    return url_for("contacts.index", **fields)


def _of(kinds: type[Kind], text: str) -> Kind | None:
    return kinds(text) if text in set(kinds) else None


def _place() -> Place | None:
    """Where in the list the address says to be; nonsense is the start."""
    if (after := _number("after")) is not None:
        return Place(after)
    before = _number("before")
    return Place(before, backwards=True) if before is not None else None


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def _turned() -> dict[str, int]:
    return {name: number for name in ("after", "before", "at") if (number := _number(name)) is not None}
