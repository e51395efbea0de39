"""The mail of a double opt-in: made from the form's words, sent over the relay like any mail of ours.

It sells nothing and asks one thing, so it needs no consent; but it goes to nobody who complained of spam, to
no dead mailbox, and of a file's people to nobody who ever said no. The try is noted before the server hears
of it; what may have arrived is not sent again.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from campaign.config import Settings
from campaign.contacts.opt_in import confirming, default_words, forms, waiting
from campaign.contacts.opt_in.asking import LIFE
from campaign.contacts.opt_in.content import Words
from campaign.db import Database
from campaign.dispatch import lock, single
from campaign.dispatch.dkim.keys import signing_keys
from campaign.dispatch.dkim.signature import sign
from campaign.dispatch.mail import Mail
from campaign.dispatch.transports.smtp import Envelope, Lost, Timeouts
from campaign.errors import TransportError
from campaign.i18n import PUBLIC_LANGUAGES
from campaign.links import Addresses, Signer
from campaign.models import ConsentFormVersion, Contact, OptIn, OptInOrigin, OptInState, Sender
from campaign.queue import Job
from campaign.render import headers, mime
from campaign.render.confirmation import VARIANT, content_of
from campaign.render.content import sender_facts
from campaign.render.email import compile_email

log = structlog.get_logger()

# somebody looks into their mailbox for it
TIMEOUTS = Timeouts(connect=10, reply=30, dot=120)


def send(database: Database, settings: Settings, opt_in_id: int, now: datetime) -> bool:
    """Send one, if it still waits; False when there was nothing to do or it failed."""
    until = single.deadline(Job.CONFIRMATION)
    if single.all_rest(settings):
        return False
    with database.write() as db:
        if lock.check(db, settings, now) or not _claim(db, opt_in_id, now):
            return False
        opt_in = db.get_one(OptIn, opt_in_id)
        if confirming.blocked(db, opt_in):
            opt_in.state = OptInState.CLOSED
            return False
        if opt_in.origin is OptInOrigin.IMPORT:
            opt_in.expires_at = now + LIFE  # the file may have waited long; its readers get their week
        mail = compose(db, settings, opt_in, now)
    if not _hand_over(settings, mail, opt_in_id, until):
        return False
    with database.write() as db:
        # it may be confirmed by now
        db.execute(
            update(OptIn)
            .where(OptIn.id == opt_in_id, OptIn.state == OptInState.WAITING)
            .values(state=OptInState.SENT, sent_at=now)
        )
    return True


def compose(db: Session, settings: Settings, row: OptIn, now: datetime) -> Mail:
    """The mail, signed where the domain has keys."""
    sender = db.get_one(Sender, row.sender_id)
    address, language = _reader(db, row)
    where = Addresses(Signer(settings.secret_key), settings.base_url, settings.inbound_domain)
    link = where.confirm(row.id, row.nonce)
    button = f"{settings.base_url}/k/"  # a constant in the copy; each reader's own link takes its place
    content = content_of(
        sender_facts(sender), language, _words(db, row, sender, language), row.asks["wording"], button
    )
    compiled = compile_email(content, VARIANT)
    parts = compiled.fill({}, _system(link, now), {button: link})
    domain = headers.ascii_address(sender.from_email).rpartition("@")[2]
    data = mime.build(
        parts,
        headers.Envelope(
            from_name=sender.from_name,
            from_email=sender.from_email,
            to_name="",
            to_email=address,
            date=now.replace(microsecond=0),
            message_id=f"opt-in.{row.id}.{row.tries}@{domain}",
            auto_submitted="auto-generated",
        ),
    )
    keys = signing_keys(db, domain, settings.secret_key)
    signed = sign(data, keys, int(now.timestamp())) if keys else data
    envelope = Envelope(headers.ascii_address(sender.from_email), headers.ascii_address(address))
    return Mail(envelope, signed, hashlib.sha256(data).hexdigest())


def _system(link: str, now: datetime) -> dict[str, str]:
    """What the layout may print; "open it in the browser" leads to the button's page."""
    return {
        "unsubscribe_url": "",
        "view_url": link,
        "pixel_url": "",
        "reply_code": "",
        "today": now.date().isoformat(),
    }


def _reader(db: Session, row: OptIn) -> tuple[str, str]:
    """Address and language: those of the form, or of the person whom we know."""
    contact = db.get_one(Contact, row.contact_id) if row.contact_id is not None else None
    language = row.language or (contact.language if contact else "")
    return row.email or (contact.email if contact else ""), (
        language if language in PUBLIC_LANGUAGES else PUBLIC_LANGUAGES[0]
    )


def _words(db: Session, row: OptIn, sender: Sender, language: str) -> Words:
    if row.form_version_id is None:
        return default_words.mail_words(language, sender, row.origin)
    content = forms.read(db.get_one(ConsentFormVersion, row.form_version_id))
    return content.words[content.language(language)]


def _claim(db: Session, opt_in_id: int, now: datetime) -> bool:
    """One try at a time: whoever notes it first has it."""
    claimed = db.execute(
        update(OptIn)
        .where(OptIn.id == opt_in_id, waiting.may_be_tried(now))
        .values(tries=OptIn.tries + 1, tried_at=now)
        .returning(OptIn.id)
    )
    return claimed.first() is not None


def _hand_over(settings: Settings, mail: Mail, opt_in_id: int, until: float) -> bool:
    """Whether it has left, or may have."""
    try:
        single.hand_over(settings, mail.envelope, mail.data, "localhost", TIMEOUTS, until)
    except TransportError as error:
        log.warning("confirmation_failed", opt_in=opt_in_id, why=str(error))
        return isinstance(error, Lost) and error.ended
    return True
