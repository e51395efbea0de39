"""Leaving, and the message in the browser: what the links of a mail lead to."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign.contacts import preferences
from campaign.models import Contact, Delivery, Mailing, Message, Sender
from campaign.track import unsubscribes, view
from campaign.web import csrf, unit
from campaign.web.access import public
from campaign.web.public import blueprint
from campaign.web.public.frame import addresses, bad_link, masked, page, private, signer, speak

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
    return bad_link()


@blueprint.get("/u/<token>")
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """Shows what would happen, or that it has happened; changes nothing, for scanners follow links."""
    delivery = unsubscribes.delivery_of(unit.db(), signer(), token)
    if delivery is None:
        return bad_link()
    sender = _speak_with(delivery)
    done = unsubscribes.is_unsubscribed(unit.db(), delivery)
    return page(
        "public/unsubscribed.html" if done else "public/unsubscribe.html",
        sender=sender,
        address=masked(delivery.address),
        token=token,
        choices=_choices(delivery, sender),
    )


@blueprint.post("/u/<token>")
@csrf.exempt  # the token is the proof; mail programs post without our cookies (RFC 8058)
@public
def do_unsubscribe(token: str) -> ResponseReturnValue:
    delivery = unsubscribes.delivery_of(unit.db(), signer(), token)
    if delivery is None:
        return bad_link()
    one_click = request.form.get("List-Unsubscribe") == ONE_CLICK
    method = unsubscribes.Method.ONE_CLICK if one_click else unsubscribes.Method.PAGE
    unsubscribes.unsubscribe(unit.db(), delivery.id, method, unit.now())
    if one_click:
        return private(make_response("", 200))
    return private(make_response(redirect(url_for("public.unsubscribe", token=token), 303)))


@blueprint.get("/v/<token>")
@public
def in_browser(token: str) -> ResponseReturnValue:
    """The message as it was sent, as a document of its own."""
    delivery = view.delivery_of(unit.db(), signer(), token)
    if delivery is None:
        return bad_link()
    sender = _speak_with(delivery)
    html = view.html_of(unit.db(), delivery, unit.settings())
    if html is None:
        return page("public/gone.html", 404, sender=sender)
    response = private(make_response(html))
    response.headers["Content-Security-Policy"] = VIEW_POLICY.format(house=unit.settings().base_url)
    return response


def _choices(delivery: Delivery, sender: Sender) -> str:
    """The page of what they want to hear; empty when the mail went to an address that is theirs no more."""
    contact = unit.db().get_one(Contact, delivery.contact_id)
    if contact.erased_at is not None or contact.email_key != delivery.address_key:
        return ""
    return preferences.link(addresses(), contact, sender.id)


def _speak_with(delivery: Delivery) -> Sender:
    """Turn the page to the recipient's language; the sender of what they received."""
    speak(unit.db().get_one(Contact, delivery.contact_id).language)
    mailing = unit.db().get_one(Mailing, delivery.mailing_id)
    return unit.db().get_one(Message, mailing.message_id).sender
