"""Mails of the house to its own people: something waits for you, something was decided.

Three short transactions as for any mail: the try is noted before the server hears of it, its outcome after.
What may have arrived is not sent again; what surely did not is tried again by the beat, a few times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, formataddr
from pathlib import Path

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from campaign.approval.notices import AGAIN_AFTER, TRIES
from campaign.config import Settings
from campaign.db import Database
from campaign.dispatch import lock, manners, pauses, single
from campaign.dispatch.transports.smtp import Envelope, Lost, Timeouts
from campaign.errors import TransportError
from campaign.i18n import LANGUAGES
from campaign.models import (
    Account,
    AutomaticPause,
    Campaign,
    Mailing,
    Message,
    Notice,
    NoticeKind,
    Remark,
    Submission,
)
from campaign.queue import Job
from campaign.render.headers import ascii_address
from campaign.render.mime import check_bytes

log = structlog.get_logger()

# plain text for colleagues: nothing is escaped, a line more or less is kept
_TEXTS = Environment(  # noqa: S701 (no HTML)
    loader=FileSystemLoader(Path(__file__).parent / "notice_texts"),
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)
# a colleague's mail does not wait as long as a customer's may
TIMEOUTS = Timeouts(connect=10, reply=20, dot=60)


@dataclass(frozen=True)
class Mail:
    """Ready to be handed over."""

    envelope: Envelope
    body: bytes


def send(database: Database, settings: Settings, notice_id: int, now: datetime) -> bool:
    """Send one, if it still waits; False when there was nothing to do or it failed."""
    until = single.deadline(Job.NOTICE)
    if single.all_rest(settings):
        return False
    with database.write() as db:
        if not settings.notices or lock.check(db, settings, now) or not _claim(db, notice_id, now):
            return False
        mail = compose(db, settings, db.get_one(Notice, notice_id), now)
    if mail is None or not _hand_over(settings, mail, notice_id, until):
        return False
    with database.write() as db:
        db.get_one(Notice, notice_id).sent_at = now
    return True


def compose(db: Session, settings: Settings, notice: Notice, now: datetime) -> Mail | None:
    """The mail in its reader's language; None for who no longer works here."""
    reader = db.get_one(Account, notice.account_id)
    if not reader.active:
        return None
    submission = db.get_one(Submission, notice.submission_id)
    message = db.get_one(Message, submission.message_id)
    language = reader.language if reader.language in LANGUAGES else LANGUAGES[0]
    text = _TEXTS.get_template(f"{language}/{notice.kind}.txt").render(
        _facts(db, settings, notice, submission, message, reader)
    )
    subject, _, body = text.partition("\n")
    envelope = Envelope(ascii_address(message.sender.from_email), ascii_address(reader.email))
    in_ascii = envelope.recipient.isascii()
    mail = EmailMessage(policy=SMTP if in_ascii else SMTPUTF8)
    mail["From"] = formataddr((_plain(message.sender.from_name), envelope.sender))
    # a name beside an address that is not ASCII is more than the standard library writes
    to = envelope.recipient
    mail["To"] = formataddr((_plain(reader.name), to)) if in_ascii else to
    mail["Subject"] = _plain(" ".join(subject.split()))
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<notice.{notice.id}@{message.sender.domain}>"
    # RFC 3834: no machine answers to it
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body, cte="quoted-printable")
    body_bytes = mail.as_bytes()
    check_bytes(body_bytes, list(mail.keys()))
    return Mail(envelope, body_bytes)


def _plain(text: str) -> str:
    """Without what EmailMessage would take for an encoded word, and make headers of (CVE-2024-6923)."""
    return text.replace("=?", "= ?")


def _facts(
    db: Session, settings: Settings, notice: Notice, submission: Submission, message: Message, reader: Account
) -> dict[str, object]:
    actor_id = submission.decided_by or submission.submitted_by
    if notice.kind is NoticeKind.SUBMITTED:
        actor_id = submission.submitted_by
    if notice.kind is NoticeKind.PROPOSED and (remark := db.get(Remark, notice.remark_id)):
        actor_id = remark.written_by
    campaign_id = db.scalar(select(Campaign.id).where(Campaign.message_id == message.id))
    facts = _pause_facts(db, settings, notice) if notice.kind is NoticeKind.PAUSED else {}
    return facts | {
        "reader": reader.name,
        "actor": db.get_one(Account, actor_id).name,
        "name": message.name,
        "note": submission.note,
        "reason": submission.reason,
        "remarks": len(submission.remarks),
        "review_url": f"{settings.base_url}/review/{submission.id}",
        "sign_url": f"{settings.base_url}/messages/{message.id}/sign-off",
        "send_url": f"{settings.base_url}/campaigns/{campaign_id}/send",
        "write_url": f"{settings.base_url}/messages/{message.id}/write",
    }


def _pause_facts(db: Session, settings: Settings, notice: Notice) -> dict[str, object]:
    pause = db.get_one(AutomaticPause, notice.remark_id)
    campaign_id = db.get_one(Mailing, pause.mailing_id).campaign_id
    return {
        "pause": pause,
        "early": pauses.was_early(pause, manners.read(db).pause),
        "percent": f"{pause.threshold_ppm / 10_000:g}",
        "campaign_url": f"{settings.base_url}/campaigns/{campaign_id}/send" if campaign_id else "",
    }


def _claim(db: Session, notice_id: int, now: datetime) -> bool:
    """One try at a time: whoever notes it first has it."""
    claimed = db.execute(
        update(Notice)
        .where(
            Notice.id == notice_id,
            Notice.sent_at.is_(None),
            Notice.tries < TRIES,
            or_(Notice.tried_at.is_(None), Notice.tried_at < now - AGAIN_AFTER),
        )
        .values(tries=Notice.tries + 1, tried_at=now)
        .returning(Notice.id)
    )
    return claimed.first() is not None


def _hand_over(settings: Settings, mail: Mail, notice_id: int, until: float) -> bool:
    """Whether it has left, or may have."""
    try:
        single.hand_over(settings, mail.envelope, mail.body, "localhost", TIMEOUTS, until)
    except TransportError as error:
        log.warning("notice_failed", notice=notice_id, why=str(error))
        return isinstance(error, Lost) and error.ended
    return True
