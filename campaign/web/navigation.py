"""The line of places at the top of every page: those that the person may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from campaign.web import access, unit


@dataclass(frozen=True)
class Place:
    """One entry: where it leads and the key of its words."""

    endpoint: str
    key: str


# in the order of the working day; a place whose area is not there yet is left out
PLACES = (
    Place("home.desk", "common-nav-desk"),
    Place("contacts.index", "common-nav-contacts"),
    Place("segments.index", "common-nav-segments"),
    Place("campaigns.index", "common-nav-campaigns"),
    Place("care.index", "common-nav-care"),
    Place("replies.index", "common-nav-replies"),
    Place("review.index", "common-nav-review"),
    Place("report.index", "common-nav-report"),
    Place("admin.people", "common-nav-people"),
    Place("admin.senders", "common-nav-senders"),
    Place("admin.audit_log", "common-nav-audit"),
)


@dataclass(frozen=True)
class Entry:
    key: str
    url: str
    here: bool


def entries() -> list[Entry]:
    """The places of the person who asks."""
    if unit.account_or_none() is None:
        return []
    return [
        Entry(place.key, url_for(place.endpoint), _is_here(url_for(place.endpoint)))
        for place in PLACES
        if place.endpoint in current_app.view_functions and access.may_see(place.endpoint)
    ]


def _is_here(url: str) -> bool:
    if url == "/":
        return request.path == "/"
    return request.path == url or request.path.startswith(url + "/")
