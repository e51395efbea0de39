"""The frame of pages for recipients: no cookie, nothing from elsewhere, the address kept secret."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from campaign.contacts.opt_in.asking import network_hash
from campaign.i18n import PUBLIC_LANGUAGES
from campaign.links import Addresses, Signer
from campaign.web import language, unit

# for readers whose own language has no pages
FALLBACK = "en"


def signer() -> Signer:
    return Signer(unit.settings().secret_key)


def addresses() -> Addresses:
    """Links into these pages, as a path: the reader is here already."""
    return Addresses(signer(), "", unit.settings().inbound_domain)


def speak(wanted: str) -> None:
    """Turn the page to the reader's language."""
    language.use(wanted if wanted in PUBLIC_LANGUAGES else FALLBACK)


def network() -> str:
    """Where the request comes from, as a keyed hash."""
    return network_hash(unit.settings().secret_key, request.remote_addr or "")


def bad_link() -> Response:
    return page("public/bad.html", 404, sender=None)


def page(template: str, status: int = 200, **values: object) -> Response:
    return private(make_response(render_template(template, **values), status))


def private(response: Response) -> Response:
    """The address is the key: it goes into no referrer, index or cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def masked(address: str) -> str:
    """An address that its owner knows again and a stranger does not learn: `a…@example.com`."""
    local_part, at, domain = address.partition("@")
    return f"{local_part[:1]}…{at}{domain}" if at else "…"
