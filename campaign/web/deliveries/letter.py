"""A letter as it was received: its pages out of the print run's PDF."""

from __future__ import annotations

from io import BytesIO

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue

from campaign.dispatch import printed
from campaign.errors import NotFound
from campaign.models import Channel, Contact, Delivery, Mailing, Message, PrintRun
from campaign.render.letter import spaced
from campaign.render.png import page_png
from campaign.storage import FileStore
from campaign.web import unit
from campaign.web.access import roles
from campaign.web.deliveries import SEE, blueprint

SHEET_PPI = 100


@blueprint.get("/<int:delivery_id>/letter")
@roles(*SEE)
def letter(delivery_id: int) -> ResponseReturnValue:
    """What exactly did she receive, by post?"""
    db = unit.db()
    delivery = _delivery(delivery_id)
    contact = db.get_one(Contact, delivery.contact_id)
    run = db.get(PrintRun, delivery.print_run_id) if delivery.print_run_id else None
    why, pages = "", range(0)
    if contact.erased_at is not None:
        why = "received-erased"
    elif run is None:
        why = "received-unsent"
    else:
        try:
            pages = printed.pages_of(_files(), run, delivery)
        except NotFound:
            why = "received-letter-gone"
    mailing = db.get_one(Mailing, delivery.mailing_id)
    return render_template(
        "deliveries/letter.html",
        delivery=delivery,
        contact=contact,
        erased=contact.erased_at is not None,
        message=db.get_one(Message, mailing.message_id),
        run=run,
        code=spaced(delivery.reply_code) if delivery.reply_code else "",
        why=why,
        pages=pages,
    )


@blueprint.get("/<int:delivery_id>/letter/<int:number>.png")
@roles(*SEE)
def letter_page(delivery_id: int, number: int) -> ResponseReturnValue:
    """A picture of its page `number`, from 1; nothing of an erased person."""
    delivery = _delivery(delivery_id)
    run = unit.db().get(PrintRun, delivery.print_run_id) if delivery.print_run_id else None
    if run is None or unit.db().get_one(Contact, delivery.contact_id).erased_at is not None:
        abort(404)
    pages = printed.pages_of(_files(), run, delivery)
    if not 1 <= number <= len(pages):
        abort(404)
    picture = page_png(_files().get(run.pdf_key), pages[number - 1], SHEET_PPI)
    return send_file(BytesIO(picture), mimetype="image/png")


def _delivery(delivery_id: int) -> Delivery:
    delivery = unit.db().get(Delivery, delivery_id)
    if delivery is None or delivery.channel is not Channel.LETTER:
        raise NotFound
    return delivery


def _files() -> FileStore:
    return FileStore(unit.settings().files_dir)
