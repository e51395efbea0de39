"""The list, one reply, and the message that it answers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.care import answer, inbox
from campaign.inbound.wishes import asks_to_stop
from campaign.models import Account, Contact, Delivery, Mailing, Message, Reply, Role
from campaign.track import unsubscribes, view
from campaign.web import access, headers, unit
from campaign.web.access import roles
from campaign.web.language import t
from campaign.web.paging import page_of

SHOW = ("open", "mine", "all")


@dataclass(frozen=True)
class Row:
    """A reply with the names that stand beside it."""

    reply: Reply
    contact: Contact | None
    delivery: Delivery | None
    message: Message | None
    clerk: Account | None

    @property
    def wants_out(self) -> bool:
        return asks_to_stop(self.reply.text)


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("", "index", index)
    blueprint.add_url_rule("/<int:reply_id>", "show", show)
    blueprint.add_url_rule("/<int:reply_id>/message", "message", message)


@roles(Role.CARE)
def index() -> ResponseReturnValue:
    show = request.args.get("show", "open")
    if show not in SHOW:
        abort(404)
    mine = inbox.mine(unit.account())
    query = {"open": inbox.waiting(), "mine": mine, "all": inbox.everything()}[show]
    page = page_of(unit.db(), query)
    return render_template(
        "replies/index.html",
        page=page,
        rows=[row_of(reply) for reply in page.items],
        show=show,
        waiting=inbox.count_waiting(unit.db()),
        mine=inbox.count_waiting(unit.db(), unit.account()),
        page_url=lambda number: url_for("replies.index", show=show, page=number),
    )


@roles(Role.CARE)
def show(reply_id: int) -> ResponseReturnValue:
    return page_of_one(inbox.get(unit.db(), reply_id))


@roles(Role.CARE)
def message(reply_id: int) -> ResponseReturnValue:
    """What the customer received, as a document of its own whose links lead nowhere."""
    row = row_of(inbox.get(unit.db(), reply_id))
    parts = view.for_staff(unit.db(), row.delivery) if row.delivery else None
    if parts is None:
        abort(404)
    return headers.as_preview(make_response(parts.html))


def page_of_one(
    reply: Reply, text: str = "", error: str | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of one reply; with the answer as typed and why it was not sent, after a refusal."""
    row = row_of(reply)
    received = view.for_staff(unit.db(), row.delivery) if row.delivery else None
    left = unsubscribes.is_unsubscribed(unit.db(), row.delivery) if row.delivery else True
    page = render_template(
        "replies/show.html",
        row=row,
        reply=reply,
        received=received,
        may_leave=not left,
        clerks=[("", t("replies-assign-nobody")), *((one.id, one.name) for one in inbox.clerks(unit.db()))],
        contact_url=_contact_url(row.contact),
        address=answer.address_for(unit.db(), reply),
        answered=answer.sent_text(unit.db(), reply),
        text=text,
        error=error,
    )
    return make_response(page, status)


def _contact_url(contact: Contact | None) -> str | None:
    if contact is None or not access.may_see("contacts.show"):
        return None
    return url_for("contacts.show", contact_id=contact.id)


def row_of(reply: Reply) -> Row:
    """The names beside a reply; a page has fifty at most, and the session remembers most of them."""
    db = unit.db()
    delivery = db.get(Delivery, reply.delivery_id) if reply.delivery_id else None
    answered = None
    if delivery is not None:
        answered = db.scalar(
            select(Message)
            .join(Mailing, Mailing.message_id == Message.id)
            .where(Mailing.id == delivery.mailing_id)
        )
    return Row(
        reply,
        db.get(Contact, reply.contact_id) if reply.contact_id else None,
        delivery,
        answered,
        db.get(Account, reply.assigned_to) if reply.assigned_to else None,
    )
