"""The line of places at the top of every page: those that the person may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from campaign.web import access, unit
from lint_rules.registry import rule_named


@dataclass(frozen=True)
class Place:
    """One entry: where it leads, the key of its words, and the paths of other areas that belong to it."""

    endpoint: str
    key: str
    also: tuple[str, ...] = ()


# in the order of the working day; a place whose area is not there yet is left out
PLACES = (
    Place("home.desk", "common-nav-desk"),
    Place("contacts.index", "common-nav-contacts", ("/suppressions", "/forms")),
    Place("segments.index", "common-nav-segments"),
    Place("campaigns.index", "common-nav-campaigns", ("/messages",)),
    Place("care.index", "common-nav-care"),
    Place("replies.index", "common-nav-replies"),
    Place("letters.index", "common-nav-letters"),
    Place("review.index", "common-nav-review"),
    Place("rules.index", "common-nav-rules"),
    Place("report.index", "common-nav-report"),
    Place("mailbox.index", "common-nav-mailbox"),
    Place("admin.people", "common-nav-people", ("/rights", "/retention")),
    Place("admin.senders", "common-nav-senders", ("/dkim",)),
    Place("admin.sending", "common-nav-sending"),
    Place("admin.worth", "common-nav-worth"),
    Place("operations.index", "common-nav-operations"),
    Place("admin.audit_log", "common-nav-audit", ("/evidence-key",)),
)


@dataclass(frozen=True)
class Entry:
    """A place as the template shows it."""

    key: str
    url: str
    here: bool


def entries() -> list[Entry]:
    """The places of the person who asks."""
    if unit.account_or_none() is None:
        return []
    return [
        Entry(place.key, url, _is_here(place, url))
        for place in PLACES
        if _is_on(place) and (url := link(place.endpoint))
    ]


def _is_on(place: Place) -> bool:
    """There is no test mailbox where mail goes out for real."""
    return place.endpoint != "mailbox.index" or unit.settings().mailbox_port > 0


def link(endpoint: str, **values: object) -> str | None:
    """The address of a page, or None when the person may not open it."""
    if endpoint not in current_app.view_functions or not access.may_see(endpoint):
        return None
    return url_for(endpoint, **values)  # type: ignore[arg-type]  # its private words are none of ours


def rule_href(rule_id: str) -> str | None:
    """The page of a rule; None for what bears a rule's name and is none."""
    return link("rules.rule", rule_id=rule_id) if rule_named(rule_id) else None


def _is_here(place: Place, url: str) -> bool:
    if url == "/":
        return request.path == "/"
    return any(
        request.path == path or request.path.startswith(path + "/") for path in (url.rstrip("/"), *place.also)
    )
