"""One message to one person: who of a campaign got it, and what exactly it was."""

from __future__ import annotations

from email import message_from_bytes, policy

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, and_, false, or_, select

from campaign.contacts import finding
from campaign.dispatch.rebuild import rebuild
from campaign.errors import NotFound
from campaign.models import Campaign, Channel, Contact, Delivery, DeliveryState, Mailing, Message
from campaign.track import view
from campaign.web import headers, unit
from campaign.web.access import may, roles
from campaign.web.exporting import Export, answer
from campaign.web.language import t
from campaign.web.navigation import link
from campaign.web.paging import page_of
from campaign.web.rights_table import TABLE, Action

blueprint = Blueprint("deliveries", __name__, url_prefix="/deliveries")

# those who see customers
SEE = TABLE[Action.SEE_PEOPLE]
SEARCH_LIMIT = 100


@blueprint.get("/campaigns/<int:campaign_id>")
@roles(*SEE)
def of_campaign(campaign_id: int) -> ResponseReturnValue:
    """The recipients of a campaign, each with what became of the message."""
    db = unit.db()
    campaign = db.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFound
    text = request.args.get("q", "")[:SEARCH_LIMIT]
    # by the mailings' numbers: counting a million then reads an index of theirs alone
    mailings = list(db.scalars(select(Mailing.id).where(Mailing.campaign_id == campaign_id)))
    query = select(Delivery).where(Delivery.mailing_id.in_(mailings)).order_by(Delivery.id)
    if text.strip():
        query = query.where(_to(text))
    state = _state(request.args.get("state", ""))
    if state:
        query = query.where(Delivery.state == state)
    page = page_of(db, query)
    ids = {delivery.contact_id for delivery in page.items}
    contacts = {contact.id: contact for contact in db.scalars(select(Contact).where(Contact.id.in_(ids)))}
    return render_template(
        "deliveries/list.html",
        campaign=campaign,
        report_url=link("report.campaign", campaign_id=campaign_id),
        page=page,
        contacts=contacts,
        text=text,
        state=state,
        states=list(DeliveryState),
        page_url=lambda number: url_for(
            ".of_campaign", campaign_id=campaign_id, page=number, q=text or None, state=state
        ),
    )


@blueprint.get("/<int:delivery_id>")
@roles(*SEE)
def show(delivery_id: int) -> ResponseReturnValue:
    """What exactly did she receive?"""
    db = unit.db()
    delivery = _delivery(delivery_id)
    mailing = db.get_one(Mailing, delivery.mailing_id)
    found = rebuild(db, unit.settings(), delivery)
    mail = message_from_bytes(found.data, policy=policy.default) if found.data else None
    return render_template(
        "deliveries/show.html",
        delivery=delivery,
        contact=db.get_one(Contact, delivery.contact_id),
        message=db.get_one(Message, mailing.message_id),
        found=found,
        fields=list(mail.items()) if mail else [],
        subject=str(mail["Subject"]) if mail else "",
    )


@blueprint.get("/<int:delivery_id>/mail.html")
@roles(*SEE)
def mail(delivery_id: int) -> ResponseReturnValue:
    """The mail as a document of its own. Its links lead nowhere and it carries no pixel: looking at it is
    no click of the recipient's."""
    delivery = _delivery(delivery_id)
    if rebuild(unit.db(), unit.settings(), delivery).data is None:
        raise NotFound
    parts = view.for_staff(unit.db(), delivery)
    if parts is None:
        raise NotFound
    return headers.as_preview(make_response(parts.html))


@blueprint.route("/<int:delivery_id>/message.eml", methods=["GET", "POST"])
@may(Action.EXPORT_MESSAGE)
def eml(delivery_id: int) -> ResponseReturnValue:
    """The bytes, to keep or to verify; its links are the recipient's own."""
    found = rebuild(unit.db(), unit.settings(), _delivery(delivery_id))
    data = found.data
    if data is None:
        raise NotFound
    back = url_for(".show", delivery_id=delivery_id), t("rights-back")
    what = Export(
        Action.EXPORT_MESSAGE, t("received-download"), f"delivery-{delivery_id}.eml", "delivery", delivery_id,
        back, "message/rfc822",
    )  # fmt: skip
    return answer(what, lambda: data)


def _state(asked: str) -> DeliveryState | None:
    return DeliveryState(asked) if asked in set(DeliveryState) else None


def _to(text: str) -> ColumnElement[bool]:
    """To somebody whom the list of contacts finds by this text, or to exactly this address: theirs may have
    been another one then."""
    people = finding.holding(unit.db(), text)
    if people is None:
        return false()
    unerased = select(Contact.id).where(Contact.erased_at.is_(None))
    then = and_(Delivery.address_key == text.strip().lower(), Delivery.contact_id.in_(unerased))
    return or_(Delivery.contact_id.in_(select(Contact.id).where(people)), then)


def _delivery(delivery_id: int) -> Delivery:
    delivery = unit.db().get(Delivery, delivery_id)
    if delivery is None or delivery.channel is not Channel.EMAIL:
        raise NotFound
    return delivery


from campaign.web.deliveries import letter  # noqa: E402, F401 (it adds views)
