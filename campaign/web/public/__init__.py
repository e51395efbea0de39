"""What recipients see: leaving, the message in the browser, a link that does not work.

No cookie is read or set, nothing is loaded from elsewhere, and a page says nothing that the bearer of the
link does not know already.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.i18n import LANGUAGES
from campaign.links import Signer
from campaign.models import Contact, Delivery, Mailing, Message, Sender
from campaign.track import unsubscribes, view
from campaign.web import csrf, language, unit
from campaign.web.access import public

blueprint = Blueprint("public", __name__)

# a page in the browser may follow its links; everything else stays off (look.md, design decision 11)
VIEW_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src 'self' {house}; base-uri 'none'; frame-ancestors 'none'"
)
# what RFC 8058 §3.1 has the mail program post
ONE_CLICK = "One-Click"


@blueprint.get("/c/<token>")
@public
def bad_click(token: str) -> ResponseReturnValue:
    """Good tokens are answered before routing; what arrives here was changed, cut or never ours."""
    return _bad_link()


@blueprint.get("/u/<token>")
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """Shows what would happen, or that it has happened; changes nothing, for scanners follow links."""
    delivery = unsubscribes.delivery_of(unit.db(), _signer(), token)
    if delivery is None:
        return _bad_link()
    sender = _speak_with(delivery)
    done = unsubscribes.is_unsubscribed(unit.db(), delivery)
    page = "public/unsubscribed.html" if done else "public/unsubscribe.html"
    return _page(page, sender=sender, address=masked(delivery.address), token=token)


@blueprint.post("/u/<token>")
@csrf.exempt  # the token is the proof; mail programs post without our cookies (RFC 8058)
@public
def do_unsubscribe(token: str) -> ResponseReturnValue:
    delivery = unsubscribes.delivery_of(unit.db(), _signer(), token)
    if delivery is None:
        return _bad_link()
    one_click = request.form.get("List-Unsubscribe") == ONE_CLICK
    method = unsubscribes.Method.ONE_CLICK if one_click else unsubscribes.Method.PAGE
    unsubscribes.unsubscribe(unit.db(), delivery.id, method, unit.now())
    if one_click:
        return _private(make_response("", 200))
    return _private(make_response(redirect(url_for("public.unsubscribe", token=token), 303)))


@blueprint.get("/v/<token>")
@public
def in_browser(token: str) -> ResponseReturnValue:
    """The message as it was sent, as a document of its own."""
    delivery = view.delivery_of(unit.db(), _signer(), token)
    if delivery is None:
        return _bad_link()
    sender = _speak_with(delivery)
    html = view.html_of(unit.db(), delivery, unit.settings())
    if html is None:
        return _page("public/gone.html", 404, sender=sender)
    response = _private(make_response(html))
    response.headers["Content-Security-Policy"] = VIEW_POLICY.format(house=unit.settings().base_url)
    return response


def masked(address: str) -> str:
    """An address that its owner knows again and a stranger does not learn: `a…@example.com`."""
    local_part, at, domain = address.partition("@")
    return f"{local_part[:1]}…{at}{domain}" if at else "…"


def _signer() -> Signer:
    return Signer(unit.settings().secret_key)


def _speak_with(delivery: Delivery) -> Sender:
    """Turn the page to the recipient's language; the sender of what they received."""
    contact = unit.db().get_one(Contact, delivery.contact_id)
    language.use(contact.language if contact.language in LANGUAGES else "en")
    mailing = unit.db().get_one(Mailing, delivery.mailing_id)
    return unit.db().get_one(Message, mailing.message_id).sender


def _bad_link() -> Response:
    return _page("public/bad.html", 404, sender=None)


def _page(template: str, status: int = 200, **values: object) -> Response:
    return _private(make_response(render_template(template, **values), status))


def _private(response: Response) -> Response:
    """The address is the key: it goes into no referrer, index or cache."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
