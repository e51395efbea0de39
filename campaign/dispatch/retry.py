"""Which failures could go better another time, and trying them again when a person asks.

Everything here is known not sent. A delivery that was accepted, or whose outcome nobody knows, is never
among them; consent, suppression and limits are read again when a row is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from campaign.dispatch import moves
from campaign.dispatch.states import FAILED
from campaign.models import Delivery
from campaign.models import DeliveryState as State


@dataclass(frozen=True)
class Reason:
    """`name` is a word for pages (`campaigns-retry-NAME`); `worth`: whether another try could succeed."""

    name: str
    worth: bool
    fits: ColumnElement[bool]


def _refused(*phases: str) -> ColumnElement[bool]:
    return and_(Delivery.state == State.REJECTED, Delivery.reason.in_(phases))


def _said(*codes: str) -> ColumnElement[bool]:
    """Enhanced status codes (RFC 3463) at the beginning of the server's words."""
    return or_(*(Delivery.smtp_reply.like(f"{code}%") for code in codes))


_AT_RECIPIENT = ("rcpt", "data", "dot")
# the first that fits counts; what fits none is `other`
REASONS = (
    # erased, or the house's days are over: nothing is left to send
    Reason("address_gone", False, Delivery.address == ""),
    # 4xx or lost connections until the deadline: the server may answer by now
    Reason("expired", True, Delivery.state == State.EXPIRED),
    # the relay did not take our sender: a setting, and mended by now or not
    Reason("sender_refused", True, _refused("mail")),
    # 5.2.2 mailbox full, 5.3 the mail system, 5.4 routing: said for good, yet of passing things
    Reason("passing", True, and_(_refused(*_AT_RECIPIENT), _said("5.2.2", "5.3.", "5.4."))),
    # had as many advertisements that day as the law allows
    Reason("daily_limit", True, and_(Delivery.state == State.SUPPRESSED, Delivery.reason == "daily_limit")),
    # wants one advertisement a week or a month, and had it
    Reason("rhythm", True, and_(Delivery.state == State.SUPPRESSED, Delivery.reason == "rhythm")),
    # the same words, or the same address, would be refused again
    Reason("no_address", False, and_(_refused(*_AT_RECIPIENT), _said("5.1."))),
    Reason("content_refused", False, _refused("data", "dot")),
    Reason("recipient_refused", False, _refused("rcpt")),
    Reason("too_large", False, _refused("size")),
    Reason("cannot_write", False, _refused("render")),
    # consent withdrawn, address suppressed, a hold: not to be written to
    Reason("not_allowed", False, Delivery.state == State.SUPPRESSED),
)
OTHER = "other"
_NAME = case(*((reason.fits, literal(reason.name)) for reason in REASONS), else_=literal(OTHER))
_WORTH = {reason.name for reason in REASONS if reason.worth}


@dataclass(frozen=True)
class Failed:
    """How many failed for what reason, and whether trying again could help."""

    name: str
    count: int
    worth: bool


def failures(db: Session, mailing_id: int) -> list[Failed]:
    """All that failed, by reason: those worth another try first, the most frequent first."""
    name = _NAME.label("name")
    rows = (
        select(name, func.count())
        .where(Delivery.mailing_id == mailing_id, Delivery.state.in_(FAILED))
        .group_by(name)
    )
    found = [Failed(row[0], row[1], row[0] in _WORTH) for row in db.execute(rows)]
    return sorted(found, key=lambda one: (not one.worth, -one.count, one.name))


def retry(db: Session, mailing_id: int) -> int:
    """Queue what is worth another try; how many."""
    return moves.retry(db, mailing_id, _NAME.in_(sorted(_WORTH)))
