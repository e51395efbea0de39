"""The messages themselves: e-mails as they were sent, letters typeset once more, mail from the person."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.dispatch.rebuild import Writers, rebuild
from campaign.dispatch.send import signed_content
from campaign.errors import IntegrityError, NotFound, TemplateError
from campaign.links import Addresses, Signer
from campaign.models import (
    AudienceMember,
    Channel,
    Contact,
    Delivery,
    InboundMail,
    Mailing,
    PrintRun,
    Reply,
)
from campaign.render.dates import today_in
from campaign.render.glyphs import MissingGlyph
from campaign.render.letter import compile_letter
from campaign.render.pdf import make_pdf

File = tuple[str, bytes]
"""Name and content. Names are made of our own words and numbers, never of a subject or a file name."""


def files(db: Session, settings: Settings, contact: Contact) -> Iterator[File]:
    """What can be made again or was kept, one after the other."""
    writers: Writers = {}
    ids = list(db.scalars(select(Delivery.id).where(Delivery.contact_id == contact.id).order_by(Delivery.id)))
    for id_ in ids:
        delivery = db.get_one(Delivery, id_)
        if delivery.channel is Channel.EMAIL:
            mail = rebuild(db, settings, delivery, writers)
            if mail.data is not None:
                yield f"messages/{id_}-{mail.verdict.value}.eml", mail.data
        elif (letter := _letter(db, settings, delivery, contact)) is not None:
            yield f"messages/{id_}-letter.pdf", letter
        db.expunge(delivery)
    yield from _written(db, contact, ids)


def _letter(db: Session, settings: Settings, delivery: Delivery, contact: Contact) -> bytes | None:
    """A letter that was printed, typeset anew from what was signed and the frozen values; None when there is
    none or it cannot be made any more."""
    if delivery.print_run_id is None or contact.erased_at is not None or not delivery.address:
        return None
    mailing = db.get_one(Mailing, delivery.mailing_id)
    made_at = db.get_one(PrintRun, delivery.print_run_id).created_at
    ours = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    try:
        content = signed_content(db, mailing)
        system = {
            "today": today_in(content.sender.country, made_at).isoformat(),
            "reply_code": delivery.reply_code or "",
            "reply_qr": f"mailto:{ours.reply(delivery.id)}?subject={delivery.reply_code}",
            "mark": str(delivery.sequence or ""),
        }
        values = db.get_one(AudienceMember, delivery.audience_member_id).values
        filled = compile_letter(content, delivery.variant_id).fill(
            values, system, delivery.address.split("\n")
        )
    except (IntegrityError, KeyError, NotFound, TemplateError, MissingGlyph):
        return None  # the row in messages.json still says what is known of it
    return make_pdf([filled]).pdf


def _written(db: Session, contact: Contact, deliveries: list[int]) -> Iterator[File]:
    """The raw mail of the person's replies, as it came."""
    theirs = or_(Reply.contact_id == contact.id, Reply.delivery_id.in_(deliveries))
    query = (
        select(Reply.id, InboundMail.raw)
        .join(InboundMail, InboundMail.id == Reply.inbound_mail_id)
        .where(theirs)
        .order_by(Reply.id)
        .execution_options(yield_per=1)
    )
    for id_, raw in db.execute(query):
        if raw:
            yield f"replies/{id_}.eml", raw
