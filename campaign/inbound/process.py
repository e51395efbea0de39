"""One stored mail in; events, suppressions and replies out.

`begin` counts the attempt in a transaction of its own, so a mail that kills the process is counted too;
after three it lies on the shelf until a person looks.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from campaign.contacts import suppression
from campaign.inbound import automatic, bounces, complaints, matching, replies
from campaign.inbound.bounces import Bounce, Weight
from campaign.inbound.limits import TooMuch
from campaign.inbound.parse import Parsed, parse
from campaign.inbound.verdict import Verdict
from campaign.links import Purpose, Signer
from campaign.models import (
    Channel,
    Delivery,
    Event,
    EventKind,
    InboundMail,
    InboundState,
    SuppressionReason,
)
from campaign.track import unsubscribes

MAX_ATTEMPTS = 3


def begin(db: Session, mail_id: int) -> bool:
    """Count one more attempt; False when there is nothing to do. The caller commits before going on."""
    mail = db.get(InboundMail, mail_id)
    if mail is None or mail.state is not InboundState.NEW:
        return False
    if mail.attempts >= MAX_ATTEMPTS:
        mail.state = InboundState.SHELVED
        mail.error = mail.error or "the process died while reading it"
        return False
    mail.attempts += 1
    return True


def fail(db: Session, mail_id: int, error: Exception) -> None:
    """Note why it could not be read; the third time, or when a limit was passed, it goes to the shelf."""
    mail = db.get_one(InboundMail, mail_id)
    mail.error = f"{type(error).__name__}: {error}"[:2000]
    if isinstance(error, TooMuch) or mail.attempts >= MAX_ATTEMPTS:
        mail.state = InboundState.SHELVED


def retry(db: Session, mail_id: int) -> None:
    """Take a mail from the shelf and let it be read again."""
    mail = db.get_one(InboundMail, mail_id)
    mail.state, mail.attempts, mail.error = InboundState.NEW, 0, ""


def process(db: Session, signer: Signer, mail_id: int, now: datetime) -> Verdict | None:
    """Read the mail and act on it, once: the state changes in the same transaction as what it causes."""
    mail = db.get(InboundMail, mail_id, with_for_update=True)
    if mail is None or mail.state is not InboundState.NEW:
        return None
    parsed = parse(mail.raw)
    verdict = _act(db, signer, mail, parsed, now)
    mail.state, mail.verdict, mail.error = InboundState.PARSED, verdict, ""
    return verdict


def _act(db: Session, signer: Signer, mail: InboundMail, parsed: Parsed, now: datetime) -> Verdict:
    if complaints.is_complaint(parsed):
        return _complaint(db, signer, mail, parsed, now)
    bounce = bounces.read(parsed, mail.envelope_from)
    if bounce is not None:
        return _bounce(db, signer, mail, bounce, now)
    token = matching.token_of(signer, mail.envelope_to)
    if token is not None and token[0] is Purpose.UNSUBSCRIBE:
        return _unsubscribe(db, token[1], now)
    if automatic.is_automatic(parsed):
        return Verdict.AUTO_REPLY
    replies.record(db, mail, parsed, matching.find(db, signer, parsed, mail.envelope_to, now))
    return Verdict.REPLY


def _complaint(db: Session, signer: Signer, mail: InboundMail, parsed: Parsed, now: datetime) -> Verdict:
    delivery_id = complaints.delivery_id_of(signer, parsed, mail.envelope_to)
    delivery = db.get(Delivery, delivery_id) if delivery_id is not None else None
    if delivery is None:
        return Verdict.UNVERIFIED
    db.add(Event(delivery_id=delivery.id, kind=EventKind.COMPLAINT, at=mail.received_at))
    _suppress(db, delivery, unsubscribes.address_key(db, delivery), SuppressionReason.COMPLAINED, now)
    return Verdict.COMPLAINT


def _bounce(db: Session, signer: Signer, mail: InboundMail, bounce: Bounce, now: datetime) -> Verdict:
    """Only a signed bounce address makes it ours: anybody can write what looks like a bounce."""
    token = matching.token_of(signer, mail.envelope_to)
    delivery = db.get(Delivery, token[1]) if token and token[0] is Purpose.BOUNCE else None
    if delivery is None:
        return Verdict.UNVERIFIED
    if bounce.weight is Weight.NONE:
        return Verdict.DELAYED
    hard = bounce.weight is Weight.HARD
    db.add(
        Event(
            delivery_id=delivery.id,
            kind=EventKind.BOUNCE,
            at=mail.received_at,
            # of an erased person's address not even the other server's words are kept
            detail={
                "hard": hard,
                "status": bounce.status,
                **({"diagnostic": bounce.diagnostic} if delivery.address else {}),
            },
        )
    )
    if hard:
        # what bounced is the address of then: where it is no longer kept, nothing is said of today's
        _suppress(db, delivery, delivery.address and delivery.address_key, SuppressionReason.BOUNCED, now)
    return Verdict.BOUNCE_HARD if hard else Verdict.BOUNCE_SOFT


def _unsubscribe(db: Session, delivery_id: int, now: datetime) -> Verdict:
    done = unsubscribes.unsubscribe(db, delivery_id, unsubscribes.Method.MAIL, now)
    return Verdict.UNSUBSCRIBE if done is not None else Verdict.UNVERIFIED


def _suppress(db: Session, delivery: Delivery, key: str, reason: SuppressionReason, now: datetime) -> None:
    """Nothing without a key: of an erased person no address is left to write to."""
    if key:
        suppression.suppress(db, Channel.EMAIL, key, reason, source=f"delivery {delivery.id}", now=now)
